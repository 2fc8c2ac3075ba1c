"""The two formats of feeds, RSS 2.0 and JSON Feed 1.1, and an item in each.

RSS and not Atom, because Atom demands an `updated` moment of every entry, and of an article without a date none is
known: RSS and JSON Feed let it be left out. See docs/decisions/0006-ways-in-for-machines.md.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable

import msgspec

from digest.write.mark import MARK_FIELD
from digest.write.publication import Publication
from digest.write.xml import Xml, document, nest, tag

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:fh": "http://purl.org/syndication/history/1.0",
}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ITEMS_HERE = Xml("\0")
"""Stands for the items while the rest of a feed is made; no text of it can hold this character."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article in a feed."""

    id: str
    url: str
    original: str | None
    title: str
    summary: str
    published: dt.date | None
    byline: str | None
    outlet: str | None
    language: str
    tags: tuple[str, ...]
    text: str | None = None
    """The whole text as HTML, where the feed carries it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed but for its items."""

    path: str
    """Where its files are, without suffix: `countries/india/feed`."""
    title: str
    description: str
    page: str
    """The page that it is the feed of."""
    links: tuple[tuple[str, str], ...] = ()
    """Relation and path of the feeds that it continues (RFC 5005)."""
    sealed: bool = False
    """Whether it is an older part, which does not change."""


def rss(feed: Feed, items: Iterable[bytes], publication: Publication) -> bytes:
    """Return a feed with items (`rss_item`) as RSS."""
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
    shown = b"\n".join(items)
    return before + shown + after if shown else before.removesuffix(b"\n") + after


def _atom_link(address: str, relation: str) -> Xml:
    return tag("atom:link", href=address, rel=relation, type="application/rss+xml")


def rss_item(item: FeedItem) -> bytes:
    """Return an item for RSS."""
    parts = [tag("title", item.title), tag("link", item.url), tag("guid", item.id, isPermaLink="false")]
    if item.published:
        parts.append(tag("pubDate", _in_mail(item.published)))
    if creator := item.byline or item.outlet:
        parts.append(tag("dc:creator", creator))
    if item.original:
        parts.append(tag("dc:source", item.original))
    parts += map(_category, item.tags)
    parts.append(tag("description", item.summary))
    if item.text:
        parts.append(tag("content:encoded", item.text))
    return nest("item", parts).encode()


@functools.lru_cache(5000)
def _category(name: str) -> Xml:
    return tag("category", name)


@functools.lru_cache
def _in_mail(day: dt.date) -> str:
    """Return the beginning of a day as RFC 5322 writes it; the standard library's `email` takes long to import."""
    return f"{_WEEKDAYS[day.weekday()]}, {day.day:02} {_MONTHS[day.month - 1]} {day.year:04} 00:00:00 +0000"


def json_feed(feed: Feed, items: Iterable[bytes], publication: Publication) -> bytes:
    """Return a feed with items (`json_item`) as JSON Feed."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": publication.address(feed.page),
        "feed_url": publication.address(f"{feed.path}.json"),
        "description": feed.description,
        "language": publication.language,
        "_khabarnama": MARK_FIELD,
        "items": list(map(msgspec.Raw, items)),
    }
    return msgspec.json.encode(content) + b"\n"


def json_item(item: FeedItem) -> bytes:
    """Return an item for JSON Feed."""
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
        **({"content_html": item.text} if item.text else {"content_text": item.summary}),
        "language": item.language,
        **{key: value for key, value in optional.items() if value},
    }
    return msgspec.json.encode(content)


def _start_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day: only the day is known, and both formats want a time."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
