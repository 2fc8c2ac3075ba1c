"""Fold: spellings that readers take for one word become equal; words that differ in meaning stay different."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.languages.fold import _CUT, WORD, Folder
from digest.languages.pack import LanguagePack


@pytest.fixture(scope="module")
def fold(pack: LanguagePack) -> Folder:
    return pack.folder


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("آستانہ", "استانہ"),
        ("پاكستان", "پاکستان"),
        ("ايران", "ایران"),
        ("بھارت", "بہارت"),
        ("امریکہ", "امریکا"),
        ("روئٹرز", "رویٹرز"),
        ("مؤقف", "موقف"),
        ("وَزِیرِ", "وزیر"),
        ("کـــابل", "کابل"),
        ("علماء", "علما"),
        ("مملکۃ", "مملکہ"),
        ("۲۰۲۱", "2021"),
        ("٢٠٢١", "2021"),
        ("NATO", "nato"),
        ("İstanbul", "istanbul"),
    ],
)
def test_spellings_of_one_word_are_equal(fold: Folder, one: str, other: str) -> None:
    assert fold.word(one) == fold.word(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وہاں", "ووہان"),
        ("ترقی", "ترکی"),
        ("قابل", "کابل"),
        ("عراق", "اراق"),
        ("کعبہ", "کعبا"),  # only words over four letters lose their last ہ
        ("تیر", "طیر"),
        ("ٹیم", "تیم"),
        ("ذکر", "زکر"),
    ],
)
def test_words_of_different_meaning_stay_different(fold: Folder, one: str, other: str) -> None:
    assert fold.word(one) != fold.word(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("پیوٹن، جی۔سیون", ["پیوٹن", "جی", "سیون"]),
        ("خانہ\u200cبدوش", ["خانہ", "بدوش"]),
        ("کہاکہ’مسلح", ["کہاکا", "مسلح"]),
        ("2023ء میں", ["2023", "میں"]),
        ("CSTO-2024", ["csto", "2024"]),
        ("ء", []),
        ("۔ ، ’ — (…)", []),
    ],
)
def test_words_are_runs_of_letters_or_digits(fold: Folder, text: str, words: list[str]) -> None:
    assert fold.words(text).forms == words


def test_every_word_knows_where_it_stands(fold: Folder) -> None:
    text = "وَزِیرِ اعظم (امریکہ)، CSTO کے 3 رکن"
    words = fold.words(text)
    surfaces = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert surfaces == ["وَزِیرِ", "اعظم", "امریکہ", "CSTO", "کے", "3", "رکن"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("جنوبی کوریا", True),
        ("جنوبی\u200cکوریا", True),
        ("اے-ایف", True),
        ("جی۔سیون", True),
        ("الجزیرہ’نیوز", True),
        ("گئے۔ روس", False),
        ("امریکہ، برطانیہ", False),
        ("روس: صدر", False),
        ("روس (صدر", False),
        ("روس ’صدر", False),
    ],
)
def test_names_go_on_over_spaces_and_hyphens_and_never_over_punctuation(
    fold: Folder,
    text: str,
    joined: bool,  # noqa: FBT001
) -> None:
    assert fold.words(text).joined(1) is joined


@pytest.mark.parametrize(
    ("word", "length", "from_end", "characters"),
    [
        ("امریکہکی", 2, True, 2),
        ("امریکہکِیْ", 2, True, 4),
        ("سےپاکستان", 2, False, 2),
        ("سِےْپاکستان", 2, False, 4),
        ("کابل", 9, False, 4),
    ],
)
def test_lengths_of_folded_words_are_found_again_in_the_text(
    fold: Folder,
    word: str,
    length: int,
    from_end: bool,  # noqa: FBT001
    characters: int,
) -> None:
    assert fold.locate(word, length, from_end=from_end) == characters


def test_what_is_remembered_is_bounded(fold: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.languages.fold._MOST_KNOWN", 10)
    own = Folder(fold.rules)
    for number in range(100):
        own.word(f"لفظ{number}")
    assert len(own._known) <= 11  # noqa: SLF001 - memory is the point


@settings(max_examples=300)
@given(st.text(alphabet="اپکہ\u064e\u0640\u0654\u0301aZ1۲_ é۔\u200c'ß\u0620\u06d4", max_size=12))
def test_the_short_cut_for_common_letters_cuts_where_words_are(text: str) -> None:
    assert [match.span() for match in _CUT.finditer(text)] == [match.span() for match in WORD.finditer(text)]
