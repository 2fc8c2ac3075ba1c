"""What pages, the review and incremental builds ask about same stories."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from digest.store.archive import Archive
from digest.store.catalogue import layout
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of

MOST_SHOWN = 10
"""Other reports of a story on the page of one."""
_SOURCE = "coalesce(a.outlet, a.outlet_name, a.id)"
"""What counts as one source; an article that names none is one of its own."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """A story as a digest shows it: the article that leads, and the other reports."""

    lead: Entry
    others: tuple[Entry, ...]
    sources: int


def same_story_of(archive: Archive, story_id: str, limit: int = MOST_SHOWN) -> list[Entry]:
    """Return the articles that tell the same story as one, the likeliest first; copies in its own outlet are left out.

    They are its neighbours, and not the neighbours of those: no chain of likenesses makes two stories one.
    """
    laid_out = layout(archive)
    if laid_out and story_id not in laid_out.retold:
        return []
    query = (
        f"SELECT {ENTRY_COLUMNS} FROM same_stories s JOIN articles a ON a.id = s.other "  # noqa: S608 - constants
        "JOIN articles own ON own.id = s.article WHERE s.article = ? AND a.outlet IS NOT coalesce(own.outlet, '') "
        "ORDER BY s.score DESC, a.published, a.sequence LIMIT ?"
    )
    return [entry_of(row) for row in archive.select(query, (story_id, limit))]


def source_counts(archive: Archive, entries: Iterable[Entry]) -> dict[str, int]:
    """Return in how many sources the story of each of a few articles is told, when they are two or more."""
    ids = [entry.id for entry in entries]
    query = (
        f"WITH told AS (SELECT article, other FROM same_stories WHERE article IN ({','.join('?' * len(ids))}) "  # noqa: S608 - question marks
        "UNION SELECT article, article FROM same_stories WHERE article IN "
        f"({','.join('?' * len(ids))})) "
        f"SELECT told.article, count(DISTINCT {_SOURCE}) AS n FROM told JOIN articles a ON a.id = told.other "
        "GROUP BY told.article HAVING n > 1"
    )
    return {row[0]: row[1] for row in archive.select(query, (*ids, *ids))}


def told_stories(archive: Archive, first: dt.date, last: dt.date, limit: int) -> list[ToldStory]:
    """Return the stories of a period that several sources tell, most sources first; the fullest report leads.

    Every article is in one story at most: those around the article with most neighbours come first. On ties the fuller,
    then the earlier one leads.
    """
    query = (
        "SELECT s.article, s.other FROM same_stories s JOIN articles a ON a.id = s.article "  # noqa: S608 - constants
        "JOIN articles b ON b.id = s.other WHERE a.published BETWEEN ?1 AND ?2 AND b.published BETWEEN ?1 AND ?2 "
        f"AND {_SOURCE} != {_SOURCE.replace('a.', 'b.')}"
    )
    neighbours: dict[str, set[str]] = {}
    for article, other in archive.select(query, (first.isoformat(), last.isoformat())):
        neighbours.setdefault(article, set()).add(other)
    known = {entry.id: (entry, length) for entry, length in _entries(archive, sorted(neighbours))}

    def rank(article: str) -> tuple[int, int, int, int]:
        entry, length = known[article]
        day = entry.published.toordinal() if entry.published else 0
        return -len(neighbours[article]), -length, day, entry.sequence

    stories, taken = [], set[str]()
    for article in sorted(neighbours, key=rank):
        group = sorted({article, *neighbours[article]} - taken, key=lambda one: rank(one)[1:])
        if article in taken or len(group) < 2:  # noqa: PLR2004 - one article is no story of several
            continue
        taken.update(group)
        entries = [known[one][0] for one in group]
        sources = len({entry.outlet or entry.outlet_name or entry.id for entry in entries})
        stories.append(ToldStory(lead=entries[0], others=tuple(entries[1:]), sources=sources))
    return sorted(stories, key=lambda told: (-told.sources, rank(told.lead.id)[1:]))[:limit]


def _entries(archive: Archive, ids: Sequence[str]) -> Iterator[tuple[Entry, int]]:
    """Yield articles with their length in characters of displayed text, a few hundred a question."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        query = (
            f"SELECT {ENTRY_COLUMNS}, length(g.features) FROM articles a JOIN signatures g ON g.article = a.id "  # noqa: S608 - question marks
            f"WHERE a.id IN ({','.join('?' * len(some))})"
        )
        for row in archive.select(query, some):
            yield entry_of(row[:-1]), row[-1]


def copies(archive: Archive, *, exact: bool = False) -> list[tuple[Entry, Entry]]:
    """Return the pairs of near-duplicates, or only of the same texts; each once, the earlier one first."""
    query = (
        "SELECT s.article, s.other FROM same_stories s JOIN articles a ON a.id = s.article "
        "JOIN articles b ON b.id = s.other WHERE s.copy >= ? AND a.sequence < b.sequence "
        "ORDER BY a.sequence, b.sequence"
    )
    pairs = list(archive.select(query, (1 + exact,)))
    known = {entry.id: entry for entry, _ in _entries(archive, sorted({one for pair in pairs for one in pair}))}
    return [(known[one], known[other]) for one, other in pairs]
