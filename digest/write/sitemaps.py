"""Sitemaps: an index, shards that are sealed with their month, and one for news services.

`lastmod` is the day of the newest article on a page, and is left out where no article has a date: the day of the
build would tell search engines that everything changed. Pages that only continue a list are not in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from digest.model import Asset
from digest.store.archive import Archive, Entry
from digest.store.catalogue import some_entries
from digest.store.lookups import months_with_days, term_days
from digest.store.readers import days, days_between
from digest.store.shelves import month_shelf
from digest.write.periods import UNITS, period_of
from digest.write.permalinks import SECTIONS, article_path, month_path, section_path, term_path, year_path
from digest.write.publication import Publication
from digest.write.xml import Xml, document, escaped, nest, tag

SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "sitemap-news.xml"
SHARD = 1000
"""Addresses in one file, so that a new article rewrites little; the protocol allows 50,000."""
_WEEK = 7
_NEWS_DAYS = 2
_NEWS_MOST = 1000
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

_Line = tuple[str, str | None]
"""Path of a page, and the day of its newest article."""


def article_sitemap(month: str | None, number: int, archive: Archive, publication: Publication) -> Asset | None:
    """Return the articles of a month, the `number`-th shard of them; None when there are no more."""
    places = month_shelf(month).slice(archive, (number - 1) * SHARD, SHARD) if publication.url else []
    if not places:
        return None
    entries = some_entries(archive, [place.id for place in places])
    lines = [(article_path(entry.permalink), _day(entry)) for entry in entries]
    return Asset(path=_article_shard(month, number), content=_file("urlset", "url", lines, publication))


def digest_sitemap(year: int, archive: Archive, publication: Publication) -> Asset | None:
    """Return the digests whose pages are in the folder of a year; None when there are none."""
    lines = _digests(year, archive) if publication.url else []
    return Asset(path=_digest_shard(year), content=_file("urlset", "url", lines, publication)) if lines else None


def sitemap_overview(archive: Archive, publication: Publication, own_pages: Iterable[str]) -> Iterator[Asset]:
    """Yield the index, the shards of all other pages, and the sitemap for news; nothing without the site's address.

    Args:
        archive: the store.
        publication: the site.
        own_pages: paths of the hand-written pages.
    """
    if publication.url is None:
        return
    months = months_with_days(archive)
    shards: list[_Line] = []
    for name, lines in _overview_shards(archive, months, own_pages):
        for number, start in enumerate(range(0, len(lines), SHARD), 1):
            part = lines[start : start + SHARD]
            path = _shard(name, number)
            shards.append((path, max((day for _, day in part if day), default=None)))
            yield Asset(path=path, content=_file("urlset", "url", part, publication))
    shards += [(_digest_shard(year), day) for year, day in sorted(_digest_years(archive).items())]
    shards += _article_shards(archive, months)
    yield Asset(path=SITEMAP, content=_file("sitemapindex", "sitemap", shards, publication))
    yield Asset(path=NEWS_SITEMAP, content=_news(archive, publication))


def _shard(name: str, number: int) -> str:
    return f"sitemaps/{name}.xml" if number == 1 else f"sitemaps/{name}-{number}.xml"


def _article_shard(month: str | None, number: int) -> str:
    return _shard(f"articles-{month or 'undated'}", number)


def _digest_shard(year: int) -> str:
    return _shard(f"digests-{year:04}", 1)


def _overview_shards(
    archive: Archive, months: Sequence[tuple[str | None, int, str | None]], own_pages: Iterable[str]
) -> Iterator[tuple[str, list[_Line]]]:
    yield "pages", [*_overviews(archive, months), *((path, None) for path in own_pages)]
    for kind, section in SECTIONS.items():
        yield section, [(term_path(kind, entity), day) for entity, _, day in term_days(archive, kind)]


def _article_shards(archive: Archive, months: Sequence[tuple[str | None, int, str | None]]) -> Iterator[_Line]:
    """Yield the shards of articles, each with the day of its last one: they stand in order of time."""
    for month, count, day in months:
        for number in range(1, -(-count // SHARD) + 1):
            end = [] if number * SHARD >= count else month_shelf(month).slice(archive, number * SHARD - 1, 1)
            last = (end[0].day or None) if end else day
            yield _article_shard(month, number), last


def _overviews(archive: Archive, months: Sequence[tuple[str | None, int, str | None]]) -> Iterator[_Line]:
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


def _digests(year: int, archive: Archive) -> list[_Line]:
    """Return the digests in the folder of a year, each with the last of its days that has articles."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    margin = dt.timedelta(days=_WEEK)  # its first and last week may reach into other years
    dated = days_between(archive, max(first, dt.date.min + margin) - margin, min(last, dt.date.max - margin) + margin)
    found: list[_Line] = []
    for unit in UNITS:
        newest = {period_of(day, unit): day for day, _ in dated}
        found += [(period.path, day.isoformat()) for period, day in newest.items() if period.year == year]
    return found


def _digest_years(archive: Archive) -> dict[int, str]:
    """Return the years that have folders of digests, each with its newest day."""
    found: dict[int, str] = {}
    for day, _ in days(archive):
        found[day.year] = found[day.isocalendar().year] = day.isoformat()
    return found


def _file(root: str, item: str, lines: Iterable[_Line], publication: Publication) -> bytes:
    places = (_place(item, publication.address(path) or "", day) for path, day in lines)
    return document(nest(root, places, xmlns=_MAP))


def _place(item: str, address: str, day: str | None) -> Xml:
    """Return an element of a list, as `nest` and `tag` make it: each build of a new article makes some thousand."""
    last = f"<lastmod>{escaped(day)}</lastmod>\n" if day else ""
    return Xml(f"<{item}>\n<loc>{escaped(address)}</loc>\n{last}</{item}>")


def _news(archive: Archive, publication: Publication) -> bytes:
    """Return the articles of the last two days: what news services may still want."""
    first = publication.today - dt.timedelta(days=_NEWS_DAYS)
    months = sorted({f"{first:%Y-%m}", f"{publication.today:%Y-%m}"})
    places = [place for month in months for place in reversed(month_shelf(month).newest(archive, _NEWS_MOST))]
    fresh = [place.id for place in places if first.isoformat() <= place.day <= publication.today.isoformat()]
    newest = (_fresh(entry, publication) for entry in reversed(some_entries(archive, fresh[-_NEWS_MOST:])))
    return document(nest("urlset", newest, **{"xmlns": _MAP, "xmlns:news": _NEWS}))


def _fresh(entry: Entry, publication: Publication) -> Xml:
    outlet = nest("news:publication", [tag("news:name", publication.name), tag("news:language", entry.language)])
    news = [outlet, tag("news:publication_date", _day(entry)), tag("news:title", entry.headline)]
    return nest("url", [tag("loc", publication.address(article_path(entry.permalink))), nest("news:news", news)])


def _day(entry: Entry) -> str | None:
    return entry.published.isoformat() if entry.published else None
