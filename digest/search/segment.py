"""Builds one segment: the rows of a run of articles, in blocks that a browser reads one at a time.

Inside a segment articles are numbered by date, the oldest first and those without a date before it, so that numbers
are small steps and the higher number is the newer article. The format is described in docs/search-format.md.
"""

from __future__ import annotations

import datetime as dt
import math
import string
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from digest.search.aliases import NameBook
from digest.search.documents import SearchDocument
from digest.search.encoding import Pack, compress, compress_unlike, pad, room, sections, swapped, varints
from digest.search.folding import SearchFolder
from digest.search.postings import Postings
from digest.search.rows import Row

_EPOCH = dt.date(1970, 1, 1)
LIMITS = {"t": 32_000, "x": 128_000, "p": 256_000, "page": 2048, "unit": 256, "block": 128}
"""Bytes of the files of terms, texts and positions; articles whose text sizes are read at once; what sizes of texts,
and of blocks of terms, are multiples of, so that the tables of sizes are small."""
_DIGITS = string.digits + string.ascii_lowercase
_FAST = 5
"""Compression of what is large and read in small parts: level 9 takes thrice the time for one byte in a hundred."""
_MOST_WORDS = 20_000
"""Words of a segment that a mistyped word is compared with."""
_EARLY, _LATE = 0.75, 1.25
"""How full a block may be where it ends."""
_FIRST_SIZE = ord("#")
"""The letter that stands for the size 0."""
_LONG_AGO = 100_000
"""Makes the numbers of days before 1970 positive."""


def day_number(date: dt.date | None) -> int:
    """Return a day as a number; 0 is no day."""
    return (date - _EPOCH).days + _LONG_AGO if date else 0


def order(document: SearchDocument) -> tuple[int, int]:
    """Return where an article stands in its segment."""
    return day_number(document.date), document.sequence


def block_size(documents: int) -> int:
    """Return how many bytes a block of terms should take.

    Small segments have small blocks, since every search reads one of each; large segments have larger ones, since
    the first key of every block stands in the root file.
    """
    if documents <= 64:  # noqa: PLR2004 - the sizes of segments, see index.py
        return 1_000
    return 2_000 if documents <= 2048 else 3_600 if documents <= 16_384 else 8_000  # noqa: PLR2004 - the same


class SegmentWriter:
    """Takes articles in their order, then writes the files."""

    def __init__(self, folder: Path, fold: SearchFolder, names: NameBook, size: int) -> None:
        self._folder = folder
        self._names = names
        self._postings = Postings(fold)
        self._size = size
        self._texts = Pack(folder, "x", LIMITS["x"])
        self._cells: list[tuple[int, int]] = []
        """Units of each half of a text, and 1 where there are two."""
        self._dates: list[int] = []
        self._sequences: list[int] = []

    def add(self, document: SearchDocument) -> None:
        """Append an article. They must come in `order`."""
        cut = self._postings.add(document)
        self._dates.append(day_number(document.date))
        self._sequences.append(document.sequence)
        date = document.date.isoformat() if document.date else ""
        head = [*map(swapped, (document.address, document.headline, date, document.outlet))]
        halves = [(document.summary, document.text[: cut.letter])]
        if cut.letter < len(document.text):
            halves.append(("", document.text[cut.letter :]))
        cells = [compress(msgspec.json.encode([*head, *map(swapped, half)]), _FAST) for half in halves]
        size = room(map(len, cells), LIMITS["unit"])
        self._texts.add(b"".join(pad(cell, size) for cell in cells))
        self._cells.append((size // LIMITS["unit"], len(cells) - 1))

    def entities(self) -> tuple[str, ...]:
        """Return everything whose names stand in the segment."""
        return self._postings.entities()

    def finish(self) -> dict[str, Any]:
        """Write everything, and return the segment's part of the root file."""
        self._texts.close()
        terms = Pack(self._folder, "t", LIMITS["t"])
        positions = Pack(self._folder, "p", LIMITS["p"])
        keys: list[str] = []
        last = ""
        for block in self._blocks():
            keys.append(_coded(_shortest_after(last, block[0].key)))
            last = block[-1].key
            terms.add(_encoded(block))
            positions.add(compress(sections(*(row.positions for row in block if row.positions is not None)), _FAST))
        tables = Pack(self._folder, "m", 1 << 30)
        for table in self._tables(positions):
            tables.add(table)
        for pack in (terms, positions, tables):
            pack.close()
        vocabulary = "\n".join(self._postings.frequent_words(_MOST_WORDS)).encode("utf-8", "surrogatepass")
        (self._folder / "v0.bin").write_bytes(compress(vocabulary))
        return {
            "docs": len(self._dates),
            "keys": "\n".join(_front_coded(keys)),
            "terms": "".join(chr(_FIRST_SIZE + size // LIMITS["block"]) for size in terms.sizes),
            "tables": list(tables.sizes),
        }

    def _blocks(self) -> Iterator[list[Row]]:
        """Yield the rows in blocks that end where a short key tells the next one from it.

        Such keys are those of new skeletons, so that spellings of a name stay together; the root file is smaller too.
        """
        block: list[Row] = []
        size = 0
        for row in self._postings.rows(self._names):
            block.append(row)
            size += row.size
            while size > self._size * _LATE and len(block) > 1:
                end = _best_end(block, self._size)
                yield block[:end]
                block = block[end:]
                size = sum(row.size for row in block)
        if block:
            yield block

    def _tables(self, positions: Pack) -> Iterator[bytes]:
        """Yield the small tables: dates and sequences; sizes of texts, page by page; sizes of position blocks."""
        yield compress(sections(varints(_steps(self._dates)), varints(_zigzag(self._sequences))))
        texts = self._texts
        for start in range(0, len(texts.sizes), LIMITS["page"]):
            page = self._cells[start : start + LIMITS["page"]]
            least = min(size for size, _ in page)
            head = (texts.files[start], texts.offsets[start], least)
            yield compress(varints(head) + varints((size - least) * 2 + halved for size, halved in page))
        yield compress(varints(positions.sizes))


def _encoded(block: Sequence[Row]) -> bytes:
    """Return the rows of a block: their lines, how many articles each has, the articles, the impacts."""
    lines = swapped("\n".join(row.line for row in block)).encode("utf-8", "surrogatepass")
    posted = [row for row in block if row.count]
    steps = b"".join(row.steps for row in posted)
    packed = compress_unlike(
        sections(lines),
        sections(varints(row.count for row in posted), steps),
        sections(b"".join(row.impacts for row in posted)),
    )
    return pad(packed, room((len(packed),), LIMITS["block"]))


def _best_end(rows: Sequence[Row], wanted: int) -> int:
    """Return where to end a block that has become too large: where the next key is short, else where it is full."""
    size = 0
    best = (math.inf, math.inf, 1)
    for end, (row, following) in enumerate(pairwise(rows), 1):
        size += row.size
        if size > wanted * _LATE:
            break
        cost = len(_shortest_after(row.key, following.key)) if size >= wanted * _EARLY else math.inf
        best = min(best, (cost, abs(size - wanted), end))
    return int(best[2])


def _coded(key: str) -> str:
    """Return a key as the root file has it: skeletons are Latin, words are not."""
    skeleton, tab, rest = key.partition("\t")
    return f"{skeleton}{tab}{swapped(rest)}"


def _front_coded(keys: Sequence[str]) -> Iterator[str]:
    """Yield sorted keys, each as the number of letters that it shares with the one before (in base 36), and the rest.

    >>> list(_front_coded(["pt", "ptn", "ptr"]))
    ['0pt', '2n', '2r']
    """
    last = ""
    for key in keys:
        shared = 0
        while shared < min(len(key), len(last), len(_DIGITS) - 1) and key[shared] == last[shared]:
            shared += 1
        yield _DIGITS[shared] + key[shared:]
        last = key


def _shortest_after(last: str, first: str) -> str:
    """Return the shortest start of `first` that still sorts behind `last`."""
    length = 1
    for ours, theirs in zip(first, last, strict=False):
        if ours != theirs:
            break
        length += 1
    return first[:length]


def _steps(numbers: Sequence[int]) -> Iterator[int]:
    previous = 0
    for number in numbers:
        yield number - previous
        previous = number


def _zigzag(numbers: Sequence[int]) -> Iterator[int]:
    """Yield the steps of numbers that rise and fall; a step of 1 is 0."""
    previous = -1
    for number in numbers:
        step = number - previous - 1
        yield step * 2 if step >= 0 else -step * 2 - 1
        previous = number
