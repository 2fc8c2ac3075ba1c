"""Tells the language of a text by its letters, from what the language packs say of themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from digest.languages.pack import load_pack

_SAMPLE = 4000
"""Characters looked at; more do not change the answer."""


def detect_language(text: str, candidates: Sequence[str]) -> str:
    """Return the tag of the candidate whose own letters are most frequent; the first one on ties.

    >>> detect_language("روس کے صدر", ["ur"])
    'ur'
    """
    if len(candidates) == 1:
        return candidates[0]
    letters = Counter(text[:_SAMPLE])
    total = sum(count for letter, count in letters.items() if letter.isalpha()) or 1

    def score(tag: str) -> float:
        pack = load_pack(tag)
        own = sum(letters[letter] for letter in pack.language.detect.own)
        never = sum(letters[letter] for letter in pack.language.detect.never)
        common = sum(1 for word in text[:_SAMPLE].split() if word in pack.stopwords)
        return (own - never) / total + common / max(1, len(text[:_SAMPLE].split()))

    return max(candidates, key=lambda tag: (score(tag), -candidates.index(tag)))
