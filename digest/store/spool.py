"""A file without a name for what a run makes once and needs many times, because it stands on many pages.

On disk, so that memory does not grow with the archive: what lists and feeds show of ten thousand articles is forty
megabytes. Reading a piece back takes a microsecond or two, from the system's own memory of files.
"""

from __future__ import annotations

import functools
import os
import tempfile
import weakref
from array import array
from pathlib import Path
from typing import IO

from digest.store.files import write_all


class Spool:
    """Pieces of bytes by number (small ones, from 0), kept until the run ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that the file may lie in."""
        self._folder = folder
        self._starts = array("Q")
        self._lengths = array("I")
        """Where in the file the piece of each number is; a length of 0 says that there is none."""
        self._end = 0

    @functools.cached_property
    def _file(self) -> IO[bytes]:
        file = tempfile.TemporaryFile(buffering=0, prefix=".digest-", dir=self._folder)  # noqa: SIM115 - closed below
        weakref.finalize(self, file.close)  # when nobody needs the pieces any more
        return file

    def __contains__(self, number: int) -> bool:
        """Return whether a piece is kept under a number."""
        return number < len(self._lengths) and self._lengths[number] > 0

    def __getitem__(self, number: int) -> bytes:
        """Return the piece that is kept under a number."""
        return _read(self._file.fileno(), self._lengths[number], self._starts[number])

    def keep(self, number: int, piece: bytes) -> None:
        """Keep a piece, not an empty one, under a number that has none yet."""
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
