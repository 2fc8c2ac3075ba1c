"""Finds the articles of a source, whatever a maintainer calls one: a file, a folder, an address of a page or a feed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from digest.errors import ArticleError, ConfigurationError
from digest.intake.arrival import Arrival, Origin, checksum
from digest.intake.encoding import decode
from digest.intake.feed import Entry, Feed, arrival_of, hints_of, is_feed, parse_feed
from digest.intake.importer import Wanted, importer_for, importers
from digest.intake.known import Known, Presence, address_key
from digest.intake.page import MEDIA_TYPES, read_page, unknown_encoding
from digest.model import Hints
from digest.report import Issue, Severity
from digest.retrieve.client import Client, Retrieved
from digest.retrieve.failure import RetrievalError, shown
from digest.retrieve.memory import Memory
from digest.sources.sidecar import SUFFIX

Item = Arrival | Issue


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gatherer:
    """Finds articles; safe to use from several threads."""

    client: Client
    memory: Memory
    known: Known
    wanted: Wanted

    def gather(self, source: str) -> Iterator[Item]:
        """Yield the articles of `source`, and what could not be read.

        Raises:
            ConfigurationError: a library is missing that the format of this file needs.
        """
        if is_address(source):
            yield from self._from_address(source)
        elif (path := Path(source)).is_dir():
            yield from self._from_folder(path)
        else:
            yield from self._from_file(path, source)

    def _from_folder(self, folder: Path) -> Iterator[Item]:
        """Read the files of a folder in the order of their names, as the seeds folder is read."""
        root = folder.resolve()
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            if any(part.startswith(".") for part in relative.parts) or path.is_dir() or path.suffix == SUFFIX:
                continue
            name = shown(str(path))
            if path.exists() and not path.resolve().is_relative_to(root):  # one that leads to itself does not exist
                message = "this link leads out of the folder and is not followed"
                yield Issue(code="outside", where=name, message=message, hint="Name the file itself")
            else:
                try:
                    yield from self._from_file(path, name)
                except ConfigurationError as error:  # a library is missing; the other files of the folder need none
                    yield from error.issues

    def _from_file(self, path: Path, name: str) -> Iterator[Item]:
        importer = importer_for(path)
        if not path.is_file():  # a pipe would be waited for
            yield Issue(code="unreadable", where=shown(name), message="this is no file that could be read")
        elif importer is None:
            yield Issue(
                code="unknown-format",
                where=shown(name),
                message=f"nothing here reads {shown(path.suffix) or 'files without an ending'!r}",
                hint=f"Known endings: {', '.join(sorted(importers()))}",
                severity=Severity.WARNING,
            )
        else:
            try:
                yield from importer.read(path, shown(name), self.wanted)
            except OSError as error:
                message = f"the file cannot be read: {error.strerror or error}"
                yield Issue(code="unreadable", where=shown(name), message=message)

    def _from_address(self, url: str) -> Iterator[Item]:
        try:
            found = self.client.get(url, self.memory.validators(url))
            if found is None:
                yield Issue(code="not-modified", where=url, message="nothing new there", severity=Severity.NOTE)
            elif is_feed(found.body, found.media_type):
                yield from self._from_feed(url, found)
            else:
                yield _page(found, url)
        except (RetrievalError, ArticleError) as error:
            yield error.issue

    def _from_feed(self, url: str, found: Retrieved) -> Iterator[Item]:
        """Retrieve the articles that a feed names, one after the other.

        What the server told us to ask with next time is kept only if all of them came: otherwise it would answer that
        nothing has changed, and those that failed today would never be asked for again.
        """
        feed = parse_feed(found.body, found.url)
        complete = True
        for entry in feed.entries:
            try:
                yield self._of_entry(entry, feed, url, found)
            except (RetrievalError, ArticleError) as error:
                complete &= not (isinstance(error, RetrievalError) and error.passing)
                yield error.issue
        if complete:
            self.memory.keep_validators(url, found.validators)

    def _of_entry(self, entry: Entry, feed: Feed, url: str, found: Retrieved) -> Item:
        """Return the article of an entry: from its page, or from the feed itself if the page cannot be had."""
        held = arrival_of(entry, feed, shown=url, retrieved=found.at)
        if entry.url is None:
            return held or Issue(code="no-address", where=url, message="an entry of this feed has no link and no text")
        if reason := left_out(self.known.presence([address_key(entry.url)]), entry.url):
            return reason
        try:
            page = self.client.get(entry.url)
            if page is None:
                raise AssertionError("nothing was asked conditionally")
            arrival = _page(page, entry.url)
        except (RetrievalError, ArticleError):
            if held is None:
                raise
            return held
        return dataclasses.replace(
            arrival,
            hints=_first(arrival.hints, hints_of(entry, feed)),
            origin=dataclasses.replace(arrival.origin, feed=url),
        )


def is_address(source: str) -> bool:
    """Return whether a source is an address and not the name of a file."""
    return source.lower().startswith(("http://", "https://"))


def left_out(presence: Presence, where: str) -> Issue | None:
    """Say why an article that is there, or was, does not come in; None of a new one."""
    if presence is Presence.NEW:
        return None
    if presence is Presence.REMOVED:
        message = "it was here and was deleted; name it by itself to have it again"
        return Issue(code="deleted-before", where=shown(where), message=message, severity=Severity.NOTE)
    return Issue(code="there-already", where=shown(where), message="it is there already", severity=Severity.NOTE)


def _page(found: Retrieved, asked: str) -> Arrival:
    """Return the article that was retrieved.

    Raises:
        ArticleError: it is neither a page nor a text, or holds no article.
    """
    if found.media_type == "text/plain":
        return _plain(found, asked)
    if found.media_type and found.media_type not in MEDIA_TYPES:
        raise ArticleError(
            Issue(
                code="unknown-media-type",
                where=shown(asked),
                message=f"this is {shown(found.media_type)}, and neither a page nor a feed",
                hint="Download it, and add the file",
            )
        )
    arrival = read_page(found.body, where=asked, address=found.url, retrieved=found.at, charset=found.charset)
    return dataclasses.replace(arrival, addresses=tuple(dict.fromkeys([*arrival.addresses, asked])))


def _plain(found: Retrieved, asked: str) -> Arrival:
    decoded = decode(found.body, found.charset)
    if decoded is None:
        raise ArticleError(unknown_encoding(asked))
    origin = Origin(
        address=found.url,
        retrieved=found.at,
        sha256=checksum(found.body),
        media_type=found.media_type,
        encoding=decoded.encoding,
    )
    addresses = tuple(dict.fromkeys((found.url, asked)))
    return Arrival(text=decoded.text, hints=Hints(url=found.url), origin=origin, addresses=addresses)


def _first(hints: Hints, other: Hints) -> Hints:
    """Return `hints`, with what it does not say from `other`."""
    stated = {
        field.name: getattr(hints, field.name) or getattr(other, field.name) for field in dataclasses.fields(Hints)
    }
    return Hints(**stated)
