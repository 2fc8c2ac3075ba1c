"""The publication manifest: what each published file was made from, and under which epoch. A cache, one a site."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

import msgspec

from digest.publish.batches import Done, Shells
from digest.store.seal import is_damage, seal, unseal

_SCHEMA = """
CREATE TABLE IF NOT EXISTS published (
    path TEXT PRIMARY KEY, digest BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
"""
_WITNESSES = ("", "index.html", "404.html", "sitemap.xml")


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """Under what a site was published, and what is needed to change single pages of it."""

    root: str
    """Folder of `mkdocs.yml`: the manifest of a copied site is the original's."""
    epoch: str
    target: str
    docs: str
    name: str
    description: str
    url: str | None
    theme: str | None
    """The site's own templates (`custom_dir`)."""
    tops: frozenset[str]
    """Entries of the docs folder that are generated."""
    inside: tuple[str, ...]
    """Hand-written files below them."""
    shells: Shells
    asked: frozenset[str]
    """Generated or missing paths that hand-written pages and the navigation refer to."""
    sensitive: frozenset[str]
    """Generated pages whose change may change other pages, or what is to be said about them."""
    warnings: tuple[str, ...]
    """What MkDocs had to say of the hand-written pages; said again as long as they are the same."""
    witness: str
    generation: str
    strict: bool = False
    """Whether `mkdocs.yml` says that warnings count."""


class Manifest:
    """The manifest of one site folder, open."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _open(path)
        except sqlite3.DatabaseError as error:  # damaged: it is a cache, and is made again
            if not is_damage(error):
                raise
            path.unlink(missing_ok=True)
            self._db = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def publication(self) -> Publication | None:
        """Return the state of the last publication; None when there is none, or it is of another version."""
        row = self._db.execute("SELECT value FROM state WHERE name = 'publication'").fetchone()
        try:
            return msgspec.msgpack.decode(unseal(row[0]), type=Publication) if row else None
        except (msgspec.DecodeError, sqlite3.DatabaseError, TypeError):
            return None

    def rows(self, paths: Iterable[str] | None = None) -> Mapping[str, Done]:
        """Return what is noted of files: of all, or of some."""
        if paths is None:
            return {row[0]: Done(*row) for row in self._db.execute("SELECT * FROM published")}
        found = (self._db.execute("SELECT * FROM published WHERE path = ?", (path,)).fetchone() for path in paths)
        return {row[0]: Done(*row) for row in found if row}

    def search_rows(self) -> Mapping[str, Done]:
        """Return what is noted of the search index, whose files have no digest."""
        rows = self._db.execute("SELECT * FROM published WHERE path >= 'search/' AND path < 'search0' AND digest = x''")
        return {row[0]: Done(*row) for row in rows}

    def replace(self, publication: Publication, done: Iterable[Done]) -> None:
        """Note a site that was published whole."""
        with self._writing():
            self._db.execute("DELETE FROM published")
            self._note(publication, done)

    def update(self, publication: Publication, done: Iterable[Done], gone: Iterable[str]) -> None:
        """Note what changed."""
        with self._writing():
            self._db.executemany("DELETE FROM published WHERE path = ?", [(path,) for path in gone])
            self._note(publication, done)

    def _note(self, publication: Publication, done: Iterable[Done]) -> None:
        self._db.executemany("INSERT OR REPLACE INTO published VALUES (?,?,?,?)", sorted(done))
        value = seal(msgspec.msgpack.encode(publication))
        self._db.execute("INSERT OR REPLACE INTO state VALUES ('publication', ?)", (value,))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")  # a cache: after a power cut it may be damaged, and is made again
    db.executescript(_SCHEMA)
    return db


def manifest_path(folder: Path, site_dir: Path | None) -> Path:
    """Return where the manifest of a site folder is kept; None stands for the folder that `mkdocs.yml` names."""
    mark = hashlib.sha256(str(site_dir.resolve() if site_dir else "").encode()).hexdigest()[:12]
    return folder / f"published-{mark}.sqlite"


def witness(target: Path) -> str:
    """Return a mark of the site folder as the last build left it: another build, or a copy, has another."""
    marks = []
    for name in _WITNESSES:
        try:
            state = os.stat(target / name)  # noqa: PTH116
        except OSError:
            marks.append(f"{name}:none")
            continue
        marks.append(f"{name}:{state.st_ino}:{state.st_mtime_ns if name else ''}:{state.st_size if name else ''}")
    return " ".join(marks)


GENERATION = "docs-generation"


def generation(folder: Path) -> str:
    """Return the mark of the docs folder: it is another one after every run that may have written to it."""
    try:
        return (folder / GENERATION).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def new_generation(folder: Path) -> str:
    """Give the docs folder a new mark, before anything is written to it: who knows the old one must look again."""
    mark = os.urandom(12).hex()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / GENERATION).write_text(mark, encoding="ascii")
    return mark
