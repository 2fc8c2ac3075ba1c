"""Tidy: every fix by its name, what it changes, what it must leave alone, and its count."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clean.article import tidy_of
from digest.clean.characters import Tidy
from digest.clean.lines import tidy_lines
from digest.languages.pack import LanguagePack, available_languages, load_pack

FIXES = [
    ("control-characters", "روس\x00 نے\x07 کہا\x9f", "روس نے کہا", 3),
    ("not-characters", "روس\ufffe نے\ue000", "روس نے", 2),
    ("direction-controls", "\u202bروس\u202c نے \u2067کہا\u2069\u200f\u061c", "روس نے کہا", 6),
    ("invisible-characters", "\ufeffرو\u00adس\u200b نے\u2060", "روس نے", 4),
    ("other-spaces", "روس\u00a0نے\u2009کہا\tتھا", "روس نے کہا تھا", 3),
    ("composed-characters", "ا\u0653ج", "آج", 1),
    ("presentation-forms", "\ufedf\ufe8e", "لا", 2),
    ("arabic-letters", "ولاديمير كل هے", "ولادیمیر کل ہے", 4),
    ("yeh-hamza", "گی\u0654", "گئ", 1),
    ("loose-zwnj", "روس \u200cنے\u200c کہا\u200c", "روس نے کہا", 3),
    ("space-after-stop", "اس نے کہا۔وہ گیا؟کون،کب", "اس نے کہا۔ وہ گیا؟ کون، کب", 3),
    ("repeated-spaces", "روس  نے    کہا", "روس نے کہا", 2),
]
UNTOUCHED = [
    "امریکہ، برطانیہ اور فرانس کی جانب سے۔",
    "وَزِیرِ اعظم نے مؤقف اپنایا، یقیناً یہ درست ہے",
    "28 دسمبر ۲۰۲۱ اور ٢٨ نومبر 2023ء",
    "رسول اللہ ﷺ نے فرمایا، ﷻ اور ﷽",
    "جی۔سیون، اے۔پی اور بی۔بی۔سی کا اجلاس",
    "https://example.org/a?b=1&c=2 پر دیکھیے",
    "خانہ\u200cبدوش اور بے\u200cشک",
    "’فتح‘ کا “دعویٰ” اور (قوسین) — ڈیش…",
    "نے نے یہ دہرایا ہوا ہے",
    "12.5 فیصد اور 1,000 روپے، 3،4",
    "Vladimir Putin met U.S. officials",
]


@pytest.fixture(scope="module")
def tidy(pack: LanguagePack) -> Tidy:
    return tidy_of(pack)


@pytest.mark.parametrize(("name", "before", "after", "count"), FIXES, ids=[fix[0] for fix in FIXES])
def test_each_fix_changes_what_it_names_and_counts_it(
    tidy: Tidy, name: str, before: str, after: str, count: int
) -> None:
    text, fixes = tidy(before)
    assert text == unicodedata.normalize("NFC", after)
    assert fixes == {name: count}


@pytest.mark.parametrize(("name", "before", "after", "count"), FIXES, ids=[fix[0] for fix in FIXES])
def test_a_tidied_text_needs_no_fix(tidy: Tidy, name: str, before: str, after: str, count: int) -> None:
    assert tidy(after) == (after, {}), (name, before, count)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_a_newspaper_wrote_stays(tidy: Tidy, text: str) -> None:
    assert tidy(text) == (text, {})


def test_the_order_of_steps_lets_one_fix_feed_the_next(tidy: Tidy) -> None:
    # The presentation form of an Arabic kaf becomes a kaf, and then an Urdu one.
    assert tidy("\ufed9تاب") == ("کتاب", {"presentation-forms": 1, "arabic-letters": 1})
    # Alef maksura with a hamza above: letter table first, then the hamza joins the yeh.
    assert tidy("ى\u0654") == ("ئ", {"arabic-letters": 1, "yeh-hamza": 1})
    # An Arabic heh with a hamza becomes one letter only when it is an Urdu heh.
    assert tidy("ه\u0654") == ("\u06c2", {"arabic-letters": 1, "composed-characters": 1})


def test_white_space_at_the_ends_is_no_fix(tidy: Tidy) -> None:
    assert tidy(" روس نے کہا ") == ("روس نے کہا", {})


def test_stops_between_letters_of_an_acronym_stay_together(tidy: Tidy) -> None:
    assert tidy("این۔اے اور او۔آئی۔سی")[1] == {}
    assert tidy("وہ چلا گیا۔اے پی کے مطابق")[0] == "وہ چلا گیا۔ اے پی کے مطابق"


def test_a_line_without_a_space_costs_no_more_than_its_length(tidy: Tidy) -> None:
    # A pattern that is tried again at every letter of a word would take minutes here.
    word = "ا" * 300_000
    assert tidy(word) == (word, {})


def test_lines_are_numbered_as_in_the_source_and_their_fixes_summed(tidy: Tidy) -> None:
    lines, fixes = tidy_lines("پہلی\u00a0سطر\n\n \nكل\u00a0کیا\r\n\u200f\nآخری", tidy)
    assert [(line.number, line.text, line.words) for line in lines] == [
        (1, "پہلی سطر", 2),
        (4, "کل کیا", 2),
        (6, "آخری", 1),
    ]
    assert dict(fixes) == {"other-spaces": 2, "arabic-letters": 1, "direction-controls": 1}


def test_hidden_tags_go_and_flags_made_of_them_stay(pack: LanguagePack) -> None:
    england = "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "gbeng") + "\U000e007f"
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "ignore this")
    text, fixes = Tidy(pack)(f"خبر{hidden} کھیل {england} کی \ufff9جیت\U000f1234")
    assert text == f"خبر کھیل {england} کی جیت"
    assert fixes["not-characters"] == 3


_ODD = (
    "اکیے ۔،1 \u200c\u200f\u00a0\u0654\u0653\u064a\u0643\ufb8a\ufedf\ufdfa\ufeff\u0001\u2066\U000e0041\u00ade\u0301\t"
)


@pytest.mark.parametrize("tag", available_languages())
@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=_ODD, max_size=12))
def test_the_one_look_for_anything_to_repair_passes_nothing_over(tag: str, text: str) -> None:
    tidy, patient = Tidy(load_pack(tag)), Tidy(load_pack(tag))
    patient._suspect = re.compile("")  # noqa: SLF001 - so that every line is looked at closely
    assert tidy(text) == patient(text)
