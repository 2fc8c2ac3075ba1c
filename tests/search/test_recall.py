"""Every way of writing finds every other way; and what is only guessed is marked as a guess."""

from __future__ import annotations

import dataclasses
import gzip

import pytest

from digest.gazetteer.load import Gazetteer
from digest.search.encoding import swapped
from tests.search.conftest import IndexFactory, article

FILLER = ("بلدیہ کے اجلاس میں بجٹ پر غور ہوا", "فصلوں کو بارش سے نقصان پہنچا", "نئی کتابوں کی نمائش کا افتتاح")
KINDS = {
    "joined, split, ZWNJ": ("جنگ بندی", "جنگبندی", "جنگ\u200cبندی"),
    "harakat": ("مُحَمَّد علی", "محمد علی"),
    "Arabic letters": ("كريمى يكتا", "کریمی یکتا"),
    "digits": ("سنہ 2021", "سنہ ۲۰۲۱", "سنہ ٢٠٢١"),
    "final heh": ("جرگہا", "جرگہہ"),
    "hamza and madda": ("آئینہ دار", "ایینہ دار", "آئینۂ دار"),
    "decomposed": ("آئین", "ا\u0653ی\u0654ین"),
    "tatweel": ("خبـــر نامہ", "خبر نامہ"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_spelling_finds_every_spelling(kind: str, index_factory: IndexFactory) -> None:
    spellings = KINDS[kind]
    texts = [f"{FILLER[n % 3]}\nآج {spelling} کی بات ہوئی" for n, spelling in enumerate(spellings)]
    index = index_factory([article(n, text) for n, text in enumerate((*texts, *FILLER))])
    for spelling in spellings:
        assert sorted(index.found(f"{spelling} ")) == list(range(len(spellings))), spelling


def test_names_of_the_gazetteer(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    entity = gazetteer.entities["vladimir-putin"]
    names = sorted({alias.text for alias in entity.aliases if alias.form in ("name", "variant", "short")})
    articles = [article(n, f"{FILLER[n % 3]}\n{name} نے کہا", entities={entity.id: 1}) for n, name in enumerate(names)]
    index = index_factory([*articles, article(len(names), FILLER[0])], names=gazetteer)
    answers = index.ask([{"query": name, "limit": 1000} for name in names])
    assert [(name, answer["total"]) for name, answer in zip(names, answers, strict=True)] == [
        (name, len(names)) for name in names
    ]


def test_a_glued_clitic_is_peeled(index_factory: IndexFactory) -> None:
    texts = ["دریائےسندھ کا پانی", "دریائےسندھکا پانی"]
    index = index_factory([article(n, text) for n, text in enumerate(texts)])
    assert index.found("دریائےسندھ ")[0] == 0
    assert sorted(index.found("پانیسے ")) == [0, 1]


def test_an_unlisted_name_is_found_by_its_sound_and_marked(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "جھنگوی صاحب آئے"), article(1, "جہنگوی صاحب گئے"), article(2, FILLER[0])])
    (answer,) = index.ask([{"query": "جھنگوئی ", "show": 5}])
    assert sorted(hit["sequence"] for hit in answer["hits"]) == [0, 1]
    assert answer["similar"][0]["word"] == "جھنگوئی"


def test_a_mistyped_word_is_corrected_only_where_nothing_is_found(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "پارلیمنٹ کا اجلاس"), article(1, FILLER[1])])
    (wrong, right) = index.ask(["پارلیمفٹ ", "پارلیمنٹ "])
    assert [hit["sequence"] for hit in wrong["hits"]] == [0]
    assert wrong["similar"] == [{"word": "پارلیمفٹ", "like": ["پارلیمنٹ"]}]
    assert right["similar"] == []


def test_a_common_word_brings_no_noise(index_factory: IndexFactory) -> None:
    common = [article(n, f"{FILLER[n % 3]}\nکرملن کا کارملانا بیان") for n in range(30)]
    index = index_factory([*common, article(30, "کریملین پر حملہ")])
    (answer,) = index.ask(["کریملین "])
    assert answer["hits"][0]["sequence"] == 30


def test_the_last_word_may_be_a_beginning(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "پارلیمنٹ کا اجلاس"), article(1, "پارلیمانی کمیٹی"), article(2, FILLER[1])])
    assert sorted(index.found("پارلی")) == [0, 1]
    assert index.found("پارلی ") == []


def test_a_missing_word_is_named_and_left_out(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "پارلیمنٹ کا اجلاس"), article(1, FILLER[1])])
    (answer,) = index.ask(["پارلیمنٹ ژقغظ "])
    assert (answer["total"], answer["missing"]) == (1, ["ژقغظ"])
    assert answer["shown"][0]["missing"] == ["ژقغظ"]


def test_words_that_no_article_has_together(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "پارلیمنٹ کا اجلاس"), article(1, FILLER[1]), article(2, "بارش میں کمی")])
    (answer,) = index.ask(["پارلیمنٹ بارش "])
    assert (answer["total"], answer["relaxed"], answer["missing"]) == (3, True, [])


def test_a_filter_takes_names_in_any_spelling(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    own = {"entities": {"kazakhstan": 1}, "filters": ("country:kazakhstan",)}
    index = index_factory([article(0, "قازقستان میں اجلاس", **own), article(1, FILLER[1])], names=gazetteer)
    for query in ("ملک:قزاقستان ", "country:kazakhstan ", "ملک:قازقستان اجلاس ", "Country:Kazakhstan "):
        assert index.found(query) == [0], query
    assert index.found("ملک:روس ") == []


def test_what_stands_before_a_colon_and_is_no_kind_is_a_word(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "constructor وزیر نے کہا")])
    assert index.found("constructor: وزیر") == [0]


def test_days(index_factory: IndexFactory) -> None:
    index = index_factory([article(n, "پارلیمنٹ کا اجلاس") for n in range(400)])
    assert index.found("date:2024-01-03 ") == [2]
    assert len(index.found("سال:2024 ")) == 366
    assert index.found("پارلیمنٹ from:2025-01-30 to:2025-02-01 ") == [397, 396, 395]
    assert index.found("تاریخ:۲۰۲۴-۰۱-۰۱..2024-01-02 ") == [1, 0]


def test_an_excerpt_shows_and_marks_what_was_found(index_factory: IndexFactory) -> None:
    text = " ".join(FILLER) + " " + "اور " * 40 + "<b>جنگ‌بندی</b> پر اتفاق ہوا"
    index = index_factory([article(0, f"خبر\n{text}")])
    (answer,) = index.ask(["جنگبندی "])
    pieces = answer["shown"][0]["excerpt"]
    assert [piece["text"] for piece in pieces if piece["mark"]] == ["جنگ\u200cبندی"]
    assert "".join(piece["text"] for piece in pieces).startswith("… ")


def test_a_mistyped_name_finds_its_entity(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    own = {"entities": {"kazakhstan": 1}}
    texts = ["قازقستان میں اجلاس", "قزاقستان کا دورہ", "قازقستان کی فوج", FILLER[1]]
    index = index_factory([article(n, text, **(own if n < 3 else {})) for n, text in enumerate(texts)], names=gazetteer)
    (answer,) = index.ask(["قزاکستن "])
    assert sorted(hit["sequence"] for hit in answer["hits"]) == [0, 1, 2]
    assert answer["similar"][0]["word"] == "قزاکستن"


def test_a_name_is_suggested_while_it_is_typed(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    own = {"entities": {"vladimir-putin": 1}, "filters": ("person:vladimir-putin",)}
    texts = ["پوتن کا دورہ", "ولادیمیر پوٹن نے کہا", FILLER[0]]
    index = index_factory([article(n, text, **(own if n < 2 else {})) for n, text in enumerate(texts)], names=gazetteer)
    for query in ("پو", "پوت", "Put", "putin", "ولاد", "ولادیمیر پو", "Vladimir Pu"):
        (answer,) = index.ask([query])
        assert [(entity["id"], entity["articles"]) for entity in answer["entities"]] == [("vladimir-putin", 2)], query
    for query in ("پو", "Pu"):
        assert sorted(index.found(query)) == [0, 1], query


def test_a_filter_that_nothing_is_under_is_named(index_factory: IndexFactory) -> None:
    index = index_factory([article(0, "قازقستان میں اجلاس", filters=("country:kazakhstan",))])
    (wrong, spaced) = index.ask(["اجلاس ملک:ماورا ", "ملک: kazakhstan "])
    assert (wrong["total"], wrong["missing"]) == (0, ["ملک:ماورا"])
    assert spaced["total"] == 1


def test_a_site_of_excerpts_shows_no_more(index_factory: IndexFactory) -> None:
    """All words are found, phrases only in what is shown, and the index holds no text that is not."""
    shown, hidden = "پارلیمنٹ کا اجلاس کل ہوگا", "بجٹ پر گرما گرم بحث متوقع ہے"
    one = article(0, f"خبر نامہ\n{shown}")
    index = index_factory([dataclasses.replace(one, unshown=(hidden,), text=""), article(1, FILLER[0])])
    assert index.found("متوقع ") == [0]
    assert index.found('"اجلاس کل"') == [0]
    assert index.found('"گرم بحث"') == []
    (answer,) = index.ask(["متوقع "])
    assert "".join(piece["text"] for piece in answer["shown"][0]["excerpt"]) == shown
    texts = b"".join(gzip.decompress(content) for name, content in index.files().items() if "/x" in name)
    assert swapped(shown).encode() in texts
    assert swapped(hidden).encode() not in texts


def test_an_outlet_is_called_what_its_articles_call_it(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    """Hosts that the gazetteer does not know have an id made of their name; nobody should read that."""
    filed = ("outlet:khabar-ghar-pk",)
    index = index_factory(
        [
            article(0, "بلدیہ", outlet="خبر گھر (پرانا)", filters=filed),
            article(1, "بلدیہ", outlet="خبر\tگھر\nپاکستان", filters=filed),
            article(2, "بلدیہ", outlet="bbc", filters=("outlet:bbc-urdu",)),
        ],
        names=gazetteer,
    )
    (answer,) = index.ask([{"query": "بلدیہ ", "facet": "outlet"}])
    assert [(one["id"], one["label"], one["count"]) for one in answer["facets"]] == [
        ("khabar-ghar-pk", "خبر گھر پاکستان", 2),
        ("bbc-urdu", "بی بی سی اردو", 1),
    ]
