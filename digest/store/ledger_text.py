"""The ledger's file as it was read: lines that are looked up without taking all of them apart.

Most builds ask for a few lines of a hundred thousand. A search through the whole text is one pass of C over ten
megabytes at most; who asks more often has an index made once.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator

HEADER = "id\tpermalink\tchecksum\tlocator"
_FEW = 50
"""Questions that are answered by a search; making an index takes about as long as so many."""


class LedgerText:
    r"""Well-formed lines under a header, each with an end.

    >>> lines = LedgerText(f"{HEADER}\nab\tarticles/x\t12\tseeds/a.txt\n")
    >>> lines.of_locator("seeds/a.txt"), lines.of_id("ab"), lines.of_id("b"), len(lines)
    (0, 0, None, 1)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._count = max(text.count("\n") - 1, 0)
        self._asked = 0
        self._found: dict[int, str] = {}
        """Lines that searches have come upon."""

    @functools.cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")[1:-1]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, sequence: int) -> str:
        """Return a line."""
        return self._found[sequence] if sequence in self._found else self._lines[sequence]

    def of_locator(self, locator: str) -> int | None:
        """Return which line tells of the article at `locator`."""
        return self._find(f"\t{locator}\n") if self._is_seldom() else self._by_locator.get(locator)

    def of_id(self, story_id: str) -> int | None:
        """Return which line tells of an article."""
        return self._find(f"\n{story_id}\t") if self._is_seldom() else self._by_id.get(story_id)

    def of_checksums(self, checksums: Collection[str]) -> Iterator[int]:
        """Yield the lines with one of some checksums, in their order."""
        if len(checksums) > _FEW:
            yield from (number for number, line in enumerate(self._lines) if line.split("\t")[2] in checksums)
            return
        yield from sorted(self._number(place) for one in checksums for place in self._places(f"\t{one}\t"))

    def _is_seldom(self) -> bool:
        self._asked += 1
        return self._asked <= _FEW

    def _find(self, words: str) -> int | None:
        place = self.text.find(words)
        return None if place < 0 else self._number(place + 1)

    def _places(self, words: str) -> Iterator[int]:
        place = self.text.find(words)
        while place >= 0:
            yield place
            place = self.text.find(words, place + 1)

    def _number(self, place: int) -> int:
        """Return which line a place in the text is in, and remember the line."""
        start = self.text.rindex("\n", 0, place) + 1
        number = self.text.count("\n", 0, start) - 1
        self._found[number] = self.text[start : self.text.index("\n", place)]
        return number

    @functools.cached_property
    def _by_locator(self) -> dict[str, int]:
        return {line.rpartition("\t")[2]: number for number, line in enumerate(self._lines)}

    @functools.cached_property
    def _by_id(self) -> dict[str, int]:
        return {line.partition("\t")[0]: number for number, line in enumerate(self._lines)}
