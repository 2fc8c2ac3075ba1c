"""The words that articles are made of, as numbers: what is done for a word is done once for thousands of places."""

from __future__ import annotations

import sys

from digest.languages.fold import WORD
from digest.languages.memo import Memo
from digest.search.folding import SearchFolder, code_units

WIDTH = 4
"""Bytes of a number, in the order of the processor: those of `array("I")`."""
NO_WORD = bytes(WIDTH)
_MOST_KNOWN = 200_000
"""Tokens kept at hand: words, and words with the marks that stand beside them."""
_MOST_WORDS = 100_000
"""Words from which on a vocabulary is full: with all that is known of them, some 30 MB, learnt anew in 0.3 s."""


class Vocabulary:
    """Numbers words as they come. Number 0 is no word: it stands between passages."""

    def __init__(self, folder: SearchFolder) -> None:
        self.folder = folder
        self._fold = folder.folder.fold
        self.words = [""]
        """Number → folded word."""
        self.keys = [b""]
        """Number → where the row of the word stands in the index, as code units."""
        self._numbers: dict[str, bytes] = {}
        self._known = Memo(self._taken_apart, most=_MOST_KNOWN)
        """What stands between spaces → the numbers of the words in it."""

    def numbered(self, text: str) -> bytes:
        """Return the words of a text as numbers. What stands between spaces has been met before, mostly."""
        return b"".join(map(self._known.__getitem__, text.split()))

    def holds_word(self, token: str) -> bool:
        """Return whether something remains of a token when it is folded."""
        return bool(self._known[token])

    @property
    def full(self) -> bool:
        """Whether so many words are known that it is time to forget them."""
        return len(self.words) > _MOST_WORDS

    def forget(self) -> None:
        """Begin anew: the memory of a build must not grow with the archive."""
        del self.words[1:], self.keys[1:]
        self._numbers.clear()
        self._known.clear()

    def _taken_apart(self, token: str) -> bytes:
        if WORD.fullmatch(token):  # then one string does for token and word
            return self._number(token)
        return b"".join(map(self._number, WORD.findall(token)))

    def _number(self, word: str) -> bytes:
        form = self._fold(word)
        if not form:
            return b""
        number = self._numbers.get(form)
        if number is None:
            number = self._numbers[form] = len(self.words).to_bytes(WIDTH, sys.byteorder)
            self.words.append(form)
            self.keys.append(code_units(self.folder.row_key(form)))
        return number
