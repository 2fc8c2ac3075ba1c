"""Words that scrapers glue to a name are peeled off, and the span is exactly the name."""

from __future__ import annotations

import pytest

from digest.pipeline import Analyst
from tests.conftest import AnalystFactory
from tests.small_gazetteer import SMALL, named


@pytest.fixture
def analyst(analyst_factory: AnalystFactory) -> Analyst:
    return analyst_factory(SMALL)


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        ("امریکہکی", "united-states", "امریکہ"),
        ("امریکاکی", "united-states", "امریکا"),
        ("امریکہکِی", "united-states", "امریکہ"),
        ("اَمریکہکی", "united-states", "اَمریکہ"),
        ("پاکستانمیں", "pakistan", "پاکستان"),
        ("پاکستانمِیں", "pakistan", "پاکستان"),
        ("سےپاکستان", "pakistan", "پاکستان"),
        ("سےپاکِستان", "pakistan", "پاکِستان"),
        ("اورپاکستان", "pakistan", "پاکستان"),
        ("نیٹوکو", "nato", "نیٹو"),
    ],
)
def test_a_glued_word_is_peeled_off(analyst: Analyst, text: str, entity: str, surface: str) -> None:
    assert named(analyst, f"یہ بات {text} لکھی ہے") == [(entity, surface)]


@pytest.mark.parametrize(
    "text",
    [
        "چینکی",  # three letters left: too short to be sure
        "پاکستانیت",
        "لاہورینے",
        "نیٹوورک",
        "شاممیں",  # a weak alias is not peeled
    ],
)
def test_what_is_not_sure_is_left_alone(analyst: Analyst, text: str) -> None:
    assert named(analyst, f"یہ بات {text} لکھی ہے") == []
