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


class Terms(msgspec.Struct, array_like=True, frozen=True):
    """What articles are found by besides their words."""

    entities: Mapping[str, bytes]
    """Entity → the articles that name it."""
    filters: Mapping[str, bytes]
    outlets: Mapping[str, str]
    """Filter → what the outlet is called."""
    glued: list[tuple[str, str, str]]
    """Pairs of words that ZWNJ joins, and what they are as one word."""


class Words(msgspec.Struct, array_like=True, frozen=True):
    """All words, in the order of the index."""

    lines: str
    """The words, a line each."""
    numbers: bytes
    """What each word is in the text of this batch."""
    counts: bytes
    """How many articles hold each."""

    def words(self) -> list[str]:
        """Return the words."""
        return self.lines.split("\n") if self.lines else []


class Holders(msgspec.Struct, array_like=True):
    """The articles of some words."""

    articles: list[bytes]


class Frame(Holders, array_like=True):
    """Rows of words: all that is known of some."""

    keys: list[bytes]
    """Of each word its place in the index, as code units: skeleton, tab, word."""
    positions: list[bytes]


AnyFrame = TypeVar("AnyFrame", bound=Holders)


class BatchHead(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a batch before its rows are read. What is known of each article is packed: see `unpacked`.

    The heads of all batches are in memory while a segment is made, so they are small.
    """

    sequences: bytes
    mark: str
    """Hash of the articles."""
    first: int
    """Number of the first article in the segment, as it was when the batch was made."""
    days: bytes
    lengths: bytes
    starts: bytes
    """Where each article begins in the text."""
    cuts: tuple[bytes, bytes]
    """Of each article the places where its text and the second half of that begin."""
    blocks: tuple[bytes, bytes]
    """Size of the blocks that its text is in, and how many there are."""
    terms: int
    """Bytes of the terms, and of the words behind them."""
    words: int
    frames: bytes
    """Sizes of the frames."""
    width: str
    """Type of the numbers of words, as `array` calls it."""


def packed(numbers: Iterable[int]) -> bytes:
    """Return numbers below 2³² as a head has them."""
    return array("I", numbers).tobytes()


def unpacked(numbers: bytes) -> array[int]:
    """Return the numbers that were packed."""
    return array("I", numbers)


_decode_head = msgspec.msgpack.Decoder(BatchHead).decode
_decode_terms = msgspec.msgpack.Decoder(Terms).decode
_decode_words = msgspec.msgpack.Decoder(Words).decode
_decode_holders = msgspec.msgpack.Decoder(Holders).decode
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
        self._terms = 2 * LENGTH + length
        self._words = self._terms + self.head.terms
        self._rows = self._words + self.head.words
        self._text = self._rows + sum(unpacked(self.head.frames))
        self._blocks = file.seek(0, io.SEEK_END) - sum(size * count for size, count in self.sizes())

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
        return len(unpacked(self.head.sequences))

    @property
    def first(self) -> int:
        """Number of the first article in the segment."""
        return self.head.first + self.moved

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def terms(self) -> Terms:
        """Return entities and filters, with the numbers that articles have now."""
        terms = _decode_terms(self._read(self._terms, self.head.terms))
        if not self.moved:
            return terms
        return msgspec.structs.replace(terms, entities=self._moved(terms.entities), filters=self._moved(terms.filters))

    def words(self) -> Words:
        """Return all words."""
        return _decode_words(self._read(self._words, self.head.words))

    def numbers(self, held: bytes) -> array[int]:
        """Return numbers of words, or how many articles hold them."""
        return array(self.head.width, held)

    def holders(self) -> Iterator[Holders]:
        """Yield the articles of all words, in the order of the index."""
        return self._frames(_decode_holders)

    def frames(self) -> Iterator[Frame]:
        """Yield the rows of words, in the order of the index."""
        return self._frames(_decode_frame)

    def text(self) -> array[int]:
        """Return all articles as numbers of words, one behind the other; 0 stands between passages."""
        return self.numbers(self._read(self._text, self._blocks - self._text))

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Yield of each article the size of its blocks, and how many there are."""
        return zip(*map(unpacked, self.head.blocks), strict=True)

    def blocks(self) -> Iterator[bytes]:
        """Yield of each article the blocks that its text is in."""
        at = self._blocks
        for size, count in self.sizes():
            yield self._read(at, size * count)
            at += size * count

    def _frames(self, decode: Callable[[bytes], AnyFrame]) -> Iterator[AnyFrame]:
        at = self._rows
        for size in unpacked(self.head.frames):
            frame = decode(self._read(at, size))
            if self.moved:
                frame.articles = [moved(held, self.moved) for held in frame.articles]
            yield frame
            at += size

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)

    def _moved(self, posted: Mapping[str, bytes]) -> Mapping[str, bytes]:
        return {name: moved(held, self.moved) for name, held in posted.items()}


def mark_of(marks: Iterable[tuple[int, str]]) -> str:
    """Return a hash of articles: sequence and fingerprint of each."""
    digest = hashlib.sha256()
    for sequence, mark in marks:
        digest.update(f"{sequence} {mark}\n".encode())
    return digest.hexdigest()
