"""Excerpts are cut from the half of an article in which something was found: it must be in them."""

from __future__ import annotations

import random

import pytest

from digest.gazetteer.load import Gazetteer
from digest.search.documents import SearchDocument
from tests.search.conftest import IndexFactory, article

FILLER = ("بلدیہ", "تجارت", "جمہور", "دریا", "سڑک", "فصل", "کتاب", "گندم", "لشکر", "مدرسہ", "نقشہ", "پرندہ")
MARKERS = tuple(str(number) for number in range(7001, 8000, 31))
"""Words that stand in one place of one article each; numbers resemble no other word."""


def _long(number: int, words: int, marker: str, place: int, **fields: object) -> SearchDocument:
    chance = random.Random(number)  # noqa: S311 - a test
    text = chance.choices(FILLER, k=words)
    text.insert(place, marker)
    lines = [" ".join(text[start : start + 50]) for start in range(0, len(text), 50)]
    return article(number, "\n".join(("سرخی", *lines)), **fields)


def _marked(shown: dict[str, list[dict[str, object]]]) -> str:
    return " ".join(str(piece["text"]) for piece in shown["excerpt"] if piece["mark"])


def test_a_word_is_in_its_excerpt_wherever_it_stands(index_factory: IndexFactory) -> None:
    places = [(words, place) for words in (5, 100, 170, 400) for place in range(0, words + 1, max(1, words // 8))]
    articles = [
        _long(n, words, marker, place) for n, (marker, (words, place)) in enumerate(zip(MARKERS, places, strict=False))
    ]
    index = index_factory(articles)
    for number, answer in enumerate(index.ask([f"{marker} " for marker, _ in zip(MARKERS, places, strict=False)])):
        (shown,) = answer["shown"]
        assert shown["address"] == f"articles/{number}/"
        assert _marked(shown) == MARKERS[number], places[number]


@pytest.mark.parametrize("query", ['"{} {}"', "{}{} "], ids=["a phrase", "a compound"])
def test_what_stands_side_by_side_is_in_the_excerpt(index_factory: IndexFactory, query: str) -> None:
    """Its first word stands in the first half too, where the excerpt would show it alone."""
    first, second = "جنگ", "بندی"
    far = " ".join(("گندم",) * 300)
    index = index_factory([article(0, f"سرخی\n{first} {far}\n{first} {second}"), article(1, f"سرخی\n{first}{second}")])
    (answer,) = index.ask([query.format(first, second)])
    assert _marked(next(shown for shown in answer["shown"] if shown["address"] == "articles/0/")) == f"{first} {second}"


def test_a_name_is_in_its_excerpt(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    spellings = ("پوتن", "پیوٹن")
    articles = []
    for number, (spelling, place) in enumerate((one, two) for one in spellings for two in (3, 290)):
        plain = _long(number, 300, spelling, place, entities={"vladimir-putin": 1})
        letter = "\n".join(plain.passages).index(spelling)
        articles.append(
            _long(number, 300, spelling, place, entities={"vladimir-putin": 1}, first_named={"vladimir-putin": letter})
        )
    index = index_factory(articles, names=gazetteer)
    (answer,) = index.ask(["پوٹن "])
    assert [_marked(shown) for shown in answer["shown"]] == ["پیوٹن", "پیوٹن", "پوتن", "پوتن"]


def test_an_excerpt_says_that_the_article_goes_on(index_factory: IndexFactory) -> None:
    index = index_factory([_long(0, 400, MARKERS[0], 1), _long(1, 400, MARKERS[1], 200), _long(2, 20, MARKERS[2], 5)])
    shown = [answer["shown"][0]["excerpt"] for answer in index.ask([f"{marker} " for marker in MARKERS[:3]])]
    ends = [(pieces[0]["text"].startswith("…"), pieces[-1]["text"].endswith("…")) for pieces in shown]
    assert ends == [(False, True), (True, True), (False, False)]


def test_an_article_without_a_summary_is_shown_by_its_start(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, f"{MARKERS[0]}\n{'گندم ' * 200}", summary=""), article(1, MARKERS[1])])
    first, second = (answer["shown"][0]["excerpt"] for answer in index.ask([f"{marker} " for marker in MARKERS[:2]]))
    assert first[0]["text"].startswith("گندم")
    assert second == []
