"""Builds one segment: the rows of a run of articles, in blocks that a browser reads one at a time.

Inside a segment articles are numbered by date, the oldest first and those without a date before it, so that numbers
are small steps and the higher number is the newer article. The format is described in docs/search-format.md.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from digest.search.batch import Batch, unpacked
from digest.search.encoding import (
    LIMITS,
    Pack,
    compress,
    compress_numbers,
    compress_unlike,
    pad,
    room,
    sections,
    swapped,
    varints,
)
from digest.search.merging import SegmentRows
from digest.search.rows import Row

_DIGITS = string.digits + string.ascii_lowercase
_EARLY, _LATE = 0.75, 1.25
"""How full a block may be where it ends."""
_FIRST_SIZE = ord("#")
"""The letter that stands for the size 0."""


def block_size(documents: int) -> int:
    """Return how many bytes a block of terms should take.

    Small segments have small blocks, since every search reads one of each; large segments have larger ones, since
    the first key of every block stands in the root file.
    """
    if documents <= 64:  # noqa: PLR2004 - the sizes of segments, see index.py
        return 1_000
    return 2_000 if documents <= 2048 else 3_600 if documents <= 16_384 else 8_000  # noqa: PLR2004 - the same


class SegmentWriter:
    """Writes the files of a segment.

    Args:
        folder: where to.
        size: bytes of a block of terms.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size

    def write(self, batches: Sequence[Batch], rows: SegmentRows) -> dict[str, Any]:
        """Write everything, and return the segment's part of the root file."""
        cells, texts = self._texts(batches)
        terms = Pack(self._folder, "t", LIMITS["t"])
        positions = Pack(self._folder, "p", LIMITS["p"])
        keys: list[str] = []
        last = ""
        for block in self._blocks(rows):
            keys.append(_coded(_shortest_after(last, block[0].key)))
            last = block[-1].key
            terms.add(_encoded(block))
            positions.add(compress_numbers(sections(*(row.positions for row in block if row.positions is not None))))
        tables = Pack(self._folder, "m", 1 << 30)
        days = [day for batch in batches for day in unpacked(batch.head.days)]
        sequences = [sequence for batch in batches for sequence in unpacked(batch.head.sequences)]
        tables.add(compress(sections(varints(_steps(days)), varints(_zigzag(sequences)))))
        for page in _pages(cells, texts):
            tables.add(page)
        tables.add(compress(varints(positions.sizes)))
        for pack in (terms, positions, tables):
            pack.close()
        vocabulary = "\n".join(rows.frequent_words()).encode("utf-8", "surrogatepass")
        (self._folder / "v0.bin").write_bytes(compress(vocabulary))
        return {
            "docs": len(days),
            "keys": "\n".join(_front_coded(keys)),
            "terms": "".join(chr(_FIRST_SIZE + size // LIMITS["block"]) for size in terms.sizes),
            "tables": list(tables.sizes),
        }

    def _texts(self, batches: Sequence[Batch]) -> tuple[list[tuple[int, int]], Pack]:
        """Write the texts; return the units of each half of a text, and 1 where there are two."""
        texts = Pack(self._folder, "x", LIMITS["x"])
        cells: list[tuple[int, int]] = []
        for batch in batches:
            cells += [(size // LIMITS["unit"], count - 1) for size, count in batch.sizes()]
            for block in batch.blocks():
                texts.add(block)
        texts.close()
        return cells, texts

    def _blocks(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """Yield the rows in blocks that end where a short key tells the next one from it.

        Such keys are those of new skeletons, so that spellings of a name stay together; the root file is smaller too.
        """
        block: list[Row] = []
        size = 0
        for row in rows:
            block.append(row)
            size += row.size
            while size > self._size * _LATE and len(block) > 1:
                end = _best_end(block, self._size)
                yield block[:end]
                block = block[end:]
                size = sum(row.size for row in block)
        if block:
            yield block


def _pages(cells: Sequence[tuple[int, int]], texts: Pack) -> Iterator[bytes]:
    """Yield the tables of the sizes of texts, page by page."""
    for start in range(0, len(cells), LIMITS["page"]):
        page = cells[start : start + LIMITS["page"]]
        least = min(size for size, _ in page)
        head = (texts.files[start], texts.offsets[start], least)
        yield compress(varints(head) + varints([(size - least) * 2 + halved for size, halved in page]))


def _encoded(block: Sequence[Row]) -> bytes:
    """Return the rows of a block: their lines, how many articles each has, the articles, the impacts."""
    lines = swapped("\n".join(row.line for row in block)).encode("utf-8", "surrogatepass")
    posted = [row for row in block if row.count]
    steps = b"".join(row.steps for row in posted)
    packed = compress_unlike(
        sections(lines),
        sections(varints([row.count for row in posted]), steps),
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


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - previous for previous, number in pairwise((0, *numbers))]


def _zigzag(numbers: Sequence[int]) -> list[int]:
    """Return the steps of numbers that rise and fall; a step of 1 is 0."""
    steps = (number - previous - 1 for previous, number in pairwise((-1, *numbers)))
    return [step * 2 if step >= 0 else -step * 2 - 1 for step in steps]
