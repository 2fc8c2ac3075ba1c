"""Words that are written as one or as two (جنگ بندی, جنگبندی), and words with a clitic glued on (پاکستانکے).

What is a compound is learnt from the articles of a segment: two words stand side by side (or with ZWNJ between
them), and their letters also stand there as one word, or ZWNJ says so.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from digest.search.folding import SearchFolder

_SHORTEST_PART, _SHORTEST_WHOLE = 2, 5
_LONGEST_WHOLE = 64
"""Letters; what is longer is no word, and trying all its halves would take hours."""
_SHORTEST_BASE = 4
"""Letters that must remain when a clitic is peeled off."""
_RARER = 20
"""How many times as frequent as its two parts side by side a word may be, and still imply them: پاک ستان is a slip."""


class Compounds:
    """The rules of one segment.

    Args:
        ids: word → number.
        words: number → word; number 0 is no word.
        folder: knows the stop words, which are never half of a compound, and the clitics.
        glued: pairs that ZWNJ joins, and what they are as one word.
        texts: the articles, as numbers.
    """

    def __init__(
        self,
        ids: Mapping[str, int],
        words: Sequence[str],
        folder: SearchFolder,
        glued: Mapping[tuple[int, int], str],
        texts: Iterable[array[int]],
    ) -> None:
        self._ids = ids
        self._words = words
        self._stopwords = folder.stopwords
        self._folder = folder
        self._pairs = {**glued, **self._splits()}
        self._firsts = frozenset(first for first, _ in self._pairs)
        self._beside: list[list[tuple[int, int]]] = []
        """For each text, the pairs in it."""
        self.implied: dict[int, tuple[int, ...]] = {}
        """Word → words that whoever writes it has written too."""
        self._learn(texts)

    def _splits(self) -> dict[tuple[int, int], str]:
        """Return the pairs of words whose letters together are a word."""
        found: dict[tuple[int, int], str] = {}
        ids, stopwords, fold = self._ids, self._stopwords, self._folder.folder.word
        rules = self._folder.folder.rules
        changed = frozenset(rules.final.values())
        for whole in self._words:
            if not _SHORTEST_WHOLE <= len(whole) <= _LONGEST_WHOLE or whole.isdigit():
                continue
            for cut in range(_SHORTEST_PART, len(whole) - _SHORTEST_PART + 1):
                part = whole[cut:]
                if part not in ids and (part[-1] not in changed or len(part) > rules.final_over):  # nearly all
                    continue
                seconds = [ending for ending in self._endings(part) if ending in ids and ending not in stopwords]
                if not seconds:
                    continue
                first = fold(whole[:cut])  # a last letter is folded otherwise than one in the middle
                if first in ids and first not in stopwords:
                    found.update(((ids[first], ids[second]), whole) for second in seconds)
        return found

    def _endings(self, part: str) -> tuple[str, ...]:
        """Return what the second part may be by itself: گلدستہ ends in a folded letter, دستہ is too short for that."""
        rules = self._folder.folder.rules
        if len(part) > rules.final_over:
            return (part,)
        return (part, *(part[:-1] + letter for letter, folded in rules.final.items() if folded == part[-1]))

    def _learn(self, texts: Iterable[array[int]]) -> None:
        wholes: Counter[int] = Counter()
        beside: Counter[tuple[int, int]] = Counter()
        for text in texts:
            wholes.update(set(text))
            self._beside.append(self._pairs_in(text))
            beside.update(set(self._beside[-1]))
        for pair, count in sorted(beside.items()):
            whole = self._ids.get(self._pairs[pair])
            if whole is not None and wholes[whole] <= _RARER * count:
                self.implied[whole] = (*self.implied.get(whole, ()), *pair)
        self._peel(wholes)

    def _peel(self, wholes: Mapping[int, int]) -> None:
        """Let words with a clitic glued on imply what is left without it, when that is much the commoner word."""
        for word in sorted(wholes):
            for base in self._bases(self._words[word]):
                number = self._ids.get(base)
                if number is not None and base not in self._stopwords and wholes[word] * _RARER <= wholes[number]:
                    self.implied[word] = (*self.implied.get(word, ()), number)

    def _bases(self, word: str) -> Iterator[str]:
        if len(word) <= _SHORTEST_BASE or not (
            word.endswith(self._folder.clitics[1]) or word.startswith(self._folder.clitics[0])
        ):
            return
        for clitic in self._folder.clitics[1]:
            if word.endswith(clitic) and len(word) - len(clitic) >= _SHORTEST_BASE:
                yield self._folder.folder.word(word[: -len(clitic)])
        for clitic in self._folder.clitics[0]:
            if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST_BASE:
                yield word[len(clitic) :]

    def _pairs_in(self, text: Sequence[int]) -> list[tuple[int, int]]:
        firsts, pairs = self._firsts, self._pairs
        return [
            (word, following) for word, following in pairwise(text) if word in firsts and (word, following) in pairs
        ]

    def implied_by(self, words: Mapping[int, object]) -> dict[int, int]:
        """Return the words that those of an article imply and that are not among them → the first to imply them."""
        implied: dict[int, int] = {}
        for word in words:
            if word in self.implied:
                for base in self.implied[word]:
                    if base not in words:
                        implied.setdefault(base, word)
        return implied

    def compounds_in(self, number: int) -> dict[str, tuple[int, int]]:
        """Return the compounds that a text writes as two words, as one → the two; in order."""
        return dict(sorted((self._pairs[pair], pair) for pair in self._beside[number]))
