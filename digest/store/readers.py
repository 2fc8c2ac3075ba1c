"""What readers' pages ask of the archive: chips, neighbours in time, what a period is about.

Every question looks at a bounded part of the archive through an index (a period, the newest articles of a term), so
that a page does not cost more when the archive has grown. Only the lists of periods go over all of it, once a run.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from digest.store.archive import Archive
from digest.store.catalogue import asked_once, beside, layout, some_entries, terms_of
from digest.store.entry import Entry
from digest.store.layout import Mark

NEWEST_OF_A_TERM = 100
"""Articles of a term in which its neighbours are looked for."""
_CHIPS: Mapping[str, int] = {"country": 3, "topic": 2}
"""Kinds of terms that stand on a card, and how many of each."""


def chips_of(terms: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the countries and topics that an article names most, of all that it is filed under (`terms_of`)."""
    of_kind: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _CHIPS}
    for term in terms:
        if term[0] in of_kind:
            of_kind[term[0]].append(term)
    return [term for kind, most in _CHIPS.items() for term in of_kind[kind][:most]]


def around(archive: Archive, mark: Mark, kind: str, entity: str) -> tuple[Entry | None, Entry | None]:
    """Return the articles of a term before and after a place; those without a date are a row of their own."""
    back, ahead = beside(archive, (kind, entity), mark, 1, 1)
    ids = [place.id for place in back + ahead if bool(place.day) == (mark[0] is not None)]
    found = {entry.id: entry for entry in some_entries(archive, ids)}
    before, after = (found.get(side[0].id) if side else None for side in (back, ahead))
    return before, after


def newest_day(archive: Archive) -> dt.date | None:
    """Return the day of the newest article that has a date."""
    ((day,),) = archive.select("SELECT max(published) FROM articles")
    return dt.date.fromisoformat(day) if day else None


def most_named(archive: Archive, kind: str, first: dt.date, last: dt.date, limit: int) -> list[tuple[str, int]]:
    """Return the terms of a kind that most articles of a period are filed under, and how many."""
    query = (
        "SELECT entity, count(*) AS n FROM terms INDEXED BY terms_of_day WHERE kind = ? "
        "AND published BETWEEN ? AND ? GROUP BY entity ORDER BY n DESC, entity LIMIT ?"
    )
    return [(row[0], row[1]) for row in archive.select(query, (kind, first.isoformat(), last.isoformat(), limit))]


def stories_of(archive: Archive, first: dt.date, last: dt.date) -> PeriodStories:
    """Return the articles of a period, and what they are filed under."""
    query = "SELECT id FROM articles WHERE published BETWEEN ? AND ? ORDER BY published DESC, sequence DESC"
    ids = [row[0] for row in archive.select(query, (first.isoformat(), last.isoformat()))]
    terms = tuple(zip(ids, terms_of(archive, ids), strict=True))
    return PeriodStories(terms, Counter(term for _, filed in terms for term in filed))


@dataclasses.dataclass(frozen=True, slots=True)
class PeriodStories:
    """What a period is about."""

    articles: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Ids and terms, newest first."""
    counts: Counter[tuple[str, str]]

    def most_named(self, kind: str, limit: int) -> list[tuple[str, int]]:
        """Return the terms of a kind that most articles are filed under, and how many."""
        found = [(entity, count) for (other, entity), count in self.counts.items() if other == kind]
        return sorted(found, key=lambda row: (-row[1], row[0]))[:limit]

    def main(self, archive: Archive, limit: int) -> list[Entry]:
        """Return the articles that share most terms with the others, newest first on ties."""
        counts = self.counts
        weights = {
            story_id: sum(counts[term] - 1 for term in terms if term[0] != "outlet")
            for story_id, terms in self.articles
        }
        return some_entries(archive, sorted(weights, key=lambda story_id: -weights[story_id])[:limit])


def days(archive: Archive) -> Sequence[tuple[dt.date, int]]:
    """Return the days that have articles, with counts, oldest first."""
    return asked_once(archive, "days", lambda: days_between(archive, dt.date.min, dt.date.max))


def days_between(archive: Archive, first: dt.date, last: dt.date) -> list[tuple[dt.date, int]]:
    """Return the same, from a first day to a last one."""
    query = "SELECT day, n FROM days WHERE day BETWEEN ? AND ? ORDER BY day"
    rows = archive.select(query, (first.isoformat(), last.isoformat()))
    return [(dt.date.fromisoformat(day), count) for day, count in rows]


def days_around(archive: Archive, first: dt.date, last: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the nearest days with articles before and after some days."""
    ((before,),) = archive.select("SELECT max(day) FROM days WHERE day < ? AND day <> ''", (first.isoformat(),))
    ((after,),) = archive.select("SELECT min(day) FROM days WHERE day > ?", (last.isoformat(),))
    return (dt.date.fromisoformat(before) if before else None, dt.date.fromisoformat(after) if after else None)


def days_of_term(archive: Archive, kind: str, entity: str) -> list[tuple[dt.date, int]]:
    """Return the days that have articles of a term, with counts, oldest first."""
    rows: Iterable[Sequence[Any]]
    if laid_out := layout(archive):
        row, first, end = laid_out.shelf((kind, entity), dated=True)
        rows = Counter(place.day for place in row[first:end]).items()  # in the order of the row
    else:
        query = (
            "SELECT published, count(*) FROM terms WHERE kind = ? AND entity = ? AND published IS NOT NULL "
            "GROUP BY published ORDER BY published"
        )
        rows = archive.select(query, (kind, entity))
    return [(dt.date.fromisoformat(day), count) for day, count in rows]


def company(archive: Archive, kind: str, entity: str) -> Company:
    """Return what the newest articles of a term name as well."""
    own = (kind, entity)
    if laid_out := layout(archive):
        ids = [place.id for place in laid_out.rows.get(own, [])[: -NEWEST_OF_A_TERM - 1 : -1]]
    else:
        query = "SELECT article FROM terms WHERE kind = ? AND entity = ? ORDER BY published DESC, sequence DESC LIMIT ?"
        ids = [row[0] for row in archive.select(query, (*own, NEWEST_OF_A_TERM))]
    return Company(
        tuple(tuple(term for term in terms if term[0] != "outlet" and term != own) for terms in terms_of(archive, ids))
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Company:
    """What some articles name: for each of them, kinds and entities."""

    articles: tuple[tuple[tuple[str, str], ...], ...]

    def beside(self, limit: int) -> dict[str, list[tuple[str, int]]]:
        """Return what is named most: kind → (entity, articles), at most `limit` of a kind."""
        counts = Counter(itertools.chain.from_iterable(self.articles))
        found: dict[str, list[tuple[str, int]]] = {}
        for (kind, entity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0][1])):
            of_kind = found.setdefault(kind, [])
            if len(of_kind) < limit:
                of_kind.append((entity, count))
        return found

    def pairs(self, terms: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
        """Return which of some entities are named together: (one, other, articles), most first."""
        wanted = frozenset(terms)
        counts: Counter[tuple[str, str]] = Counter()
        for named in self.articles:
            counts.update(itertools.combinations(sorted(term[1] for term in wanted.intersection(named)), 2))
        return sorted(((*pair, count) for pair, count in counts.items()), key=lambda row: (-row[2], row[0], row[1]))
