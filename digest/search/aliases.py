"""Which names lead to which entity: all spellings, in all scripts, as the index sees them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from digest.gazetteer.load import Gazetteer
from digest.model import Alias, Entity, EntityKind
from digest.search.folding import SearchFolder

_NAMES = frozenset({"name", "variant", "short", "acronym"})
"""Forms that name the entity itself. روسی speaks of Russia, but who asks for it does not ask for روس."""
_JOINABLE = 6
"""Letters from which on a name of two words is also found written as one: فنلینڈ."""


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """An entity and its names, folded."""

    home: str
    """Skeleton under which its row stands: the one that most of its names begin with, so that few blocks are read."""
    phrases: tuple[tuple[tuple[str, ...], bool], ...]
    """Each name as folded words, and whether it is a strong alias."""
    label: str
    kind: str


class NameBook:
    """The names of every entity, folded when they are first asked for."""

    def __init__(self, gazetteer: Gazetteer, folder: SearchFolder, language: str) -> None:
        self._entities: Mapping[str, Entity] = gazetteer.entities
        self._folder = folder
        self._language = language
        self._known: dict[str, Names | None] = {}

    def label(self, entity: str, otherwise: str = "") -> str:
        """Return what an entity is called in the language of the site.

        Args:
            entity: its id.
            otherwise: what it is called where the gazetteer does not know it; its id is the last resort.
        """
        known = self._entities.get(entity)
        return known.name(self._language) if known else otherwise or entity

    def find(self, entity: str) -> Names | None:
        """Return the names of an entity; None for a topic, which is a subject and not a name, and for a stranger."""
        if entity not in self._known:
            found = self._entities.get(entity)
            self._known[entity] = self._names(found) if found and found.kind is not EntityKind.TOPIC else None
        return self._known[entity]

    def mark(self, entities: Iterable[str]) -> str:
        """Return a hash of everything that a segment says of these entities."""
        marks = hashlib.sha256()
        for entity in entities:
            found = self.find(entity)
            rows = (found.home, found.kind, found.phrases) if found else ()
            marks.update(f"{entity} {self.label(entity)!r} {rows!r}\n".encode("utf-8", "surrogatepass"))
        return marks.hexdigest()

    def _names(self, entity: Entity) -> Names | None:
        phrases: dict[tuple[str, ...], bool] = {}
        for alias in entity.aliases:
            if _leads_to(alias) and (words := self._folder.folder.phrase(alias.text)):
                phrases[words] = phrases.get(words, False) or alias.strong
                if len(words) == 2 and alias.strong and len("".join(words)) >= _JOINABLE:  # noqa: PLR2004 - two words
                    phrases["".join(words),] = True
        if not phrases:
            return None
        homes: Counter[str] = Counter()
        for words in phrases:
            homes[self._folder.skeleton(words[-1])] += 3 if len(words) == 1 else 1
        home = min(homes, key=lambda skeleton: (-homes[skeleton], skeleton))
        return Names(home, tuple(sorted(phrases.items())), entity.name(self._language), str(entity.kind))

    def keys(self, names: Names, entity: str) -> Iterator[tuple[str, bool]]:
        """Yield where the row of each name stands, and whether the name is strong: the same in every segment."""
        for words, strong in names.phrases:
            # The name stands under its first word that is worth looking up: دی انڈیپنڈنٹ begins with a stop word.
            first = next((word for word in words if word not in self._folder.stopwords), words[0])
            yield self._folder.sort_key(first, f"\t={' '.join(words)}\t{entity}"), strong

    def line(self, key: str, *, strong: bool) -> str:
        """Return what the row of a name says: what its key does, and where the entity's row is."""
        _, _, line = key.split("\t", 2)
        names = self.find(line.partition("\t")[2])
        return f"{line}\t{names.home if names else ''}" + ("" if strong else "\tw")


def _leads_to(alias: Alias) -> bool:
    """Return whether to ask for the alias is to ask for the entity: not where only context makes it a name."""
    return alias.form in _NAMES and (alias.strong or alias.alone)
