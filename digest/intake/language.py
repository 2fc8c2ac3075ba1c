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
    fitting = [tag for tag in available_languages() if _likeness(text[:_SAMPLE], tag)]
    return detect_language(text, fitting) if fitting else None


def likeness(text: str) -> float:
    """Return how much `text` is like words of some language that there is a pack for; 0 for bytes read wrongly."""
    return max(_likeness(text[:_SAMPLE], tag) for tag in available_languages())


def is_in(text: str, languages: Sequence[str]) -> bool:
    """Return whether `text` is in one of `languages`."""
    return language_of(text) in languages


def _likeness(sample: str, tag: str) -> float:
    """Return the shares of own letters and of common words together, 0 when one of them is too small."""
    letters = [letter for letter in sample if letter.isalpha()]
    words = sample.split()
    if not letters:
        return 0.0
    own = sum(letter in _alphabet() for letter in letters) / len(letters)
    common = sum(word in load_pack(tag).stopwords for word in words) / len(words)
    return own + common if own >= _OWN_LETTERS and common >= _COMMON_WORDS else 0.0


@functools.cache
def _alphabet() -> frozenset[str]:
    """Return the letters of our languages: those of their commonest words, and those that one of them alone writes."""
    packs = [load_pack(tag) for tag in available_languages()]
    return frozenset("".join("".join(pack.stopwords) + pack.language.detect.own for pack in packs))
