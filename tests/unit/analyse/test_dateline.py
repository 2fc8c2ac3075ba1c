"""The dateline at the start of a wire story, and brackets that are none."""

from __future__ import annotations

import pytest

from digest.model import Dateline, RawArticle
from digest.pipeline import Analyst


def _dateline(analyst: Analyst, paragraph: str) -> tuple[Dateline | None, str]:
    """Return the dateline of an article, and its first sentence without it."""
    raw = RawArticle(locator="a", media_type="text/plain", body=f"{paragraph}۔".encode())
    story = analyst(raw, "x").story
    return story.dateline, story.summary.removesuffix("۔")


@pytest.mark.parametrize(
    ("paragraph", "place", "agency", "date", "rest"),
    [
        ("کراچی (اے ایف پی) وزیر نے کہا", "کراچی", "اے ایف پی", None, "وزیر نے کہا"),
        ("ڈھاکہ ۔ یکم دسمبر (اے پی پی) بنگلہ دیش نے", "ڈھاکہ", "اے پی پی", "یکم دسمبر", "بنگلہ دیش نے"),
        ("نئی دہلی، 3 مئی 2020 (رائٹرز): حکومت نے", "نئی دہلی", "رائٹرز", "3 مئی 2020", "حکومت نے"),
        ("اسلام آباد( نمائندہ خصوصی )۔ عدالت نے", "اسلام آباد", "نمائندہ خصوصی", None, "عدالت نے"),
    ],
)
def test_place_agency_and_date(
    analyst: Analyst, paragraph: str, place: str, agency: str, date: str | None, rest: str
) -> None:
    dateline, text = _dateline(analyst, paragraph)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.date_text) == (place, agency, date)
    assert text == rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "صدر نے کہا (یہ درست ہے) کہ وہ آئیں گے",
        "سی ایس ٹی او کے سربراہی اجلاس میں (ورچوئل) صدر نے کہا",
        "وزیر اعظم کے دفتر سے (آج صبح) جاری بیان",
        "کراچی (ایک بہت لمبا جملہ جو کسی ادارے کا نام نہیں) وزیر نے",
        "2021 (اے پی) میں",
        "کوئی قوسین نہیں",
    ],
)
def test_brackets_in_a_sentence_are_no_dateline(analyst: Analyst, paragraph: str) -> None:
    assert _dateline(analyst, paragraph) == (None, paragraph)
