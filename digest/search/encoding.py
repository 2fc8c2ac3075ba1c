"""Bytes: variable-length numbers, compressed blocks, and packs of blocks in files of a bounded size.

A block is what a browser reads at once: compressed by itself, so that it can be asked for alone (an HTTP range),
and packed with its neighbours into files, so that there are few of them. Nothing here knows what is in a block.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping

_BITS, _MORE = 7, 0x80


def varint(number: int) -> bytes:
    """Return a number in as few bytes as it needs, seven bits each, the lowest first.

    >>> varint(5), varint(300)
    (b'\\x05', b'\\xac\\x02')
    """
    out = bytearray()
    while number >= _MORE:
        out.append(number & 0x7F | _MORE)
        number >>= _BITS
    out.append(number)
    return bytes(out)


def varints(numbers: Iterable[int]) -> bytes:
    """Return numbers one behind the other."""
    out = bytearray()
    for number in numbers:
        while number >= _MORE:
            out.append(number & 0x7F | _MORE)
            number >>= _BITS
        out.append(number)
    return bytes(out)


def sections(*parts: bytes) -> bytes:
    """Return several byte strings in one, each behind its length."""
    return b"".join(varint(len(part)) + part for part in parts)


def compress(block: bytes) -> bytes:
    """Return a block as the browser's DecompressionStream reads it; the same bytes on every run."""
    return gzip.compress(block, compresslevel=9, mtime=0)


class Pack:
    """Blocks one behind the other, in files no larger than a limit (unless one block is).

    The reader finds a block by the same rule from the blocks' sizes: a block that does not fit begins a new file.
    """

    def __init__(self, name: str, limit: int) -> None:
        self.name = name
        self.limit = limit
        self.sizes: list[int] = []
        self.places: list[tuple[int, int]] = []
        """File and offset of every block."""
        self._files: list[bytearray] = []

    def add(self, block: bytes) -> None:
        """Append a block, compressed already."""
        if not self._files or len(self._files[-1]) + len(block) > self.limit:
            self._files.append(bytearray())
        self.places.append((len(self._files) - 1, len(self._files[-1])))
        self._files[-1] += block
        self.sizes.append(len(block))

    def files(self) -> Mapping[str, bytes]:
        """Return the files by name."""
        return {f"{self.name}{number}.bin": bytes(content) for number, content in enumerate(self._files)}
