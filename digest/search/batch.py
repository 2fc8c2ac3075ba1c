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
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

import msgspec

from digest.search.rows import moved

LENGTH = 4
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


class Batch:
    """A batch in a file, or in memory where it is too small to be kept."""

    def __init__(self, file: BinaryIO, name: str = "") -> None:
        """Read the head of a file that `write_batch` has made."""
        self.name = name
        self.moved = 0
        """By how much the numbers of its articles have changed since it was made."""
        self._file = file
        file.seek(LENGTH)
        length = int.from_bytes(file.read(LENGTH), "big")
        self.head = _decode_head(file.read(length))
        self._rows = 2 * LENGTH + length
        self._text = self._rows + sum(self.head.frames)
        self._blocks = file.seek(0, io.SEEK_END) - sum(size * count for size, count in self.head.blocks)

    @classmethod
    def kept(cls, path: Path) -> Self | None:
        """Return the batch in a file; None where there is none, or one that a disk has damaged."""
        try:
            file = path.open("rb")
        except OSError:
            return None
        checksum = int.from_bytes(file.read(LENGTH), "big")
        found = 0
        while piece := file.read(1 << 20):
            found = zlib.crc32(piece, found)
        try:
            if found == checksum:
                return cls(file, path.name)
        except msgspec.DecodeError:  # empty: zeros are the checksum of nothing
            pass
        file.close()
        return None

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
