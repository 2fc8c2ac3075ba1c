"""A file without a name for what a run makes once and needs many times, because it stands on many pages.

On disk, so that memory does not grow with the archive: what lists and feeds show of ten thousand articles is forty
megabytes. Reading a piece back takes a microsecond or two, from the system's own memory of files. What is made for one
new article is little, and no file is made for it.
"""

from __future__ import annotations

import functools
import os
import weakref
from array import array
from pathlib import Path
from typing import IO

from digest.store.files import write_all

_AT_HAND = 2_000_000
"""Bytes that are held in memory, unless somebody says otherwise."""


class Spool:
    """Pieces of bytes by number (small ones, from 0), kept until the run ends, however it ends."""

    def __init__(self, folder: Path, *, at_hand: int = _AT_HAND) -> None:
        """Take the folder that the file may lie in, and how many bytes are held in memory before there is one."""
        self._folder = folder
        self._starts = array("Q")
        self._lengths = array("I")
        """Where in the file the piece of each number is; a length of 0 says that there is none."""
        self._end = 0
        self._most_at_hand = at_hand
        self._at_hand: dict[int, bytes] | None = {}
        """The pieces, while they are few."""
        self._size = 0
        """Bytes that were held in memory."""

    @functools.cached_property
    def _file(self) -> IO[bytes]:
        import tempfile  # noqa: PLC0415 - not for one new article

        file = tempfile.TemporaryFile(buffering=0, prefix=".digest-", dir=self._folder)  # noqa: SIM115 - closed below
        weakref.finalize(self, file.close)  # when nobody needs the pieces any more
        return file

    def __contains__(self, number: int) -> bool:
        """Return whether a piece is kept under a number."""
        if self._at_hand is not None:
            return number in self._at_hand
        return number < len(self._lengths) and self._lengths[number] > 0

    def __getitem__(self, number: int) -> bytes:
        """Return the piece that is kept under a number."""
        if self._at_hand is not None:
            return self._at_hand[number]
        return _read(self._file.fileno(), self._lengths[number], self._starts[number])

    def keep(self, number: int, piece: bytes) -> None:
        """Keep a piece, not an empty one, under a number; in place of the one that it has, if there is one."""
        if self._at_hand is None:
            self._write(number, piece)
            return
        self._at_hand[number] = piece
        self._size += len(piece)
        if self._size > self._most_at_hand:
            few, self._at_hand = self._at_hand, None
            for other, kept in few.items():
                self._write(other, kept)

    def _write(self, number: int, piece: bytes) -> None:
        if (missing := number + 1 - len(self._lengths)) > 0:
            self._starts.extend([0] * missing)
            self._lengths.extend([0] * missing)
        write_all(self._file.fileno(), piece)
        self._starts[number], self._lengths[number] = self._end, len(piece)
        self._end += len(piece)


def _read(file: int, length: int, start: int) -> bytes:
    """Read from a place of a file, and leave it where it is written to: at its end."""
    if hasattr(os, "pread"):
        return os.pread(file, length, start)
    os.lseek(file, start, os.SEEK_SET)
    content = os.read(file, length)
    os.lseek(file, 0, os.SEEK_END)
    return content
