"""Collects the postings of a segment: which article holds which word, how strongly, and where.

An impact is the term-frequency part of BM25 with a fixed average length, so that it never depends on articles in
other segments and a sealed segment stays valid. How rare a word is, is worked out when somebody asks.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Iterator, Sequence

from digest.languages.fold import WORD
from digest.search.aliases import NameBook
from digest.search.compounds import Compounds
from digest.search.documents import HEADLINE_WEIGHT, SearchDocument
from digest.search.encoding import SMALL, varint
from digest.search.folding import SearchFolder, code_units

IMPACT_SCALE = 16
_SATURATION, _LENGTH_WEIGHT, _AVERAGE_LENGTH = 1.2, 0.75, 400
_SUMMARY_WEIGHT = 1
_IMPLIED_WEIGHT = 1
"""What a word counts for that the text holds only inside another: پاکستان in پاکستانکے."""
_PASSAGE_GAP = 8
_GAP = array("I", [0] * _PASSAGE_GAP)
_MANY = len(SMALL)
_ONCE = tuple(SMALL[1] + place for place in SMALL)


def impact(frequency: float, length: int) -> int:
    """Return the term-frequency part of BM25 as one byte."""
    norm = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / _AVERAGE_LENGTH)
    return min(255, max(1, round(IMPACT_SCALE * frequency * (_SATURATION + 1) / (frequency + norm))))


@dataclasses.dataclass(slots=True)
class Row:
    """One row of the index."""

    key: str
    """What rows are sorted by."""
    line: str
    """What the row says of itself."""
    count: int = 0
    steps: bytes | bytearray = b""
    impacts: bytes | bytearray = b""
    positions: bytes | bytearray | None = None
    """None for rows that are no words of the text."""

    @property
    def size(self) -> int:
        """About how many bytes it takes in its block."""
        return 2 * len(self.line) + 2 + len(self.steps) + len(self.impacts)


class _Posted:
    """The articles of one word, entity or filter, while they are collected."""

    __slots__ = ("impacts", "last", "positions", "steps")

    def __init__(self) -> None:
        self.last = -1
        self.steps = bytearray()
        self.impacts = bytearray()
        self.positions = bytearray()

    @property
    def count(self) -> int:
        return len(self.impacts)

    def add(self, number: int, impact_byte: int) -> None:
        step = number - self.last - 1
        self.steps += SMALL[step] if step < _MANY else varint(step)
        self.impacts.append(impact_byte)
        self.last = number

    def add_placed(self, number: int, impact_byte: int, places: Sequence[int]) -> None:
        """Append an article with the places of the word in it: how many, then the steps between them."""
        self.add(number, impact_byte)
        out = self.positions
        if len(places) == 1 and places[0] < _MANY:  # most words stand in an article once
            out += _ONCE[places[0]]
            return
        out += SMALL[len(places)] if len(places) < _MANY else varint(len(places))
        previous = 0
        for place in places:
            step = place - previous
            out += SMALL[step] if step < _MANY else varint(step)
            previous = place

    def row(self, key: str, line: str, *, placed: bool = False) -> Row:
        return Row(key, line, self.count, self.steps, self.impacts, self.positions if placed else None)


class Postings:
    """The postings of a segment."""

    def __init__(self, folder: SearchFolder) -> None:
        self._folder = folder
        self._ids: dict[str, int] = {}
        self._words: list[str] = [""]  # number 0 is the gap between passages, and a word that folds to nothing
        self._numbers: dict[str, int] = {}
        """The same for words as they are written: most are met again before they are folded again."""
        self._texts: list[array[int]] = []
        self._lengths = array("I")
        self._placed: dict[int, int] = {}
        """Place from which on a text is not shown."""
        self._boosted: list[tuple[array[int], array[int]]] = []
        self._glued: dict[tuple[int, int], str] = {}
        self._entities: dict[str, _Posted] = {}
        self._filters: dict[str, _Posted] = {}
        self._by_word: dict[int, _Posted] = {}

    def add(self, document: SearchDocument) -> None:
        """Take in one article: its words are kept as numbers until the whole vocabulary is known."""
        number = len(self._texts)
        text: array[int] = array("I")
        for place, passage in enumerate((*document.passages, *document.unshown)):
            if place == len(document.passages):
                self._placed[number] = len(text)
            text.extend(self._numbered(passage))
            text.extend(_GAP)
            if "\u200c" in passage:
                self._note_glued(passage)
        length = len(text) - _PASSAGE_GAP * (len(document.passages) + len(document.unshown))
        self._texts.append(text)
        self._lengths.append(length)
        self._boosted.append(
            (array("I", self._numbered(document.headline)), array("I", self._numbered(document.summary)))
        )
        for entity, frequency in document.entities.items():
            self._entities.setdefault(entity, _Posted()).add(number, impact(frequency, length))
        for name in document.filters:
            self._filters.setdefault(name, _Posted()).add(number, 1)

    def _numbered(self, text: str) -> list[int]:
        numbers = self._numbers
        words = WORD.findall(text)
        try:
            found = [numbers[word] for word in words]
        except KeyError:
            for word in words:
                if word not in numbers:
                    numbers[word] = self._number(self._folder.folder.word(word))
            found = [numbers[word] for word in words]
        return [number for number in found if number]

    def _number(self, form: str) -> int:
        if form not in self._ids and form:
            self._ids[form] = len(self._words)
            self._words.append(form)
        return self._ids.get(form, 0)

    def _note_glued(self, passage: str) -> None:
        """Note the pairs of words that ZWNJ joins."""
        fold = self._folder.folder
        words = fold.words(passage)
        for place in range(1, len(words)):
            (start, end), (after, stop) = [(words.starts[n], words.ends[n]) for n in (place - 1, place)]
            if passage[end:after] == "\u200c":
                pair = self._ids[words.forms[place - 1]], self._ids[words.forms[place]]
                self._glued[pair] = fold.word(passage[start:end] + passage[after:stop])

    def frequent_words(self, most: int) -> list[str]:
        """Return the words of several articles (of any, in a small segment), most frequent first."""
        least = 1 if len(self._texts) <= 64 else 2 if len(self._texts) <= 16_384 else 4  # noqa: PLR2004 - see index.py
        counted = [
            (-posted.count, self._words[word]) for word, posted in self._by_word.items() if posted.count >= least
        ]
        return [word for _, word in sorted(counted)[:most]]

    def entities(self) -> tuple[str, ...]:
        """Return the entities that are named, and those that filters are labelled with."""
        return tuple(sorted({*self._entities, *(name.partition(":")[2] for name in self._filters)}))

    def rows(self, names: NameBook) -> Iterator[Row]:
        """Yield every row of the segment, in the order of the index."""
        compounds = self._post_words()
        key = self._folder.sort_key
        rows = [posted.row(key(self._words[n]), self._words[n], placed=True) for n, posted in self._by_word.items()]
        rows += [posted.row(key(word, "\t+"), f"+{word}") for word, posted in compounds.items()]
        for name, posted in self._filters.items():
            rows.append(posted.row(f"#{name}", f"#{name}\t{names.label(name.partition(':')[2])}"))
        for entity, posted in self._entities.items():
            if found := names.find(entity):
                filed = self._filters.get(f"{found.kind}:{entity}")
                line = f"@{entity}\t{found.kind}\t{found.label}\t{filed.count if filed else 0}"
                rows.append(posted.row(f"{found.home}\t@{entity}", line))
                rows += [Row(key, line) for key, line in found.rows]
        rows.sort(key=lambda row: code_units(row.key))
        yield from rows

    def _post_words(self) -> dict[str, _Posted]:
        """Post every article under its words and the words these imply; return its compounds, posted too."""
        rules = Compounds(self._ids, self._words, self._folder, self._glued, self._texts)
        by_word = self._by_word
        compounds: dict[str, _Posted] = {}
        for number, text in enumerate(self._texts):
            places = _places(text)
            weights = self._weights(number, places)
            for word in rules.implying(places):
                for base in rules.implied[word]:
                    weights.setdefault(base, _IMPLIED_WEIGHT)
            length = self._lengths[number]
            if number in self._placed:
                end = self._placed[number]
                places = {word: [place for place in where if place < end] for word, where in places.items()}
            impacts = {weight: impact(weight, length) for weight in set(weights.values())}
            for word, weight in weights.items():
                posted = by_word.get(word)
                if posted is None:
                    posted = by_word[word] = _Posted()
                posted.add_placed(number, impacts[weight], places.get(word, ()))
            for compound in rules.compounds_in(text):
                compounds.setdefault(compound, _Posted()).add(number, impacts.get(1) or impact(1, length))
        return compounds

    def _weights(self, number: int, places: dict[int, list[int]]) -> dict[int, float]:
        """Return how much each word of an article counts: its places, and more in headline and standfirst."""
        weights: dict[int, float] = {word: len(where) for word, where in places.items()}
        headline, summary = self._boosted[number]
        for words, more in ((headline, HEADLINE_WEIGHT), (summary, _SUMMARY_WEIGHT)):
            for word in set(words):
                weights[word] = weights.get(word, 0) + more
        return weights


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
