"""Knows which articles are there already: by address, by text, and by the checksum of what was retrieved.

The seeds folder and its sidecars are the truth; `.digest/intake.sqlite` is an index of them, so that a run reads only
the seeds that changed since the last one, however many there are. It also remembers what people have deleted, so that
tonight's feed does not bring it back. When it is lost, everything is read once more, and only that memory is gone:
then the ledger of permalinks still knows the names of deleted seeds.
"""

from __future__ import annotations

import contextlib
import enum
import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from digest.errors import ConfigurationError, DigestError
from digest.model import RawArticle
from digest.sources.folder import nameable, read_file
from digest.sources.sidecar import SUFFIX, load_sidecar, sidecar_path
from digest.store.files import is_left_over

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seed (path TEXT PRIMARY KEY, stamp TEXT, run INTEGER);
CREATE TABLE IF NOT EXISTS key (key TEXT, path TEXT, PRIMARY KEY (key, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_of_path ON key (path);
"""
_TRACKING = ("utm_", "fbclid", "gclid", "at_", "ocid", "cmpid", "ref_src", "mc_")
"""Starts of the names of parameters that say where a reader came from, and not which page it is."""


class Presence(enum.Enum):
    """Whether an article is there."""

    NEW = "new"
    THERE = "there"
    REMOVED = "removed"
    """It was there once, and somebody deleted it."""


class Known:
    """What is in the seeds folder; safe to ask from several threads."""

    def __init__(self, index: Path, seeds: Path, max_bytes: int) -> None:
        """Bring the index at `index` up to date with the folder `seeds`."""
        self._seeds = seeds
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        index.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _connect(index)
            self._refresh()
        except sqlite3.OperationalError as error:
            raise DigestError(f"{index}: {error}; perhaps another `digest add` or `digest fetch` is running") from error
        except sqlite3.DatabaseError:  # damaged, or no database at all: it is only an index
            index.unlink()
            self._db = _connect(index)
            self._refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.commit()
        self._db.close()

    def presence(self, keys: Iterable[str]) -> Presence:
        """Return whether an article with one of `keys` is in the seeds folder, or was."""
        with self._lock:
            marks = [
                row[0]
                for key in keys
                for row in self._db.execute(
                    "SELECT seed.stamp FROM key JOIN seed ON key.path = seed.path WHERE key.key = ?", (key,)
                )
            ]
        if any(marks):
            return Presence.THERE
        return Presence.REMOVED if marks else Presence.NEW

    def note(self, path: Path, keys: Iterable[str]) -> None:
        """Take in a seed that was just written, with its keys."""
        with self._lock:
            self._keep(path, keys)
            self._db.commit()

    def _refresh(self) -> None:
        """Read the seeds that are new or changed; an empty stamp marks those that are gone."""
        stamps = self._db.execute
        self._run = run = 1 + (stamps("SELECT max(run) FROM seed").fetchone()[0] or 0)
        for path in _seed_files(self._seeds):
            name = path.relative_to(self._seeds).as_posix()
            row = stamps("SELECT stamp FROM seed WHERE path = ?", (name,)).fetchone()
            if row is None or row[0] != _stamp(path):
                self._keep(path, self._keys(path))
            stamps("UPDATE seed SET run = ? WHERE path = ?", (run, name))
        stamps("UPDATE seed SET stamp = '' WHERE run < ?", (run,))
        self._db.commit()

    def _keep(self, path: Path, keys: Iterable[str]) -> None:
        name = path.relative_to(self._seeds).as_posix()
        self._db.execute("DELETE FROM key WHERE path = ?", (name,))
        self._db.execute("INSERT OR REPLACE INTO seed VALUES (?, ?, ?)", (name, _stamp(path), self._run))
        self._db.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", ((key, name) for key in keys))

    def _keys(self, path: Path) -> Iterator[str]:
        for item in read_file(path, path.name, self._max_bytes):
            if isinstance(item, RawArticle):
                yield text_key(item.body.decode("utf-8", "replace"))
                yield from (address_key(hints.url) for hints in item.hint_layers() if hints.url)
        with contextlib.suppress(ConfigurationError):  # a bad sidecar is said by the build
            if (sidecar := sidecar_path(path)).is_file():
                came = load_sidecar(sidecar, sidecar.name).provenance
                yield from [address_key(came.address)] if came.address and "://" in came.address else []
                yield from [came.sha256] if came.sha256 else []


def text_key(text: str) -> str:
    r"""Return the checksum of a text, whatever its white space.

    >>> text_key("a  b\n") == text_key("a b"), text_key("a") == text_key("b")
    (True, False)
    """
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()


def address_key(url: str) -> str:
    """Return what two addresses of the same page have in common.

    >>> address_key("http://www.example.org/a/?utm_source=x&id=1#top") == address_key("https://example.org/a?id=1")
    True
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        asked = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    query = urlencode([(name, value) for name, value in asked if not name.lower().startswith(_TRACKING)])
    return f"//{host}{port}{parts.path.rstrip('/')}?{query}"


def _connect(index: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(index, timeout=60, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _seed_files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` that may be seeds, without following links to folders."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if is_left_over(entry.name, entry.path):
                Path(entry.path).unlink(missing_ok=True)
            if entry.name.startswith(".") or not nameable(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _seed_files(Path(entry.path))
            elif entry.is_file() and not entry.name.endswith(SUFFIX):
                yield Path(entry.path)


def _stamp(path: Path) -> str:
    """Return what changes when a seed or its sidecar changes."""
    stamps = []
    for file in (path, sidecar_path(path)):
        with contextlib.suppress(OSError):
            status = file.stat()
            stamps.append(f"{status.st_mtime_ns}.{status.st_size}")
    return " ".join(stamps)
