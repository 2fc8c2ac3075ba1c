"""Sentences end at ۔ ؟ !, also inside quotes and without a space, and not inside acronyms."""

from __future__ import annotations

import pytest

from digest.languages.pack import LanguagePack
from digest.languages.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("وہ آیا۔ اس نے کہا۔", 2),
        ("وہ آیا۔اس نے کہا۔", 2),
        ("کیا وہ آیا؟ ہاں! وہ آیا۔", 3),
        ("اس نے کہا، ’ٹھیک ہے۔‘ پھر وہ گیا۔", 2),
        ("اس نے کہا: ’میں آؤں گا۔‘", 1),
        ("جی۔سیون کا اجلاس ہوا۔ صدر شریک تھے۔", 2),
        ("بی۔بی۔سی نے بتایا", 1),
        ("قیمت 12.5 روپے ہے۔", 1),
        ("ویب سائٹ www.example.org پر دیکھیے۔", 1),
        ("وہ آیا۔۔۔ اور گیا۔", 2),
        ("کوئی نشان نہیں", 1),
        ("", 0),
        ("  ", 0),
        ("۔", 1),
    ],
)
def test_where_sentences_end(text: str, count: int, pack: LanguagePack) -> None:
    sentences = split_sentences(text, pack)
    assert len(sentences) == count
    assert "".join("".join(sentences).split()) == "".join(text.split()), "nothing is lost"


def test_a_sentence_keeps_its_end_mark_and_closing_quote(pack: LanguagePack) -> None:
    assert split_sentences("اس نے کہا ’آؤ۔‘ وہ گیا؟", pack) == ["اس نے کہا ’آؤ۔‘", "وہ گیا؟"]


@pytest.mark.parametrize("text", ["ا" * 200_000, "؟" * 200_000 + "،", "۔" + "’" * 200_000 + "،", "ا۔" * 100_000])
def test_a_hostile_line_costs_no_more_than_its_length(text: str, pack: LanguagePack) -> None:
    assert "".join(split_sentences(text, pack)) == text
