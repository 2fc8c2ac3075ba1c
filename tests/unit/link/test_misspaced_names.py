"""Names are recognised where print lost or put in spaces, and where it glued an ordinary word to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from digest.gazetteer.load import load_gazetteer
from digest.pipeline import Analyst
from tests.conftest import AnalystFactory
from tests.small_gazetteer import named, read, weak

ENTITIES = {
    "countries/pakistan": {"names": {"ur": "پاکستان"}, "iso": "PK"},
    "countries/united-kingdom": {"names": {"ur": "برطانیہ"}, "iso": "GB", "aliases": {"ur": ["انگلش"]}},
    "countries/saudi-arabia": {
        "names": {"ur": "سعودی عرب"},
        "iso": "SA",
        "aliases": {"ur": [weak("ریاض", needs={"near": ["سعودی"]})]},
    },
    "people/wahab-riaz": {"names": {"ur": "وہاب ریاض"}},
    "people/ed-miliband": {"names": {"ur": "ایڈ ملی بینڈ"}},
    "people/anwar-zaheer-jamali": {"names": {"ur": "انور ظہیر جمالی"}},
    "people/clive-lloyd": {"names": {"ur": "کلائیو لائیڈ"}},
    "people/hosni-mubarak": {"names": {"ur": "حسنی مبارک"}},
    "people/shoaib-malik": {"names": {"ur": "شعیب ملک"}},
    "people/alia-bhatt": {"names": {"ur": "عالیہ بھٹ"}},
    "people/maria-sharapova": {"names": {"ur": "ماریہ شراپووا"}},
    "people/umar-gul": {"names": {"ur": "عمر گل"}},
    "people/marvi-memon": {
        "names": {"ur": "ماروی میمن"},
        "aliases": {"ur": [{"text": "ماروی میمن", "unless": {"before": ["ڈرامہ"]}}]},
    },
    "people/one-nawaz": {"names": {"ur": "شاہ نوازخان"}},
    "people/other-nawaz": {"names": {"ur": "شاہنواز خان"}},
    "people/a-weak-one": {"names": {"en": "Somebody"}, "aliases": {"ur": [weak("مشتاق احمد")]}},
    "organisations/ecb": {"names": {"ur": "انگلش کرکٹ بورڈ"}},
    "phrases/ur": [{"text": "حسنی مبا رک"}],
}


@pytest.fixture
def analyst(analyst_factory: AnalystFactory) -> Analyst:
    return analyst_factory(ENTITIES)


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        ("وہاب ریا ض", "wahab-riaz", "وہاب ریا ض"),
        ("و ہاب ریا ض", "wahab-riaz", "و ہاب ریا ض"),
        ("وہاب\u200cریا\u200cض", "wahab-riaz", "وہاب\u200cریا\u200cض"),
        ("ایڈملی بینڈ", "ed-miliband", "ایڈملی بینڈ"),
        ("ایڈملیبینڈ", "ed-miliband", "ایڈملیبینڈ"),
        ("انورظہیر جما لی", "anwar-zaheer-jamali", "انورظہیر جما لی"),
        ("کلائیولا ئیڈ", "clive-lloyd", "کلائیولا ئیڈ"),
        ("سیلیکٹرکلائیولا ئیڈ", "clive-lloyd", "کلائیولا ئیڈ"),
        ("صدرحسنی مبارک", "hosni-mubarak", "حسنی مبارک"),
        ("صدرِحسنی مبارک", "hosni-mubarak", "حسنی مبارک"),
        ("شعیب ملکجو", "shoaib-malik", "شعیب ملک"),
        ("کپتانشعیب ملکنے", "shoaib-malik", "شعیب ملک"),
        ("اداکارہعالیہ بھٹ", "alia-bhatt", "عالیہ بھٹ"),
        ("عالیہب ھٹ", "alia-bhatt", "عالیہب ھٹ"),
        ("ماریہ شرا پووا", "maria-sharapova", "ماریہ شرا پووا"),
        ("بر طا نیہ", "united-kingdom", "بر طا نیہ"),
        ("پاکستا ن", "pakistan", "پاکستا ن"),
        ("صدرپاکستان", "pakistan", "پاکستان"),
        ("انگلش کر کٹ بورڈ", "ecb", "انگلش کر کٹ بورڈ"),  # a body, and not the land in its name
    ],
)
def test_other_spaces_are_no_other_name(analyst: Analyst, text: str, entity: str, surface: str) -> None:
    assert named(analyst, f"یہ بات {text} سے ہوئی") == [(entity, surface)]


@pytest.mark.parametrize(
    "text",
    [
        "وہ اب ریا ست میں ہیں",  # other letters
        "وہ اب ریاض میں ہیں",  # two ordinary words are no name
        "و ہا ب ریا ض",  # three spaces too many
        "وہاب ری، اض",  # something else stands between
        "وہاب ریا\nض",
        "عم ر گل",  # six letters
        "بارکحسنی مبارک",  # no word that is known
        "شعیب ملکہ",  # nor here: a queen
        "شعیب ملکوں",
        "مشتاق احم د",  # a weak name
        "ڈرامہ ماروی می من",  # ruled out
        "حسنی مبا رک",  # a phrase that is no name
        "شاہ نواز خان",  # two people
    ],
)
def test_what_is_not_sure_is_left_alone(analyst: Analyst, text: str) -> None:
    assert named(analyst, f"یہ بات {text} تھی") == []


def test_the_reason_says_what_was_taken_for_what(analyst: Analyst) -> None:
    (mention,) = read(analyst, "یہ بات سیلیکٹرکلائیولا ئیڈ نے کہی").mentions
    assert (mention.form, mention.why) == ("similar", "«کلائیو لائیڈ» with other spaces")


def test_a_language_without_a_table_of_spellings_is_read_as_it_stands(
    gazetteer_folder: Callable[[Mapping[str, object]], Path],
) -> None:
    entities = {"people/hosni-mubarak": {"names": {"ar": "حسني مبارك"}}}
    analyst = Analyst(load_gazetteer([gazetteer_folder(entities)]), ("ar",))
    assert named(analyst, "قال حسني مبارك اليوم") == [("hosni-mubarak", "حسني مبارك")]
    assert named(analyst, "قال حسني مبا رك اليوم") == []
