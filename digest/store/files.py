"""Writes files so that a reader sees the old or the new content, whole, and only if it changed."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

_UNFINISHED = ".digest-"


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
    """Write `content` to `path` unless it is there already; return whether anything was written.

    The file appears at once (written beside, then renamed), so that a kill at any moment leaves no half file.
    """
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)  # noqa: PTH101 - the name is not a Path
        os.replace(name, path)  # noqa: PTH105 - the name is not a Path
    except BaseException:
        os.unlink(name)  # noqa: PTH108 - the name is not a Path
        raise
    return True
