"""Which articles are related: those that share terms with one and stand near it in time.

Each term of an article is looked along a little way, further back than ahead: news is explained by what came before it,
and a new article must not change the page of every old one. How rare a term is shows in how far that little way reaches
in days. Nothing here depends on the size of the archive, and a changed article can change only the pages of those that
have it in reach (`in_reach`).
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence

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
    mark = entry.mark
    (filed,) = terms_of(archive, [entry.id])
    rows: list[tuple[str, int, list[Place]]] = []
    for term in [term for term in filed if term[0] != "outlet"][:_TERMS]:
        back = beside(archive, term, mark, _BACK, back=True)
        rows.append((term[1], _rarity(mark, back), [*back, *beside(archive, term, mark, _AHEAD, back=False)]))
    times = Counter(itertools.chain.from_iterable(near for _, _, near in rows))
    scores = {place: 0 for place, count in times.items() if count >= _SHARED}  # few of them: all else is left out early
    shared: dict[str, list[str]] = {place.id: [] for place in scores}
    for entity, weight, near in rows:
        for place in scores.keys() & near:
            scores[place] += weight
            shared[place.id].append(entity)
    ranked = sorted(scores, key=lambda place: (scores[place], place), reverse=True)
    others = some_entries(archive, [place.id for place in ranked[:limit]])
    return [(other, tuple(sorted(shared[other.id]))) for other in others]


def in_reach(archive: Archive, term: tuple[str, str], mark: Mark) -> set[str]:
    """Return the articles whose related ones may change when one at a place of a term's row changes."""
    ahead = beside(archive, term, mark, _BACK, back=False)
    return {found.id for found in (*ahead, *beside(archive, term, mark, _AHEAD, back=True))}


def _rarity(mark: Mark, back: Sequence[Place]) -> int:
    """Return the mean days between the articles of a term, with one added; a term that is new weighs most."""
    if mark[0] is None or len(back) < _BACK or not back[-1].day:
        return _LONGEST_GAP if len(back) < _BACK else 1
    days = (dt.date.fromisoformat(mark[0]) - dt.date.fromisoformat(back[-1].day)).days
    return 1 + min(days // _BACK, _LONGEST_GAP)
