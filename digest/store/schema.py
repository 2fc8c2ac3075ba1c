"""The tables of the store, and what is done with a store of another version."""

from __future__ import annotations

import sqlite3

from digest.store.same_story_tables import MORE_TABLES

VERSION = 7
SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, locator TEXT NOT NULL, checksum TEXT NOT NULL, epoch TEXT NOT NULL,
    sequence INTEGER NOT NULL, permalink TEXT NOT NULL, published TEXT, headline TEXT NOT NULL,
    derived INTEGER NOT NULL, summary TEXT NOT NULL, language TEXT NOT NULL,
    outlet TEXT, outlet_name TEXT, payload BLOB NOT NULL
);
CREATE INDEX articles_by_date ON articles (published, sequence);
CREATE INDEX articles_by_sequence ON articles (sequence);
CREATE INDEX articles_by_locator ON articles (locator);
CREATE TABLE days (day TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER day_gains AFTER INSERT ON articles
    BEGIN INSERT INTO days VALUES (coalesce(new.published, ''), 1) ON CONFLICT DO UPDATE SET n = n + 1; END;
CREATE TRIGGER day_loses AFTER DELETE ON articles BEGIN
    UPDATE days SET n = n - 1 WHERE day = coalesce(old.published, '');
    DELETE FROM days WHERE day = coalesce(old.published, '') AND n = 0;
END;
CREATE TABLE terms (
    article TEXT NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL, count INTEGER NOT NULL,
    published TEXT, sequence INTEGER NOT NULL, PRIMARY KEY (article, kind, entity)
) WITHOUT ROWID;
CREATE INDEX terms_by_day ON terms (kind, entity, published, sequence);
CREATE INDEX terms_of_day ON terms (kind, published, entity);
CREATE TABLE totals (kind TEXT NOT NULL, entity TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (kind, entity))
    WITHOUT ROWID;
CREATE TABLE spellings (
    article TEXT NOT NULL, entity TEXT NOT NULL, surface TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (article, entity, surface)
) WITHOUT ROWID;
CREATE INDEX spellings_by_entity ON spellings (entity, surface, count);
CREATE TABLE pages (path TEXT PRIMARY KEY, unit TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX pages_by_unit ON pages (unit);
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, unread BLOB, findings BLOB) WITHOUT ROWID;
CREATE INDEX files_with_issues ON files (path) WHERE unread IS NOT NULL OR findings IS NOT NULL;
CREATE TABLE raws (locator TEXT PRIMARY KEY, path TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX raws_by_path ON raws (path);
CREATE TABLE asked (article TEXT PRIMARY KEY, language TEXT NOT NULL, marks BLOB NOT NULL);
CREATE TRIGGER article_forgotten AFTER DELETE ON articles BEGIN DELETE FROM asked WHERE article = old.id; END;
CREATE TABLE vocabulary (language TEXT, skeleton TEXT, word TEXT, PRIMARY KEY (language, skeleton, word)) WITHOUT ROWID;
CREATE TABLE gazetteer (number INTEGER PRIMARY KEY, state TEXT NOT NULL, snapshot BLOB NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_LATER = (
    "articles_by_date", "articles_by_locator", "articles_by_sequence",
    "terms_by_day", "terms_of_day", "spellings_by_entity",
)  # fmt: skip
"""Indexes that are not asked for while articles are put in."""
_WHOLE = 20_000_000
"""Bytes up to which a store is read through before it is used; a larger one shows damage when it is met."""


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables of a new store; raise `DatabaseError` for a damaged one or another version."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (size,) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    if not tables:
        db.executescript(f"BEGIN; {SCHEMA} {MORE_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version != VERSION:
        raise sqlite3.DatabaseError("another version of the store")
    elif size <= _WHOLE and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("damaged")


def indexes_made_later(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (name, statement that makes it) of the indexes that are not asked for while articles are put in."""
    marks = ",".join("?" * len(_LATER))
    query = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name IN ({marks}) ORDER BY name"  # noqa: S608 - marks
    return db.execute(query, _LATER).fetchall()
