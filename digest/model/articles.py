"""An article on its way from bytes to story: `RawArticle` → `CleanArticle` → `Story`."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec


class Basis(enum.StrEnum):
    """Where an inferred field comes from, best first."""

    SIDECAR = "sidecar"
    """Somebody wrote it into the sidecar file."""
    METADATA = "metadata"
    """The source delivered it as a field of its own (JSON Lines, feed, HTML head)."""
    FOUND = "found"
    """It stands in the text as such."""
    DATELINE = "dateline"
    """It was read from a line of its own, or from the dateline at the start of the text."""
    URL = "url"
    """It follows from the address of the original."""
    DERIVED = "derived"
    """It was made from something else in the text: a guess."""
    UNKNOWN = "unknown"
    """There is nothing to go by, and nothing is invented."""


class BlockKind(enum.StrEnum):
    """What a line of an article is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"


Span: TypeAlias = tuple[int, int]
CreditRole: TypeAlias = Literal["source", "photo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a source or a sidecar says about an article, before anybody reads its text."""

    headline: str | None = None
    summary: str | None = None
    byline: str | None = None
    published: str | None = None
    retrieved: dt.date | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    topics: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None
    retracted: str | None = None
    """Why a maintainer withdrew the article; may be empty."""
    basis: Basis = Basis.METADATA


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One article as a source delivered it, still bytes."""

    locator: str
    """Where it came from, unique in the archive: `seeds/a.txt`, `seeds/b.jsonl#17`."""
    media_type: str
    body: bytes
    hints: Hints = Hints()
    overrides: Hints = Hints(basis=Basis.SIDECAR)
    """The sidecar: what a maintainer wrote; it beats everything else."""

    def hint_layers(self) -> tuple[Hints, Hints]:
        """Return what is known beforehand, strongest first."""
        return self.overrides, self.hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who is credited under a picture. A `source` is named as such; a `photo` credit is not about the news."""

    text: str
    role: CreditRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, sub-heading or caption of the displayed text."""

    kind: BlockKind
    text: str
    credit: Credit | None = None
    aside: Span | None = None
    """A related link inside the running text: shown, but neither tagged nor summarised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A line, or a part of one, that is not shown, and the rule that says so."""

    rule: str
    line: int
    """Line of the source, counted from 1."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanArticle:
    """An article in blocks, with a record of everything that was changed or left out."""

    origin: RawArticle
    language: str
    title: str | None
    """The line that is the headline, when the text has one."""
    blocks: tuple[Block, ...]
    dateline_text: str | None
    """A line that held nothing but a date."""
    source_url: str | None
    byline: str | None
    related: tuple[str, ...]
    """Headlines of related links that were taken out."""
    removals: tuple[Removal, ...]
    fixes: tuple[tuple[str, int], ...]
    """Names of the tidy fixes and how often each was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The headline and whether the newspaper wrote it or we made it from the lede."""

    text: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAt:
    """The day of publication; `value` is None when it is not known, and then it stays unknown."""

    value: dt.date | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the article was first published."""

    outlet: str | None
    """Id of the outlet in the gazetteer."""
    name: str | None
    url: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place and agency at the start of a wire story: `کراچی (اے ایف پی)`."""

    place: str | None
    agency: str | None
    date_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article understood: its fields, each with its basis, and its displayed text."""

    id: str
    locator: str
    checksum: str
    """SHA-256 of the seed's bytes, in hexadecimal."""
    language: str
    headline: Headline
    summary: str
    byline: str | None
    dateline: Dateline | None
    published: PublishedAt
    source: Source
    blocks: tuple[Block, ...]
    related: tuple[str, ...]
    removals: tuple[Removal, ...]
    fixes: tuple[tuple[str, int], ...]
    words: int

    def passages(self) -> Iterator[Passage]:
        """Yield the displayed text piece by piece; joined by newlines they are `text`."""
        start = 0
        if self.headline.basis is not Basis.DERIVED:
            yield Passage(role="headline", text=self.headline.text, start=0, block=None)
            start = len(self.headline.text) + 1
        for number, block in enumerate(self.blocks):
            yield Passage(role=block.kind.value, text=block.text, start=start, block=number, aside=block.aside)
            start += len(block.text) + 1
            if block.credit:
                yield Passage(role=f"{block.credit.role}-credit", text=block.credit.text, start=start, block=number)
                start += len(block.credit.text) + 1

    @property
    def text(self) -> str:
        """The displayed text: headline (unless derived from the lede), blocks and credits, a line each."""
        return "\n".join(passage.text for passage in self.passages())


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the displayed text and where it starts in it; no dataclass, because they are made by the hundred."""

    role: str
    """`headline`, `paragraph`, `heading`, `caption`, `source-credit` or `photo-credit`."""
    text: str
    start: int
    block: int | None
    """Number of the block it belongs to; None for the headline."""
    aside: Span | None = None
