"""Which articles are related: those that share terms with one and stand near it in time.

Each term of an article is looked along a little way, further back than ahead: news is explained by what came before it,
and a new article must not change the page of every old one. How rare a term is shows in how far that little way reaches
in days. Nothing here depends on the size of the archive, and a changed article can change only the pages of those that
have it in reach (`in_reach`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from digest.store.archive import Archive
from digest.store.catalogue import Place, beside, some_entries, terms_of
from digest.store.entry import Entry
from digest.store.shelves import Mark

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
    scores: dict[str, int] = {}
    shared: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    (filed,) = terms_of(archive, [entry.id])
    for term in [term for term in filed if term[0] != "outlet"][:_TERMS]:
        back = beside(archive, term, mark, _BACK, back=True)
        weight = _rarity(mark, back)
        for place in (*back, *beside(archive, term, mark, _AHEAD, back=False)):
            story_id = place[0]
            if story_id in scores:
                scores[story_id] += weight
                shared[story_id].append(term[1])
            else:
                scores[story_id], shared[story_id], places[story_id] = weight, [term[1]], place
    ranked = sorted(
        (story_id for story_id, entities in shared.items() if len(entities) >= _SHARED),
        key=lambda story_id: (scores[story_id], places[story_id][1] or "", places[story_id][2]),
        reverse=True,
    )
    return [(other, tuple(sorted(shared[other.id]))) for other in some_entries(archive, ranked[:limit])]


def in_reach(archive: Archive, term: tuple[str, str], mark: Mark) -> set[str]:
    """Return the articles whose related ones may change when one at a place of a term's row changes."""
    ahead = beside(archive, term, mark, _BACK, back=False)
    return {found[0] for found in (*ahead, *beside(archive, term, mark, _AHEAD, back=True))}


def _rarity(mark: Mark, back: Sequence[Place]) -> int:
    """Return the mean days between the articles of a term, with one added; a term that is new weighs most."""
    if mark[0] is None or len(back) < _BACK or back[-1][1] is None:
        return _LONGEST_GAP if len(back) < _BACK else 1
    days = (dt.date.fromisoformat(mark[0]) - dt.date.fromisoformat(back[-1][1])).days
    return 1 + min(days // _BACK, _LONGEST_GAP)
