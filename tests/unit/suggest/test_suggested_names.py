from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import load_pack
from digest.pipeline import Analyst
from digest.suggest.survey import survey
from tests.unit.suggest.conftest import article

Names = Callable[..., dict[str, str]]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("زمبابوے کے کپتان ریجس چکابوا نے ٹاس جیت لیا۔", "ریجس چکابوا"),
        ("اس موقع پر وزیر خارجہ سرگون ٹیلبانی کی آمد متوقع ہے۔", "سرگون ٹیلبانی"),
        ("وزیراعلیٰ گلبدین ہوتک سے صحافیوں نے سوال کیے۔", "گلبدین ہوتک"),
        ("چیف جسٹس جناب ڈاکٹر گلبدین ہوتک، جو اجلاس میں تھے، خاموش رہے۔", "گلبدین ہوتک"),
        ("یہ بات ترجمان گلبدین ہوتک کو معلوم تھی۔", "گلبدین ہوتک"),
        ("فلم میں اداکارہ کرینا ڈسلوا بھی نظر آئیں گی۔", "کرینا ڈسلوا"),
        ("سیکرٹری جنرل حضرت اللہ زازئی نے خطاب کیا۔", "حضرت اللہ زازئی"),
    ],
)
def test_a_title_suggests_the_person_behind_it(names: Names, sentence: str, name: str) -> None:
    assert names(sentence) == {name: "person"}


@pytest.mark.parametrize(
    "sentence",
    [
        "وزیر خارجہ نے کہا کہ مذاکرات جاری ہیں۔",
        "صدر کی جانب سے ایک بیان جاری کیا گیا۔",
        "کپتان اور کوچ کے درمیان ملاقات ہوئی۔",
        "ترجمان کے مطابق سیلاب سے پانچ افراد ہلاک ہوئے۔",
    ],
)
def test_a_title_without_a_name_suggests_nothing(names: Names, sentence: str) -> None:
    assert names(sentence) == {}


def test_the_members_of_a_list_with_somebody_known_are_suggested(names: Names) -> None:
    found = names("میچ میں ہیملٹن مساکڈزا، ٹینڈائی چٹارا اور ریجس چکابوا شامل ہیں۔")
    assert set(found) == {"ٹینڈائی چٹارا", "ریجس چکابوا"}


def test_a_list_ends_where_prose_begins(names: Names) -> None:
    assert names("ہیملٹن مساکڈزا، جو کل آئے تھے، خاموش رہے اور اجلاس ختم ہوا۔") == {}


@pytest.mark.parametrize(
    "sentence",
    ["ٹینڈائی چٹارا نے 51 رنز بنائے۔", "ٹینڈائی چٹارا 51 رنز بنا کر آؤٹ ہوئے۔", "ٹینڈائی چٹارا نے تین وکٹیں حاصل کیں۔"],
)
def test_a_scorecard_suggests_the_player(names: Names, sentence: str) -> None:
    assert names(sentence) == {"ٹینڈائی چٹارا": "person"}


def test_a_surname_alone_belongs_to_the_full_name_of_the_article(look: Callable[..., Any]) -> None:
    (found,) = look("کپتان ٹینڈائی چٹارا نے 51 رنز بنائے۔ کوچ چٹارا نے 3 وکٹیں لیں۔")
    assert found.name == "ٹینڈائی چٹارا"
    assert dict(found.tally.shorts) == {"چٹارا": 1}
    assert (found.tally.articles, found.tally.mentions) == (1, 2)


def test_spellings_of_one_unknown_name_are_one_suggestion(look: Callable[..., Any]) -> None:
    (found,) = look(
        "کپتان ٹینڈائی چٹارا نے 51 رنز بنائے۔", "کپتان ٹنڈائی چتارا نے ٹاس جیتا۔", "کوچ ٹینڈائی چٹارا نے کہا۔"
    )
    assert found.name == "ٹینڈائی چٹارا"
    assert set(found.tally.surfaces) == {"ٹینڈائی چٹارا", "ٹنڈائی چتارا"}


def test_organisations_and_places_are_told_by_the_word_for_what_they_are(names: Names) -> None:
    assert names("اجلاس میں ہرارے سپورٹس کلب کے ارکان شریک تھے۔") == {"ہرارے سپورٹس کلب": "organisation"}
    assert names("ضلع گلبدین میں بارش ہوئی۔") == {"گلبدین": "place"}
    assert names("سیاسی جماعت کے کارکن آئے۔ قومی کمیشن کا اجلاس ہوا۔") == {}


def test_an_acronym_is_suggested_without_the_postposition_that_is_also_a_letter(names: Names) -> None:
    assert names("اس پر ڈبلیو زیڈ کیو کے ارکان خاموش رہے۔") == {"ڈبلیو زیڈ کیو": "organisation"}
    assert names("وہ ایل بی ڈبلیو ہوئے۔") == {}


def test_nothing_known_is_suggested(names: Names) -> None:
    text = "کپتان عمر اکمل نے 51 رنز بنائے۔ بلے باز اکمل نے کہا۔ کوچ رکی پونٹنگ اور ووسی سبانڈا نے 3 وکٹیں لیں۔"
    assert not {"عمر اکمل", "اکمل", "رکی پونٹنگ", "ووسی سبانڈا"} & set(names(text))


def test_the_given_seeds_suggest_nothing_known(gazetteer: Gazetteer, seeds: dict[str, Any]) -> None:
    folder = load_pack("ur").folder
    listed = {folder.phrase(alias.text) for entity in gazetteer.entities.values() for alias in entity.aliases}
    found = survey(lambda: list(seeds.values()), Analyst(gazetteer, ("ur",)), gazetteer, "ur")
    assert not [suggestion.name for suggestion in found if suggestion.tally.name in listed]


def test_ids_are_the_same_in_every_run_and_unlike_each_other(look: Callable[..., Any]) -> None:
    text = "کپتان ٹینڈائی چٹارا نے کہا۔ کوچ ریجس چکابوا نے کہا۔ صدر گلبدین ہوتک نے کہا۔"
    first, second = look(text), look(text, "کوچ کرینا ڈسلوا نے کہا۔")
    ids = {suggestion.name: suggestion.id for suggestion in second}
    assert len(set(ids.values())) == len(ids) == 4
    assert all(ids[suggestion.name] == suggestion.id for suggestion in first)


def test_examples_are_sentences_that_hold_the_name(look: Callable[..., Any]) -> None:
    (found,) = look("بارش ہوئی۔ کپتان ٹینڈائی چٹارا نے ٹاس جیت لیا۔ پھر دھوپ نکلی۔")
    assert [sentence for _, sentence in found.tally.examples] == ["کپتان ٹینڈائی چٹارا نے ٹاس جیت لیا۔"]


_PIECES = st.sampled_from(
    [
        "صدر",
        "وزیر",
        "خارجہ",
        "نے",
        "کے",
        "،",
        "اور",
        "۔",
        "51",
        "رنز",
        "پارٹی",
        "آف",
        "ضلع",
        "ٹی",
        "وی",
        "کے",
        "چٹارا",
        "الحق",
    ]
)


@given(st.lists(st.one_of(st.text(max_size=12), _PIECES), max_size=40).map(" ".join))
def test_no_text_raises(text: str) -> None:
    small = Gazetteer(entities={}, phrases={}, fingerprint="")
    raw = article(text.encode("utf-8", "replace").decode())
    for suggestion in survey(lambda: [raw], Analyst(small, ("ur",)), small, "ur"):
        assert suggestion.id
        assert suggestion.tally.mentions >= suggestion.tally.articles >= 1
