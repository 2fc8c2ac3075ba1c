"""Where pages are: readable, in ASCII, in small folders, and never outside."""

from __future__ import annotations

import re

import pytest

from digest.languages.pack import load_pack
from digest.model import LinkedStory, RawArticle
from digest.pipeline import Analyst
from digest.store.ledger import Ledger
from digest.write.permalinks import article_path, month_path, new_permalink, section_path, term_path

LEDE = "حکومت نے کہا ہے کہ آئندہ مالی سال کے بجٹ میں تعلیم کے لیے زیادہ رقم رکھی جائے گی۔"


def _linked(analyst: Analyst, text: str) -> LinkedStory:
    raw = RawArticle(locator="seeds/a.txt", media_type="text/plain", body=text.encode())
    return analyst(raw, Ledger().new_id(raw.locator))


def _permalink(analyst: Analyst, text: str) -> str:
    return new_permalink(_linked(analyst, text), load_pack("ur").romanise)


def test_a_dated_article_lies_in_the_folder_of_its_day(analyst: Analyst) -> None:
    permalink = _permalink(analyst, f"روس کے صدر کا دورہ\n28 دسمبر 2021\n{LEDE}")
    assert permalink == "articles/2021/12/28/russia-ke-sadar-ka-daura-ifpl7had7q"


def test_an_undated_article_lies_in_one_of_32_folders(analyst: Analyst) -> None:
    assert _permalink(analyst, f"روس کے صدر کا دورہ\n{LEDE}").startswith("articles/undated/i/russia-ke-sadar-")


def test_a_long_headline_is_cut_between_words(analyst: Analyst) -> None:
    permalink = _permalink(analyst, f"{' '.join(['مذاکرات'] * 19)}\n{LEDE}")
    name = permalink.rpartition("/")[2]
    assert len(name) <= 60 + 11
    assert set(name.split("-")[:-1]) == {"muzakrat"}


@pytest.mark.parametrize(
    "headline", ["../../../etc/passwd", "۔۔۔ ؟", "日本", "a" * 400, "<script>alert(1)</script>", "%2e%2e%2f", "con"]
)
def test_whatever_the_headline_the_address_is_plain(headline: str, analyst: Analyst) -> None:
    permalink = _permalink(analyst, f"{headline}\n{LEDE} {LEDE}")
    assert re.fullmatch(r"articles/undated/i/(?:[a-z0-9-]+-)?ifpl7had7q", permalink)
    assert article_path(permalink) == f"{permalink}.md"


def test_paths_of_everything_else() -> None:
    assert section_path("person") == "people/index.md"
    assert term_path("country", "russia") == "countries/russia/index.md"
    assert term_path("country", "russia", 2) == "countries/russia/2.md"
    assert term_path("country", "russia", 2, undated=True) == "countries/russia/undated-2.md"
    assert month_path("2021-12") == "archive/2021/12/index.md"
    assert month_path(None, 3) == "archive/undated/3.md"
