"""WARC: what crawlers keep. Read as a stream, record by record; pages in other languages are left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.errors import ArticleError
from digest.intake.arrival import Arrival
from digest.intake.extras import need
from digest.intake.importer import Wanted
from digest.intake.language import is_in
from digest.intake.page import MEDIA_TYPES, read_page
from digest.report import Issue, Severity
from digest.retrieve.failure import shown as printable
from digest.sources.address import safe_url

_OK = "200"
_CHUNK = 65_536


class WarcImporter:
    """Reads `.warc` and `.warc.gz` files, also as Common Crawl's news crawl has them."""

    suffixes = (".warc", ".warc.gz")

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the pages in the wanted languages; the file is never held in memory."""
        iterator = need("warcio.archiveiterator", "warc").ArchiveIterator
        broken = need("warcio.exceptions", "warc").ArchiveLoadFailed
        with path.open("rb") as file:
            try:
                for number, found in enumerate(iterator(file), 1):
                    if (item := _page(found, f"{shown}:{number}", wanted)) is not None:
                        yield item
            except (broken, OSError, EOFError, ValueError, zlib.error, AttributeError, TypeError) as error:
                yield Issue(
                    code="bad-warc",
                    where=shown,
                    message=f"the file is no WARC, or is damaged from here on: {printable(str(error))}",
                    hint="Articles before the damage were taken",
                )


def _page(found: Any, where: str, wanted: Wanted) -> Arrival | Issue | None:
    """Return the article of a record; None when it is no page, a note when it is in another language."""
    headers = found.http_headers
    if found.rec_type != "response" or headers is None or headers.get_statuscode() != _OK:
        return None
    media_type, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    if media_type.strip().lower() not in MEDIA_TYPES:
        return None
    url = found.rec_headers.get_header("WARC-Target-URI") or ""
    body = _content(found, wanted.max_page_bytes)
    if not safe_url(url):
        return Issue(code="bad-address", where=where, message="the record does not say which page it is")
    if body is None:
        message = f"the page has more than {wanted.max_page_bytes:,} bytes"
        return Issue(code="too-large", where=where, message=message)
    arrival = None
    if _may_be_wanted(body):
        charset = rest.lower().partition("charset=")[2].strip(" \"';") or None
        day = _time(found.rec_headers.get_header("WARC-Date"))
        try:
            arrival = read_page(body, where=where, address=url, retrieved=day, charset=charset)
        except ArticleError as error:  # a crawl holds front pages, videos, and other people's encodings: no failures
            return dataclasses.replace(error.issue, severity=Severity.NOTE)
    return arrival if arrival and is_in(arrival.text, wanted.languages) else _other_language(where)


def _content(found: Any, largest: int) -> bytes | None:
    """Return the decompressed content of a record, None when there is more than `largest`: it may be a bomb."""
    stream = found.content_stream()
    body = bytearray()
    while chunk := stream.read(_CHUNK):
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)


_WIDE = bytes(range(0x80, 0x100))
_FEW = 200


def _may_be_wanted(body: bytes) -> bool:
    """Return whether a page may be in a language of ours at all: quick, because most of a dump is not.

    Every encoding of Arabic letters has bytes above 0x7F, or zeros and sixes by turns.
    """
    return len(body) - len(body.translate(None, _WIDE)) >= _FEW or body.count(b"\x06") >= _FEW or b"&#1" in body


def _other_language(where: str) -> Issue:
    return Issue(code="other-language", where=where, message="in another language", severity=Severity.NOTE)


def _time(stated: str | None) -> dt.datetime | None:
    """Return the time of a record, in UTC, to the second."""
    try:
        time = dt.datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
