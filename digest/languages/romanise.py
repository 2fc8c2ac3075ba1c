"""Writes words in Latin letters for addresses: readable, short, and the same for every build.

python-slugify alone drops the vowels (پاکستان → pkhstn; عرب, رب and ارب all become rb).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from slugify import slugify

from digest.languages.fold import WORD


class RomaniseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`romanise.yml` of a language pack."""

    vowels: Mapping[str, str]
    consonants: Mapping[str, str]
    words: Mapping[str, str] = {}
    initial: Mapping[str, str] = {}
    aspirate: str = ""


def romanise(text: str, table: RomaniseTable, names: Mapping[str, str]) -> str:
    """Return `text` as lower-case ASCII words.

    Args:
        text: a headline.
        table: the letters of its language.
        names: surfaces of names in `text` and how they are written (`قازقستان` → `kazakhstan`).

    >>> from digest.languages.pack import load_pack
    >>> romanise("روس کے صدر نے کہا", load_pack("ur").romanise, {"روس": "russia"})
    'russia-ke-sadar-ne-kaha'
    """
    for surface in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(surface)}(?!\w)", f" {names[surface]} ", text)
    return slugify(WORD.sub(lambda match: f" {_word(match[0], table)} ", text))


def _word(word: str, table: RomaniseTable) -> str:
    if word in table.words:
        return table.words[word]
    written: list[str] = []
    after_consonant = False
    for index, letter in enumerate(word):
        if index == 0 and letter in table.initial:
            written.append(table.initial[letter])
            after_consonant = True
        elif letter in table.vowels:
            written.append(table.vowels[letter])
            after_consonant = False
        elif letter in table.consonants:
            latin = table.consonants[letter]
            last = index == len(word) - 1
            if after_consonant and letter != table.aspirate and not last:
                written.append("a")
            elif after_consonant and last and letter != table.aspirate:
                written.append("a" if len(word) <= 3 else "")  # noqa: PLR2004 - صدر is sadar, دوست is dost
            written.append(latin)
            after_consonant = True
        else:
            written.append(letter)
            after_consonant = False
    return "".join(written)
