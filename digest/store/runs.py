"""What the search index asks of the archive: runs of the ledger, each through the index of sequences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from digest.model import LinkedStory
from digest.store.archive import Archive
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of
from digest.store.seal import story_of


def ledger_length(archive: Archive) -> int:
    """Return the sequence of the last article that is stored, plus one."""
    ((last,),) = archive.select("SELECT max(sequence) FROM articles")
    return 0 if last is None else last + 1


def fingerprints(archive: Archive, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield sequence and fingerprint of each article of a run: all that is known of it, and its address."""
    query = "SELECT sequence, permalink, payload FROM articles WHERE sequence >= ? AND sequence < ? ORDER BY sequence"
    for sequence, permalink, payload in archive.select(query, (start, end)):
        yield sequence, f"{permalink} {hashlib.sha256(payload).hexdigest()}"


def run(archive: Archive, start: int, end: int) -> Iterator[tuple[Entry, LinkedStory]]:
    """Yield the articles of a run by date, those without one first; one at a time, since a run may be long."""
    query = "SELECT rowid FROM articles WHERE sequence >= ? AND sequence < ? ORDER BY published, sequence"
    one = f"SELECT {ENTRY_COLUMNS}, a.payload FROM articles a WHERE a.rowid = ?"  # noqa: S608 - a constant
    for number in [row[0] for row in archive.select(query, (start, end))]:
        (row,) = archive.select(one, (number,))
        yield entry_of(row[:-1]), story_of(row[-1])
