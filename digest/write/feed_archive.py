"""The older parts of the site's feed, as RFC 5005 wants them: documents that are sealed, each with the way to the next.

A feed holds the newest articles only. Who wants the rest follows `prev-archive` from it, through the months, to the
articles without a date. A month is cut into parts, oldest first; of the newest month, and of the articles without a
date, only full parts are sealed: what is left over stands in the feed itself, which has room for it. So a new article
changes the feed, and now and then adds a part. No part names the next newer one: it would change when that is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.store.archive import Archive, Entry
from digest.store.catalogue import some_entries
from digest.store.layout import Mark
from digest.store.lookups import months_with_days
from digest.store.shelves import month_shelf
from digest.write.feed_formats import Feed, FeedItem
from digest.write.feed_items import FEED_LENGTH, UNDATED
from digest.write.pagination import changed_slices
from digest.write.permalinks import article_path
from digest.write.publication import Publication, stable_id

FOLDER = "feeds"
_IN_A_FOLDER = 500
"""Parts of a month that lie in one folder: no host likes a folder of many thousands."""
_PART = FEED_LENGTH - UNDATED
"""Articles with a date that the feed surely shows."""


Rows = list[tuple[str | None, int]]
"""Every month, None for the articles without a date, and how many sealed parts it has; oldest first."""


def newest_part(rows: Rows) -> str | None:
    """Return where the newest of the sealed parts is, without suffix."""
    return next((_path(month, count) for month, count in reversed(rows) if count), None)


def sealed_feed(
    month: str | None, number: int, rows: Rows, archive: Archive, publication: Publication, site: Feed
) -> tuple[Feed, list[FeedItem]] | None:
    """Return a part of the older articles of the feed `site`, and its items; None when there is no such one (any more).

    Args:
        month: `2021-12`; None for the articles without a date.
        number: which of its parts, from 1 for the oldest.
        rows: all there are (`sealed_rows`).
        archive: the store.
        publication: the site.
        site: the feed whose older parts they are.
    """
    place = next((place for place, row in enumerate(rows) if row[0] == month), None)
    if place is None or not 1 <= number <= rows[place][1]:
        return None
    older = (month, number - 1) if number > 1 else next((row for row in reversed(rows[:place]) if row[1]), None)
    size = part_size(month)
    places = month_shelf(month).slice(archive, (number - 1) * size, size)
    feed = Feed(
        path=_path(month, number),
        title=site.title,
        description=site.description,
        page=site.page,
        links=(("current", site.path), *([("prev-archive", _path(*older))] if older else [])),
        sealed=True,
    )
    return feed, [
        _item(entry, publication) for entry in some_entries(archive, [place.id for place in reversed(places)])
    ]


def changed_parts(archive: Archive, month: str | None, marks: Sequence[Mark]) -> Iterator[tuple[str | None, int]]:
    """Yield (month, number) of the parts that may look different since articles of a month came or went.

    The month before it may have been the newest until now, or may be it again: its last part is sealed or opened. The
    first part of the month behind it leads to its last one.
    """
    size = part_size(month)
    yield from ((month, number) for number in changed_slices(archive, month_shelf(month), marks, size))
    months = [row[0] for row in months_with_days(archive) if row[0]]
    before = max((other for other in months if month and other < month), default=None)
    after = min((other for other in months if month is None or other > month), default=None)
    last = -(-month_shelf(before).count(archive) // part_size(before))
    yield from ((before, number) for number in (last, last - 1) if number > 0)
    if after:
        yield after, 1


def all_parts(archive: Archive) -> Iterator[tuple[str | None, int]]:
    """Yield (month, number) of every part."""
    for month, count in sealed_rows(archive):
        yield from ((month, number) for number in range(1, count + 1))


def part_size(month: str | None) -> int:
    """Return how many articles are in a part."""
    return _PART if month else UNDATED


def sealed_rows(archive: Archive) -> Rows:
    """Return how the archive is cut into parts; it goes over all months, so ask once a run."""
    rows = sorted(months_with_days(archive), key=lambda row: row[0] or "")
    newest = max((month for month, _, _ in rows if month), default=None)
    return [
        (month, count // part_size(month) if month in (newest, None) else -(-count // part_size(month)))
        for month, count, _ in rows
    ]


def _path(month: str | None, number: int) -> str:
    more = (number - 1) // _IN_A_FOLDER
    return f"{FOLDER}/{month or 'undated'}{f'-{more}' if more else ''}/{number}"


def _item(entry: Entry, publication: Publication) -> FeedItem:
    """Return an article as lists know it: of old news a reader wants to know that it is there, and where."""
    return FeedItem(
        id=stable_id(entry.permalink),
        url=publication.address(article_path(entry.permalink)) or "",
        original=None,
        title=entry.headline,
        summary=entry.summary,
        published=entry.published,
        byline=None,
        outlet=entry.outlet_name,
        language=entry.language,
        tags=(),
    )
