"""The words that articles are made of, as numbers: what is done for a word is done once for thousands of places."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from digest.languages.fold import WORD
from digest.languages.memo import Memo
from digest.search.folding import SearchFolder, code_units

_MOST_KNOWN = 100_000
"""Tokens kept at hand, in some 15 MB."""
_MOST_WORDS = 50_000
"""Words from which on a vocabulary is full: with all that is known of them, some 30 MB, learnt anew in 0.1 s."""


class Vocabulary:
    """Numbers words as they come. Number 0 is no word: it stands between passages."""

    def __init__(self, folder: SearchFolder) -> None:
        self.folder = folder
        self.words = [""]
        """Number → folded word."""
        self.keys = [b""]
        """Number → where the row of the word stands in the index, as code units."""
        self._numbers: dict[str, int] = {}
        self._known = Memo(self._taken_apart, most=_MOST_KNOWN)
        """What stands between spaces → the numbers of the words in it."""

    def numbered(self, text: str) -> Iterator[int]:
        """Yield the words of a text as numbers. What stands between spaces has been met before, mostly."""
        return itertools.chain.from_iterable(map(self._known.__getitem__, text.split()))

    @property
    def full(self) -> bool:
        """Whether so many words are known that it is time to forget them."""
        return len(self.words) > _MOST_WORDS

    def forget(self) -> None:
        """Begin anew: the memory of a build must not grow with the archive."""
        del self.words[1:], self.keys[1:]
        self._numbers.clear()
        self._known.clear()

    def _taken_apart(self, token: str) -> tuple[int, ...]:
        if WORD.fullmatch(token):  # then one string does for token and word
            number = self._number(token)
            return (number,) if number else ()
        return tuple(filter(None, map(self._number, WORD.findall(token))))

    def _number(self, word: str) -> int:
        form = self.folder.folder.word(word)
        number = self._numbers.get(form, 0)
        if form and not number:
            number = self._numbers[form] = len(self.words)
            self.words.append(form)
            self.keys.append(code_units(self.folder.row_key(form)))
        return number
