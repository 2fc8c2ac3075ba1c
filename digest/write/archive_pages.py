"""The archive by year and month, and the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from digest.model import EntityKind, Page
from digest.store.archive import Archive
from digest.write.entries import cards, listing, newest, with_count
from digest.write.front_matter import label
from digest.write.markdown import Markdown, blocks, bullets, classed, escape, heading, join, link, strong
from digest.write.pagination import paginate
from digest.write.permalinks import SECTIONS, month_path, section_path, term_path, year_path
from digest.write.wording import Wording

_MOST_IN_THE_NEWS = 12


def home_page(archive: Archive, words: Wording, site_name: str, latest: int) -> Page:
    """Return the home page: what is most in the news, and the latest articles."""
    path = "index.md"
    parts = [heading(1, escape(site_name)), classed(escape(words("search_hint")), "dg-lead")]
    for kind in (EntityKind.COUNTRY, EntityKind.TOPIC, EntityKind.PERSON):
        if terms := archive.term_counts(kind)[:_MOST_IN_THE_NEWS]:
            links = join(words("list_separator"), (_term(kind, entity, words, path) for entity, _ in terms))
            title = link(strong(escape(words(SECTIONS[kind]))), section_path(kind), base=path)
            parts.append(classed(Markdown(f"{title}: {links}"), "dg-news"))
    entries = archive.latest(latest)
    parts.append(heading(2, escape(words("latest"))))
    parts += cards(entries, words, base=path) if entries else [escape(words("empty"))]
    parts.append(classed(link(escape(words("archive")), "archive/index.md", base=path), "dg-pages"))
    return listing(path=path, kind="home", title=label(site_name), body=blocks(parts), updated=newest(entries))


def archive_pages(archive: Archive, words: Wording, per_page: int) -> Iterator[Page]:
    """Yield the archive: all years, each year's months, each month's articles, and those without a date."""
    months = archive.months()
    undated = archive.published_in(None)
    yield _years_page(months, len(undated), words, newest(archive.latest(1)))
    for year, group in groupby(months, key=lambda month: month[0][:4]):
        of_year = list(group)
        yield _year_page(year, of_year, words, newest(archive.published_in(of_year[0][0])[-1:]))
    for month, _ in months:
        yield from _month_pages(month, archive, words, per_page)
    if undated:
        yield from _month_pages(None, archive, words, per_page)


def _years_page(months: list[tuple[str, int]], undated: int, words: Wording, updated: dt.date | None) -> Page:
    path = "archive/index.md"
    items = []
    for year, group in groupby(months, key=lambda month: month[0][:4]):
        items.append(_counted(words.number(int(year)), year_path(year), sum(n for _, n in group), words, path))
    if undated:
        items.append(_counted(words("undated"), month_path(None), undated, words, path))
    title = words("archive")
    body = blocks([heading(1, escape(title)), bullets(items) if items else escape(words("empty"))])
    return listing(path=path, kind="archive", title=title, body=body, updated=updated)


def _year_page(year: str, months: list[tuple[str, int]], words: Wording, updated: dt.date | None) -> Page:
    path = year_path(year)
    items = [_counted(words.month(month), month_path(month), count, words, path) for month, count in months]
    title = words("year_articles", year=words.number(int(year)))
    body = blocks([heading(1, escape(title)), bullets(items)])
    return listing(path=path, kind="archive", title=title, body=body, updated=updated)


def _month_pages(month: str | None, archive: Archive, words: Wording, per_page: int) -> Iterator[Page]:
    name = words("undated") if month is None else words.month(month)
    for sheet in paginate(archive.published_in(month), per_page):
        path = month_path(month, sheet.number)
        title = name if sheet.number is None else f"{name} — {words('page', number=words.number(sheet.number))}"
        parts = [heading(1, escape(title)), *cards(sheet.items, words, base=path)]
        around = []
        if sheet.number is not None:
            around.append(link(escape(words("newer")), month_path(month, sheet.newer), base=path))
        if sheet.older:
            around.append(link(escape(words("older")), month_path(month, sheet.older), base=path))
        if around:
            parts.append(classed(join(" · ", around), "dg-pages"))
        yield listing(path=path, kind="archive", title=title, body=blocks(parts), updated=newest(sheet.items))


def _counted(name: str, target: str, count: int, words: Wording, path: str) -> Markdown:
    return with_count(link(escape(name), target, base=path), count, words)


def _term(kind: EntityKind, entity: str, words: Wording, path: str) -> Markdown:
    return link(escape(words.name(entity)), term_path(kind, entity), base=path)
