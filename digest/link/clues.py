"""Clues: combinations of marks that an article must hold to be concerned by a change of the gazetteer."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from digest.link.asked import mark, unpacked


class Clue(Protocol):
    """A combination of marks."""

    @property
    def openers(self) -> Iterable[int]:
        """Marks of which an article that holds the clue has one at least."""

    def among(self, marks: AbstractSet[int]) -> bool:
        """Return whether the clue is among the marks of an article."""


@dataclasses.dataclass(frozen=True, slots=True)
class AllOf:
    """One mark at least of each of some sets."""

    sets: tuple[frozenset[int], ...]

    @classmethod
    def of(cls, questions: Iterable[Iterable[str]]) -> AllOf:
        """Return the clue of some sets of questions; there must be one."""
        return cls(tuple(frozenset(map(mark, of_set)) for of_set in questions))

    @property
    def openers(self) -> Iterable[int]:
        """The marks of one set: of those that fewest articles will have, as far as that can be told."""
        return min(self.sets, key=len)

    def among(self, marks: AbstractSet[int]) -> bool:
        """Return whether each set has a mark of the article."""
        return all(not of_set.isdisjoint(marks) for of_set in self.sets)


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """A text that is cut into a few pieces, and the mark of each."""

    length: int
    pieces: int
    first: tuple[int, ...]
    """Letters that the first piece may have."""
    marks: Mapping[tuple[int, int], int]
    """Start and end of a piece → its mark."""

    @classmethod
    def of(cls, text: str, question: Callable[[str], str], *, pieces: int, first: Iterable[int]) -> Cut:
        """Return the clue of a text in two or up to `pieces` pieces.

        Args:
            text: the text.
            question: makes a question of a piece.
            pieces: how many at most.
            first: how many letters the first piece may have.
        """
        places = itertools.combinations(range(len(text) + 1), 2)
        marks = {(start, end): mark(question(text[start:end])) for start, end in places}
        return cls(len(text), pieces, tuple(first), marks)

    @property
    def openers(self) -> Iterable[int]:
        """The marks of the first piece."""
        return (self.marks[0, end] for end in self.first)

    def among(self, marks: AbstractSet[int]) -> bool:
        """Return whether the text can be cut into pieces that the article has."""
        return any(self._from(end, self.pieces - 1, marks) for end in self.first if self.marks[0, end] in marks)

    def _from(self, start: int, pieces: int, marks: AbstractSet[int]) -> bool:
        if start == self.length or not pieces:
            return False
        if self.marks[start, self.length] in marks:
            return True
        ends = range(start + 1, self.length)
        return any(self.marks[start, end] in marks and self._from(end, pieces - 1, marks) for end in ends)


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
