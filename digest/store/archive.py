"""The store of analysed articles, in SQLite, and every question that pages ask of it.

It is a cache: deleted or damaged, it is made again from the seeds, and the same pages come out. Pages are written
from it one by one, so that memory does not grow with the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec

from digest.errors import ConfigurationError
from digest.model import LinkedStory
from digest.store.entry import ENTRY_COLUMNS as _ENTRY
from digest.store.entry import Entry, outlet_id
from digest.store.entry import entry_of as _entry
from digest.store.opening import not_opened
from digest.store.same_story_tables import MORE_TABLES

__all__ = ["Archive", "Entry", "outlet_id"]

_VERSION = 3
_RAREST = 8
_COMMON = 500
"""Of an article's terms, how many are compared for related articles, and how many articles one of them may have."""
_SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, locator TEXT NOT NULL, checksum TEXT NOT NULL, epoch TEXT NOT NULL,
    sequence INTEGER NOT NULL, permalink TEXT NOT NULL, published TEXT, headline TEXT NOT NULL,
    derived INTEGER NOT NULL, summary TEXT NOT NULL, language TEXT NOT NULL,
    outlet TEXT, outlet_name TEXT, payload BLOB NOT NULL
);
CREATE INDEX articles_by_date ON articles (published, sequence);
CREATE TABLE terms (
    article TEXT NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL, count INTEGER NOT NULL,
    published TEXT, sequence INTEGER NOT NULL, PRIMARY KEY (article, kind, entity)
) WITHOUT ROWID;
CREATE INDEX terms_by_day ON terms (kind, entity, published, sequence);
CREATE TABLE spellings (
    article TEXT NOT NULL, entity TEXT NOT NULL, surface TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (article, entity, surface)
) WITHOUT ROWID;
CREATE INDEX spellings_by_entity ON spellings (entity, surface);
CREATE TABLE pages (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Archive:
    """The store, open. Use it as a context manager; changes are kept when the block ends well."""

    def __init__(self, path: Path) -> None:
        self.recreated = False
        self._counted = -1
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        existed = path.exists()
        try:
            self._db = self._open(path)
        except sqlite3.OperationalError as error:  # in use, or not ours to open: never a reason to delete it
            raise ConfigurationError([not_opened(path, error)]) from error
        except sqlite3.DatabaseError:
            for suffix in ("", "-journal", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._db = self._open(path)
            self.recreated = existed

    def _open(self, path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, isolation_level=None, timeout=60)
        try:
            _prepare(db)
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
        self._db.execute("ROLLBACK" if kind else "COMMIT")
        self._db.close()

    # What is there, and keeping it

    def known(self) -> Mapping[str, tuple[str, str, str, int]]:
        """Return id → (checksum, epoch, permalink, sequence) of every stored article."""
        rows = self._db.execute("SELECT id, checksum, epoch, permalink, sequence FROM articles")
        return {row[0]: row[1:] for row in rows}

    def put(self, linked: LinkedStory, *, checksum: str, epoch: str, permalink: str, sequence: int) -> None:
        """Store an article in place of any older state of it."""
        story = linked.story
        self.remove(story.id)
        published = story.published.value.isoformat() if story.published.value else None
        self._db.execute(
            "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                story.id, story.locator, checksum, epoch, sequence, permalink, published, story.headline.text,
                story.headline.basis == "derived", story.summary, story.language, outlet_id(linked),
                story.source.name, msgspec.msgpack.encode(linked),
            ),
        )  # fmt: skip
        rows = [(story.id, str(term.kind), term.entity, term.count, published, sequence) for term in linked.terms]
        if outlet := outlet_id(linked):
            rows.append((story.id, "outlet", outlet, 1, published, sequence))
        self._db.executemany("INSERT INTO terms VALUES (?,?,?,?,?,?)", rows)
        surfaces: dict[tuple[str, str], int] = {}
        for mention in linked.mentions:
            key = (mention.entity, mention.surface)
            surfaces[key] = surfaces.get(key, 0) + 1
        self._db.executemany(
            "INSERT INTO spellings VALUES (?,?,?,?)", [(story.id, *key, count) for key, count in surfaces.items()]
        )

    def remove(self, story_id: str) -> None:
        """Forget an article."""
        self._db.execute("DELETE FROM articles WHERE id = ?", (story_id,))
        self._db.execute("DELETE FROM terms WHERE article = ?", (story_id,))
        self._db.execute("DELETE FROM spellings WHERE article = ?", (story_id,))

    def pages(self) -> frozenset[str]:
        """Return the paths of the pages that the last run wrote."""
        return frozenset(path for (path,) in self._db.execute("SELECT path FROM pages"))

    def set_pages(self, paths: frozenset[str]) -> None:
        """Keep the paths of the pages of this run."""
        self._db.execute("DELETE FROM pages")
        self._db.executemany("INSERT INTO pages VALUES (?)", [(path,) for path in sorted(paths)])

    # What pages ask

    def select(self, query: str, values: Sequence[object] = ()) -> Iterator[Sequence[Any]]:
        """Yield the rows of a question of another module of this stage (`store.lookups`)."""
        yield from self._db.execute(query, values)

    def write(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement of another module of this stage (`store.same_story`), once a row."""
        self._db.executemany(statement, rows)

    def stories(self, between: tuple[int, int] | None = None) -> Iterator[tuple[Entry, LinkedStory]]:
        """Yield every article in the order of the ledger; or those with a sequence `between` two, by date."""
        where = "WHERE a.sequence >= ? AND a.sequence < ? ORDER BY a.published, a.sequence" if between else ""
        query = f"SELECT {_ENTRY}, a.payload FROM articles a {where or 'ORDER BY a.sequence'}"  # noqa: S608 - constants
        rows = self._db.execute(query, between or ())
        decode = msgspec.msgpack.Decoder(LinkedStory).decode
        for row in rows:
            yield _entry(row[:-1]), decode(row[-1])

    def latest(self, limit: int) -> list[Entry]:
        """Return the newest articles; those without a date come last, the last added first."""
        query = (
            f"SELECT {_ENTRY} FROM articles a ORDER BY a.published IS NULL, a.published DESC, a.sequence DESC LIMIT ?"  # noqa: S608
        )
        return [_entry(row) for row in self._db.execute(query, (limit,))]

    def count(self) -> int:
        """Return how many articles there are."""
        count: int = self._db.execute("SELECT count(*) FROM articles").fetchone()[0]
        return count

    def term_counts(self, kind: str) -> list[tuple[str, int]]:
        """Return the terms of a kind and how many articles each has, most first."""
        query = "SELECT entity, count(*) AS n FROM terms WHERE kind = ? GROUP BY entity ORDER BY n DESC, entity"
        return self._db.execute(query, (kind,)).fetchall()

    def filed(self, kind: str, entity: str, *, dated: bool) -> list[Entry]:
        """Return the articles of a term, oldest first; dated ones or those without a date."""
        query = (
            f"SELECT {_ENTRY} FROM terms t JOIN articles a ON a.id = t.article WHERE t.kind = ? AND t.entity = ? "  # noqa: S608
            f"AND a.published IS {'NOT ' if dated else ''}NULL ORDER BY a.published, a.sequence"
        )
        return [_entry(row) for row in self._db.execute(query, (kind, entity))]

    def months(self) -> list[tuple[str, int]]:
        """Return the months (`2021-12`) that have articles, with counts, newest first."""
        query = (
            "SELECT substr(published, 1, 7) AS m, count(*) FROM articles WHERE published IS NOT NULL "
            "GROUP BY m ORDER BY m DESC"
        )
        return self._db.execute(query).fetchall()

    def published_in(self, month: str | None) -> list[Entry]:
        """Return the articles of a month (`2021-12`), oldest first; None asks for those without a date."""
        where = "a.published IS NULL" if month is None else "a.published >= ? AND a.published < ?"
        values = () if month is None else (month, month + "~")
        query = f"SELECT {_ENTRY} FROM articles a WHERE {where} ORDER BY a.published, a.sequence"  # noqa: S608
        return [_entry(row) for row in self._db.execute(query, values)]

    def spellings(self, entity: str, limit: int) -> list[tuple[str, int]]:
        """Return the spellings under which an entity was found, most frequent first."""
        query = (
            "SELECT surface, sum(count) AS n FROM spellings WHERE entity = ? GROUP BY surface "
            "ORDER BY n DESC, surface LIMIT ?"
        )
        return self._db.execute(query, (entity, limit)).fetchall()

    def named_with(self, kind: str, entity: str, limit: int) -> list[tuple[str, str, int]]:
        """Return (kind, entity, articles) of the terms that most often stand beside a term."""
        query = (
            "SELECT o.kind, o.entity, count(*) AS n FROM terms t JOIN terms o ON o.article = t.article "
            "WHERE t.kind = ? AND t.entity = ? AND o.entity != t.entity AND o.kind != 'outlet' "
            "GROUP BY o.kind, o.entity ORDER BY n DESC, o.kind, o.entity LIMIT ?"
        )
        return self._db.execute(query, (kind, entity, limit)).fetchall()

    def related(self, story_id: str, limit: int) -> list[tuple[Entry, tuple[str, ...]]]:
        """Return the articles that share most with one, and what they share; rare terms weigh more.

        Only the rarest terms of an article are looked at, and none that half the archive has: what everybody shares
        relates nobody, and the cost of one article must not grow with the archive.
        """
        self._count_terms()
        query = f"""
            WITH own AS MATERIALIZED (
                SELECT t.kind, t.entity, 1000000 / c.n AS w FROM terms t
                JOIN counted c ON c.kind = t.kind AND c.entity = t.entity
                WHERE t.article = ? AND t.kind != 'outlet' AND c.n <= {_COMMON}
                ORDER BY c.n, t.kind, t.entity LIMIT {_RAREST}
            ), shared AS (
                SELECT o.article, sum(own.w) AS score, count(*) AS n, group_concat(own.entity) AS entities
                FROM own JOIN terms o ON o.kind = own.kind AND o.entity = own.entity
                WHERE o.article != ? GROUP BY o.article HAVING n >= 2
            )
            SELECT {_ENTRY}, s.entities FROM shared s JOIN articles a ON a.id = s.article
            ORDER BY s.score DESC, a.published DESC, a.sequence DESC LIMIT ?
        """  # noqa: S608 - constants
        rows = self._db.execute(query, (story_id, story_id, limit))
        return [(_entry(row[:-1]), tuple(sorted(row[-1].split(",")))) for row in rows]

    def _count_terms(self) -> None:
        """Count the articles of every term once, when the articles of this run are all there."""
        if self._counted != self._db.total_changes:
            self._db.execute("DROP TABLE IF EXISTS temp.counted")
            self._db.execute("CREATE TEMP TABLE counted (kind, entity, n, PRIMARY KEY (kind, entity)) WITHOUT ROWID")
            self._db.execute("INSERT INTO counted SELECT kind, entity, count(*) FROM terms GROUP BY kind, entity")
            self._counted = self._db.total_changes


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables of a new store; raise `DatabaseError` for a damaged one or another version."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        db.executescript(f"BEGIN; {_SCHEMA} {MORE_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
    elif version != _VERSION:
        raise sqlite3.DatabaseError("another version of the store")
    elif db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("damaged")
