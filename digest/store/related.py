"""Which articles are related: those that share terms with one and stand near it in time.

Each term of an article is looked along a little way, further back than ahead: news is explained by what came before it,
and a new article must not change the page of every old one. How rare a term is shows in how far that little way reaches
in days. Nothing here depends on the size of the archive, and a changed article can change only the pages of those that
have it in reach (`in_reach`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from digest.store.archive import Archive
from digest.store.catalogue import beside, some_entries, terms_of
from digest.store.entry import Entry
from digest.store.layout import Mark, Place

_BACK, _AHEAD = 12, 3
_TERMS = 8
"""Terms that are looked along: those that an article names most."""
_SHARED = 2
"""Terms that two articles must share."""
_LONGEST_GAP = 400
"""Days between two articles of a term from which on it is as rare as can be."""


def related(archive: Archive, entry: Entry, limit: int) -> list[tuple[Entry, tuple[str, ...]]]:
    """Return the articles that share most with one, and what they share; rare terms weigh more."""
    rows = list(_rows_around(archive, entry))
    times = Counter([place.id for _, _, near in rows for place in near])
    shared: dict[str, list[str]] = {story_id: [] for story_id, count in times.items() if count >= _SHARED}
    scores = dict.fromkeys(shared, 0)
    places: dict[str, Place] = {}
    for entity, weight, near in rows:
        for place in near:
            if (story_id := place.id) in shared:  # few are: all others were left out by counting
                scores[story_id] += weight
                shared[story_id].append(entity)
                places[story_id] = place
    ranked = sorted(shared, key=lambda story_id: (scores[story_id], places[story_id]), reverse=True)
    return [(other, tuple(sorted(shared[other.id]))) for other in some_entries(archive, ranked[:limit])]


def _rows_around(archive: Archive, entry: Entry) -> Iterator[tuple[str, int, list[Place]]]:
    """Yield the terms that are looked along, each with its weight and the articles that stand near one in its row."""
    mark = entry.mark
    (filed,) = terms_of(archive, [entry.id])
    for term in [term for term in filed if term[0] != "outlet"][:_TERMS]:
        back, ahead = beside(archive, term, mark, _BACK, _AHEAD)
        yield term[1], _rarity(mark, back), back + ahead


def in_reach(archive: Archive, term: tuple[str, str], mark: Mark) -> set[str]:
    """Return the articles whose related ones may change when one at a place of a term's row changes."""
    back, ahead = beside(archive, term, mark, _AHEAD, _BACK)
    return {found.id for found in (*back, *ahead)}


def _rarity(mark: Mark, back: Sequence[Place]) -> int:
    """Return the mean days between the articles of a term, with one added; a term that is new weighs most."""
    if mark[0] is None or len(back) < _BACK or not back[-1].day:
        return _LONGEST_GAP if len(back) < _BACK else 1
    days = (dt.date.fromisoformat(mark[0]) - dt.date.fromisoformat(back[-1].day)).days
    return 1 + min(days // _BACK, _LONGEST_GAP)
