"""Importers of single files: plain text, saved pages, JSON Lines, saved feeds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from digest.errors import ArticleError, ConfigurationError
from digest.intake.arrival import Arrival, Origin, checksum, one_line
from digest.intake.encoding import decode
from digest.intake.feed import arrival_of, parse_feed
from digest.intake.importer import Wanted
from digest.intake.metadata import day_of, language_tag
from digest.intake.page import read_page, unknown_encoding
from digest.model import Hints, RawArticle
from digest.report import Issue
from digest.sources.address import safe_url
from digest.sources.jsonl import JsonLinesReader
from digest.sources.sidecar import read_sidecar, sidecar_path

T = TypeVar("T")


class TextImporter:
    """Reads `.txt` files, in any encoding that is known; a sidecar beside one comes with it."""

    suffixes = (".txt",)

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the one article of the file."""
        body = _whole(path, shown, wanted.max_bytes)
        if isinstance(body, Issue):
            yield body
        elif decoded := decode(body):
            origin = _origin(path, body, "text/plain", decoded.encoding)
            yield _with_sidecar(Arrival(text=decoded.text, hints=Hints(), origin=origin, name=path.stem), path, shown)
        else:
            yield unknown_encoding(shown)


class PageImporter:
    """Reads saved web pages."""

    suffixes = (".html", ".htm", ".xhtml")

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the article of the page."""
        parse = functools.partial(read_page, where=shown, address=path.name, retrieved=None)
        arrival = _parsed(path, shown, wanted.max_page_bytes, parse)
        if isinstance(arrival, Issue):
            yield arrival
        else:
            yield _with_sidecar(dataclasses.replace(arrival, name=path.stem), path, shown)


class JsonLinesImporter:
    """Reads `.jsonl` files, an article a line, as the seeds folder takes them."""

    suffixes = JsonLinesReader.suffixes

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:  # noqa: ARG002 - the protocol's
        """Yield the articles of the file."""
        for item in JsonLinesReader().read(path, shown):
            yield _of_line(item, path) if isinstance(item, RawArticle) else item


class FeedImporter:
    """Reads saved feeds: of each entry, as much as the feed holds. Nothing is retrieved."""

    suffixes = (".rss", ".atom", ".xml")

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the entries that hold text."""
        feed = _parsed(path, shown, wanted.max_page_bytes, lambda body: parse_feed(body, shown))
        if isinstance(feed, Issue):
            yield feed
            return
        for entry in feed.entries:
            arrival = arrival_of(entry, feed, shown=path.name, retrieved=None)
            yield arrival or Issue(
                code="no-text",
                where=entry.url or shown,
                message="the feed holds no text of this article",
                hint=f"Let `digest add {entry.url}` retrieve it" if entry.url else "",
            )


def _parsed(path: Path, shown: str, largest: int, parse: Callable[[bytes], T]) -> T | Issue:
    """Return what is made of the bytes of a file, or why that cannot be."""
    body = _whole(path, shown, largest)
    if isinstance(body, Issue):
        return body
    try:
        return parse(body)
    except ArticleError as error:
        return error.issue


def _whole(path: Path, shown: str, largest: int) -> bytes | Issue:
    """Return the bytes of a file, unless it is larger than it may be."""
    with path.open("rb") as file:
        body = file.read(largest + 1)
    if len(body) <= largest:
        return body
    message = f"the file has more than {largest:,} bytes, more than an article has"
    return Issue(code="too-large", where=shown, message=message, hint="Split it, or add it as JSON Lines")


def _origin(path: Path, body: bytes, media_type: str, encoding: str) -> Origin:
    return Origin(address=path.name, retrieved=None, sha256=checksum(body), media_type=media_type, encoding=encoding)


def _with_sidecar(arrival: Arrival, path: Path, shown: str) -> Arrival | Issue:
    """Bring along what a maintainer wrote beside the file."""
    sidecar = sidecar_path(path)
    if not sidecar.is_file():
        return arrival
    try:
        said = read_sidecar(sidecar, str(Path(shown).with_suffix(sidecar.suffix)))
    except ConfigurationError as error:
        return error.issues[0]
    stated = {
        field.name: getattr(said.metadata, field.name) or getattr(arrival.hints, field.name)
        for field in dataclasses.fields(Hints)
        if field.name not in ("basis", "retrieved")
    }
    urls = (said.overrides.url, stated["url"])
    addresses = tuple(dict.fromkeys([*arrival.addresses, *(url for url in urls if url)]))
    return dataclasses.replace(arrival, overrides=said.overrides, hints=Hints(**stated), addresses=addresses)


def _of_line(raw: RawArticle, path: Path) -> Arrival:
    name = raw.locator.rpartition("#")[2]
    origin = dataclasses.replace(_origin(path, raw.body, raw.media_type, "utf-8"), address=f"{path.name}#{name}")
    return record(raw.body.decode("utf-8", "replace"), origin, raw.hints)


def record(text: str, origin: Origin, stated: Hints, retrieved: dt.datetime | None = None) -> Arrival:
    """Return an arrival from a row of a table, whose fields may hold anything."""
    url = one_line(stated.url)
    url = url if url and safe_url(url) else None
    hints = Hints(
        headline=one_line(stated.headline),
        byline=one_line(stated.byline),
        published=day_of(one_line(stated.published)),
        url=url,
        outlet=one_line(stated.outlet),
        language=language_tag(stated.language),
    )
    origin = dataclasses.replace(origin, retrieved=retrieved)
    return Arrival(text=text, hints=hints, origin=origin, addresses=(url,) if url else ())
