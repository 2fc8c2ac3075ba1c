"""A batch: some hundred articles that stand side by side in a segment, made ready for it and kept in a file.

A segment is merged from its batches. So its making takes no more memory than one batch and a little of each other
one, and an edit needs one batch to be read again from the articles. What is in a file depends on its articles, not on
what else is in the segment (but for the numbers of words, which mean something inside it only); the file is a cache of
the builder, and nobody publishes it.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

import msgspec

from digest.search.documents import SearchDocument, day_number
from digest.search.postings import Postings, Rows
from digest.search.rows import moved
from digest.search.texts import text_blocks
from digest.search.vocabulary import Vocabulary

_ROWS = 256
"""Rows that are read at once."""
_AT_ONCE = 64
"""Articles whose words are looked up one behind the other: what a packer is given between drives words from the caches
of the processor."""
_LENGTH = 4
"""Bytes of the checksum, and of the head's length."""


class Words(msgspec.Struct, array_like=True):
    """Words that stand side by side in the index, and their articles."""

    lines: str
    """The words, a line each."""
    numbers: list[int]
    """What each word is in the text of this batch."""
    articles: list[bytes]
    """Of each word the articles."""

    def words(self) -> list[str]:
        """Return the words."""
        return self.lines.split("\n")


AnyWords = TypeVar("AnyWords", bound=Words)


class Frame(Words, array_like=True):
    """Rows of words: all that is known of some."""

    keys: list[bytes]
    """Of each word its place in the index, as code units: skeleton, tab, word."""
    positions: list[bytes]


class BatchHead(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a batch before its rows are read. Lists have an item for each article."""

    sequences: tuple[int, ...]
    mark: str
    """Hash of the articles."""
    first: int
    """Number of the first article in the segment, as it was when the batch was made."""
    days: list[int]
    lengths: list[int]
    starts: list[int]
    """Where each article begins in the text."""
    cuts: list[tuple[int, int]]
    """Of each article the places where its text and the second half of that begin."""
    blocks: list[tuple[int, int]]
    """Size of the blocks that its text is in, and how many there are."""
    entities: Mapping[str, bytes]
    filters: Mapping[str, bytes]
    outlets: Mapping[str, str]
    glued: list[tuple[str, str, str]]
    frames: list[int]
    """Sizes of the frames."""
    numbers: str
    """Type of the numbers in the text, as `array` calls it."""


_decode_head = msgspec.msgpack.Decoder(BatchHead).decode
_decode_words = msgspec.msgpack.Decoder(Words).decode
_decode_frame = msgspec.msgpack.Decoder(Frame).decode
_encode = msgspec.msgpack.Encoder().encode


class Batch:
    """A batch in a file, or in memory where it is too small to be kept."""

    def __init__(self, file: BinaryIO, name: str = "") -> None:
        """Read the head of a file that `written` has made."""
        self.name = name
        self.moved = 0
        """By how much the numbers of its articles have changed since it was made."""
        self._file = file
        file.seek(_LENGTH)
        length = int.from_bytes(file.read(_LENGTH), "big")
        self.head = _decode_head(file.read(length))
        self._rows = 2 * _LENGTH + length
        self._text = self._rows + sum(self.head.frames)
        self._blocks = file.seek(0, io.SEEK_END) - sum(size * count for size, count in self.head.blocks)

    @classmethod
    def kept(cls, path: Path) -> Self | None:
        """Return the batch in a file; None where there is none, or one that a disk has damaged."""
        try:
            file = path.open("rb")
        except OSError:
            return None
        checksum = int.from_bytes(file.read(_LENGTH), "big")
        found = 0
        while piece := file.read(1 << 20):
            found = zlib.crc32(piece, found)
        if found != checksum:
            file.close()
            return None
        return cls(file, path.name)

    def __len__(self) -> int:
        return len(self.head.sequences)

    @property
    def first(self) -> int:
        """Number of the first article in the segment."""
        return self.head.first + self.moved

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def words(self) -> Iterator[Words]:
        """Yield the words and their articles, in the order of the index."""
        return self._frames(_decode_words)

    def frames(self) -> Iterator[Frame]:
        """Yield the rows of words, in the order of the index."""
        return self._frames(_decode_frame)

    def _frames(self, decode: Callable[[bytes], AnyWords]) -> Iterator[AnyWords]:
        at = self._rows
        for size in self.head.frames:
            self._file.seek(at)
            frame = decode(self._file.read(size))
            if self.moved:
                frame.articles = [moved(held, self.moved) for held in frame.articles]
            yield frame
            at += size

    def named(self, posted: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Return entities or filters of the head with the numbers that articles have now."""
        return {name: moved(held, self.moved) for name, held in posted.items()} if self.moved else posted

    def text(self) -> array[int]:
        """Return all articles as numbers of words, one behind the other; 0 stands between passages."""
        text = array(self.head.numbers)
        self._file.seek(self._text)
        text.frombytes(self._file.read(self._blocks - self._text))
        return text

    def blocks(self) -> Iterator[bytes]:
        """Yield of each article the blocks that its text is in."""
        at = self._blocks
        for size, count in self.head.blocks:
            self._file.seek(at)
            yield self._file.read(size * count)
            at += size * count


def mark_of(marks: Iterable[tuple[int, str]]) -> str:
    """Return a hash of articles: sequence and fingerprint of each."""
    digest = hashlib.sha256()
    for sequence, mark in marks:
        digest.update(f"{sequence} {mark}\n".encode())
    return digest.hexdigest()


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
    sequences: list[int] = []
    days: list[int] = []
    sizes: list[tuple[int, int]] = []
    texts: list[bytes] = []
    every = iter(documents)
    while some := list(islice(every, _AT_ONCE)):
        cuts = [postings.add(document) for document in some]
        for document, cut in zip(some, cuts, strict=True):
            blocks = text_blocks(document, cut)
            sequences.append(document.sequence)
            days.append(day_number(document.date))
            sizes.append((len(blocks[0]), len(blocks)))
            texts += blocks
    frames = [_frame(vocabulary, rows) for rows in postings.rows(_ROWS)]
    text = array("H" if len(vocabulary.words) <= 1 << 16 else "I", postings.text)
    head = BatchHead(
        sequences=tuple(sequences),
        mark=mark,
        first=first,
        days=days,
        lengths=postings.lengths,
        starts=postings.starts,
        cuts=[(cut.text_from, cut.place) for cut in postings.cuts],
        blocks=sizes,
        entities=postings.entities,
        filters=postings.filters,
        outlets=postings.outlets,
        glued=[(first, second, whole) for (first, second), whole in postings.glued.items()],
        frames=list(map(len, frames)),
        numbers=text.typecode,
    )
    packed = _encode(head)
    _write(file, [len(packed).to_bytes(_LENGTH, "big"), packed, *frames, text.tobytes(), *texts])


def _frame(vocabulary: Vocabulary, rows: Rows) -> bytes:
    words, articles, positions = rows
    lines = "\n".join(map(vocabulary.words.__getitem__, words))
    return _encode((lines, words, articles, list(map(vocabulary.keys.__getitem__, words)), positions))


def _write(file: BinaryIO, parts: Sequence[bytes]) -> None:
    """Write the parts behind their checksum."""
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    file.write(checksum.to_bytes(_LENGTH, "big"))
    file.writelines(parts)
    file.flush()
