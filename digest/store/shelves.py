"""Shelves: the articles of a term or of a month, oldest first, asked for a slice at a time.

A shelf of any length is cut into sheets by position. Only the index is walked for a position, and only the articles of
the slice are read; so a page costs what stands on it.
"""

from __future__ import annotations

import dataclasses

from digest.store.archive import Archive
from digest.store.catalogue import layout
from digest.store.layout import PLACE_COLUMNS, Mark, Place, Term


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Articles in order of time; those without a date stand on shelves of their own, in the order of the ledger."""

    source: str
    values: tuple[str, ...]
    dated: bool
    term: Term | None = None
    """The term, if it is one of a term: its row may be laid out in memory."""

    def count(self, archive: Archive) -> int:
        """Return how many there are."""
        if laid_out := self._laid_out(archive):
            _, first, end = laid_out
            return end - first
        ((count,),) = archive.select(f"SELECT count(*) {self.source}", self.values)
        return int(count)

    def slice(self, archive: Archive, skip: int, limit: int) -> list[Place]:
        """Return some of them, oldest first."""
        if laid_out := self._laid_out(archive):
            row, first, end = laid_out
            return row[first + skip : min(first + skip + limit, end)]
        return self._read(archive, "published, sequence LIMIT ? OFFSET ?", (limit, skip))

    def newest(self, archive: Archive, limit: int) -> list[Place]:
        """Return the newest of them, the newest first."""
        if laid_out := self._laid_out(archive):
            row, first, end = laid_out
            return row[max(first, end - limit) : end][::-1]
        return self._read(archive, "published DESC, sequence DESC LIMIT ?", (limit,))

    def behind(self, archive: Archive, mark: Mark) -> int:
        """Return how many stand behind a place."""
        later, values = ("(published, sequence) > (?, ?)", mark) if self.dated else ("sequence > ?", mark[1:])
        ((count,),) = archive.select(f"SELECT count(*) {self.source} AND {later}", (*self.values, *values))
        return int(count)

    def _laid_out(self, archive: Archive) -> tuple[list[Place], int, int] | None:
        laid_out = layout(archive) if self.term else None
        return laid_out.shelf(self.term, dated=self.dated) if laid_out and self.term else None

    def _read(self, archive: Archive, part: str, values: tuple[int, ...]) -> list[Place]:
        rows = archive.select(f"SELECT {PLACE_COLUMNS}, id {self.source} ORDER BY {part}", (*self.values, *values))
        return list(map(Place._make, rows))


def term_shelf(kind: str, entity: str, *, dated: bool) -> Shelf:
    """Return the shelf of a term."""
    rows = "(SELECT article AS id, published, sequence FROM terms WHERE kind = ? AND entity = ?)"
    where = f"published IS {'NOT ' if dated else ''}NULL"
    values = (str(kind), entity)
    return Shelf(source=f"FROM {rows} WHERE {where}", values=values, dated=dated, term=values)


def month_shelf(month: str | None) -> Shelf:
    """Return the shelf of a month (`2021-12`), or of all articles without a date."""
    if month is None:
        return Shelf(source="FROM articles WHERE published IS NULL", values=(), dated=False)
    source = "FROM articles WHERE published >= ? AND published < ?"
    return Shelf(source=source, values=(month, f"{month}~"), dated=True)
