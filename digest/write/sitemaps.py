"""Sitemaps: an index, shards that are sealed with their month, and one for news services.

`lastmod` is the day of the newest article on a page, and is left out where no article has a date: the day of the
build would tell search engines that everything changed. Pages that only continue a list are not in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from digest.model import Asset
from digest.store.archive import Archive, Entry
from digest.store.lookups import months_with_days, term_days
from digest.store.readers import days
from digest.write.periods import UNITS, period_of
from digest.write.permalinks import SECTIONS, article_path, month_path, section_path, term_path, year_path
from digest.write.publication import Publication
from digest.write.xml import add, document

SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "sitemap-news.xml"
_SHARD = 10_000
"""Addresses in one file; the protocol allows 50,000."""
_NEWS_DAYS = 2
_NEWS_MOST = 1000
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

_Line = tuple[str, str | None]
"""Path of a page, and the day of its newest article."""


def sitemaps(archive: Archive, publication: Publication, own_pages: Iterable[str]) -> Iterator[Asset]:
    """Yield the index, its shards and the sitemap for news; nothing while the address of the site is not known.

    Args:
        archive: the store.
        publication: the site.
        own_pages: paths of the hand-written pages.
    """
    if publication.url is None:
        return
    shards: list[_Line] = []
    for name, lines in _shards(archive, own_pages):
        for number, start in enumerate(range(0, len(lines), _SHARD), 1):
            part = lines[start : start + _SHARD]
            path = f"sitemaps/{name}.xml" if number == 1 else f"sitemaps/{name}-{number}.xml"
            shards.append((path, max((day for _, day in part if day), default=None)))
            yield Asset(path=path, content=_file("urlset", "url", part, publication))
    yield Asset(path=SITEMAP, content=_file("sitemapindex", "sitemap", shards, publication))
    yield Asset(path=NEWS_SITEMAP, content=_news(archive, publication))


def _shards(archive: Archive, own_pages: Iterable[str]) -> Iterator[tuple[str, list[_Line]]]:
    months = months_with_days(archive)
    yield "pages", [*_overviews(archive, months), *((path, None) for path in own_pages)]
    for kind, section in SECTIONS.items():
        yield section, [(term_path(kind, entity), day) for entity, _, day in term_days(archive, kind)]
    for year, lines in _digests(archive).items():
        yield f"digests-{year}", lines
    for month, _, _ in months:
        entries = archive.published_in(month)
        yield f"articles-{month or 'undated'}", [(article_path(entry.permalink), _day(entry)) for entry in entries]


def _overviews(archive: Archive, months: list[tuple[str | None, int, str | None]]) -> Iterator[_Line]:
    newest = max((day for _, _, day in months if day), default=None)
    yield "index.md", newest
    for kind in SECTIONS:
        yield section_path(kind), newest if archive.count() else None
    yield "archive/index.md", newest
    years: dict[str, str] = {}
    for month, _, day in months:
        yield month_path(month), day
        if month and day:
            years[month[:4]] = day
    yield from ((year_path(year), day) for year, day in years.items())


def _digests(archive: Archive) -> dict[str, list[_Line]]:
    """Return the digests of every year, each with the last of its days that has articles."""
    dated = days(archive)
    found: dict[str, list[_Line]] = {}
    for unit in UNITS:
        newest = {period_of(day, unit): day for day, _ in dated}
        for period, day in newest.items():
            found.setdefault(period.path.split("/")[1], []).append((period.path, day.isoformat()))
    return found


def _file(root: str, item: str, lines: Iterable[_Line], publication: Publication) -> bytes:
    element = ET.Element(root, {"xmlns": _MAP})
    for path, day in lines:
        child = add(element, item)
        add(child, "loc", publication.address(path))
        if day:
            add(child, "lastmod", day)
    return document(element)


def _news(archive: Archive, publication: Publication) -> bytes:
    """Return the articles of the last two days: what news services may still want."""
    first = publication.today - dt.timedelta(days=_NEWS_DAYS)
    months = sorted({f"{first:%Y-%m}", f"{publication.today:%Y-%m}"})
    entries = [entry for month in months for entry in archive.published_in(month)]
    fresh = [entry for entry in entries if entry.published and first <= entry.published <= publication.today]
    root = ET.Element("urlset", {"xmlns": _MAP, "xmlns:news": _NEWS})
    for entry in reversed(fresh[-_NEWS_MOST:]):
        url = add(root, "url")
        add(url, "loc", publication.address(article_path(entry.permalink)))
        news = add(url, "news:news")
        name = add(news, "news:publication")
        add(name, "news:name", publication.name)
        add(name, "news:language", entry.language)
        add(news, "news:publication_date", _day(entry))
        add(news, "news:title", entry.headline)
    return document(root)


def _day(entry: Entry) -> str | None:
    return entry.published.isoformat() if entry.published else None
