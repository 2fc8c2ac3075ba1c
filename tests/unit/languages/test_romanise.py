"""Addresses are readable ASCII, the same for every build, and different for different words."""

from __future__ import annotations

import re

import pytest

from digest.languages.pack import LanguagePack
from digest.languages.romanise import romanise


def test_names_are_written_as_the_gazetteer_has_them(pack: LanguagePack) -> None:
    written = romanise("قازقستان کے صدر توکایف", pack.romanise, {"قازقستان": "kazakhstan", "توکایف": "tokayev"})
    assert written == "kazakhstan-ke-sadar-tokayev"


def test_a_name_inside_a_longer_word_is_left_alone(pack: LanguagePack) -> None:
    assert "russia" not in romanise("روسیوں نے کہا", pack.romanise, {"روس": "russia"})


def test_the_longer_name_wins(pack: LanguagePack) -> None:
    names = {"کوریا": "korea", "شمالی کوریا": "north-korea"}
    assert romanise("شمالی کوریا اور کوریا", pack.romanise, names) == "north-korea-aur-korea"


def test_different_words_do_not_lose_what_tells_them_apart(pack: LanguagePack) -> None:
    assert romanise("رب", pack.romanise, {}) != romanise("عرب", pack.romanise, {})
    assert romanise("دوست", pack.romanise, {}) == "dost"
    assert romanise("وزیر", pack.romanise, {}) == "wazir"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "../../x", "۔۔۔", "", "\u202eabc", "日本語 خبر", "a\x00b"]
)
def test_whatever_comes_in_the_address_is_plain(text: str, pack: LanguagePack) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", romanise(text, pack.romanise, {}))
