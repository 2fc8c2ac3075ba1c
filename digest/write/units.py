"""Units: what is written, and written again, together. Each is a page or a few files, named by one line of text.

`changed_units` says which of them a change of articles may show in. It looks only at what stands near the change, so
its cost does not grow with the archive; what it names too much of is written to the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from digest.model import EntityKind
from digest.store.archive import Archive
from digest.store.catalogue import some_entries
from digest.store.entry import Change, Filed
from digest.store.layout import Mark
from digest.store.ledger import Ledger
from digest.store.lookups import months
from digest.store.readers import around, days, days_around, days_between
from digest.store.related import in_reach
from digest.store.shelves import month_shelf, term_shelf
from digest.write.feed_archive import all_parts, changed_parts
from digest.write.open_data import PER_FILE
from digest.write.pagination import changed_sheets, changed_slices, sealed_sheets
from digest.write.periods import UNITS, Period, period_of
from digest.write.permalinks import SECTIONS
from digest.write.sitemaps import SHARD
from digest.write.tree import SITE

UNDATED = "undated"


def article_unit(story_id: str) -> str:
    """Name the page of an article, or its tombstone."""
    return f"article {story_id}"


def _term(kind: str, entity: str) -> str:
    return f"term {kind} {entity}"


def _sheet(kind: str, entity: str, number: int, *, dated: bool) -> str:
    return f"sheet {kind} {entity} {'dated' if dated else UNDATED} {number}"


def _digest(period: Period) -> str:
    return f"digest {period.unit} {period.first.isoformat()}"


def _feed(month: str | None, number: int) -> str:
    return f"feed {month or UNDATED} {number}"


def all_units(archive: Archive, ledger: Ledger, per_page: int) -> Iterator[str]:
    """Yield every unit of the site: month by month what shows articles near in time, then all that shows any articles.

    Articles near in time name each other and stand on the same lists; so few lines of them, and fewer texts, need be
    remembered for each to be read once.
    """
    periods: dict[Period, str] = {}
    for day, _ in days(archive):
        for unit in UNITS:
            periods.setdefault(period_of(day, unit), day.isoformat()[:7])
    others: dict[str, list[str]] = {}
    for period, month in periods.items():
        others.setdefault(month, []).append(_digest(period))
    for part in all_parts(archive):
        others.setdefault(part[0] or UNDATED, []).append(_feed(*part))
    for month, count in [(UNDATED, month_shelf(None).count(archive)), *reversed(months(archive))]:
        yield from _all_of_month(month, count, archive, per_page)
        yield from others.get(month, ())
    there = {story_id for (story_id,) in archive.select("SELECT id FROM articles")}
    yield from (article_unit(entry.id) for entry in ledger if entry.id not in there)
    for kind in SECTIONS:
        for entity, _ in archive.term_counts(kind):
            yield _term(kind, entity)
            for dated in (True, False):
                sealed = sealed_sheets(term_shelf(kind, entity, dated=dated).count(archive), per_page)
                yield from (_sheet(kind, entity, number, dated=dated) for number in range(1, sealed + 1))
    yield from _of_years(periods)
    yield SITE


def _all_of_month(month: str, count: int, archive: Archive, per_page: int) -> Iterator[str]:
    """Yield the units of a month, but for its digests and its parts of the feed."""
    for number in range(1, -(-count // PER_FILE) + 1):
        yield from map(article_unit, _articles_of(month, number, archive))
        yield from _of_month(month, [number], "data")
    yield from _of_month(month, range(sealed_sheets(count, per_page) + 1), "month")
    yield from _of_month(month, range(1, -(-count // SHARD) + 1), "sitemap")


def _articles_of(month: str, number: int, archive: Archive) -> list[str]:
    """Return the articles that are in one file of data."""
    shelf = month_shelf(None if month == UNDATED else month)
    ids = [place.id for place in shelf.slice(archive, (number - 1) * PER_FILE, PER_FILE)]
    some_entries(archive, ids)  # read together: each will be asked for alone
    return ids


def changed_units(archive: Archive, changes: Sequence[Change], told: Iterable[str], per_page: int) -> set[str]:
    """Return the units that may look different since articles came, changed or went.

    Args:
        archive: the store, complete.
        changes: of the articles.
        told: articles of whose same stories something changed, or that are gone or withdrawn.
        per_page: articles on a page of a list.
    """
    states = [state for change in changes for state in change if state]
    units = {SITE, *map(article_unit, told)}
    units.update(_digests_of(archive, told))
    for state in states:
        units.add(article_unit(state.id))
        units.update(map(article_unit, _articles_beside(archive, state)))
    terms: dict[tuple[str, str, bool], list[Mark]] = {}
    months: dict[str, list[Mark]] = {}
    for state in states:
        dated, mark = state.published is not None, (state.published, state.sequence)
        for kind, entity in state.terms:
            terms.setdefault((kind, entity, dated), []).append(mark)
        months.setdefault(state.published[:7] if state.published else UNDATED, []).append(mark)
    for (kind, entity, dated), marks in terms.items():
        numbers = changed_sheets(archive, term_shelf(kind, entity, dated=dated), marks, per_page)
        units.add(_term(kind, entity))
        if kind == EntityKind.ORGANISATION:  # as an outlet it has the same spellings
            units.add(_term("outlet", entity))
        units.update(_sheet(kind, entity, number, dated=dated) for number in numbers)
        if kind == "outlet" and dated:  # its undated sheets may be called by the name in its first dated article
            sealed = sealed_sheets(term_shelf(kind, entity, dated=False).count(archive), per_page)
            units.update(_sheet(kind, entity, number, dated=False) for number in range(1, sealed + 1))
    for month, marks in months.items():
        shelf = month_shelf(None if month == UNDATED else month)
        units.update(_of_month(month, [0, *changed_sheets(archive, shelf, marks, per_page)], "month"))
        for what, size in (("data", PER_FILE), ("sitemap", SHARD)):
            units.update(_of_month(month, changed_slices(archive, shelf, marks, size), what))
        units.update(_feed(*part) for part in changed_parts(archive, None if month == UNDATED else month, marks))
    units.update(_changed_digests(archive, states))
    return units


def _articles_beside(archive: Archive, state: Filed) -> Iterator[str]:
    """Yield the articles whose pages may name one: as a related one, or as the one before or after it."""
    mark = (state.published, state.sequence)
    for kind, entity in state.terms:
        if kind != "outlet":
            yield from in_reach(archive, (kind, entity), mark)
        if kind == EntityKind.COUNTRY:
            yield from (entry.id for entry in around(archive, mark, kind, entity) if entry)


def _changed_digests(archive: Archive, states: Iterable[Filed]) -> Iterator[str]:
    """Yield the digests of the days of articles, and those that lead to them or past them."""
    periods: dict[Period, int] = {}
    for state in states:
        for unit in UNITS if state.published else ():
            period = period_of(dt.date.fromisoformat(state.published or ""), unit)
            periods[period] = periods.get(period, 0) + 1
    for period, changed in periods.items():
        yield _digest(period)
        if sum(count for _, count in days_between(archive, period.first, period.last)) <= changed:  # it is new, or gone
            for day in days_around(archive, period.first, period.last):
                if day:
                    yield _digest(period_of(day, period.unit))
    yield from _of_years(periods)


def _digests_of(archive: Archive, ids: Iterable[str]) -> Iterator[str]:
    """Yield the digests of the days of some articles."""
    for story_id in ids:
        state = archive.filed(story_id)
        if state and state.published:
            day = dt.date.fromisoformat(state.published)
            yield from (_digest(period_of(day, unit)) for unit in UNITS)


def _of_month(month: str, numbers: Iterable[int], what: str) -> Iterator[str]:
    return (f"{what} {month} {number}" for number in numbers)


def _of_years(periods: Iterable[Period]) -> Iterator[str]:
    """Yield the pages and shards of the years that some digests belong to."""
    years = {year for period in periods for year in (period.year, period.first.year, period.last.year)}
    yield from (f"year {year:04}" for year in sorted(years))
