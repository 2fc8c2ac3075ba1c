"""What linking finds, and what pages are made of: `Mention`, `Term`, `LinkedStory`, `Page`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from digest.model.articles import Span, Story
from digest.model.entities import EntityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in the displayed text where an entity is named: `text[span] == surface`."""

    entity: str
    kind: EntityKind
    span: Span
    surface: str
    form: str
    alias: str
    why: str
    """Why it counts: `strong alias`, `named elsewhere in the article`, or the context word that decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A place where an alias stands that was not linked, and why."""

    entity: str
    span: Span
    surface: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entity that the article is filed under."""

    entity: str
    kind: EntityKind
    count: int
    basis: Literal["text", "related-headline", "sidecar", "lexicon"] = "text"
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedStory:
    """A story and what it names."""

    story: Story
    mentions: tuple[Mention, ...]
    rejections: tuple[Rejection, ...]
    terms: tuple[Term, ...]

    def term_ids(self, kind: EntityKind) -> tuple[str, ...]:
        """Ids of the terms of one kind, strongest first."""
        return tuple(term.entity for term in self.terms if term.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One generated Markdown page, ready to be written."""

    path: str
    """Relative to the docs folder, with forward slashes."""
    front_matter: Mapping[str, Any]
    body: str | bytes
    """Its Markdown; encoded already, where it was put together from what stands on other pages too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One generated file that is not Markdown: a feed, a sitemap, data, a picture. Every builder copies it as it is."""

    path: str
    """Relative to the docs folder, with forward slashes."""
    content: bytes
    optional: bool = False
    """Whether a hand-written file of that name stays, instead of being an error."""
