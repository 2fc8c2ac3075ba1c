"""Articles in every format that `digest add` reads."""

from __future__ import annotations

import io
import json
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


def warc(pages: Iterable[tuple[str, bytes]], *, gzip: bool = True, **headers: str) -> bytes:
    """Return a WARC file of pages with their addresses, with the other records that crawlers write."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    target = io.BytesIO()
    writer = WARCWriter(target, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a crawler"}))
    for url, body in pages:
        said = [("Content-Type", "text/html; charset=utf-8"), *((n.replace("_", "-"), v) for n, v in headers.items())]
        for kind, content in (("request", b""), ("response", body)):
            http = StatusAndHeaders("200 OK" if kind == "response" else "GET / HTTP/1.1", said, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(content),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2024-11-28T01:02:03Z"},
            )
            writer.write_record(record)
    return target.getvalue()


def feed(*entries: tuple[str, str], content: str = "") -> bytes:
    """Return a feed of (address, headline)."""
    return rss(list(entries), content).encode()


def read(path: Path, wanted: Wanted = WANTED) -> tuple[list[Arrival], list[Issue]]:
    """Read a file as `digest add` does."""
    importer = importer_for(path)
    assert importer is not None
    items = list(importer.read(path, path.name, wanted))
    return [i for i in items if isinstance(i, Arrival)], [i for i in items if isinstance(i, Issue)]
