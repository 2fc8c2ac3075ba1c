"""Writes files so that a reader sees the old or the new content, whole, and only if it changed."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import time
from pathlib import Path

_UNFINISHED = ".digest-"
_ours = secrets.token_hex(4)
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


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, and make its folder if there is none.

    The file appears at once (written beside, then renamed), so that a kill at any moment leaves no half file.
    """
    # A name that nobody else takes (a fork of ours has another number), without a question for each of many files.
    beside = f"{path.parent}/{_UNFINISHED}{_ours}-{os.getpid()}-{next(_numbers)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(beside, flags, 0o644)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, flags, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(beside, path)  # noqa: PTH105 - the name is not a Path
    except BaseException:
        os.unlink(beside)  # noqa: PTH108 - the name is not a Path
        raise
