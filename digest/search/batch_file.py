"""Writes a batch: its articles are posted, and lie in one file behind a head and a checksum."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import BinaryIO, NamedTuple

import msgspec

from digest.search.batch import LENGTH, BatchHead
from digest.search.documents import SearchDocument, day_number
from digest.search.postings import Postings, Rows
from digest.search.texts import text_blocks
from digest.search.vocabulary import Vocabulary

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
    facts = _Facts([], [], [], [])
    every = iter(documents)
    while some := list(islice(every, _AT_ONCE)):
        for document, cut in zip(some, [postings.add(document) for document in some], strict=True):
            facts.note(document, text_blocks(document, cut))
    frames = [_frame(vocabulary, rows) for rows in postings.rows(_ROWS)]
    text = array("H" if len(vocabulary.words) <= 1 << 16 else "I", postings.text)
    head = BatchHead(
        sequences=tuple(facts.sequences),
        mark=mark,
        first=first,
        days=facts.days,
        lengths=postings.lengths,
        starts=postings.starts,
        cuts=[(cut.text_from, cut.place) for cut in postings.cuts],
        blocks=facts.sizes,
        entities=postings.entities,
        filters=postings.filters,
        outlets=postings.outlets,
        glued=[(first, second, whole) for (first, second), whole in postings.glued.items()],
        frames=list(map(len, frames)),
        numbers=text.typecode,
    )
    packed = _encode(head)
    _write(file, [len(packed).to_bytes(LENGTH, "big"), packed, *frames, text.tobytes(), *facts.texts])


class _Facts(NamedTuple):
    """What a batch says of its articles one by one."""

    sequences: list[int]
    days: list[int]
    sizes: list[tuple[int, int]]
    texts: list[bytes]

    def note(self, document: SearchDocument, blocks: Sequence[bytes]) -> None:
        """Add an article, with its text in blocks."""
        self.sequences.append(document.sequence)
        self.days.append(day_number(document.date))
        self.sizes.append((len(blocks[0]), len(blocks)))
        self.texts.extend(blocks)


def _frame(vocabulary: Vocabulary, rows: Rows) -> bytes:
    words, articles, positions = rows
    lines = "\n".join(map(vocabulary.words.__getitem__, words))
    return _encode((lines, words, articles, list(map(vocabulary.keys.__getitem__, words)), positions))


def _write(file: BinaryIO, parts: Sequence[bytes]) -> None:
    """Write the parts behind their checksum."""
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    file.write(checksum.to_bytes(LENGTH, "big"))
    file.writelines(parts)
    file.flush()
