"""An article as large as is allowed, of one thing over and over: its cost grows with its length and no faster."""

from __future__ import annotations

import time

import pytest

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.model import RawArticle
from digest.pipeline import Analyst
from digest.settings import Settings
from digest.store.archive import Entry
from digest.write.article_page import article_page
from digest.write.wording import Wording

LARGE = {
    "one word": "ا" * 450_000,
    "one line of short words": "ا۔" * 100_000,
    "stops": "؟" * 450_000 + "،",
    "closing quotes": "۔" + "’" * 300_000 + "،",
    "joiners": "ا" + "\u200c" * 300_000 + "ب",
    "harakat": "ا" + "\u0650" * 440_000,
    "brackets": "(" * 900_000,
    "spaces": "ا" + " " * 900_000 + "ب",
    "lines with a name": "".join(f"روس نے {number} کہا۔\n" for number in range(8_000)),
    "places in two countries": "پنجاب " * 12_000,
    "halves of places": "نیو میکسیکو میں میکسیکو میں " * 18_000,
    "lands in quotation marks": "«پاکستان» " * 40_000,
    "lands in longer names": "جاپان گلفشٹ کے " * 30_000,
    "lines with a longer name": "جاپان گلفشٹ کے لیے۔\n" * 12_000,
    "sub-headings": "".join(
        f"سرخی {number}\nیہ ایک لمبا جملہ ہے جو یہاں لکھا گیا {number}۔\n" for number in range(2_000)
    ),
}
"""Each of these took minutes or hours while some pattern was tried again at every character, or every pair compared."""


@pytest.mark.parametrize("name", LARGE)
def test_a_large_article_takes_seconds(name: str, analyst: Analyst, gazetteer: Gazetteer, pack: LanguagePack) -> None:
    body = LARGE[name].encode()
    assert len(body) <= Settings().max_article_bytes
    started = time.process_time()
    linked = analyst(RawArticle(locator="seeds/a.txt", media_type="text/plain", body=body), "abcdefghij")
    story = linked.story
    entry = Entry("x", "articles/undated/x/x", story.headline.text, False, story.summary, None, None, None, 0, "ur")  # noqa: FBT003
    page = article_page(linked, entry, [], gazetteer.entities, Wording(pack, gazetteer.entities))
    assert page.body
    assert time.process_time() - started < 15
