"""Writes a batch: its articles are posted, and lie in one file behind a head and a checksum."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import BinaryIO, NamedTuple

import msgspec

from digest.search.batch import LENGTH, BatchHead, packed
from digest.search.documents import SearchDocument, day_number
from digest.search.postings import Postings
from digest.search.rows import HELD
from digest.search.texts import text_blocks
from digest.search.vocabulary import WIDTH, Vocabulary

_ROWS = 256
"""Rows that are read at once."""
_AT_ONCE = 64
"""Articles whose words are looked up one behind the other: what a packer is given between drives words from the caches
of the processor."""

_encode = msgspec.msgpack.Encoder().encode


def write_batch(
    file: BinaryIO, documents: Iterable[SearchDocument], mark: str, first: int, vocabulary: Vocabulary
) -> None:
    """Write a batch into a file that can be read too.

    Args:
        file: where to; empty.
        documents: the articles, in the order of their segment.
        mark: hash of them.
        first: number of the first one in the segment.
        vocabulary: of this batch and its neighbours.
    """
    if vocabulary.full:
        vocabulary.forget()
    postings = Postings(vocabulary, first)
    facts = _Facts([], [], [], [], [])
    every = iter(documents)
    while some := list(islice(every, _AT_ONCE)):
        for document, cut in zip(some, [postings.add(document) for document in some], strict=True):
            facts.note(document, text_blocks(document, cut))
    words, frames = _rows(postings, vocabulary)
    terms = _encode(
        (
            postings.entities,
            postings.filters,
            postings.outlets,
            [(first, second, whole) for (first, second), whole in postings.glued.items()],
        )
    )
    text = narrowed(postings.text) if len(vocabulary.words) <= 1 << 16 else postings.text
    head = BatchHead(
        sequences=packed(facts.sequences),
        mark=mark,
        first=first,
        days=packed(facts.days),
        lengths=packed(postings.lengths),
        starts=packed(postings.starts),
        cuts=(packed(cut.text_from for cut in postings.cuts), packed(cut.place for cut in postings.cuts)),
        blocks=(packed(facts.sizes), packed(facts.counts)),
        terms=len(terms),
        words=len(words),
        frames=packed(map(len, frames)),
        width=text.typecode,
    )
    start = _encode(head)
    _write(file, [len(start).to_bytes(LENGTH, "big"), start, terms, words, *frames, text.tobytes(), *facts.texts])


def narrowed(numbers: array[int]) -> array[int]:
    """Return numbers below 65,536 in two bytes each: as slices of bytes, which is done before one number is looked at.

    >>> narrowed(array("I", [5, 700]))
    array('H', [5, 700])
    """
    wide = numbers.tobytes()
    low = 0 if sys.byteorder == "little" else WIDTH - 2
    narrow = bytearray(len(wide) // 2)
    narrow[::2], narrow[1::2] = wide[low::WIDTH], wide[low + 1 :: WIDTH]
    return array("H", narrow)


class _Facts(NamedTuple):
    """What a batch says of its articles one by one."""

    sequences: list[int]
    days: list[int]
    sizes: list[int]
    counts: list[int]
    texts: list[bytes]

    def note(self, document: SearchDocument, blocks: Sequence[bytes]) -> None:
        """Add an article, with its text in blocks."""
        self.sequences.append(document.sequence)
        self.days.append(day_number(document.date))
        self.sizes.append(len(blocks[0]))
        self.counts.append(len(blocks))
        self.texts.extend(blocks)


def _rows(postings: Postings, vocabulary: Vocabulary) -> tuple[bytes, list[bytes]]:
    """Return the words, and their rows in frames."""
    width = "H" if len(vocabulary.words) <= 1 << 16 else "I"
    lines: list[str] = []
    numbers, counts = array(width), array(width)
    frames: list[bytes] = []
    for words, articles, positions in postings.rows(_ROWS):
        lines.append("\n".join(map(vocabulary.words.__getitem__, words)))
        numbers.extend(words)
        counts.extend([len(held) // HELD for held in articles])
        frames.append(_encode((articles, list(map(vocabulary.keys.__getitem__, words)), positions)))
    return _encode(("\n".join(lines), numbers.tobytes(), counts.tobytes())), frames


def _write(file: BinaryIO, parts: Sequence[bytes]) -> None:
    """Write the parts behind their checksum."""
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    file.write(checksum.to_bytes(LENGTH, "big"))
    file.writelines(parts)
    file.flush()
