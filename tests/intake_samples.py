"""Articles in every format that `digest add` reads."""

from __future__ import annotations

import gzip
import io
import json
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from digest.intake.arrival import Arrival
from digest.intake.importer import Wanted, importer_for
from digest.report import Issue
from tests.faults.server import article_page, rss

HEADLINE = "روس اور قازقستان کا سربراہی اجلاس"
TEXT = """\
روس کے صدر ولادیمیر پوٹن نے اپنے ہم منصب کی دعوت پر قازقستان کا سرکاری دورہ کیا اور کئی معاہدوں پر دستخط کیے۔
دونوں رہنماؤں نے کہا کہ تعلقات مضبوط ہیں اور تجارت میں اضافہ ہو رہا ہے، جس سے دونوں ملکوں کے عوام کو فائدہ ہو گا۔
ماہرین کے مطابق یہ دورہ خطے کے لیے بہت اہم تھا کیونکہ وسطی ایشیا میں حالات تیزی سے بدل رہے ہیں اور نئے اتحاد بن رہے ہیں۔
صدر نے یہ بھی بتایا کہ اگلے سال ایک اور اجلاس ہو گا جس میں دوسرے ممالک کے رہنما بھی شریک ہوں گے۔"""
ENGLISH = (
    "The president said on Monday that the two countries would sign a treaty, and that trade was growing fast.\n" * 5
)
STATED = {"article:published_time": "2024-11-27T10:00:00+05:00", "og:site_name": "اخبار"}
WANTED = Wanted(languages=("ur",))


def page(text: str = TEXT, headline: str = HEADLINE, **meta: str) -> bytes:
    """Return a saved page."""
    return article_page(headline, text, **(meta or STATED)).encode()


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def parquet(rows: list[dict[str, Any]]) -> bytes:
    """Return a Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - takes a second
    import pyarrow.parquet as pq  # noqa: PLC0415

    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), target)
    return target.getvalue()


def warc(pages: Iterable[tuple[str, bytes]], *, compressed: bool = True, **headers: str) -> bytes:
    """Return a WARC file of pages with their addresses, with the other records that crawlers write."""
    said = {"Content-Type": "text/html; charset=utf-8", **{name.replace("_", "-"): v for name, v in headers.items()}}
    http = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in said.items()) + "\r\n"
    records = [_record("warcinfo", "", b"software: a crawler\r\n", "application/warc-fields")]
    for url, body in pages:
        records.append(_record("request", url, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"))
        records.append(_record("response", url, http.encode() + body, "application/http; msgtype=response"))
    return b"".join(gzip.compress(record) if compressed else record for record in records)


def _record(kind: str, url: str, block: bytes, media_type: str) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, kind + url)}>\r\n"
        f"WARC-Date: 2024-11-28T01:02:03Z\r\n{target}Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def feed(*entries: tuple[str, str], content: str = "") -> bytes:
    """Return a feed of (address, headline)."""
    return rss(list(entries), content).encode()


def read(path: Path, wanted: Wanted = WANTED) -> tuple[list[Arrival], list[Issue]]:
    """Read a file as `digest add` does."""
    importer = importer_for(path)
    assert importer is not None
    items = list(importer.read(path, path.name, wanted))
    return [i for i in items if isinstance(i, Arrival)], [i for i in items if isinstance(i, Issue)]
