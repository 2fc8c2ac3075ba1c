"""What the search index asks of the archive: runs of the ledger, each through the index of sequences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

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


def by_date(archive: Archive, start: int, end: int) -> list[int]:
    """Return the sequences of a run's articles by date, those without one first."""
    query = "SELECT sequence FROM articles WHERE sequence >= ? AND sequence < ? ORDER BY published, sequence"
    return [sequence for (sequence,) in archive.select(query, (start, end))]


def articles(archive: Archive, sequences: Iterable[int]) -> Iterator[tuple[Entry, LinkedStory]]:
    """Yield articles, one at a time, in the order in which they are asked for."""
    one = f"SELECT {ENTRY_COLUMNS}, a.payload FROM articles a WHERE a.sequence = ?"  # noqa: S608 - a constant
    for sequence in sequences:
        for *entry, payload in archive.select(one, (sequence,)):
            yield entry_of(entry), story_of(payload)
