"""Rows of the index while they are collected, and how strongly an article holds a word.

An impact is the term-frequency part of BM25 with a fixed average length, so that it never depends on articles in
other segments and a sealed segment stays valid. How rare a word is, is worked out when somebody asks.
"""

from __future__ import annotations

import functools
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from operator import sub

import msgspec

from digest.search.encoding import SMALL, varint, varints

IMPACT_SCALE = 8
"""Coarse enough that an impact leaves room in its byte; what is nearly as good is ordered by date."""
HALF = 32
"""What is added to an impact when the word stands in the second half of the text."""
HELD = 3
"""Bytes of an article while rows are collected: two for its number in the segment, one for its impact and half."""
_SATURATION, _LENGTH_WEIGHT, _AVERAGE_LENGTH = 1.2, 0.75, 400
_BETWEEN = (b"", *SMALL)
"""Step from one article to the next → how it is written."""
_ONE_LESS = bytes([255, *range(255)])
_DENSE, _MANY = 24, 16
"""Steps that are short on average, and how many of them."""
_LINE = 7
"""Bytes that a line takes, compressed: about as many whatever it says, since the next line says nearly the same."""


def impact(frequency: float, length: int) -> int:
    """Return the term-frequency part of BM25, below `HALF`."""
    norm = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / _AVERAGE_LENGTH)
    return max(1, round(IMPACT_SCALE * frequency * (_SATURATION + 1) / (frequency + norm)))


class Impacts(dict[int, int]):
    """Frequency → impact, in articles of one length."""

    __slots__ = ("_length",)

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    def __missing__(self, frequency: int) -> int:
        found = self[frequency] = impact(frequency, self._length)
        return found


@functools.lru_cache(maxsize=2048)
def impacts(length: int) -> Impacts:
    """Return the impacts in articles of a length; most lengths are met again."""
    return Impacts(length)


class Row(msgspec.Struct, gc=False):
    """One row of the index."""

    key: str
    """What rows are sorted by."""
    line: str
    """What the row says of itself."""
    count: int = 0
    steps: bytes = b""
    impacts: bytes = b""
    positions: bytes | None = None
    """None for rows that are no words of the text."""
    size: int = _LINE
    """About how many bytes it takes in its block, compressed."""


def article(number: int, impact_byte: int) -> bytes:
    """Return an article as rows hold it while they are collected."""
    return number.to_bytes(2, "little") + impact_byte.to_bytes(1, "little")


def numbers_of(articles: bytes) -> array[int]:
    """Return the numbers of articles.

    >>> numbers_of(article(5, 18) + article(700, 32)).tolist()
    [5, 700]
    """
    wide = bytearray(len(articles) // HELD * 2)
    wide[::2], wide[1::2] = articles[::HELD], articles[1::HELD]
    numbers = array("H", wide)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def impacts_of(articles: bytes) -> bytes:
    """Return impacts and halves of articles."""
    return articles[HELD - 1 :: HELD]


def moved(articles: bytes, by: int) -> bytes:
    """Return articles with the numbers that they have when there are more articles before them, or fewer."""
    pairs = zip(numbers_of(articles), impacts_of(articles), strict=True)
    return b"".join([article(number + by, impact_byte) for number, impact_byte in pairs])


def filled(articles: bytes, positions: bytes, implied: Mapping[int, int]) -> tuple[bytes, bytes]:
    """Add articles that hold a word nowhere by itself: number → impact and half. Those that are there stay.

    Returns:
        The articles, and the places of the word in them.
    """
    every = {number: (article(number, byte), SMALL[0]) for number, byte in implied.items()}
    there = zip(numbers_of(articles), impacts_of(articles), positions_apart(positions), strict=True)
    every |= {number: (article(number, byte), places) for number, byte, places in there}
    held = [every[number] for number in sorted(every)]
    return b"".join([one for one, _ in held]), b"".join([places for _, places in held])


def row(key: str, line: str, articles: bytes, positions: bytes | None = None) -> Row:
    """Return the row of a word, entity or filter that stands in these articles."""
    numbers, impacts = numbers_of(articles), impacts_of(articles)
    steps = SMALL[numbers[0]] if numbers[0] < len(SMALL) else varint(numbers[0])
    if len(impacts) > 1:
        steps += _steps(numbers)
    size = _LINE + (len(steps) * 3 + len(impacts) * 2) // 4
    return Row(key, line, len(impacts), steps, impacts, positions, size)


def _steps(numbers: array[int]) -> bytes:
    """Return how many articles lie between each and the next."""
    count = len(numbers)
    if numbers[-1] - numbers[0] < count * _DENSE and count > _MANY:  # then a byte does for each, mostly
        try:
            steps = bytes(map(sub, numbers[1:], numbers)).translate(_ONE_LESS)
        except ValueError:  # one does not fit into a byte
            steps = b"\xff"
        if steps.isascii():  # each is its own varint
            return steps
    try:
        return b"".join(map(_BETWEEN.__getitem__, map(sub, numbers[1:], numbers)))
    except IndexError:
        return varints([step - 1 for step in map(sub, numbers[1:], numbers)])


def coded(places: Sequence[int]) -> bytes:
    r"""Return the places of a word in an article: how many, then the steps between them.

    >>> coded([3, 5, 300])
    b'\x03\x03\x02\xa7\x02'
    """
    return varints([len(places), *places[:1], *map(sub, places[1:], places)])


def positions_apart(positions: bytes) -> Iterator[bytes]:
    r"""Yield the places of each article of a row.

    >>> list(positions_apart(coded([3]) + coded([]) + coded([200, 1000])))
    [b'\x01\x03', b'\x00', b'\x02\xc8\x01\xa0\x06']
    """
    start = end = left = number = shift = 0
    counting = True
    for byte in positions:
        end += 1
        if counting:
            number |= (byte & 0x7F) << shift
            shift += 7
        if byte & 0x80:
            continue
        if counting:
            left, number, shift = number, 0, 0
        else:
            left -= 1
        counting = not left
        if counting:
            yield positions[start:end]
            start = end
