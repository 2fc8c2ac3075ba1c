"""The archive by year and month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from digest.model import Page
from digest.store.archive import Archive
from digest.store.lookups import months
from digest.store.readers import days
from digest.store.shelves import month_shelf
from digest.write.entries import listing, newest, with_count
from digest.write.listed import Listed
from digest.write.markdown import (
    Markdown,
    blocks,
    bullets,
    chip,
    classed,
    encoded_blocks,
    escape,
    heading,
    join,
    link,
    strong,
)
from digest.write.pagination import Sheet, open_sheet, sealed_sheet
from digest.write.periods import UNITS, period_of
from digest.write.permalinks import month_path, year_path
from digest.write.timeline import timeline
from digest.write.wording import Wording


def archive_page(archive: Archive, words: Wording) -> Page:
    """Return the way in: all years, and the articles without a date."""
    return _years_page(months(archive), days(archive), month_shelf(None).count(archive), words)


def year_page(year: str, archive: Archive, words: Wording) -> Page | None:
    """Return the months of a year; None for a year without articles."""
    of_year = [month for month in months(archive) if month[0][:4] == year]
    if not of_year:
        return None
    return _year_page(year, of_year, words, newest(month_shelf(of_year[0][0]).newest(archive, 1)))


def month_page(
    month: str | None, number: int | None, archive: Archive, listed: Listed, words: Wording, per_page: int
) -> Page | None:
    """Return a page of a month, or of the articles without a date; None when nothing stands on it.

    Args:
        month: `2021-12`; None for the articles without a date.
        number: that of a sealed page; None for the open one.
        archive: the store.
        listed: its articles as lists show them.
        words: the site's wording.
        per_page: articles on a page.
    """
    shelf = month_shelf(month)
    sheet = open_sheet(archive, shelf, per_page) if number is None else sealed_sheet(archive, shelf, number, per_page)
    return _month_page(month, sheet, listed, words) if sheet and sheet.items else None


def _years_page(
    months: list[tuple[str, int]], dated: Sequence[tuple[dt.date, int]], undated: int, words: Wording
) -> Page:
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


def _month_page(month: str | None, sheet: Sheet, listed: Listed, words: Wording) -> Page:
    name = words("undated") if month is None else words.month(month)
    title = name if sheet.number is None else f"{name} — {words('page', number=words.number(sheet.number))}"
    parts: list[Markdown | bytes] = [heading(1, escape(title)), _digest_of(month, words)]
    parts += [heading(2, escape(words("articles"))), *listed.cards(sheet.items)]
    around = []
    if sheet.number is not None:
        around.append(link(escape(words("newer")), month_path(month, sheet.newer)))
    if sheet.older:
        around.append(link(escape(words("older")), month_path(month, sheet.older)))
    if around:
        parts.append(classed(join(" · ", around), "dg-pages"))
    path = month_path(month, sheet.number)
    return listing(path=path, kind="archive", title=title, body=encoded_blocks(parts), updated=newest(sheet.items))


def _counted(name: str, target: str, count: int, words: Wording) -> Markdown:
    return with_count(link(escape(name), target), count, words)


def _digest_of(month: str | None, words: Wording) -> Markdown:
    """Return a link to the digest of a month."""
    if month is None:
        return Markdown("")
    period = period_of(dt.date.fromisoformat(f"{month}-01"), "month")
    shown = escape(words("digest_of", period=period.name(words)))
    return classed(chip(shown, period.path), "dg-chips")
