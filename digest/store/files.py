"""Writes files so that a reader sees the old or the new content, whole, and only if it changed."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from pathlib import Path

_UNFINISHED = ".digest-"
_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_OVER = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_PIECE = 1 << 20
_ours = os.urandom(4).hex()
_numbers = itertools.count()


def is_left_over(name: str, path: str) -> bool:
    """Return whether a file is what a killed run had not finished writing: nobody takes an hour for one."""
    try:
        return name.startswith(_UNFINISHED) and os.stat(path).st_mtime < time.time() - 3600  # noqa: PTH116 - names of a scan
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Remove what killed runs had not finished writing below `folder`; nobody else may be writing there."""
    for path in folder.rglob(f"{_UNFINISHED}*"):
        with contextlib.suppress(OSError):  # a folder, or gone
            path.unlink()


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write `content` to `path` unless it is there already; return whether anything was written."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        pass
    replace_file(path, content)
    return True


def replace_file(path: str | Path, content: bytes) -> None:
    """Write `content` to `path`, and make its folder if there is none.

    The file appears at once (written beside, then renamed), so that a kill at any moment leaves no half file.
    """
    folder = os.path.dirname(path)  # noqa: PTH120 - for each of many files
    # A name that nobody else takes (a fork of ours has another number), without a question for each of many files.
    beside = f"{folder or '.'}/{_UNFINISHED}{_ours}-{os.getpid()}-{next(_numbers)}"
    try:
        handle = os.open(beside, _NEW, 0o644)
    except FileNotFoundError:
        make_folder(folder)
        handle = os.open(beside, _NEW, 0o644)
    try:
        try:
            write_all(handle, content)
        finally:
            os.close(handle)
        os.replace(beside, path)  # noqa: PTH105 - the name is not a Path
    except BaseException:
        os.unlink(beside)  # noqa: PTH108 - the name is not a Path
        raise


def read_whole(path: str) -> tuple[bytes, os.stat_result]:
    """Return the content of a file and its state, with as few calls to the system as that takes.

    For tens of thousands of files; half the cost of `open`.
    """
    handle = os.open(path, os.O_RDONLY | _BINARY)
    try:
        state = os.fstat(handle)
        content = os.read(handle, state.st_size + 1)
        while len(content) != state.st_size:  # it is another size by now, or the system gave less than all
            if not (more := os.read(handle, _PIECE)):
                break
            content += more
    finally:
        os.close(handle)
    return content, state


def write_new(path: str, content: bytes) -> None:
    """Write a file of a folder that nobody reads yet: it need not appear at once.

    Half the cost of `replace_file`; the folder must be there.
    """
    handle = os.open(path, _OVER, 0o666)  # the umask says who else may write: a web root may be a group's
    try:
        write_all(handle, content)
    finally:
        os.close(handle)


def make_folder(folder: str) -> bool:
    """Make a folder, and those that it is in; return whether it was not there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - tens of thousands of them; in nearly all cases this is all there is to do
    except FileNotFoundError:
        make_folder(os.path.dirname(folder))  # noqa: PTH120 - the same
        return make_folder(folder)
    except FileExistsError:
        if not os.path.isdir(folder):  # noqa: PTH112 - the same
            raise
        return False
    return True


def write_all(handle: int, content: bytes) -> None:
    """Write to an open file; the system may take less than all at once."""
    written = os.write(handle, content)
    while written < len(content):
        written += os.write(handle, memoryview(content)[written:])
