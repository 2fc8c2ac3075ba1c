"""The store of analysed articles, in SQLite, and every question that pages ask of it.

It is a cache: deleted or damaged, it is made again from the seeds, and the same pages come out. Pages are written
from it one by one, so that memory does not grow with the archive.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from digest.errors import ConfigurationError
from digest.model import LinkedStory
from digest.store.entry import ENTRY_COLUMNS as _ENTRY
from digest.store.entry import Change, Entry, Filed, outlet_id
from digest.store.entry import entry_of as _entry
from digest.store.opening import not_opened
from digest.store.schema import indexes_made_later, prepare
from digest.store.seal import seal, sealed_story

__all__ = ["Archive", "Entry", "outlet_id"]


class Archive:
    """The store, open. Use it as a context manager; changes are kept when the block ends well."""

    def __init__(self, path: Path) -> None:
        self.recreated = False
        self.changes: list[Change] = []
        """What was put and removed since the store was opened, in that order."""
        self._path = path
        self.folder = path.parent
        """Where other caches may lie beside it."""
        self.catalogue: object = None
        """What `store.catalogue` remembers of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        existed = path.exists()
        try:
            self._db = self._open(path)
        except sqlite3.OperationalError as error:  # in use, or not ours to open: never a reason to delete it
            raise ConfigurationError([not_opened(path, error)]) from error
        except sqlite3.DatabaseError:
            forget(path)
            self._db = self._open(path)
            self.recreated = existed

    def _open(self, path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, isolation_level=None, timeout=60)
        try:
            prepare(db)
        except BaseException:
            db.close()
            raise
        return db

    def __enter__(self) -> Self:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise ConfigurationError([not_opened(self._path, error)]) from error
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if self._db.in_transaction:  # a full disk has ended it already
                self._db.execute("ROLLBACK" if kind else "COMMIT")
        finally:
            self._db.close()

    # What is there, and keeping it

    def known(self) -> Mapping[str, tuple[str, str, str, int]]:
        """Return id → (checksum, epoch, permalink, sequence) of every stored article."""
        rows = self._db.execute("SELECT id, checksum, epoch, permalink, sequence FROM articles")
        return {row[0]: row[1:] for row in rows}

    def version(self, story_id: str) -> tuple[str, str, str, int] | None:
        """Return (checksum, epoch, permalink, sequence) of a stored article."""
        query = "SELECT checksum, epoch, permalink, sequence FROM articles WHERE id = ?"
        row: tuple[str, str, str, int] | None = self._db.execute(query, (story_id,)).fetchone()
        return row

    def put(
        self,
        linked: LinkedStory,
        *,
        checksum: str,
        epoch: str,
        permalink: str,
        sequence: int,
        payload: bytes | None = None,
    ) -> None:
        """Store an article in place of any older state of it; `payload` is `linked` encoded, for whom it is at hand."""
        story = linked.story
        before = self.remove(story.id)
        published = story.published.value.isoformat() if story.published.value else None
        self._db.execute(
            "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                story.id, story.locator, checksum, epoch, sequence, permalink, published, story.headline.text,
                story.headline.basis == "derived", story.summary, story.language, outlet_id(linked),
                story.source.name, seal(payload) if payload is not None else sealed_story(linked),
            ),
        )  # fmt: skip
        rows = [(story.id, str(term.kind), term.entity, term.count, published, sequence) for term in linked.terms]
        if outlet := outlet_id(linked):
            rows.append((story.id, "outlet", outlet, 1, published, sequence))
        self._db.executemany("INSERT INTO terms VALUES (?,?,?,?,?,?)", rows)
        self._db.executemany(
            "INSERT INTO totals VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
            [(row[1], row[2]) for row in rows],
        )
        surfaces: dict[tuple[str, str], int] = {}
        filed = {term.entity for term in linked.terms}  # pages of others are not written again for this article
        for mention in linked.mentions:
            if mention.entity not in filed:
                continue
            key = (mention.entity, mention.surface)
            surfaces[key] = surfaces.get(key, 0) + 1
        self._db.executemany(
            "INSERT INTO spellings VALUES (?,?,?,?)", [(story.id, *key, count) for key, count in surfaces.items()]
        )
        terms = ((row[1], row[2]) for row in rows)
        after = Filed.under(terms, story_id=story.id, published=published, sequence=sequence)
        self.changes.append((before, after))

    def remove(self, story_id: str) -> Filed | None:
        """Forget an article; return how it was filed, and leave noting the change to the caller."""
        before = self.filed(story_id)
        if before:
            self._db.execute("DELETE FROM articles WHERE id = ?", (story_id,))
            self._db.execute("DELETE FROM terms WHERE article = ?", (story_id,))
            self._db.execute("DELETE FROM spellings WHERE article = ?", (story_id,))
            self._db.executemany("UPDATE totals SET n = n - 1 WHERE kind = ? AND entity = ?", before.terms)
            self._db.executemany("DELETE FROM totals WHERE kind = ? AND entity = ? AND n = 0", before.terms)
        return before

    def drop(self, story_id: str) -> None:
        """Forget an article that is gone for good."""
        if before := self.remove(story_id):
            self.changes.append((before, None))

    @contextlib.contextmanager
    def filling(self) -> Iterator[None]:
        """Have indexes made at the end when an empty store is filled: that costs less than keeping them in order."""
        indexes = [] if self.count() else indexes_made_later(self._db)
        for name, _ in indexes:
            self._db.execute(f"DROP INDEX {name}")
        yield  # after an error all is taken back, this too
        for _, statement in indexes:
            self._db.execute(statement)

    def filed(self, story_id: str) -> Filed | None:
        """Return how a stored article is filed."""
        row = self._db.execute("SELECT published, sequence FROM articles WHERE id = ?", (story_id,)).fetchone()
        if row is None:
            return None
        terms = self._db.execute("SELECT kind, entity FROM terms WHERE article = ?", (story_id,))
        return Filed.under(terms, story_id=story_id, published=row[0], sequence=row[1])

    def fact(self, name: str) -> str | None:
        """Return what was noted under a name: an epoch, for one."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Note something for the next run."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def change(self, statement: str, rows: Iterable[Sequence[object]]) -> int:
        """Change rows of another module of this stage (`store.intake`, `store.pages`); return how many did change."""
        return max(self._db.executemany(statement, rows).rowcount, 0)

    # What pages ask

    def select(self, query: str, values: Sequence[object] = ()) -> Iterator[Sequence[Any]]:
        """Return the rows of a question of another module of this stage (`store.lookups`)."""
        return self._db.execute(query, values)

    def latest(self, limit: int) -> list[Entry]:
        """Return the newest articles; those without a date come last, the last added first."""
        found: list[Entry] = []
        for where in ("NOT NULL", "NULL"):
            query = f"SELECT {_ENTRY} FROM articles a WHERE a.published IS {where}"  # noqa: S608 - constants
            order = "ORDER BY a.published DESC, a.sequence DESC LIMIT ?"
            found += map(_entry, self._db.execute(f"{query} {order}", (limit - len(found),)))
        return found

    def term_counts(self, kind: str) -> list[tuple[str, int]]:
        """Return the terms of a kind and how many articles each has, most first."""
        query = "SELECT entity, n FROM totals WHERE kind = ? ORDER BY n DESC, entity"
        return self._db.execute(query, (kind,)).fetchall()

    def term_count(self, kind: str, entity: str) -> int:
        """Return how many articles a term has."""
        row = self._db.execute("SELECT n FROM totals WHERE kind = ? AND entity = ?", (kind, entity)).fetchone()
        return row[0] if row else 0

    def count(self) -> int:
        """Return how many articles there are."""
        count: int = self._db.execute("SELECT coalesce(sum(n), 0) FROM days").fetchone()[0]
        return count

    def months(self) -> list[tuple[str, int]]:
        """Return the months (`2021-12`) that have articles, with counts, newest first."""
        query = "SELECT substr(day, 1, 7) AS m, sum(n) FROM days WHERE day <> '' GROUP BY m ORDER BY m DESC"
        return self._db.execute(query).fetchall()

    def spellings(self, entity: str, limit: int) -> list[tuple[str, int]]:
        """Return the spellings under which an entity was found, most frequent first."""
        query = (
            "SELECT surface, sum(count) AS n FROM spellings WHERE entity = ? GROUP BY surface "
            "ORDER BY n DESC, surface LIMIT ?"
        )
        return self._db.execute(query, (entity, limit)).fetchall()


def forget(path: Path) -> None:
    """Remove a store, with all that SQLite keeps beside it: it is made again from the seeds."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
