"""Which articles are related: those that share terms with one and stand near it in time.

Each term of an article is looked along a little way, further back than ahead: news is explained by what came before it,
and a new article must not change the page of every old one. How rare a term is shows in how far that little way reaches
in days. Nothing here depends on the size of the archive, and a changed article can change only the pages of those that
have it in reach (`in_reach`).
"""

from __future__ import annotations

import datetime as dt

from digest.store import lookups
from digest.store.archive import Archive
from digest.store.entry import Entry
from digest.store.shelves import Mark

_BACK, _AHEAD = 12, 3
_TERMS = 8
"""Terms that are looked along: those that an article names most."""
_SHARED = 2
"""Terms that two articles must share."""
_LONGEST_GAP = 400
"""Days between two articles of a term from which on it is as rare as can be."""
_Found = tuple[str, str | None, int]


def related(archive: Archive, entry: Entry, limit: int) -> list[tuple[Entry, tuple[str, ...]]]:
    """Return the articles that share most with one, and what they share; rare terms weigh more."""
    mark = entry.mark
    scores: dict[str, int] = {}
    shared: dict[str, list[str]] = {}
    place: dict[str, tuple[str, int]] = {}
    query = "SELECT kind, entity FROM terms WHERE article = ? AND kind != 'outlet' ORDER BY count DESC, kind, entity"
    for kind, entity in archive.select(f"{query} LIMIT {_TERMS}", (entry.id,)):
        back = _window(archive, (kind, entity), mark, _BACK, back=True)
        weight = _rarity(mark, back)
        for story_id, published, sequence in (*back, *_window(archive, (kind, entity), mark, _AHEAD, back=False)):
            scores[story_id] = scores.get(story_id, 0) + weight
            shared.setdefault(story_id, []).append(entity)
            place[story_id] = (published or "", sequence)
    ranked = sorted(
        (story_id for story_id, entities in shared.items() if len(entities) >= _SHARED),
        key=lambda story_id: (scores[story_id], place[story_id]),
        reverse=True,
    )
    return [(other, tuple(sorted(shared[other.id]))) for other in lookups.some_entries(archive, ranked[:limit])]


def in_reach(archive: Archive, term: tuple[str, str], mark: Mark) -> set[str]:
    """Return the articles whose related ones may change when one at a place of a term's row changes."""
    ahead = _window(archive, term, mark, _BACK, back=False)
    return {found[0] for found in (*ahead, *_window(archive, term, mark, _AHEAD, back=True))}


def _window(archive: Archive, term: tuple[str, str], mark: Mark, limit: int, *, back: bool) -> list[_Found]:
    """Return the articles next to a place in the row of a term; those without a date come before all others."""
    published, sequence = mark
    side, order = ("<", "DESC") if back else (">", "ASC")
    where, values = "published IS NULL AND sequence", (sequence,)
    found: list[_Found] = []
    if published is not None:
        where, values = "published IS NOT NULL AND (published, sequence)", (published, sequence)  # type: ignore[assignment]
    row = "SELECT article, published, sequence FROM terms WHERE kind = ? AND entity = ? AND "
    marks = "?" if published is None else "(?, ?)"
    end = f" ORDER BY published {order}, sequence {order} LIMIT ?"
    found += _rows(archive, f"{row}{where} {side} {marks}{end}", (*term, *values, limit))
    if len(found) < limit and back == (published is not None):
        rest = "published IS NULL" if back else "published IS NOT NULL"
        found += _rows(archive, f"{row}{rest}{end}", (*term, limit - len(found)))
    return found


def _rows(archive: Archive, query: str, values: tuple[object, ...]) -> list[_Found]:
    return [(row[0], row[1], row[2]) for row in archive.select(query, values)]


def _rarity(mark: Mark, back: list[_Found]) -> int:
    """Return the mean days between the articles of a term, with one added; a term that is new weighs most."""
    if mark[0] is None or len(back) < _BACK or back[-1][1] is None:
        return _LONGEST_GAP if len(back) < _BACK else 1
    days = (dt.date.fromisoformat(mark[0]) - dt.date.fromisoformat(back[-1][1])).days
    return 1 + min(days // _BACK, _LONGEST_GAP)
