"""Rows of the index while they are collected, and how strongly an article holds a word.

An impact is the term-frequency part of BM25 with a fixed average length, so that it never depends on articles in
other segments and a sealed segment stays valid. How rare a word is, is worked out when somebody asks.
"""

from __future__ import annotations

import dataclasses
import functools
from array import array
from collections.abc import Sequence
from itertools import pairwise

from digest.search.encoding import SMALL, varint, varints

IMPACT_SCALE = 8
"""Coarse enough that an impact leaves room in its byte; what is nearly as good is ordered by date."""
HALF = 32
"""What is added to an impact when the word stands in the second half of the text."""
TABLED = 64
"""Frequencies whose impacts are kept at hand."""
_SATURATION, _LENGTH_WEIGHT, _AVERAGE_LENGTH = 1.2, 0.75, 400
_LINE = 7
"""Bytes that a line takes, compressed: about as many whatever it says, since the next line says nearly the same."""
_MANY = len(SMALL)


def impact(frequency: float, length: int) -> int:
    """Return the term-frequency part of BM25, below `HALF`."""
    norm = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / _AVERAGE_LENGTH)
    return max(1, round(IMPACT_SCALE * frequency * (_SATURATION + 1) / (frequency + norm)))


@functools.lru_cache(maxsize=4096)
def impacts(length: int) -> tuple[int, ...]:
    """Return the impacts of small whole frequencies."""
    return tuple(impact(frequency, length) for frequency in range(TABLED))


@dataclasses.dataclass(slots=True)
class Row:
    """One row of the index."""

    key: str
    """What rows are sorted by."""
    line: str
    """What the row says of itself."""
    count: int = 0
    steps: bytes = b""
    impacts: bytes = b""
    positions: bytes | bytearray | None = None
    """None for rows that are no words of the text."""
    size: int = _LINE
    """About how many bytes it takes in its block, compressed."""


class Posted:
    """The articles of one word, entity or filter, while they are collected."""

    __slots__ = ("held", "positions")

    def __init__(self) -> None:
        self.held = array("I")
        """For each article its number, and below that, in eight bits, the impact and the half."""
        self.positions = bytearray()

    @property
    def count(self) -> int:
        """How many articles there are."""
        return len(self.held)

    def add(self, number: int, impact_byte: int) -> None:
        """Append an article."""
        self.held.append(number << 8 | impact_byte)

    def place(self, places: Sequence[int]) -> None:
        """Append the places of the word in the last article: how many, then the steps between them."""
        out = self.positions
        out += SMALL[len(places)] if len(places) < _MANY else varint(len(places))
        previous = 0
        for place in places:
            step = place - previous
            out += SMALL[step] if step < _MANY else varint(step)
            previous = place

    def row(self, key: str, line: str, *, placed: bool = False) -> Row:
        """Return the row, with places if they were kept."""
        first = self.held[0] >> 8
        if len(self.held) == 1:  # as of most words
            steps = SMALL[first] if first < _MANY else varint(first)
        else:
            numbers = [held >> 8 for held in self.held]
            steps = varints([first, *(number - previous - 1 for previous, number in pairwise(numbers))])
        impacts = bytes([held & 0xFF for held in self.held])
        size = _LINE + (len(steps) * 3 + len(impacts) * 2) // 4
        return Row(key, line, len(impacts), steps, impacts, self.positions if placed else None, size)
