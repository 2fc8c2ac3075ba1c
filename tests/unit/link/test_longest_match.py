"""The longest name wins, whatever it names; a name never runs over punctuation, quotes or the end of a line."""

from __future__ import annotations

import pytest

from digest.pipeline import Analyst
from tests.conftest import AnalystFactory
from tests.small_gazetteer import SMALL, named, read


@pytest.fixture
def analyst(analyst_factory: AnalystFactory) -> Analyst:
    return analyst_factory(SMALL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وہ شنگھائی گئے", [("shanghai", "شنگھائی")]),
        ("وہ شنگھائی تعاون تنظیم کے اجلاس میں", [("sco", "شنگھائی تعاون تنظیم")]),
        ("وہ شنگھائی تعاون کے لیے", [("shanghai", "شنگھائی")]),
        ("سوویت یونین کا زمانہ", [("soviet-union", "سوویت یونین")]),
        ("شامی صدر نے کہا", [("syria", "شامی صدر")]),
        ("جو بائیڈن اور عمران خان", [("joe-biden", "جو بائیڈن"), ("imran-khan", "عمران خان")]),
    ],
)
def test_the_longest_name_wins_across_kinds(analyst: Analyst, text: str, found: list[tuple[str, str]]) -> None:
    assert named(analyst, text) == found


@pytest.mark.parametrize("text", ["اس نے سو امریکی ڈالر دیے", "اس نے چین کا سانس لیا"])
def test_a_phrase_that_is_no_name_uses_up_its_words(analyst: Analyst, text: str) -> None:
    linked = read(analyst, f"{text}۔")
    assert linked.mentions == ()
    assert [rejection.why for rejection in linked.rejections] == ["part of a phrase that is no name"]


def test_the_words_of_a_phrase_count_where_it_is_not_whole(analyst: Analyst) -> None:
    assert named(analyst, "امریکی صدر نے چین کا دورہ کیا") == [("united-states", "امریکی"), ("china", "چین")]


@pytest.mark.parametrize(
    "text",
    [
        "شنگھائی، تعاون تنظیم",
        "شنگھائی ’تعاون تنظیم‘",
        "شنگھائی (تعاون تنظیم)",
        "شنگھائی: تعاون تنظیم",
        "شنگھائی … تعاون تنظیم",
        "شنگھائی؟ تعاون تنظیم",
    ],
)
def test_a_name_never_runs_over_punctuation(analyst: Analyst, text: str) -> None:
    assert named(analyst, text) == [("shanghai", "شنگھائی")]


def test_a_name_never_runs_over_the_end_of_a_line(analyst: Analyst) -> None:
    linked = read(analyst, "اجلاس میں شرکت کے لیے وہ شنگھائی\nتعاون تنظیم کا اجلاس آج ہو رہا ہے اور کل تک رہے گا۔")
    assert [mention.entity for mention in linked.mentions] == ["shanghai"]


@pytest.mark.parametrize(
    "name", ["شنگھائی\u200cتعاون\u200cتنظیم", "شنگھائی-تعاون-تنظیم", "شنگھائى تعاون تنظيم", "شَنگھائی تعاون تنظیم"]
)
def test_other_ways_to_write_the_same_name(analyst: Analyst, name: str) -> None:
    assert [entity for entity, _ in named(analyst, f"آج {name} نے")] == ["sco"]


@pytest.mark.parametrize("name", ["فن لینڈ", "فن\u200cلینڈ", "فنلینڈ"])
def test_a_name_of_two_words_is_also_found_in_one(analyst: Analyst, name: str) -> None:
    assert named(analyst, f"وہ {name} گئے") == [("finland", name)]


def test_a_name_is_a_whole_word(analyst: Analyst) -> None:
    assert named(analyst, "چینل پر چینوٹ کی خبر") == []


def test_a_related_link_in_the_text_is_not_tagged(analyst: Analyst) -> None:
    assert named(analyst, "پاکستان نے کہا مزید پڑھیں: بھارت اور چین کی بات چیت") == [("pakistan", "پاکستان")]


def test_who_took_a_picture_is_not_in_the_news(analyst: Analyst) -> None:
    story = "پاکستان کے وزیر نے اجلاس سے خطاب کرتے ہوئے کہا کہ امن ضروری ہے۔"
    photo = read(analyst, f"{story}\nوزیر کا خطاب۔ (فوٹو: نیٹو)")
    source = read(analyst, f"{story}\nوزیر کا خطاب۔ (ماخذ: نیٹو)")
    assert [mention.entity for mention in photo.mentions] == ["pakistan"]
    assert [mention.entity for mention in source.mentions] == ["pakistan", "nato"]
