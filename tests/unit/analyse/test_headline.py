"""The headline: stated before found before derived, and marked as what it is."""

from __future__ import annotations

import pytest

from digest.analyse.headline import derive_headline, find_headline
from digest.clean.article import clean
from digest.languages.pack import LanguagePack
from digest.model import Basis, Headline, Hints, RawArticle

LEDE = "روس کے صدر نے پیر کو قزاقستان کے دفاع میں فتح کا دعویٰ کیا ہے۔ ان کا کہنا تھا کہ فوجی جلد واپس جائیں گے۔"
TITLED = f"صدر کا فتح کا دعویٰ\n{LEDE}"


def _headline(
    text: str, pack: LanguagePack, hints: str | None = None, sidecar: str | None = None, lede: str = LEDE
) -> Headline:
    raw = RawArticle(
        locator="a",
        media_type="text/plain",
        body=text.encode(),
        hints=Hints(headline=hints),
        overrides=Hints(headline=sidecar, basis=Basis.SIDECAR),
    )
    return find_headline(clean(raw, ("ur",)), pack, lede)


def test_who_says_it_decides(pack: LanguagePack) -> None:
    assert _headline(TITLED, pack, "میٹا ڈیٹا", "سائیڈ کار") == Headline(text="سائیڈ کار", basis=Basis.SIDECAR)
    assert _headline(TITLED, pack, "میٹا ڈیٹا") == Headline(text="میٹا ڈیٹا", basis=Basis.METADATA)
    assert _headline(TITLED, pack) == Headline(text="صدر کا فتح کا دعویٰ", basis=Basis.FOUND)
    derived = "روس کے صدر نے پیر کو قزاقستان کے دفاع میں فتح کا دعویٰ کیا ہے"
    assert _headline(LEDE, pack) == Headline(text=derived, basis=Basis.DERIVED)


def test_a_stated_headline_is_tidied_and_on_one_line(pack: LanguagePack) -> None:
    found = _headline(LEDE, pack, "ولاديمير\n\tپوتن\u202e \x00 نے")
    assert found == Headline(text="ولادیمیر پوتن نے", basis=Basis.METADATA)


@pytest.mark.parametrize("blank", ["", "  ", "\u200f", "\x00"])
def test_a_blank_headline_is_none(blank: str, pack: LanguagePack) -> None:
    assert _headline(TITLED, pack, blank).basis is Basis.FOUND


def test_a_long_sentence_is_cut_where_a_clause_begins(pack: LanguagePack) -> None:
    lede = f"{' '.join(['لفظ'] * 10)} کیا ہے، جبکہ {' '.join(['اور'] * 30)}۔"
    assert derive_headline(lede, pack) == f"{' '.join(['لفظ'] * 10)} کیا ہے"


def test_a_long_sentence_without_clauses_is_cut_at_a_word_and_says_so(pack: LanguagePack) -> None:
    headline = derive_headline(" ".join(["لفظ"] * 40) + "۔", pack)
    assert headline == " ".join(["لفظ"] * pack.language.headline.max_words) + "…"


def test_the_end_mark_goes(pack: LanguagePack) -> None:
    assert derive_headline("کیا صدر واپس آئیں گے؟ کوئی نہیں جانتا۔", pack) == "کیا صدر واپس آئیں گے"


@pytest.mark.parametrize("text", ["۔۔۔", "؟ ؟ ؟", "۔ ۔\n؟؟"])
def test_a_text_of_nothing_but_stops_still_has_a_headline_to_click(text: str, pack: LanguagePack) -> None:
    assert _headline(text, pack, lede=text.splitlines()[0]).text


def test_when_only_a_caption_is_left_it_makes_the_headline(pack: LanguagePack) -> None:
    found = _headline("صدر اجلاس میں شریک ہیں۔ (فوٹو: اے پی)", pack, lede="")
    assert found == Headline(text="صدر اجلاس میں شریک ہیں", basis=Basis.DERIVED)


def test_a_headline_as_long_as_a_book_is_cut_at_a_word_and_says_so(pack: LanguagePack) -> None:
    headline = _headline(TITLED, pack, "لفظ " * 5_000).text
    assert headline.endswith("لفظ…")
    assert 900 < len(headline) <= 1_000
    assert len(_headline("[" * 5_000, pack, lede="").text) == 1_000
