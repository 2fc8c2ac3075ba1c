"""Words that are written as one or as two (جنگ بندی, جنگبندی), and words with a clitic glued on (پاکستانکے).

What is a compound is learnt from the articles of a segment: two words stand side by side (or with ZWNJ between
them), and their letters also stand there as one word, or ZWNJ says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, compress, count

from digest.search.batch import Batch, unpacked
from digest.search.folding import SearchFolder
from digest.search.halves import Cut
from digest.search.rows import HALF, impacts, impacts_of, numbers_of

_SHORTEST_PART, _SHORTEST_WHOLE = 2, 5
_LONGEST_WHOLE = 64
"""Letters; what is longer is no word, and trying all its halves would take hours."""
_SHORTEST_BASE = 4
"""Letters that must remain when a clitic is peeled off."""
_RARER = 20
"""How many times as frequent as its two parts side by side a word may be, and still imply them: پاک ستان is a slip."""
_IMPLIED_WEIGHT = 1
"""What a word counts for that the text holds only inside another: پاکستان in پاکستانکے."""

Pair = tuple[str, str]


class Compounds:
    """The rules of one segment, and what follows from them.

    Args:
        batches: the articles.
        folder: knows the stop words, which are never half of a compound, and the clitics.
    """

    def __init__(self, batches: Iterable[Batch], folder: SearchFolder) -> None:
        self._folder = folder
        self.posted: dict[str, dict[int, int]] = defaultdict(dict)
        """Compound → articles that write it as two words: number → impact and half."""
        self.implied: dict[str, dict[int, int]] = defaultdict(dict)
        """Word → articles that hold it inside another word, and perhaps by itself too."""
        batches = tuple(batches)
        words: dict[str, int] = {}
        pairs: dict[Pair, str] = {}
        for batch in batches:
            for word, articles in _counted(batch):
                words[word] = words.get(word, 0) + articles
            for first, second, whole in batch.terms().glued:
                pairs[first, second] = min(whole, pairs.get((first, second), whole))
        pairs.update(self._splits(words))
        beside = self._beside(batches, pairs)
        self._imply(batches, self._rules(words, beside, pairs))

    def _splits(self, words: Mapping[str, int]) -> dict[Pair, str]:
        """Return the pairs of words whose letters together are a word."""
        found: dict[Pair, str] = {}
        stopwords, fold = self._folder.stopwords, self._folder.folder
        rules = fold.rules
        changed = frozenset(rules.final.values())
        for whole in words:
            if not _SHORTEST_WHOLE <= len(whole) <= _LONGEST_WHOLE or whole.isdigit():
                continue
            folded = rules.final_over if whole[-1] in changed else 0  # letters up to which a part may end otherwise
            for cut in range(_SHORTEST_PART, len(whole) - _SHORTEST_PART + 1):
                part = whole[cut:]
                if part not in words and len(part) > folded:  # as in most cases
                    continue
                seconds = [ending for ending in self._endings(part) if ending in words and ending not in stopwords]
                if not seconds:
                    continue
                first = whole[:cut]
                if cut > rules.final_over:  # a last letter is folded otherwise than one in the middle
                    first = fold.ending(first)
                if first in words and first not in stopwords:
                    for second in seconds:
                        found[first, second] = min(whole, found.get((first, second), whole))
        return found

    def _endings(self, part: str) -> tuple[str, ...]:
        """Return what the second part may be by itself: گلدستہ ends in a folded letter, دستہ is too short for that."""
        rules = self._folder.folder.rules
        if len(part) > rules.final_over:
            return (part,)
        return (part, *(part[:-1] + letter for letter, folded in rules.final.items() if folded == part[-1]))

    def _beside(self, batches: Iterable[Batch], pairs: Mapping[Pair, str]) -> Counter[Pair]:
        """Post the articles in which the two words of a pair stand side by side; return how many there are of each."""
        beside: Counter[Pair] = Counter()
        first_words, second_words = map(frozenset, zip(*pairs, strict=True)) if pairs else (frozenset(), frozenset())
        for batch in batches:
            head = batch.head
            held_words = batch.words()
            numbered = list(zip(batch.numbers(held_words.numbers), held_words.words(), strict=True))
            firsts = {number: word for number, word in numbered if word in first_words}
            seconds = {number: word for number, word in numbered if word in second_words}
            starts = unpacked(head.starts)
            lengths, text_starts, seconds_start = map(unpacked, (head.lengths, *head.cuts))
            text = batch.text()
            places: dict[tuple[int, str], list[int]] = defaultdict(list)
            held: set[tuple[int, Pair]] = set()
            for place in compress(count(), map(firsts.__contains__, text)):
                if text[place + 1] not in seconds:  # mostly
                    continue
                pair = firsts[text[place]], seconds[text[place + 1]]
                if pair in pairs:
                    article = bisect_right(starts, place) - 1
                    places[article, pairs[pair]].append(place - starts[article])
                    held.add((article, pair))
            beside.update(pair for _, pair in held)
            for (article, whole), where in places.items():
                half = Cut(text_starts[article], seconds_start[article], 0, 0).half(where) * HALF
                self.posted[whole][batch.first + article] = impacts(lengths[article])[_IMPLIED_WEIGHT] + half
        return beside

    def _rules(
        self, words: Mapping[str, int], beside: Mapping[Pair, int], pairs: Mapping[Pair, str]
    ) -> dict[str, set[str]]:
        """Return which words imply others: whoever writes them has written these too."""
        implied: dict[str, set[str]] = defaultdict(set)
        for pair, together in beside.items():
            whole = pairs[pair]
            if whole in words and words[whole] <= _RARER * together:
                implied[whole].update(pair)
        # What is left without a clitic is implied, when that is much the commoner word.
        for word, articles in words.items():
            for base in self._bases(word):
                if base not in self._folder.stopwords and articles * _RARER <= words.get(base, 0):
                    implied[word].add(base)
        return implied

    def _imply(self, batches: Iterable[Batch], rules: Mapping[str, set[str]]) -> None:
        """Note the articles that hold a word inside another, in the half where most such words are in neither."""
        for batch in batches:
            once = [impacts(length)[_IMPLIED_WEIGHT] for length in unpacked(batch.head.lengths)]
            words = batch.words().words()
            every = chain.from_iterable(frame.articles for frame in batch.holders())
            ruled = list(map(rules.__contains__, words))
            for word, held in zip(compress(words, ruled), compress(every, ruled), strict=True):
                for within in rules[word]:
                    implied = self.implied[within]
                    for number, half in zip(numbers_of(held), impacts_of(held), strict=True):
                        byte = once[number - batch.first] + (half & HALF)
                        implied[number] = min(byte, implied.get(number, byte))

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


def _counted(batch: Batch) -> Iterator[tuple[str, int]]:
    """Yield the words of a batch, and how many articles hold each."""
    words = batch.words()
    return zip(words.words(), batch.numbers(words.counts), strict=True)
