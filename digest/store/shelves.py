"""Shelves: the articles of a term or of a month, oldest first, asked for a slice at a time.

A shelf of any length is cut into sheets by position. Only the index is walked for a position, and only the articles of
the slice are read; so a page costs what stands on it.
"""

from __future__ import annotations

import dataclasses

from digest.store.archive import Archive
from digest.store.catalogue import some_entries
from digest.store.entry import Entry

Mark = tuple[str | None, int]
"""Where an article stands in time: its day, and its place in the ledger."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Articles in order of time; those without a date stand on shelves of their own, in the order of the ledger."""

    source: str
    values: tuple[str, ...]
    dated: bool

    def count(self, archive: Archive) -> int:
        """Return how many there are."""
        ((count,),) = archive.select(f"SELECT count(*) {self.source}", self.values)
        return int(count)

    def slice(self, archive: Archive, skip: int, limit: int) -> list[Entry]:
        """Return some of them, oldest first."""
        return self._read(archive, "published, sequence LIMIT ? OFFSET ?", (limit, skip))

    def newest(self, archive: Archive, limit: int) -> list[Entry]:
        """Return the newest of them, the newest first."""
        return self._read(archive, "published DESC, sequence DESC LIMIT ?", (limit,))

    def behind(self, archive: Archive, mark: Mark) -> int:
        """Return how many stand behind a place."""
        later, values = ("(published, sequence) > (?, ?)", mark) if self.dated else ("sequence > ?", mark[1:])
        ((count,),) = archive.select(f"SELECT count(*) {self.source} AND {later}", (*self.values, *values))
        return int(count)

    def _read(self, archive: Archive, part: str, values: tuple[int, ...]) -> list[Entry]:
        rows = archive.select(f"SELECT id {self.source} ORDER BY {part}", (*self.values, *values))
        return some_entries(archive, [row[0] for row in rows])


def term_shelf(kind: str, entity: str, *, dated: bool) -> Shelf:
    """Return the shelf of a term."""
    rows = "(SELECT article AS id, published, sequence FROM terms WHERE kind = ? AND entity = ?)"
    where = f"published IS {'NOT ' if dated else ''}NULL"
    return Shelf(source=f"FROM {rows} WHERE {where}", values=(str(kind), entity), dated=dated)


def month_shelf(month: str | None) -> Shelf:
    """Return the shelf of a month (`2021-12`), or of all articles without a date."""
    if month is None:
        return Shelf(source="FROM articles WHERE published IS NULL", values=(), dated=False)
    source = "FROM articles WHERE published >= ? AND published < ?"
    return Shelf(source=source, values=(month, f"{month}~"), dated=True)
