"""Feeds: RSS 2.0 and JSON Feed 1.1, of the site and of every country, topic, person, organisation and outlet.

RSS and not Atom, because Atom demands an `updated` moment of every entry, and of an article without a date none is
known: RSS and JSON Feed let it be left out. See docs/decisions/0006-ways-in-for-machines.md.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator
from email.utils import format_datetime

import msgspec

from digest.model import Asset
from digest.store.archive import Archive
from digest.write.feed_archive import Rows, newest_part, sealed_feed
from digest.write.feed_items import Feed, FeedItem, FeedItems
from digest.write.mark import MARK_FIELD
from digest.write.permalinks import term_path
from digest.write.publication import Publication
from digest.write.term_pages import term_name
from digest.write.xml import Xml, document, nest, tag

SITE_FEED = "feed"
_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:fh": "http://purl.org/syndication/history/1.0",
}
_ITEMS_HERE = Xml("\0")
"""Stands for the items while the rest of a feed is made; no text of it can hold this character."""
_ITEMS = 6000
"""Items that are remembered as they stand in a feed: an article stands in some ten."""


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
        yield from _files(dataclasses.replace(_site(publication), items=items.of(None), links=links), publication)


def older_feed(month: str | None, number: int, rows: Rows, archive: Archive, publication: Publication) -> Asset | None:
    """Return a sealed part of the site's feed; None when there is no such one."""
    if not has_feeds(publication, of_terms=False):
        return None
    part = sealed_feed(month, number, rows, archive, publication, _site(publication))
    return Asset(path=f"{part.path}.xml", content=_rss(part, publication)) if part else None


def term_feeds(kind: str, entity: str, archive: Archive, publication: Publication, items: FeedItems) -> Iterator[Asset]:
    """Yield the feed of a term that has articles, in both formats."""
    if has_feeds(publication, of_terms=True) and archive.term_count(kind, entity):
        yield from _files(term_feed(kind, entity, archive, publication, items), publication)


def _site(publication: Publication) -> Feed:
    description = publication.description or publication.words("latest")
    return Feed(path=SITE_FEED, title=publication.name, description=description, page="index.md", items=())


def term_feed(kind: str, entity: str, archive: Archive, publication: Publication, items: FeedItems) -> Feed:
    """Return the feed of one term."""
    name = term_name(archive, publication.words, kind, entity)
    return Feed(
        path=feed_path(kind, entity),
        title=f"{name} — {publication.name}",
        description=f"{name}: {publication.words('latest')}",
        page=term_path(kind, entity),
        items=items.of((kind, entity)),
    )


def _files(feed: Feed, publication: Publication) -> Iterator[Asset]:
    yield Asset(path=f"{feed.path}.xml", content=_rss(feed, publication))
    yield Asset(path=f"{feed.path}.json", content=_json(feed, publication))


def _rss(feed: Feed, publication: Publication) -> bytes:
    links = (("self", feed.path), *feed.links)
    head = [
        tag("title", feed.title),
        tag("link", publication.address(feed.page)),
        tag("description", feed.description),
        tag("language", publication.language),
        *(_atom_link(publication.address(f"{path}.xml") or "", relation) for relation, path in links),
        *([tag("fh:archive")] if feed.sealed else ()),
    ]
    channel = nest("channel", [*head, _ITEMS_HERE])
    before, after = document(nest("rss", [channel], **{"version": "2.0", **_NAMESPACES})).split(_ITEMS_HERE.encode())
    items = b"\n".join(in_formats(item, text)[0] for item, text in feed.items)
    return before + items + after if items else before.removesuffix(b"\n") + after


def _atom_link(address: str, relation: str) -> Xml:
    return tag("atom:link", href=address, rel=relation, type="application/rss+xml")


@functools.lru_cache(_ITEMS)
def in_formats(item: FeedItem, text: str | None) -> tuple[bytes, bytes]:
    """Return an item for RSS and for JSON Feed; as bytes, which take half the memory."""
    return _rss_item(item, text).encode(), _json_item(item, text)


def _rss_item(item: FeedItem, text: str | None) -> Xml:
    parts = [tag("title", item.title), tag("link", item.url), tag("guid", item.id, isPermaLink="false")]
    if item.published:
        parts.append(tag("pubDate", _in_mail(item.published)))
    if creator := item.byline or item.outlet:
        parts.append(tag("dc:creator", creator))
    if item.original:
        parts.append(tag("dc:source", item.original))
    parts += [tag("category", name) for name in item.tags]
    parts.append(tag("description", item.summary))
    if text:
        parts.append(tag("content:encoded", text))
    return nest("item", parts)


@functools.lru_cache
def _in_mail(day: dt.date) -> str:
    return format_datetime(_start_of(day))


def _json(feed: Feed, publication: Publication) -> bytes:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": publication.address(feed.page),
        "feed_url": publication.address(f"{feed.path}.json"),
        "description": feed.description,
        "language": publication.language,
        "_khabarnama": MARK_FIELD,
        "items": [msgspec.Raw(in_formats(item, text)[1]) for item, text in feed.items],
    }
    return msgspec.json.encode(content) + b"\n"


def _json_item(item: FeedItem, text: str | None) -> bytes:
    names = dict.fromkeys(name for name in (item.byline, item.outlet) if name)
    optional = {
        "external_url": item.original,
        "date_published": _start_of(item.published).isoformat() if item.published else None,
        "authors": [{"name": name} for name in names],
        "tags": list(item.tags),
    }
    content = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        **({"content_html": text} if text else {"content_text": item.summary}),
        "language": item.language,
        **{key: value for key, value in optional.items() if value},
    }
    return msgspec.json.encode(content)


def _start_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day: only the day is known, and both formats want a time."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
