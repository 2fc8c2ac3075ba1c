"""XML and JSON that hold arbitrary text: what goes in comes out, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import re
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from digest.write.feed_formats import FeedItem, rss_item
from digest.write.mark import MARK, is_marked
from digest.write.structured import as_json
from digest.write.xml import document, legal, nest, tag

TEXT = st.text() | st.text(alphabet="<>&]'\"/-!\x00\x0b\ufffe\ud800ا{}")
ENCODABLE = TEXT.filter(lambda text: not re.search("[\ud800-\udfff]", text))


@given(TEXT, TEXT)
def test_any_text_makes_a_document(text: str, value: str) -> None:
    (read,) = ET.fromstring(document(nest("a", [tag("b", text, c=value)])))  # noqa: S314 - our own file
    assert (read.text or "") == legal(text)
    assert read.get("c", "") == legal(value)


@given(ENCODABLE)
def test_json_in_a_script_neither_ends_nor_opens_one(text: str) -> None:
    shown = as_json({"headline": text})
    assert "<" not in shown
    assert json.loads(shown) == {"headline": text}


@given(st.dates())
def test_days_are_written_as_in_mail(day: dt.date) -> None:
    said = dict.fromkeys(("id", "url", "title", "summary", "language"), "x")
    item = FeedItem(**said, original=None, published=day, byline=None, outlet=None, tags=())
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    assert f"<pubDate>{format_datetime(moment)}</pubDate>" in rss_item(item).decode()


def test_a_document_bears_the_mark() -> None:
    assert is_marked("feed.xml", document(tag("rss"))[:200])
    assert MARK.encode() in document(tag("rss"))
    assert is_marked("data/articles-2021-12-3.jsonl", b"{}")
    assert not is_marked("data/mine.json", b"{}")
