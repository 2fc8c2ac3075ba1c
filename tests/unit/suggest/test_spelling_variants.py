from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import load_pack
from digest.suggest.variants import Spellings, one_apart


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("کپتان رکی پونٹگ نے کہا۔", "ricky-ponting"),  # a letter less
        ("بلے باز ہیملیٹان مسکڈزے نے 5 رنز بنائے۔", "hamilton-masakadza"),  # the same consonants
    ],
)
def test_another_spelling_of_a_known_name_is_an_alias(look: Callable[..., Any], text: str, entity: str) -> None:
    (found,) = look(text)
    assert found.variant.entity.id == entity
    assert found.why[0].endswith(f"of {entity}")


def test_a_word_that_is_another_persons_name_is_no_spelling(known: Gazetteer) -> None:
    spellings = Spellings(load_pack("ur"), known, {"محمد": 1, "محمود": 1})
    assert spellings.find([("محمد", "خان")]) == {}
    assert set(spellings.find([("محمودد", "خان")])) == {("محمودد", "خان")}


def test_letters_of_an_acronym_are_never_another_spelling(known: Gazetteer) -> None:
    assert Spellings(load_pack("ur"), known).find([("بی", "بی", "ایس")]) == {}


def test_a_bowler_is_no_spelling_of_a_country(look: Callable[..., Any]) -> None:
    assert all(suggestion.variant is None for suggestion in look("بولر زمبابوا نے 3 وکٹیں لیں۔ کوچ زمبابوا نے کہا۔"))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("ابپ", "ابپت", True), ("ابپ", "باپ", True), ("ابپ", "ابپ", False), ("ابپ", "ابتٹ", False), ("", "ا", True)],
)
def test_one_letter_apart(one: str, other: str, apart: bool) -> None:  # noqa: FBT001
    assert one_apart(one, other) is apart
    assert one_apart(other, one) is apart
