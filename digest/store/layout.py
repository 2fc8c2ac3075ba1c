"""The rows of all terms in memory, for a run that writes every page and so asks for every part of every row.

Each article is one `Place` that all rows of its terms share: half a kilobyte an article.
"""

from __future__ import annotations

import dataclasses
import sys
from bisect import bisect_left
from typing import NamedTuple

from digest.store.archive import Archive

Term = tuple[str, str]
"""Kind and entity."""
Mark = tuple[str | None, int]
"""Where an article stands in time: its day, and its place in the ledger."""


class Place(NamedTuple):
    """An article in a row. Places sort as rows do: those without a date first, in the order of the ledger."""

    day: str
    """Its day (ISO 8601); empty when it is not known."""
    sequence: int
    """Its place in the ledger."""
    id: str


PLACE_COLUMNS = "coalesce(published, ''), sequence"
"""The columns of `Place` but for the id, which tables name differently."""


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Every term's articles, and every article's terms."""

    rows: dict[Term, list[Place]]
    terms: dict[str, tuple[Term, ...]]
    """Id → terms, those that an article names most first."""
    retold: frozenset[str]
    """Articles whose story another one tells as well."""

    def beside(self, term: Term, mark: Mark, back: int, ahead: int) -> tuple[list[Place], list[Place]]:
        """Return the articles before and behind a place in a row, the nearest first."""
        row, own = self.rows.get(term, []), (mark[0] or "", mark[1])
        end = bisect_left(row, own)
        start = end + 1 if end < len(row) and row[end][:2] == own else end
        return row[max(0, end - back) : end][::-1], row[start : start + ahead]

    def shelf(self, term: Term, *, dated: bool) -> tuple[list[Place], int, int]:
        """Return the row of a term, and where those of its articles begin and end that have a date, or have none."""
        row = self.rows.get(term, [])
        first = bisect_left(row, ("0",))
        return (row, first, len(row)) if dated else (row, 0, first)


def layout_of(archive: Archive) -> Layout:
    """Read all rows, in one pass over the store."""
    retold = archive.select("SELECT DISTINCT article FROM same_stories")
    layout = Layout({}, {}, frozenset(article for (article,) in retold))
    shared: dict[Term, Term] = {}
    place, filed = Place("", -1, ""), list[Term]()
    query = f"SELECT {PLACE_COLUMNS}, article, kind, entity FROM terms ORDER BY article, count DESC, kind, entity"  # noqa: S608 - a constant
    for day, sequence, story_id, kind, entity in archive.select(query):
        if story_id != place.id:
            layout.terms[place.id] = tuple(filed)
            place = Place(sys.intern(day), sequence, story_id)  # many stand on one day
            filed.clear()
        term = shared.setdefault((kind, entity), (kind, entity))
        filed.append(term)
        layout.rows.setdefault(term, []).append(place)
    layout.terms[place.id] = tuple(filed)
    for row in layout.rows.values():
        row.sort()
    return layout
