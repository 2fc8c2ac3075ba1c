"""What is said when the store cannot be opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from digest.report import Issue


def not_opened(path: Path, error: sqlite3.Error) -> Issue:
    """Say that the store is in use, or not ours to open; it is never deleted for that."""
    return Issue(
        code="store-in-use",
        where=str(path),
        message=f"the store cannot be used now: {error}",
        hint="Wait for the other build, or see whether the file may be written; it can be deleted and is made again",
    )
