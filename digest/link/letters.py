"""The letters of names, without the spaces that print often loses or puts in (`misspaced.py`)."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from digest.gazetteer.kept_names import Name
from digest.gazetteer.lexicon import Lexicon
from digest.languages.fold import Folder
from digest.languages.memo import Memo

LEAST_LETTERS = 7
"""Letters of the shortest name that may be misspaced."""

_NEAR = 3
"""Letters of a word that are looked up at once."""
_MOST_KEPT = 20_000
"""Beginnings of which it is remembered where they are."""
_HIGHEST = "\U0010ffff"
"""Behind every letter."""

Ends = frozenset[int]
"""How many letters stand before each space."""


def spellings(words: Sequence[str], folder: Folder) -> Iterable[str]:
    """Return the letters of a name of folded words, without its spaces; nothing when it is too short."""
    letters = "".join(words)
    if len(letters) < LEAST_LETTERS:
        return ()
    return {letters, *map("".join, itertools.product(*map(folder.within, words)))}


def ends_of(words: Sequence[str]) -> Ends:
    """Return where the spaces of a name of folded words are.

    >>> sorted(ends_of(("عمران", "خان")))
    [5]
    """
    return frozenset(itertools.accumulate(map(len, words[:-1])))


class Letters:
    """The letters of the names of one language; not of Latin ones, which are spaced right, or weak ones of one word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._near = Memo(self._beginning_with, most=_MOST_KEPT)
        """Where the letters are that begin with the first few of a word: few are, and most words are ruled out."""

    @functools.cached_property
    def all(self) -> tuple[str, ...]:
        """Return them in order."""
        derived = self._lexicon.derived
        return tuple(derived.letters.split()) if derived else self.worked_out()

    def worked_out(self) -> tuple[str, ...]:
        """Work them out."""
        language, folder = self._lexicon.language, self._lexicon.folder
        names = [
            words
            for words, _, alias in self._lexicon.names()
            if alias.language == language and (alias.strong or len(words) > 1)
        ]
        found = {letters for letters in map("".join, names) if len(letters) >= LEAST_LETTERS}
        for end in folder.unfolded:  # few names have a word that may end otherwise: this says which, at once
            texts = zip(names, map(" ".join, names), strict=True)
            some = [words for words, text in texts if f"{end} " in f"{text} "]
            long = [
                words
                for words in some
                if any(len(word) > folder.rules.final_over and word[-1] == end for word in words)
            ]
            found.update(*(spellings(words, folder) for words in long))
        return tuple(sorted(found))

    def beginning_with(self, piece: str) -> tuple[int, int]:
        """Return where in `all` the letters are that begin with some: from the first to the last (exclusive)."""
        first, last = self._near[piece[:_NEAR]]
        if first == last or len(piece) <= _NEAR:
            return first, last
        return self._beginning_with(piece, first, last)

    def _beginning_with(self, piece: str, first: int = 0, last: int | None = None) -> tuple[int, int]:
        first = bisect_left(self.all, piece, first, last)
        if first == len(self.all) or not self.all[first].startswith(piece):
            return first, first
        return first, bisect_left(self.all, piece + _HIGHEST, first, last)

    def names(self, letters: str) -> tuple[Name, ...]:
        """Return the names that have some letters, weak ones too."""
        position, last = self.beginning_with(letters)
        if position == last or self.all[position] != letters:
            return ()
        folder = self._lexicon.folder
        beginnings = [letters[:end] for end in range(1, len(letters) + 1)]
        return tuple(
            name
            for first in sorted({*beginnings, *map(folder.ending, beginnings)})
            for name in self._lexicon.beginning_with(first)
            # A name of two words that is also listed as one comes with its two words.
            if (len(name[0]) > 1 or " " not in name[2].text) and letters in spellings(name[0], folder)
        )
