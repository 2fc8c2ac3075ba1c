"""Tells whether a text is in a language that there is a pack for: the filter for dumps of the whole web."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digest.languages.detect import detect_language
from digest.languages.pack import available_languages, load_pack

_SAMPLE = 4_000
_OWN_LETTERS = 0.6
"""Share of a text's letters that our languages write; names and links may be in others."""
_COMMON_WORDS = 0.05
"""Share of a text's words that are the commonest of its language; in prose it is a third."""


def language_of(text: str) -> str | None:
    """Return the tag of the language of `text`, or None if it is none that there is a pack for.

    >>> language_of("روس کے صدر نے کہا کہ وہ قازقستان کا دورہ کریں گے۔"), language_of("The president said so.")
    ('ur', None)
    """
    fitting = [tag for tag in available_languages() if _fits(text[:_SAMPLE], tag)]
    return detect_language(text, fitting) if fitting else None


def reads_like(text: str) -> bool:
    """Return whether `text` is words of some language that there is a pack for, and not bytes read wrongly."""
    return language_of(text) is not None


def is_in(text: str, languages: Sequence[str]) -> bool:
    """Return whether `text` is in one of `languages`."""
    return language_of(text) in languages


def _fits(sample: str, tag: str) -> bool:
    letters = [letter for letter in sample if letter.isalpha()]
    words = sample.split()
    if not letters:
        return False
    own = sum(letter in _alphabet() for letter in letters)
    common = sum(word in load_pack(tag).stopwords for word in words)
    return own >= _OWN_LETTERS * len(letters) and common >= _COMMON_WORDS * len(words)


@functools.cache
def _alphabet() -> frozenset[str]:
    """Return the letters of our languages: those of their commonest words, and those that one of them alone writes."""
    packs = [load_pack(tag) for tag in available_languages()]
    return frozenset("".join("".join(pack.stopwords) + pack.language.detect.own for pack in packs))
