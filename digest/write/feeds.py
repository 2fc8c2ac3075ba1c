"""Feeds: RSS 2.0 and JSON Feed 1.1, of the site and of every country, topic, person, organisation and outlet.

RSS and not Atom, because Atom demands an `updated` moment of every entry, and of an article without a date none is
known: RSS and JSON Feed let it be left out. See docs/decisions/0006-ways-in-for-machines.md.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from digest.model import Asset
from digest.store.archive import Archive
from digest.write.feed_archive import newest_part, sealed_feed
from digest.write.feed_items import Feed, FeedItem, FeedItems
from digest.write.mark import MARK_FIELD
from digest.write.permalinks import term_path
from digest.write.publication import Publication
from digest.write.term_pages import term_name
from digest.write.xml import add, document

SITE_FEED = "feed"
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
for _prefix, _namespace in (("atom", _ATOM), ("content", _CONTENT), ("dc", _DC), ("fh", _HISTORY)):
    ET.register_namespace(_prefix, _namespace)


def feed_path(kind: str, entity: str) -> str:
    """Return where the feed of a term is, without suffix: beside its page."""
    return term_path(kind, entity).removesuffix("index.md") + SITE_FEED


def has_feeds(publication: Publication, *, of_terms: bool) -> bool:
    """Return whether the site, or its terms, have feeds. Without the site's address there are none.

    Addresses in a feed must be whole: JSON Feed knows no base, and readers of RSS do not agree on one.
    """
    wanted = ("all",) if of_terms else ("all", "site")
    return publication.url is not None and publication.settings.feeds in wanted


def site_feed(archive: Archive, publication: Publication, items: FeedItems) -> Iterator[Asset]:
    """Yield the feed of the site, in both formats."""
    if has_feeds(publication, of_terms=False):
        older = newest_part(archive)
        links = (("prev-archive", older),) if older else ()
        yield from _files(dataclasses.replace(_site(publication), items=items.of(None), links=links), publication)


def older_feed(month: str | None, number: int, archive: Archive, publication: Publication) -> Asset | None:
    """Return a sealed part of the site's feed; None when there is no such one."""
    if not has_feeds(publication, of_terms=False):
        return None
    part = sealed_feed(month, number, archive, publication, _site(publication))
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
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", publication.address(feed.page))
    add(channel, "description", feed.description)
    add(channel, "language", publication.language)
    address = publication.address(f"{feed.path}.xml") or ""
    add(channel, f"{{{_ATOM}}}link", href=address, rel="self", type="application/rss+xml")
    for relation, path in feed.links:
        address = publication.address(f"{path}.xml") or ""
        add(channel, f"{{{_ATOM}}}link", href=address, rel=relation, type="application/rss+xml")
    if feed.sealed:
        add(channel, f"{{{_HISTORY}}}archive")
    for item, text in feed.items:
        _rss_item(channel, item, text)
    return document(root)


def _rss_item(channel: ET.Element, item: FeedItem, text: str | None) -> None:
    element = ET.SubElement(channel, "item")
    add(element, "title", item.title)
    add(element, "link", item.url)
    add(element, "guid", item.id, isPermaLink="false")
    if item.published:
        add(element, "pubDate", format_datetime(_start_of(item.published)))
    if creator := item.byline or item.outlet:
        add(element, f"{{{_DC}}}creator", creator)
    if item.original:
        add(element, f"{{{_DC}}}source", item.original)
    for tag in item.tags:
        add(element, "category", tag)
    add(element, "description", item.summary)
    if text:
        add(element, f"{{{_CONTENT}}}encoded", text)


def _json(feed: Feed, publication: Publication) -> bytes:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": publication.address(feed.page),
        "feed_url": publication.address(f"{feed.path}.json"),
        "description": feed.description,
        "language": publication.language,
        "_khabarnama": MARK_FIELD,
        "items": [_json_item(item, text) for item, text in feed.items],
    }
    return msgspec.json.encode(content) + b"\n"


def _json_item(item: FeedItem, text: str | None) -> dict[str, Any]:
    names = dict.fromkeys(name for name in (item.byline, item.outlet) if name)
    optional = {
        "external_url": item.original,
        "date_published": _start_of(item.published).isoformat() if item.published else None,
        "authors": [{"name": name} for name in names],
        "tags": list(item.tags),
    }
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        **({"content_html": text} if text else {"content_text": item.summary}),
        "language": item.language,
        **{key: value for key, value in optional.items() if value},
    }


def _start_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day: only the day is known, and both formats want a time."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
