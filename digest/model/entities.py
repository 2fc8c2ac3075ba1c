"""What the news is about: entities, their aliases, and the context that tells them from their look-alikes."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class EntityKind(enum.StrEnum):
    """What an entity is; the folder of its file says so."""

    COUNTRY = "country"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    HISTORICAL = "historical"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Words around an alias that decide whether it is the entity; each a folded token sequence."""

    before: tuple[tuple[str, ...], ...] = ()
    after: tuple[tuple[str, ...], ...] = ()
    near: tuple[tuple[str, ...], ...] = ()
    article: tuple[tuple[str, ...], ...] = ()
    entities: frozenset[str] = frozenset()
    openers: frozenset[str] = field(init=False)
    """First words of what may stand `before`, `after` or `near`: where none of them stands, none of it does."""

    def __post_init__(self) -> None:
        phrases = (*self.before, *self.after, *self.near)
        object.__setattr__(self, "openers", frozenset(phrase[0] for phrase in phrases if phrase))

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.near or self.article or self.entities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way to write an entity, and when it counts."""

    text: str
    language: str
    form: str = "variant"
    strong: bool = True
    alone: bool = True
    """For a weak alias: whether the entity's presence elsewhere in the article is enough."""
    needs: Mapping[str, tuple[str, ...]] | None = None
    unless: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that the news is about; one reviewed YAML file."""

    id: str
    kind: EntityKind
    names: Mapping[str, str]
    """Canonical form per language tag."""
    aliases: Sequence[Alias] = ()
    qid: str | None = None
    iso: str | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()
    """Countries that a mention counts for."""
    parent: str | None = None
    type: str | None = None
    domains: tuple[str, ...] = ()
    description: Mapping[str, str] = field(default_factory=dict)
    lexicon: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    evidence: Mapping[str, int] = field(default_factory=dict)
    """For topics: entities whose mention speaks for the topic, with their weight."""
    iptc: str | None = None
    path: str = ""

    @property
    def lands(self) -> frozenset[str]:
        """Ids of the countries that a place lies in; a country lies in itself."""
        return frozenset(self.countries or (self.id,))

    def name(self, language: str) -> str:
        """Return the canonical form in `language`, else in English, else in any language."""
        for tag in (language, "en"):
            if tag in self.names:
                return self.names[tag]
        return next(iter(self.names.values()), self.id)
