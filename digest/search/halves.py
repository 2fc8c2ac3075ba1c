"""Where a text is cut in two, so that who finds a word reads the half in which it stands.

Ten excerpts are most of what a search reads, and an excerpt is three lines of six hundred words.
"""

from __future__ import annotations

import dataclasses
import itertools
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from digest.languages.fold import WORD
from digest.search.documents import SearchDocument

_SHORTEST = 160
"""Words, those of the summary included, from which on a text is cut. A half is longer than an excerpt then."""
NOWHERE = 1 << 31
"""Stands for the places and letters of what is not cut."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """The start of the second half."""

    text_from: int
    """Place of the first word of the text: before it stand headline and such, which no excerpt shows."""
    place: int
    """Place of the first word of the second half; places are those of the index, passages apart."""
    letter: int
    """The same in letters of the text that excerpts are cut from."""
    displayed: int
    """The same in letters of the passages, joined by newlines."""

    def half(self, places: Sequence[int]) -> int:
        """Return the half that holds most of some places: 0 or 1, and 0 where it is all the same."""
        second = bisect_left(places, self.place)
        return int(len(places) - second > second - bisect_left(places, self.text_from, 0, second))


WHOLE = Cut(0, NOWHERE, NOWHERE, NOWHERE)
"""A text that is not cut."""


class _Stretch(NamedTuple):
    """A passage of the text: its first place, its words, and its first letter, in the text and as displayed."""

    place: int
    words: int
    letter: int
    displayed: int
    passage: str


def cut(
    document: SearchDocument, passages: Sequence[tuple[int, int]], summary: int, is_word: Callable[[str], bool]
) -> Cut:
    """Return where to cut an article's text, so that both halves take about as many bytes.

    Args:
        document: the article.
        passages: for each of its passages, the first place and how many words it has.
        summary: words of the summary, which goes with the first half.
        is_word: what folds to nothing is none.
    """
    stretches = _stretches(document, passages)
    words = sum(stretch.words for stretch in stretches)
    first = (words + summary) // 2 - summary
    if words + summary < _SHORTEST or first < 1:
        return WHOLE
    for stretch in stretches:
        if first < stretch.words:
            starts = (found.start() for found in WORD.finditer(stretch.passage) if is_word(found[0]))
            letter = next(itertools.islice(starts, first, None)) if first else 0
            return Cut(stretches[0].place, stretch.place + first, stretch.letter + letter, stretch.displayed + letter)
        first -= stretch.words
    return WHOLE


def _stretches(document: SearchDocument, passages: Sequence[tuple[int, int]]) -> list[_Stretch]:
    """Return the passages that are lines of the text: neither a headline nor a credit is one."""
    found = []
    letter = displayed = 0
    for passage, (place, words) in zip(document.passages, passages, strict=True):
        end = letter + len(passage)
        if document.text.startswith(passage, letter) and document.text[end : end + 1] in ("\n", ""):
            found.append(_Stretch(place, words, letter, displayed, passage))
            letter = end + 1
        displayed += len(passage) + 1
    return found
