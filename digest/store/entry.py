"""An article as lists show it, and the columns of the store that it is read from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Self

from digest.model import LinkedStory

ENTRY_COLUMNS = (
    "a.id, a.permalink, a.headline, a.derived, a.summary, a.published, a.outlet, a.outlet_name, a.sequence, a.language"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """An article as lists show it."""

    id: str
    permalink: str
    headline: str
    derived: bool
    summary: str
    published: dt.date | None
    outlet: str | None
    outlet_name: str | None
    sequence: int
    language: str

    def __hash__(self) -> int:  # lines are looked up a million times; the id tells nearly all of them apart
        return hash(self.id)

    @property
    def day(self) -> str:
        """Its day (ISO 8601); empty when it is not known."""
        return self.published.isoformat() if self.published else ""

    @property
    def mark(self) -> tuple[str | None, int]:
        """Where it stands in time: its day, and its place in the ledger."""
        return (self.published.isoformat() if self.published else None, self.sequence)


_terms: dict[tuple[str, str], tuple[str, str]] = {}
"""Every term that an article was filed under."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Where an article stands in the archive: all that decides which lists show it."""

    id: str
    published: str | None
    sequence: int
    terms: tuple[tuple[str, str], ...]
    """Kind and entity, in order; its outlet is one of them."""

    @classmethod
    def under(cls, terms: Iterable[tuple[str, str]], *, story_id: str, published: str | None, sequence: int) -> Self:
        """Return how an article is filed. A first build holds one of these for every article: what can be is shared."""
        shared = (_terms.setdefault(term, term) for term in terms)
        return cls(id=story_id, published=published, sequence=sequence, terms=tuple(sorted(shared)))


Change = tuple[Filed | None, Filed | None]
"""How an article was filed, and how it is now; None before it was there, and when it is gone."""


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the entry of a row of `ENTRY_COLUMNS`."""
    ident, permalink, headline, derived, summary, published, *rest = row
    date = dt.date.fromisoformat(published) if published else None
    return Entry(ident, permalink, headline, bool(derived), summary, date, *rest)


def outlet_id(linked: LinkedStory) -> str | None:
    """Return what the article's outlet is filed under: its id, or its host name made an id."""
    source = linked.story.source
    if source.outlet or not source.name:
        return source.outlet
    from slugify import slugify  # noqa: PLC0415 - of few articles: most outlets are known

    return slugify(source.name, max_length=60) or None
