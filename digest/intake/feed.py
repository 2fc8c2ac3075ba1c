"""RSS and Atom, by feedparser: the entries of a feed, and as much of an article as an entry holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from typing import Any
from xml.parsers import expat

from digest.errors import ArticleError
from digest.intake.arrival import Arrival, Origin, checksum, one_line
from digest.intake.encoding import decode
from digest.intake.extras import need
from digest.intake.metadata import day_of, language_tag
from digest.intake.page import text_of_html, unknown_encoding
from digest.model import Hints
from digest.report import Issue
from digest.retrieve.failure import shown as printable
from digest.sources.address import absolute, safe_url

MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
_START = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_HEAD = 2_000
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.ASCII)
_DECLARED = re.compile(r"""\A\s*<\?xml[^>]{0,200}\?>""")
_DEEPEST = 100
_MOST_ENTRIES = 1_000
_FULL_WORDS = 60
"""An entry whose content has fewer words is a teaser."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed; what it does not say is None."""

    url: str | None
    headline: str | None
    byline: str | None
    published: str | None
    content: str
    """The article as text, if the feed holds it; empty if there is only a teaser."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed, and the checksum of its bytes."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    encoding: str


def is_feed(body: bytes, media_type: str) -> bool:
    """Return whether `body` is a feed: what it is called counts less than how it starts."""
    if media_type in MEDIA_TYPES[:3]:
        return True
    head = body[: _HEAD * 2].replace(b"\x00", b"")[:_HEAD].decode("latin-1")
    return bool(_START.search(head)) and "<html" not in head.lower()


def parse_feed(body: bytes, where: str) -> Feed:
    """Return the feed in `body`; `where` names it in messages and is what relative links are relative to.

    Raises:
        ArticleError: it is no feed, in no known encoding, defines entities of its own, or is nested without end.
        ConfigurationError: feedparser is not installed.
    """
    stated = _ENCODING.search(body[:_HEAD])
    decoded = decode(body, stated[1].decode("ascii") if stated else None)
    if decoded is None:
        raise ArticleError(unknown_encoding(where))
    text = _DECLARED.sub("", decoded.text)
    _refuse_bombs(text, where)
    try:
        # A file object, never the text itself: feedparser would take a text for an address, or for the name of a file.
        found = need("feedparser", "html").parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise ArticleError(_no_feed(where, str(error))) from error
    if not found.get("version") and not found.entries:
        raise ArticleError(_no_feed(where, "no entries"))
    return Feed(
        title=one_line(found.feed.get("title")),
        language=language_tag(one_line(found.feed.get("language"))),
        entries=tuple(_entry(entry, where) for entry in found.entries[:_MOST_ENTRIES]),
        encoding=decoded.encoding,
    )


def arrival_of(entry: Entry, feed: Feed, *, shown: str, retrieved: dt.datetime | None) -> Arrival | None:
    """Return the article that an entry holds, or None if it holds only a teaser."""
    if not entry.content:
        return None
    origin = Origin(
        address=entry.url or shown,
        retrieved=retrieved,
        sha256=checksum(entry.content.encode("utf-8", "replace")),
        media_type=MEDIA_TYPES[0],
        encoding=feed.encoding,
        feed=shown,
    )
    text = f"{entry.headline}\n\n{entry.content}" if entry.headline else entry.content
    addresses = (entry.url,) if entry.url else ()
    return Arrival(text=text, hints=hints_of(entry, feed), origin=origin, addresses=addresses)


def hints_of(entry: Entry, feed: Feed) -> Hints:
    """Return what a feed says of an article."""
    return Hints(
        headline=entry.headline,
        byline=entry.byline,
        published=entry.published,
        url=entry.url,
        language=feed.language,
    )


def _entry(entry: Any, where: str) -> Entry:
    link = one_line(entry.get("link")) or one_line(entry.get("id")) or ""
    url = absolute(where, link) if "://" in where and link else link
    content = entry.get("content") or []
    texts = [text_of_html(item.get("value") or "") for item in content if isinstance(item, dict)]
    longest = max(texts, key=len, default="")
    return Entry(
        url=url if safe_url(url) else None,
        headline=one_line(text_of_html(entry.get("title") or "")),
        byline=one_line(entry.get("author")),
        published=day_of(one_line(entry.get("published"))),
        content=longest if len(longest.split()) >= _FULL_WORDS else "",
    )


class _BombError(Exception):
    """The feed would be larger in memory than anybody can want."""


def _refuse_bombs(text: str, where: str) -> None:
    """Refuse entities that a feed defines itself, and nesting without end; both cost more than they look like."""
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _BombError("it is nested too deeply")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_: object) -> None:
        raise _BombError("it defines entities of its own")

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat's signature
    except _BombError as error:
        raise ArticleError(_no_feed(where, str(error))) from error
    except expat.ExpatError:
        if "<!ENTITY" in text or text.count("<") > _MOST_ENTRIES * _DEEPEST:
            raise ArticleError(_no_feed(where, "it is no XML")) from None
    # Other feeds that are not quite XML are common, and feedparser reads them.


def _no_feed(where: str, why: str) -> Issue:
    return Issue(code="no-feed", where=printable(where), message=f"this is no feed that can be read: {printable(why)}")
