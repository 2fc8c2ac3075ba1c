"""Collects the postings of a batch of articles: which article holds which word, how strongly, and where."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from digest.search.documents import HEADLINE_WEIGHT, SearchDocument
from digest.search.encoding import SMALL
from digest.search.halves import Cut, cut
from digest.search.rows import HALF, Impacts, article, coded, impacts
from digest.search.vocabulary import NO_WORD, WIDTH, Vocabulary

_SUMMARY_WEIGHT = 1
_ONCE = tuple(SMALL[1] + place for place in SMALL)
"""How the places of a word are written that stands in one only."""
_MANY = len(SMALL)


Rows = tuple[list[int], Sequence[bytearray], Sequence[bytearray]]
"""Words, the articles of each, and the places there."""


class _ByWord(dict[int, tuple[bytearray, bytearray]]):
    """Number of a word → its articles, and where it stands in them."""

    def __missing__(self, word: int) -> tuple[bytearray, bytearray]:
        held = self[word] = bytearray(), bytearray()
        return held


class Postings:
    """The postings of a batch.

    Args:
        vocabulary: of this batch and its neighbours.
        first: number of the first article in the segment.
    """

    def __init__(self, vocabulary: Vocabulary, first: int) -> None:
        self._vocabulary = vocabulary
        self._first = first
        self._by_word = _ByWord()
        self.text = array("I")
        """All articles, one behind the other, as numbers of words; 0 between passages."""
        self._shown: list[int] = []
        """How many places of each article are shown."""
        self._told: list[tuple[bytes, bytes]] = []
        """The words of headline and summary of each article: they count beyond their places."""
        self.starts: list[int] = []
        """Where each article begins in `text`."""
        self.lengths: list[int] = []
        """Words of each article."""
        self.cuts: list[Cut] = []
        self.glued: dict[tuple[str, str], str] = {}
        """Pairs of words that ZWNJ joins, and what they are as one word."""
        self.entities: dict[str, bytes] = {}
        self.filters: dict[str, bytes] = {}
        self.outlets: dict[str, str] = {}
        """Filter → what its newest article calls the outlet: not every outlet is in the gazetteer."""

    def add(self, document: SearchDocument) -> Cut:
        """Take in one article, and return where its text is cut."""
        number, start = self._first + len(self.starts), len(self.text)
        self.starts.append(start)
        text, numbered = self.text, self._vocabulary.numbered
        passages: list[tuple[int, int]] = []
        headline = summary = None
        for passage in (*document.passages, *document.unshown):
            words = numbered(passage)
            if passage == document.headline:
                headline = words
            elif passage == document.summary:
                summary = words
            passages.append((len(text) - start, len(words) // WIDTH))
            text.frombytes(words + NO_WORD)  # so that no phrase is found across two
            if "\u200c" in passage:
                self._note_glued(passage)
        length = sum(words for _, words in passages)
        self.lengths.append(length)
        summary = numbered(document.summary) if summary is None else summary
        headline = numbered(document.headline) if headline is None else headline
        shown = len(document.passages)
        halves = cut(document, passages[:shown], len(summary) // WIDTH, self._vocabulary.holds_word)
        self.cuts.append(halves)
        self._shown.append(passages[shown][0] if document.unshown else len(text) - start)
        self._told.append((headline, summary))
        self._file(number, document, halves)
        return halves

    def _note_glued(self, passage: str) -> None:
        """Note the pairs of words that ZWNJ joins."""
        fold = self._vocabulary.folder.folder
        words = fold.words(passage)
        for place in range(1, len(words)):
            (start, end), (after, stop) = [(words.starts[n], words.ends[n]) for n in (place - 1, place)]
            if passage[end:after] == "\u200c":
                pair = words.forms[place - 1], words.forms[place]
                self.glued[pair] = fold.word(passage[start:end] + passage[after:stop])

    def _post_all(self) -> None:
        """Post every article under its words. That is done at last, since what it takes is at hand then."""
        ends = [*self.starts[1:], len(self.text)]
        for number, (start, end) in enumerate(zip(self.starts, ends, strict=True)):
            words = self.text[start:end]
            places = _places(words)
            table, halves, shown = impacts(self.lengths[number]), self.cuts[number], self._shown[number]
            post = self._post if len(words) <= _MANY and shown == len(words) else self._post_slowly
            post(self._first + number, places, table, halves.place, shown)
            headline, summary = self._told[number]
            more = dict.fromkeys(array("I", headline), HEADLINE_WEIGHT)
            for word in set(array("I", summary)):
                more[word] = more.get(word, 0) + _SUMMARY_WEIGHT
            self._amend(self._first + number, places, halves, more, {*more, *words[: halves.text_from]} - {0})

    def _post(self, number: int, places: Mapping[int, Sequence[int]], table: Impacts, second: int, __: int) -> None:
        """Post an article under its words: the loop that most of the time goes into.

        Most places of a word are in the second half when the one in the middle is.
        """
        held = _Articles(number)
        once, late = held[table[1]], held[table[1] + HALF]
        by_word = self._by_word
        for word, where in places.items():
            articles, positions = by_word[word]
            count = len(where)
            if count == 1:  # as in most cases
                place = where[0]
                articles += once if place < second else late
                positions += _ONCE[place]
                continue
            articles += held[table[count] if where[(count - 1) >> 1] < second else table[count] + HALF]
            positions += SMALL[count]
            previous = 0
            for place in where:
                positions += SMALL[place - previous]
                previous = place

    def _post_slowly(
        self, number: int, places: Mapping[int, Sequence[int]], table: Impacts, second: int, end: int
    ) -> None:
        """Do the same for an article of any length, of which the places before `end` are shown."""
        for word, where in places.items():
            late = where[(len(where) - 1) >> 1] >= second
            articles, positions = self._by_word[word]
            articles += article(number, table[len(where)] + (HALF if late else 0))
            positions += coded(where if where[-1] < end else [place for place in where if place < end])

    def _amend(
        self,
        number: int,
        places: Mapping[int, Sequence[int]],
        halves: Cut,
        more: Mapping[int, int],
        words: Iterable[int],
    ) -> None:
        """Weigh the words of headline and summary, which count more, and of which no half is known yet."""
        table = impacts(self.lengths[number - self._first])
        for word in words:
            articles, positions = self._by_word[word]
            where = places.get(word, ())
            byte = table[len(where) + more.get(word, 0)] + (HALF if halves.half(where) else 0)
            if where:
                articles[-1] = byte
            else:
                articles += article(number, byte)
                positions += coded(())

    def _file(self, number: int, document: SearchDocument, halves: Cut) -> None:
        """Post an article under its entities and filters."""
        length = self.lengths[-1]
        for entity, frequency in document.entities.items():
            half = HALF if document.first_named.get(entity, 0) >= halves.displayed else 0
            held = article(number, impacts(length)[frequency] + half)
            self.entities[entity] = self.entities.get(entity, b"") + held
        for name in document.filters:
            self.filters[name] = self.filters.get(name, b"") + article(number, 1)
            if name.startswith("outlet:"):
                self.outlets[name] = document.outlet

    def rows(self, at_once: int) -> Iterator[Rows]:
        """Yield the rows of words in the order of the index, some at once."""
        self._post_all()
        by_word = self._by_word
        every = iter(sorted(by_word, key=self._vocabulary.keys.__getitem__))
        while words := list(islice(every, at_once)):
            articles, positions = zip(*map(by_word.__getitem__, words), strict=True)
            yield words, articles, positions


class _Articles(dict[int, bytes]):
    """Impact and half → an article as rows hold it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, impact_byte: int) -> bytes:
        held = self[impact_byte] = article(self._number, impact_byte)
        return held


def _places(text: Sequence[int]) -> dict[int, list[int]]:
    """Return where each word of a text stands."""
    places: dict[int, list[int]] = {}
    for place, word in enumerate(text):
        if word in places:
            places[word].append(place)
        else:
            places[word] = [place]
    places.pop(0, None)
    return places
