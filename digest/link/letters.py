"""The letters of names, without the spaces that print often loses or puts in (`misspaced.py`)."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from digest.gazetteer.kept_names import Name
from digest.gazetteer.lexicon import Lexicon
from digest.languages.fold import Folder

LEAST_LETTERS = 7
"""Letters of the shortest name that may be misspaced."""

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

    @functools.cached_property
    def all(self) -> tuple[str, ...]:
        """Return them in order."""
        return self._lexicon.derived.letters if self._lexicon.derived else self.worked_out()

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

    def begins(self, piece: str) -> bool:
        """Return whether a name begins with some letters."""
        position = bisect_left(self.all, piece)
        return position < len(self.all) and self.all[position].startswith(piece)

    def names(self, letters: str) -> tuple[Name, ...]:
        """Return the names that have some letters, weak ones too."""
        position = bisect_left(self.all, letters)
        if letters not in self.all[position : position + 1]:
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
