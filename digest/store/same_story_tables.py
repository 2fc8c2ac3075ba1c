"""The tables of same-story detection, where triggers note what has changed since it last looked, and of retractions."""

from __future__ import annotations

MORE_TABLES = """
CREATE TABLE signatures (sequence INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, features BLOB NOT NULL);
CREATE TABLE bands (
    band INTEGER NOT NULL, period INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (band, period, sequence)
) WITHOUT ROWID;
CREATE TABLE same_stories (
    article TEXT NOT NULL, other TEXT NOT NULL, score REAL NOT NULL, copy INTEGER NOT NULL,
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE TABLE retractions (article TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unsettled (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER article_added AFTER INSERT ON articles
    BEGIN INSERT OR IGNORE INTO unsettled VALUES (new.id); END;
CREATE TRIGGER article_removed AFTER DELETE ON articles
    BEGIN INSERT OR IGNORE INTO unsettled VALUES (old.id); END;
"""
