"""What readers' pages ask of the archive: chips, neighbours in time, what a period is about.

Every question looks at a bounded part of the archive through an index (a period, the newest articles of a term), so
that a page does not cost more when the archive has grown. Only the lists of periods go over all of it, once a run.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping

from digest.store.archive import Archive
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of
from digest.store.shelves import Mark

NEWEST_OF_A_TERM = 100
"""Articles of a term in which its neighbours are looked for."""
_CHIPS: Mapping[str, int] = {"country": 3, "topic": 2}
"""Kinds of terms that stand on a card, and how many of each."""


def chips(archive: Archive, entries: Iterable[Entry]) -> dict[str, list[tuple[str, str]]]:
    """Return the countries and topics that are most named in each of a few articles: id → (kind, entity)."""
    ids = [entry.id for entry in entries]
    query = (
        "SELECT article, kind, entity FROM terms "  # noqa: S608 - question marks
        f"WHERE article IN ({','.join('?' * len(ids))}) AND kind IN ('country', 'topic') "
        "ORDER BY article, kind, count DESC, entity"
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for article, kind, entity in archive.select(query, ids):
        of_article = found.setdefault(article, [])
        if sum(other == kind for other, _ in of_article) < _CHIPS[kind]:
            of_article.append((kind, entity))
    return found


def around(archive: Archive, mark: Mark, kind: str, entity: str) -> tuple[Entry | None, Entry | None]:
    """Return the articles of a term before and after a place; those without a date are a row of their own."""
    return _beside(archive, mark, kind, entity, "<", "DESC"), _beside(archive, mark, kind, entity, ">", "ASC")


def _beside(archive: Archive, mark: Mark, kind: str, entity: str, side: str, order: str) -> Entry | None:
    published, sequence = mark
    values: list[object] = [kind, entity, sequence]
    place = f"t.published IS NULL AND t.sequence {side} ?"
    if published:
        place = f"t.published IS NOT NULL AND (t.published, t.sequence) {side} (?, ?)"
        values.insert(2, published)
    query = (
        f"SELECT {ENTRY_COLUMNS} FROM terms t JOIN articles a ON a.id = t.article "  # noqa: S608 - constants
        f"WHERE t.kind = ? AND t.entity = ? AND {place} ORDER BY t.published {order}, t.sequence {order} LIMIT 1"
    )
    return next(map(entry_of, archive.select(query, values)), None)


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


def main_stories(archive: Archive, first: dt.date, last: dt.date, limit: int) -> list[Entry]:
    """Return the articles of a period that share most terms with its other articles, newest first on ties."""
    query = f"""
        WITH named AS (
            SELECT t.article, t.kind, t.entity FROM articles a JOIN terms t ON t.article = a.id AND t.kind != 'outlet'
            WHERE a.published BETWEEN ?1 AND ?2
        ), shared AS (SELECT kind, entity, count(*) - 1 AS others FROM named GROUP BY kind, entity),
        ranked AS (
            SELECT n.article, sum(s.others) AS weight FROM named n
            JOIN shared s ON s.kind = n.kind AND s.entity = n.entity GROUP BY n.article
        )
        SELECT {ENTRY_COLUMNS} FROM articles a LEFT JOIN ranked r ON r.article = a.id
        WHERE a.published BETWEEN ?1 AND ?2
        ORDER BY coalesce(r.weight, 0) DESC, a.published DESC, a.sequence DESC LIMIT ?3
    """  # noqa: S608 - a constant
    return [entry_of(row) for row in archive.select(query, (first.isoformat(), last.isoformat(), limit))]


def days(archive: Archive, first: dt.date = dt.date.min, last: dt.date = dt.date.max) -> list[tuple[dt.date, int]]:
    """Return the days that have articles, with counts, oldest first."""
    query = (
        "SELECT published, count(*) FROM articles WHERE published BETWEEN ? AND ? GROUP BY published ORDER BY published"
    )
    rows = archive.select(query, (first.isoformat(), last.isoformat()))
    return [(dt.date.fromisoformat(day), count) for day, count in rows]


def days_around(archive: Archive, first: dt.date, last: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the nearest days with articles before and after some days."""
    ((before,),) = archive.select("SELECT max(published) FROM articles WHERE published < ?", (first.isoformat(),))
    ((after,),) = archive.select("SELECT min(published) FROM articles WHERE published > ?", (last.isoformat(),))
    return (dt.date.fromisoformat(before) if before else None, dt.date.fromisoformat(after) if after else None)


def days_of_term(archive: Archive, kind: str, entity: str) -> list[tuple[dt.date, int]]:
    """Return the days that have articles of a term, with counts, oldest first."""
    query = (
        "SELECT published, count(*) FROM terms WHERE kind = ? AND entity = ? AND published IS NOT NULL "
        "GROUP BY published ORDER BY published"
    )
    return [(dt.date.fromisoformat(day), count) for day, count in archive.select(query, (kind, entity))]


def company(archive: Archive, kind: str, entity: str) -> Company:
    """Return what the newest articles of a term name as well."""
    query = """
        SELECT o.article, o.kind, o.entity FROM (
            SELECT article FROM terms WHERE kind = ?1 AND entity = ?2 ORDER BY published DESC, sequence DESC LIMIT ?3
        ) t JOIN terms o ON o.article = t.article WHERE o.kind != 'outlet' AND (o.kind, o.entity) != (?1, ?2)
    """
    articles: dict[str, list[tuple[str, str]]] = {}
    for article, other_kind, other in archive.select(query, (kind, entity, NEWEST_OF_A_TERM)):
        articles.setdefault(article, []).append((other_kind, other))
    return Company(tuple(map(tuple, articles.values())))


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
