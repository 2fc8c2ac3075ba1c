"""Writes words in Latin letters for addresses: readable, short, and the same for every build.

python-slugify alone drops the vowels (پاکستان → pkhstn; عرب, رب and ارب all become rb).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

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
    from slugify import slugify  # noqa: PLC0415 - only new articles get an address

    for surface in sorted(names, key=len, reverse=True):
        text = _replaced(text, surface, f" {names[surface]} ")
    return slugify(WORD.sub(lambda match: f" {_word(match[0], table)} ", text))


def _replaced(text: str, words: str, other: str) -> str:
    """Put something else in the place of words; not where they are part of longer ones.

    No pattern: each would be compiled for one headline.
    """
    parts: list[str] = []
    start, place = 0, text.find(words)
    while place >= 0:
        end = place + len(words)
        if _goes_on(text[place - 1 : place]) or _goes_on(text[end : end + 1]):
            end = place + 1
        else:
            parts += (text[start:place], other)
            start = end
        place = text.find(words, end)
    return "".join((*parts, text[start:]))


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


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
