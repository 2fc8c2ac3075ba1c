"""Clues: combinations of marks that an article must hold to be concerned by a change of the gazetteer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from digest.link.asked import mark, unpacked


@dataclasses.dataclass(frozen=True, slots=True)
class Clue:
    """One mark at least of each of some sets."""

    sets: tuple[frozenset[int], ...]

    @classmethod
    def of(cls, questions: Iterable[Iterable[str]]) -> Clue:
        """Return the clue of some sets of questions; there must be one."""
        return cls(tuple(frozenset(map(mark, of_set)) for of_set in questions))

    @property
    def openers(self) -> Iterable[int]:
        """The marks of one set: of those that fewest articles will have, as far as that can be told."""
        return min(self.sets, key=len)

    def among(self, marks: AbstractSet[int]) -> bool:
        """Return whether each set has a mark of the article."""
        return all(not of_set.isdisjoint(marks) for of_set in self.sets)


class Reach:
    """How far a change of the gazetteer reaches among the articles of a language."""

    def __init__(self, clues: Iterable[Clue]) -> None:
        """Take the clues of which an article that is concerned holds one."""
        self._clues: dict[int, list[Clue]] = {}
        for clue in clues:
            for opener in clue.openers:
                self._clues.setdefault(opener, []).append(clue)
        self._openers = frozenset(self._clues)

    def concerned(self, articles: Iterable[tuple[str, bytes]]) -> Iterator[str]:
        """Yield the ids of the articles that hold a clue, of (id, marks)."""
        for article, content in articles if self._openers else ():
            numbers = unpacked(content)
            if not self._openers.isdisjoint(numbers):  # false for most, and said without a set of them all
                marks = frozenset(numbers)
                if any(clue.among(marks) for opener in self._openers & marks for clue in self._clues[opener]):
                    yield article
