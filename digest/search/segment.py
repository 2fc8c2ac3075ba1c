"""Builds one segment: the rows of a run of articles, in blocks that a browser reads one at a time.

Inside a segment articles are numbered by date, the oldest first and those without a date before it, so that numbers
are small steps and the higher number is the newer article. The format is described in docs/search-format.md.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from digest.search.aliases import NameBook
from digest.search.documents import SearchDocument
from digest.search.encoding import Pack, compress, compress_padded, sections, swapped, varints
from digest.search.folding import SearchFolder, code_units
from digest.search.postings import Postings, Row

_EPOCH = dt.date(1970, 1, 1)
LIMITS = {"t": 32_000, "x": 128_000, "p": 256_000, "page": 2048, "unit": 256, "block": 64}
"""Bytes of the files of terms, texts and positions; articles whose text sizes are read at once; what sizes of texts,
and of blocks of terms, are multiples of, so that the tables of sizes are small."""
_DIGITS = string.digits + string.ascii_lowercase
_FAST = 5
"""Compression of what is large and read in small parts: level 9 takes thrice the time for one byte in a hundred."""
_MOST_WORDS = 20_000
"""Words of a segment that a mistyped word is compared with."""
_EARLY, _LATE = 0.8, 1.6
"""How full a block may be where a new skeleton begins, and elsewhere."""
_LONG_AGO = 100_000
"""Makes the numbers of days before 1970 positive."""


def day_number(date: dt.date | None) -> int:
    """Return a day as a number; 0 is no day."""
    return (date - _EPOCH).days + _LONG_AGO if date else 0


def order(document: SearchDocument) -> tuple[int, int]:
    """Return where an article stands in its segment."""
    return day_number(document.date), document.sequence


def block_size(documents: int) -> int:
    """Return how many bytes a block of terms should hold before it is compressed (to a third or a half).

    Small segments have small blocks, since every search reads one of each; large segments have larger ones, since
    the first key of every block stands in the root file.
    """
    if documents <= 64:  # noqa: PLR2004 - the sizes of segments, see index.py
        return 6_000
    return 7_000 if documents <= 2048 else 9_500 if documents <= 16_384 else 20_000  # noqa: PLR2004 - the same


class SegmentWriter:
    """Takes articles in their order, then writes the files."""

    def __init__(self, folder: Path, fold: SearchFolder, names: NameBook, size: int) -> None:
        self._folder = folder
        self._names = names
        self._postings = Postings(fold)
        self._size = size
        self._texts = Pack(folder, "x", LIMITS["x"])
        self._dates: list[int] = []
        self._sequences: list[int] = []

    def add(self, document: SearchDocument) -> None:
        """Append an article. They must come in `order`."""
        self._postings.add(document)
        self._dates.append(day_number(document.date))
        self._sequences.append(document.sequence)
        record = [
            document.address,
            document.headline,
            document.date.isoformat() if document.date else "",
            document.outlet,
            document.summary,
            document.text,
        ]
        self._texts.add(compress_padded(msgspec.json.encode([*map(swapped, record)]), _FAST, LIMITS["unit"]))

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
            keys.append(_shortest_after(last, block[0].key))
            last = block[-1].key
            terms.add(compress_padded(_encoded(block), 9, LIMITS["block"]))
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
            "terms": [size // LIMITS["block"] for size in terms.sizes],
            "tables": list(tables.sizes),
        }

    def _blocks(self) -> Iterator[list[Row]]:
        """Yield the rows in blocks that end, if possible, where a skeleton ends: spellings of a name stay together."""
        block: list[Row] = []
        size = 0
        skeleton = ""
        for row in self._postings.rows(self._names):
            own = row.key.partition("\t")[0]
            enough = _EARLY if own != skeleton else _LATE
            if block and (size + row.size) > self._size * enough:
                yield block
                block, size = [], 0
            block.append(row)
            size += row.size
            skeleton = own
        if block:
            yield block

    def _tables(self, positions: Pack) -> Iterator[bytes]:
        """Yield the small tables: dates and sequences; sizes of texts, page by page; sizes of position blocks."""
        yield compress(sections(varints(_steps(self._dates)), varints(_zigzag(self._sequences))))
        texts = self._texts
        for start in range(0, len(texts.sizes), LIMITS["page"]):
            page = [size // LIMITS["unit"] for size in texts.sizes[start : start + LIMITS["page"]]]
            least = min(page)
            head = (texts.files[start], texts.offsets[start], least)
            yield compress(varints(head) + varints(size - least for size in page))
        yield compress(varints(positions.sizes))


def _encoded(block: Sequence[Row]) -> bytes:
    """Return the rows of a block: their lines, how many articles each has, the articles, the impacts."""
    lines = "\n".join(row.line for row in block).encode("utf-8", "surrogatepass")
    posted = [row for row in block if row.count]
    return sections(
        lines,
        varints(row.count for row in posted),
        b"".join(row.steps for row in posted),
        b"".join(row.impacts for row in posted),
    )


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
    for length in range(1, len(first)):
        if code_units(first[:length]) > code_units(last):
            return first[:length]
    return first


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
