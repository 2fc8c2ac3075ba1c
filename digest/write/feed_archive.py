"""The older parts of the site's feed, as RFC 5005 wants them: documents that are sealed, each with the way to the next.

A feed holds the newest articles only. Who wants the rest follows `prev-archive` from it, through the months, to the
articles without a date. A month is cut into parts, oldest first; of the newest month, and of the articles without a
date, only full parts are sealed: what is left over stands in the feed itself, which has room for it. So a new article
changes the feed, and now and then adds a part. No part names the next newer one: it would change when that is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.store.archive import Archive, Entry
from digest.store.lookups import months_with_days
from digest.write.feed_items import FEED_LENGTH, UNDATED, Feed, FeedItem
from digest.write.permalinks import article_path
from digest.write.publication import Publication, stable_id

FOLDER = "feeds"
_PART = FEED_LENGTH - UNDATED
"""Articles with a date that the feed surely shows."""


def part_paths(archive: Archive) -> list[str]:
    """Return where the sealed parts are, without suffix, oldest first and before them those without a date."""
    months = months_with_days(archive)
    newest = max((month for month, _, _ in months if month), default=None)
    paths = []
    for month, count, _ in sorted(months, key=lambda row: row[0] or ""):
        size = _PART if month else UNDATED
        parts = count // size if month in (newest, None) else -(-count // size)
        paths += [f"{FOLDER}/{month or 'undated'}-{number}" for number in range(1, parts + 1)]
    return paths


def sealed_feeds(archive: Archive, publication: Publication, site: Feed) -> Iterator[Feed]:
    """Yield the sealed parts of the feed `site`."""
    paths = part_paths(archive)
    month, entries = "", list[Entry]()
    for place, path in enumerate(paths):
        name, _, number = path.rpartition("-")
        if name != month:
            month = name
            undated = name == f"{FOLDER}/undated"
            entries = archive.published_in(None if undated else name.removeprefix(f"{FOLDER}/"))
        size = UNDATED if undated else _PART
        part = entries[(int(number) - 1) * size : int(number) * size]
        older = [("prev-archive", other) for other in paths[max(place - 1, 0) : place]]
        yield Feed(
            path=path,
            title=site.title,
            description=site.description,
            page=site.page,
            items=tuple((_item(entry, publication), None) for entry in reversed(part)),
            links=(("current", site.path), *older),
            sealed=True,
        )


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
