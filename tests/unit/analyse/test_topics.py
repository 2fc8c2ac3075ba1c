"""Topics: weighted words and entities speak for them; a topic gives way to its sub-topic; at most three are taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.analyse.topics import LEAST, MAX_TOPICS
from digest.model import EntityKind, RawArticle, Term
from tests.conftest import AnalystFactory

TOPICS = {
    "topics/politics": {"names": {"ur": "سیاست"}, "lexicon": {"ur": {"حکومت": 2, "وزیر": 1}}},
    "topics/diplomacy": {
        "names": {"ur": "سفارت کاری"},
        "parent": "politics",
        "lexicon": {"ur": {"سفیر": 3, "دو طرفہ تعلقات": 5}},
        "entities": {"un": 5},
    },
    "topics/sport": {"names": {"ur": "کھیل"}, "lexicon": {"ur": {"میچ": 4, "كھلاڑی": 3}}},
    "topics/health": {"names": {"ur": "صحت"}, "lexicon": {"ur": {"ہسپتال": 4}}},
    "topics/weather": {"names": {"ur": "موسم"}, "lexicon": {"ur": {"بارش": 4}}},
    "organisations/un": {"names": {"ur": "اقوام متحدہ"}},
}


Choose = Callable[..., tuple[Term, ...]]


@pytest.fixture
def choose(analyst_factory: AnalystFactory) -> Choose:
    """Return a function that names the topics of a text, best first."""
    analyst = analyst_factory(TOPICS)

    def topics(text: str, headline: str = "") -> tuple[Term, ...]:
        body = f"{headline}\n{text}۔" if headline else f"{text}۔"
        linked = analyst(RawArticle(locator="x", media_type="text/plain", body=body.encode()), "x")
        return tuple(term for term in linked.terms if term.kind is EntityKind.TOPIC)

    return topics


def _scores(terms: tuple[Term, ...]) -> dict[str, float]:
    return {term.entity: term.score for term in terms}


def test_words_count_by_weight_and_at_most_three_times(choose: Choose) -> None:
    assert _scores(choose("میچ")) == {"sport": 4}
    assert _scores(choose("میچ اور میچ")) == {"sport": 8}
    assert _scores(choose("میچ میچ میچ میچ میچ")) == {"sport": 12}


def test_words_are_folded_like_the_text(choose: Choose) -> None:
    assert _scores(choose("کھلاڑی")) == {"sport": 3}


def test_phrases_count_whole(choose: Choose) -> None:
    assert _scores(choose("دو طرفہ تعلقات")) == {"diplomacy": 5}
    assert choose("دو تعلقات") == ()


def test_the_headline_counts_three_times(choose: Choose) -> None:
    assert _scores(choose("کچھ نہیں ہوا", headline="میچ")) == {"sport": 12}


def test_entities_speak_for_a_topic(choose: Choose) -> None:
    assert _scores(choose("اقوام متحدہ نے کہا")) == {"diplomacy": 5}


def test_too_little_is_no_topic(choose: Choose) -> None:
    assert LEAST > 1
    assert choose("وزیر") == ()
    assert choose("کچھ نہیں") == ()


def test_long_texts_do_not_collect_topics(choose: Choose) -> None:
    assert choose("میچ " + "لفظ " * 400) == ()


def test_a_topic_gives_way_to_its_sub_topic(choose: Choose) -> None:
    assert [*_scores(choose("حکومت حکومت سفیر سفیر وزیر"))] == ["diplomacy"]


def test_a_parent_stays_when_its_sub_topic_is_hardly_named(choose: Choose) -> None:
    assert [*_scores(choose("حکومت حکومت حکومت وزیر وزیر وزیر سفیر"))] == ["politics"]


def test_at_most_three_best_first(choose: Choose) -> None:
    terms = choose("میچ میچ بارش بارش ہسپتال ہسپتال سفیر سفیر کھلاڑی")
    assert len(terms) == MAX_TOPICS
    assert terms[0].entity == "sport"
    assert [term.score for term in terms] == sorted((term.score for term in terms), reverse=True)
    assert {term.basis for term in terms} == {"lexicon"}


def test_what_follows_a_related_link_does_not_count(choose: Choose) -> None:
    assert choose("یہاں کچھ بھی نہیں ہوا مزید پڑھیں: میچ میچ میچ") == ()
