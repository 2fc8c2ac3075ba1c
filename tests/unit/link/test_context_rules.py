"""What tells a name from its look-alikes: the words around it, and what else the article names."""

from __future__ import annotations

import pytest

from digest.pipeline import Analyst
from tests.conftest import AnalystFactory
from tests.small_gazetteer import SMALL, named, read


@pytest.fixture
def analyst(analyst_factory: AnalystFactory) -> Analyst:
    return analyst_factory(SMALL)


def _found(analyst: Analyst, text: str) -> list[str]:
    return [entity for entity, _ in named(analyst, text)]


@pytest.mark.parametrize("text", ["وہ شام کو آئے", "صبح و شام", "کل شام بارش ہوئی"])
def test_a_weak_alias_alone_is_no_name(analyst: Analyst, text: str) -> None:
    linked = read(analyst, f"{text}۔")
    assert linked.mentions == ()
    assert [(rejection.entity, rejection.why) for rejection in linked.rejections] == [
        ("syria", "weak alias, and nothing around it speaks for it")
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("وہ ملک شام گئے", "after «ملک»"),
        ("شام کے شہر دمشق میں", "near «دمشق»"),
        ("خانہ جنگی کے بعد شام", "near «خانہ جنگی»"),
    ],
)
def test_a_weak_alias_counts_with_what_it_needs_and_says_why(analyst: Analyst, text: str, why: str) -> None:
    (mention,) = read(analyst, f"{text}۔").mentions
    assert (mention.entity, mention.surface, mention.why) == ("syria", "شام", why)


def test_before_and_after_mean_directly(analyst: Analyst) -> None:
    assert _found(analyst, "اس ملک میں شام ہوئی") == []
    assert _found(analyst, "چینی صدر نے کہا") == ["china"]
    assert _found(analyst, "چینی کی قیمت پر صدر نے کہا") == []
    assert _found(analyst, "صدر نے چینی مہنگی کی") == []


def test_near_means_within_twelve_words_of_the_passage(analyst: Analyst) -> None:
    between = " ".join(["لفظ"] * 11)
    assert _found(analyst, f"دمشق {between} شام") == ["syria"]
    assert _found(analyst, f"شام {between} دمشق") == ["syria"]
    assert _found(analyst, f"دمشق لفظ {between} شام") == []
    paragraph = "یہ ایک لمبا جملہ ہے جس میں کچھ بھی نہیں کہا گیا اور کوئی نام بھی نہیں آیا۔"
    assert not read(analyst, f"{paragraph} دمشق\n{paragraph}\nشام {paragraph}").mentions


def test_a_word_anywhere_in_the_article_may_decide(analyst: Analyst) -> None:
    filler = "یہ ایک لمبا جملہ ہے جس میں کچھ بھی نہیں کہا گیا اور کوئی نام بھی نہیں آیا۔"
    linked = read(analyst, f"شام کے بارے میں {filler}\n{filler}\nوہ پناہ لینے والے لوگ گزین نہیں۔")
    assert [mention.why for mention in linked.mentions] == ["in an article with «پناہ گزین»"]
    assert not read(analyst, f"شام کے بارے میں {filler}\n{filler}\nوہ پناہ لینے والے لوگ۔").mentions


def test_a_weak_alias_counts_when_its_entity_is_named_elsewhere(analyst: Analyst) -> None:
    (first, second) = read(analyst, "جو بائیڈن نے کہا۔ بائیڈن نے مزید کہا۔").mentions
    assert (second.entity, second.surface, second.why) == ("joe-biden", "بائیڈن", "named elsewhere in the article")
    assert first.why == "strong alias"
    assert _found(analyst, "بائیڈن نے کہا۔ پھر جو بائیڈن گئے") == ["joe-biden", "joe-biden"]


def test_a_weak_alias_alone_never_counts_by_itself(analyst: Analyst) -> None:
    assert _found(analyst, "بائیڈن نے کہا اور بائیڈن گئے") == []


def test_when_two_could_be_meant_nothing_is_linked(analyst: Analyst) -> None:
    linked = read(analyst, "جو بائیڈن اور ہنٹر بائیڈن آئے۔ بائیڈن نے کہا۔")
    assert [mention.entity for mention in linked.mentions] == ["joe-biden", "hunter-biden"]
    (rejection,) = linked.rejections
    assert (rejection.surface, rejection.why) == ("بائیڈن", "several could be meant")
    assert set(rejection.entity.split(", ")) == {"joe-biden", "hunter-biden"}


def test_not_alone_means_that_a_need_must_hold(analyst: Analyst) -> None:
    assert _found(analyst, "عمران خان نے کہا۔ خان نے کہا") == ["imran-khan"]
    assert _found(analyst, "عمران خان نے کہا۔ خان نے پاکستان میں کہا") == ["imran-khan", "imran-khan", "pakistan"]


def test_unless_forbids_a_strong_alias_too(analyst: Analyst) -> None:
    assert _found(analyst, "وہ جارجیا گئے") == ["georgia"]
    linked = read(analyst, "وہ ریاست جارجیا گئے۔")
    assert linked.mentions == ()
    assert [rejection.why for rejection in linked.rejections] == ["not after «ریاست»"]
    assert _found(analyst, "جو بائیڈن جارجیا گئے") == ["joe-biden"]


def test_one_name_may_establish_another_that_establishes_a_third(analyst_factory: AnalystFactory) -> None:
    chain = {
        "people/a-a": {"names": {"ur": "احمد بیگ"}},
        "people/b-b": {"names": {"en": "B"}, "aliases": {"ur": [
            {"text": "جمیل", "strength": "weak", "needs": {"entities": ["a-a"]}}]}},
        "people/c-c": {"names": {"en": "C"}, "aliases": {"ur": [
            {"text": "کلیم", "strength": "weak", "needs": {"entities": ["b-b"]}}]}},
    }  # fmt: skip
    assert _found(analyst_factory(chain), "کلیم اور جمیل سے احمد بیگ ملے") == ["c-c", "b-b", "a-a"]
    assert _found(analyst_factory(chain), "کلیم اور جمیل آئے") == []


def test_longest_first_but_a_refused_long_name_leaves_room_for_a_short_one(analyst_factory: AnalystFactory) -> None:
    files = {
        "countries/georgia": {"names": {"ur": "جارجیا"}, "iso": "GE"},
        "organisations/fund": {
            "names": {"en": "Fund"},
            "aliases": {"ur": [{"text": "جارجیا فنڈ", "strength": "weak", "needs": {"near": ["ادارہ"]}}]},
        },
    }
    assert _found(analyst_factory(files), "وہ جارجیا فنڈ لے گئے") == ["georgia"]
    assert _found(analyst_factory(files), "ادارہ جارجیا فنڈ نے") == ["fund"]
