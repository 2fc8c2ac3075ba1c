"""WARC: what crawlers keep. Read as a stream, record by record; pages in other languages are left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
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

_OK = 200
_CHUNK = 65_536
_CHUNK_HEAD = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_PACKED = ("gzip", "x-gzip", "deflate")
_ANY_ZLIB = 47
"""What tells zlib to find out itself whether there is a gzip or a zlib header."""


class WarcImporter:
    """Reads `.warc` and `.warc.gz` files, also as Common Crawl's news crawl has them."""

    suffixes = (".warc", ".warc.gz")

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the pages in the wanted languages; the file is never held in memory."""
        warc = need("fastwarc.warc", "warc")
        with path.open("rb") as file:
            try:
                records = warc.ArchiveIterator(file, record_types=warc.WarcRecordType.response, auto_decode="none")
                for number, found in enumerate(records, 1):
                    if (item := _page(found, f"{shown}:{number}", wanted)) is not None:
                        yield item
            except (OSError, EOFError, ValueError, RuntimeError) as error:
                yield Issue(
                    code="bad-warc",
                    where=shown,
                    message=f"the file is no WARC, or is damaged from here on: {printable(str(error))}",
                    hint="Articles before the damage were taken",
                )


def _page(found: Any, where: str, wanted: Wanted) -> Arrival | Issue | None:
    """Return the article of a record; None when it is no page, a note when it is in another language."""
    media_type = (found.http_content_type or "").partition(";")[0].strip().lower()
    if found.http_headers is None or found.http_headers.status_code != _OK or media_type not in MEDIA_TYPES:
        return None
    url = found.headers.get("WARC-Target-URI") or ""
    if not safe_url(url):
        return Issue(code="bad-address", where=where, message="the record does not say which page it is")
    if reason := wanted.left_out(url):
        return reason
    try:
        body = _content(found, wanted.max_page_bytes, where)
    except ArticleError as error:
        return error.issue
    arrival = None
    if _may_be_wanted(body):
        try:
            arrival = read_page(
                body, where=where, address=url, retrieved=_time(found.record_date), charset=found.http_charset
            )
        except ArticleError as error:  # a crawl holds front pages, videos, and other people's encodings: no failures
            return dataclasses.replace(error.issue, severity=Severity.NOTE)
    return arrival if arrival and is_in(arrival.text, wanted.languages) else _other_language(where)


def _content(found: Any, largest: int, where: str) -> bytes:
    """Return the decompressed content of a record.

    Raises:
        ArticleError: there is more than `largest`, so that it may be a bomb; or it has not all its chunks.
        EOFError: the file ends before the record does.
    """
    body = bytearray()
    while chunk := found.reader.read(_CHUNK):
        body += chunk
        if len(body) > largest:
            raise ArticleError(_too_large(where, largest))
    if len(body) < found.content_length:
        raise EOFError("the file ends in the middle of a record")
    chunked = (found.http_headers.get("Transfer-Encoding") or "").strip().lower() == "chunked"
    whole: bytes | None = _joined(bytes(body)) if chunked else bytes(body)
    if whole is None:
        message = "the page ends in the middle, where its crawler stopped"
        raise ArticleError(Issue(code="cut-off", where=where, message=message))
    packed = (found.http_headers.get("Content-Encoding") or "").strip().lower() in _PACKED
    if (plain := _unpacked(whole, largest) if packed else whole) is None:
        raise ArticleError(_too_large(where, largest))
    return plain


def _too_large(where: str, largest: int) -> Issue:
    return Issue(code="too-large", where=where, message=f"the page has more than {largest:,} bytes")


def _joined(body: bytes) -> bytes | None:
    """Return the chunks of `body` as one, None when the last is missing.

    Many crawlers join them, and leave the header: then it is `body` itself.
    """
    whole, at = bytearray(), 0
    while found := _CHUNK_HEAD.match(body, at):
        if not (size := int(found[1], 16)):
            return bytes(whole)
        at = found.end() + size
        whole += body[found.end() : at]
    return None if at else body


def _unpacked(body: bytes, largest: int) -> bytes | None:
    """Return what `body` is when decompressed, or `body` itself: many crawlers unpack it, and leave the header."""
    whole = b""
    try:
        while body and len(whole) <= largest:
            unpacker = zlib.decompressobj(_ANY_ZLIB)
            whole += unpacker.decompress(body, largest + 1 - len(whole))
            body = unpacker.unused_data
    except zlib.error:
        return whole or body
    return whole if len(whole) <= largest else None


_WIDE = bytes(range(0x80, 0x100))
_FEW = 200


def _may_be_wanted(body: bytes) -> bool:
    """Return whether a page may be in a language of ours at all: quick, because most of a dump is not.

    Every encoding of Arabic letters has bytes above 0x7F, or zeros and sixes by turns.
    """
    return len(body) - len(body.translate(None, _WIDE)) >= _FEW or body.count(b"\x06") >= _FEW or b"&#1" in body


def _other_language(where: str) -> Issue:
    return Issue(code="other-language", where=where, message="in another language", severity=Severity.NOTE)


def _time(stated: dt.datetime | None) -> dt.datetime | None:
    """Return the time of a record, in UTC, to the second."""
    if stated is None:
        return None
    return (stated if stated.tzinfo else stated.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
