"""What an article is filed under: countries of places, terms of a sidecar, names that only a related headline has."""

from __future__ import annotations

import pytest

from digest.model import EntityKind, Term
from digest.pipeline import Analyst
from tests.conftest import AnalystFactory
from tests.small_gazetteer import SMALL, read

STORY = "اجلاس میں کہا گیا کہ پاکستان اور نیٹو کے درمیان بات چیت جاری ہے اور آئندہ بھی رہے گی۔"


@pytest.fixture
def analyst(analyst_factory: AnalystFactory) -> Analyst:
    return analyst_factory(SMALL)


def _countries(analyst: Analyst, text: str) -> tuple[str, ...]:
    return read(analyst, text).term_ids(EntityKind.COUNTRY)


def test_a_place_counts_for_its_country_and_has_no_page(analyst: Analyst) -> None:
    linked = read(analyst, "وہ لاہور اور شنگھائی گئے، پھر لاہور آئے۔")
    assert [(term.entity, term.kind, term.count) for term in linked.terms] == [
        ("pakistan", EntityKind.COUNTRY, 2),
        ("china", EntityKind.COUNTRY, 1),
    ]


def test_a_state_body_counts_for_itself_and_its_state(analyst: Analyst) -> None:
    linked = read(analyst, "کنیسٹ نے قانون منظور کیا۔")
    assert [term.entity for term in linked.terms] == ["pakistan", "knesset"]


def test_what_is_history_is_filed_under_nothing(analyst: Analyst) -> None:
    linked = read(analyst, "سوویت یونین ٹوٹ گیا۔")
    assert [mention.entity for mention in linked.mentions] == ["soviet-union"]
    assert linked.terms == ()


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("پنجاب میں بارش ہوئی۔", ("pakistan",)),
        ("بھارت کی ریاست پنجاب میں بارش ہوئی۔", ("india",)),
        ("دہلی سے خبر ہے کہ پنجاب میں بارش ہوئی۔", ("india",)),
        ("پاکستان اور بھارت کے پنجاب میں بارش ہوئی۔", ("pakistan", "india")),
    ],
)
def test_a_place_in_two_countries_counts_for_those_that_are_named(
    analyst: Analyst, text: str, countries: tuple[str, ...]
) -> None:
    assert _countries(analyst, text) == countries


def test_the_most_named_comes_first_and_the_first_named_on_ties(analyst: Analyst) -> None:
    assert _countries(analyst, "چین، بھارت اور پاکستان؛ پاکستان نے کہا۔") == ("pakistan", "china", "india")


@pytest.mark.parametrize(
    ("headline", "terms"),
    [
        ("نیٹو اور پاکستان کی بات چیت میں جو بائیڈن شریک", {"joe-biden": "related-headline"}),
        ("نیٹو کے اجلاس میں جو بائیڈن کی شرکت", {}),
        ("نیٹو اور پاکستان کی بات چیت میں بھارت شریک", {}),
        ("جو بائیڈن اور عمران خان کی ملاقات ہوئی", {}),
    ],
    ids=["same affair", "one name shared", "no countries from headlines", "another affair"],
)
def test_a_related_headline_about_the_same_affair_adds_people_and_organisations(
    analyst: Analyst, headline: str, terms: dict[str, str]
) -> None:
    linked = read(analyst, f"{STORY}\nمزید پڑھیں: {headline}")
    assert {term.entity: term.basis for term in linked.terms if term.basis != "text"} == terms


def test_a_sidecar_stands_in_place_of_what_was_found(analyst: Analyst) -> None:
    linked = read(analyst, STORY, countries=("CN", "india"), people=("imran-khan",))
    assert linked.term_ids(EntityKind.COUNTRY) == ("china", "india")
    assert linked.term_ids(EntityKind.PERSON) == ("imran-khan",)
    assert linked.term_ids(EntityKind.ORGANISATION) == ("nato",)
    assert Term(entity="china", kind=EntityKind.COUNTRY, count=0, basis="sidecar") in linked.terms


def test_an_empty_list_in_a_sidecar_means_none(analyst: Analyst) -> None:
    assert read(analyst, STORY, organisations=()).term_ids(EntityKind.ORGANISATION) == ()


def test_a_sidecar_cannot_file_an_article_twice_or_under_the_wrong_kind(analyst: Analyst) -> None:
    linked = read(analyst, STORY, countries=("CN", "china", "joe-biden", "nowhere"), people=("china",))
    assert linked.term_ids(EntityKind.COUNTRY) == ("china",)
    assert linked.term_ids(EntityKind.PERSON) == ()
