"""Feeds of the site and of every country, topic, person, organisation and outlet, in both formats."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from digest.model import Asset
from digest.store.archive import Archive
from digest.write.feed_archive import Rows, newest_part, sealed_feed
from digest.write.feed_formats import Feed, json_feed, rss, rss_item
from digest.write.feed_items import FeedItems
from digest.write.permalinks import term_path
from digest.write.publication import Publication
from digest.write.term_pages import term_name

SITE_FEED = "feed"


def feed_path(kind: str, entity: str) -> str:
    """Return where the feed of a term is, without suffix: beside its page."""
    return term_path(kind, entity).removesuffix("index.md") + SITE_FEED


def has_feeds(publication: Publication, *, of_terms: bool) -> bool:
    """Return whether the site, or its terms, have feeds. Without the site's address there are none.

    Addresses in a feed must be whole: JSON Feed knows no base, and readers of RSS do not agree on one.
    """
    wanted = ("all",) if of_terms else ("all", "site")
    return publication.url is not None and publication.settings.feeds in wanted


def site_feed(rows: Rows, publication: Publication, items: FeedItems) -> Iterator[Asset]:
    """Yield the feed of the site, in both formats."""
    if has_feeds(publication, of_terms=False):
        older = newest_part(rows)
        links = (("prev-archive", older),) if older else ()
        yield from _files(dataclasses.replace(_site(publication), links=links), items.of_site(), publication)


def older_feed(month: str | None, number: int, rows: Rows, archive: Archive, publication: Publication) -> Asset | None:
    """Return a sealed part of the site's feed; None when there is no such one."""
    if not has_feeds(publication, of_terms=False):
        return None
    part = sealed_feed(month, number, rows, archive, publication, _site(publication))
    if part is None:
        return None
    feed, items = part
    return Asset(path=f"{feed.path}.xml", content=rss(feed, map(rss_item, items), publication))


def term_feeds(kind: str, entity: str, archive: Archive, publication: Publication, items: FeedItems) -> Iterator[Asset]:
    """Yield the feed of a term that has articles, in both formats."""
    if has_feeds(publication, of_terms=True) and archive.term_count(kind, entity):
        name = term_name(archive, publication.words, kind, entity)
        feed = Feed(
            path=feed_path(kind, entity),
            title=f"{name} — {publication.name}",
            description=f"{name}: {publication.words('latest')}",
            page=term_path(kind, entity),
        )
        yield from _files(feed, items.of_term(kind, entity), publication)


def _site(publication: Publication) -> Feed:
    description = publication.description or publication.words("latest")
    return Feed(path=SITE_FEED, title=publication.name, description=description, page="index.md")


def _files(feed: Feed, items: Iterable[tuple[bytes, bytes]], publication: Publication) -> Iterator[Asset]:
    items = list(items)
    yield Asset(path=f"{feed.path}.xml", content=rss(feed, (item[0] for item in items), publication))
    yield Asset(path=f"{feed.path}.json", content=json_feed(feed, (item[1] for item in items), publication))
