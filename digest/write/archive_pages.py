"""The archive by year and month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from digest.model import Page
from digest.store.archive import Archive
from digest.store.readers import days
from digest.write.chips import cards
from digest.write.entries import listing, newest, with_count
from digest.write.markdown import Markdown, blocks, bullets, chip, classed, escape, heading, join, link, strong
from digest.write.pagination import paginate
from digest.write.periods import UNITS, period_of
from digest.write.permalinks import month_path, year_path
from digest.write.timeline import timeline
from digest.write.wording import Wording


def archive_pages(archive: Archive, words: Wording, per_page: int) -> Iterator[Page]:
    """Yield the archive: all years, each year's months, each month's articles, and those without a date."""
    months = archive.months()
    undated = archive.published_in(None)
    dated = days(archive)
    yield _years_page(months, dated, len(undated), words)
    for year, group in groupby(months, key=lambda month: month[0][:4]):
        of_year = list(group)
        yield _year_page(year, of_year, words, newest(archive.published_in(of_year[0][0])[-1:]))
    for month, _ in months:
        yield from _month_pages(month, archive, words, per_page)
    if undated:
        yield from _month_pages(None, archive, words, per_page)


def _years_page(months: list[tuple[str, int]], dated: list[tuple[dt.date, int]], undated: int, words: Wording) -> Page:
    path = "archive/index.md"
    items = []
    for year, group in groupby(months, key=lambda month: month[0][:4]):
        items.append(_counted(words.number(int(year)), year_path(year), sum(n for _, n in group), words))
    if undated:
        items.append(_counted(words("undated"), month_path(None), undated, words))
    title = words("archive")
    newest_day = dated[-1][0] if dated else None
    parts = [heading(1, escape(title)), timeline(dated, words, base=path), _digests(newest_day, words)]
    body = blocks([*parts, bullets(items) if items else escape(words("empty"))])
    return listing(path=path, kind="archive", title=title, body=body, updated=newest_day)


def _digests(newest_day: dt.date | None, words: Wording) -> Markdown:
    """Return chips that lead to the newest digests."""
    if newest_day is None:
        return Markdown("")
    newest_ones = [period_of(newest_day, unit) for unit in UNITS]
    chips = join(" ", (chip(escape(period.name(words)), period.path) for period in newest_ones))
    return classed(Markdown(f"{strong(escape(words('digest')))} {chips}"), "dg-group")


def _year_page(year: str, months: list[tuple[str, int]], words: Wording, updated: dt.date | None) -> Page:
    path = year_path(year)
    items = [_counted(words.month(month), month_path(month), count, words) for month, count in months]
    title = words("year_articles", year=words.number(int(year)))
    body = blocks([heading(1, escape(title)), bullets(items)])
    return listing(path=path, kind="archive", title=title, body=body, updated=updated)


def _month_pages(month: str | None, archive: Archive, words: Wording, per_page: int) -> Iterator[Page]:
    name = words("undated") if month is None else words.month(month)
    for sheet in paginate(archive.published_in(month), per_page):
        path = month_path(month, sheet.number)
        title = name if sheet.number is None else f"{name} — {words('page', number=words.number(sheet.number))}"
        parts = [heading(1, escape(title)), _digest_of(month, words)]
        parts += [heading(2, escape(words("articles"))), *cards(archive, sheet.items, words)]
        around = []
        if sheet.number is not None:
            around.append(link(escape(words("newer")), month_path(month, sheet.newer)))
        if sheet.older:
            around.append(link(escape(words("older")), month_path(month, sheet.older)))
        if around:
            parts.append(classed(join(" · ", around), "dg-pages"))
        yield listing(path=path, kind="archive", title=title, body=blocks(parts), updated=newest(sheet.items))


def _counted(name: str, target: str, count: int, words: Wording) -> Markdown:
    return with_count(link(escape(name), target), count, words)


def _digest_of(month: str | None, words: Wording) -> Markdown:
    """Return a link to the digest of a month."""
    if month is None:
        return Markdown("")
    period = period_of(dt.date.fromisoformat(f"{month}-01"), "month")
    shown = escape(words("digest_of", period=period.name(words)))
    return classed(chip(shown, period.path), "dg-chips")
