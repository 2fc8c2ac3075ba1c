"""The language of an article is told by its letters, among the languages of the site only."""

from __future__ import annotations

import pytest

from digest.clean.article import clean
from digest.languages.detect import detect_language
from digest.languages.pack import available_languages
from digest.model import Hints, RawArticle

TEXTS = {
    "ur": "روس کے صدر نے کہا ہے کہ یہ ملک اس جنگ میں نہیں پڑے گا، اور ان کی حکومت بات چیت کرے گی۔",
    "ar": "قال الرئيس الروسي إن بلاده لن تدخل هذه الحرب، وإن حكومته تريد محادثات مع جميع الأطراف.",
    "fa": "رئیس‌جمهور روسیه گفت که این کشور وارد جنگ نمی‌شود و دولت او خواهان گفت‌وگو با همه است.",
}
PRESENT = [tag for tag in TEXTS if tag in available_languages()]


@pytest.mark.parametrize("tag", PRESENT)
def test_a_text_is_of_its_own_language_whatever_the_order(tag: str) -> None:
    assert detect_language(TEXTS[tag], PRESENT) == tag
    assert detect_language(TEXTS[tag], PRESENT[::-1]) == tag


def test_nothing_to_go_by_is_the_language_of_the_site() -> None:
    assert detect_language("12345", PRESENT) == PRESENT[0]
    assert detect_language("", PRESENT[::-1]) == PRESENT[-1]


def test_one_language_needs_no_look() -> None:
    assert detect_language(TEXTS["ar"], ["ur"]) == "ur"


@pytest.mark.skipif(len(PRESENT) < 2, reason="only one language has a pack")
def test_a_stated_language_counts_if_the_site_has_it() -> None:
    def language(stated: str) -> str:
        raw = RawArticle(locator="a", media_type="text/plain", body=TEXTS["ur"].encode(), hints=Hints(language=stated))
        return clean(raw, PRESENT).language

    assert language(PRESENT[1]) == PRESENT[1]
    assert language("en") == "ur"
    assert language("../../etc") == "ur"
