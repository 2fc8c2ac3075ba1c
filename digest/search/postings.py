"""Collects the postings of a segment: which article holds which word, how strongly, and where.

An impact is the term-frequency part of BM25 with a fixed average length, so that it never depends on articles in
other segments and a sealed segment stays valid. How rare a word is, is worked out when somebody asks.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Iterable, Iterator

from digest.search.aliases import NameBook, Names
from digest.search.compounds import Compounds
from digest.search.documents import HEADLINE_WEIGHT, SearchDocument
from digest.search.encoding import varints
from digest.search.folding import SearchFolder

IMPACT_SCALE = 16
_SATURATION, _LENGTH_WEIGHT, _AVERAGE_LENGTH = 1.2, 0.75, 400
_SUMMARY_WEIGHT = 1
_IMPLIED_WEIGHT = 0.5
"""What a word counts for that the text holds only inside another: پاکستان in پاکستانکے."""
_PASSAGE_GAP = 8
_MORE = 0x80


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
    steps: bytes = b""
    impacts: bytes = b""
    positions: bytes | None = None
    """None for rows that are no words of the text."""

    @property
    def size(self) -> int:
        """About how many bytes it takes in its block."""
        return 2 * len(self.line) + 2 + len(self.steps) + len(self.impacts)


class _Posted:
    """The articles of one word, entity or filter, while they are collected."""

    __slots__ = ("count", "impacts", "last", "positions", "steps")

    def __init__(self) -> None:
        self.last = -1
        self.count = 0
        self.steps = bytearray()
        self.impacts = bytearray()
        self.positions = bytearray()

    def add(self, number: int, impact_byte: int) -> None:
        step = number - self.last - 1
        while step >= _MORE:
            self.steps.append(step & 0x7F | _MORE)
            step >>= 7
        self.steps.append(step)
        self.impacts.append(impact_byte)
        self.last = number
        self.count += 1

    def row(self, key: str, line: str, *, placed: bool = False) -> Row:
        positions = bytes(self.positions) if placed else None
        return Row(key, line, self.count, bytes(self.steps), bytes(self.impacts), positions)


class Postings:
    """The postings of a segment."""

    def __init__(self, folder: SearchFolder) -> None:
        self._folder = folder
        self._ids: dict[str, int] = {}
        self._words: list[str] = [""]  # number 0 is the gap between passages
        self._texts: list[array[int]] = []
        self._lengths: list[int] = []
        self._boosts: list[dict[int, int]] = []
        self._glued: set[tuple[int, int]] = set()
        self._entities: dict[str, _Posted] = {}
        self._filters: dict[str, _Posted] = {}

    def add(self, document: SearchDocument) -> None:
        """Take in one article: its words are kept as numbers until the whole vocabulary is known."""
        number = len(self._texts)
        text: array[int] = array("I")
        for passage in document.passages:
            words = self._folder.folder.words(passage)
            start = len(text)
            text.extend(self._numbered(words.forms))
            if "\u200c" in passage:
                for place in range(1, len(words.forms)):
                    if words.text[words.ends[place - 1] : words.starts[place]] == "\u200c":
                        self._glued.add((text[start + place - 1], text[start + place]))
            text.extend([0] * _PASSAGE_GAP)
        self._texts.append(text)
        self._boosts.append(self._boosted(document))
        length = len(text) - _PASSAGE_GAP * len(document.passages)
        self._lengths.append(length)
        for entity, frequency in document.entities.items():
            self._entities.setdefault(entity, _Posted()).add(number, impact(frequency, length))
        for name in document.filters:
            self._filters.setdefault(name, _Posted()).add(number, 1)

    def _numbered(self, forms: Iterable[str]) -> list[int]:
        ids = self._ids
        out = []
        for form in forms:
            number = ids.get(form)
            if number is None:
                number = ids[form] = len(self._words)
                self._words.append(form)
            out.append(number)
        return out

    def _boosted(self, document: SearchDocument) -> dict[int, int]:
        """Return what words count for beyond their place in the text: those of headline and standfirst."""
        fold = self._folder.folder.words
        boosts = dict.fromkeys(self._numbered(fold(document.summary).forms), _SUMMARY_WEIGHT)
        for word in set(self._numbered(fold(document.headline).forms)):
            boosts[word] = boosts.get(word, 0) + HEADLINE_WEIGHT
        return boosts

    def frequent_words(self, most: int) -> list[str]:
        """Return the words of several articles (of any, in a small segment), most frequent first."""
        least = 1 if len(self._texts) <= 64 else 2 if len(self._texts) <= 16_384 else 4  # noqa: PLR2004 - see index.py
        counted = [(-posted.count, self._words[word]) for word, posted in self._by_word.items() if posted.count >= least]
        return [word for _, word in sorted(counted)[:most]]

    def rows(self, names: NameBook) -> Iterator[Row]:
        """Yield every row of the segment, in no order."""
        self._by_word, compounds = self._post_words()
        key = self._folder.sort_key
        for number, posted in self._by_word.items():
            word = self._words[number]
            yield posted.row(key(word), word, placed=True)
        for word, posted in compounds.items():
            yield posted.row(key(word, "\t+"), f"+{word}")
        for name, posted in self._filters.items():
            yield posted.row(f"#{name}", f"#{name}\t{names.label(name.partition(':')[2])}")
        for entity, posted in self._entities.items():
            if found := names.find(entity):
                filed = self._filters.get(f"{found.kind}:{entity}")
                line = f"@{entity}\t{found.kind}\t{found.label}\t{filed.count if filed else 0}"
                yield posted.row(f"{found.home}\t@{entity}", line)
                yield from self._aliases(entity, found)

    def _aliases(self, entity: str, names: Names) -> Iterator[Row]:
        for words, strong in names.phrases:
            line = f"={' '.join(words)}\t{entity}\t{names.home}" + ("" if strong else "\tw")
            yield Row(self._folder.sort_key(words[0], f"\t={' '.join(words[1:])}\t{entity}"), line)

    def _post_words(self) -> tuple[dict[int, _Posted], dict[str, _Posted]]:
        """Post every article under its words, under the words these imply, and under its compounds."""
        rules = Compounds(self._ids, self._words, self._folder, self._glued, self._texts)
        by_word: dict[int, _Posted] = {}
        compounds: dict[str, _Posted] = {}
        for number, text in enumerate(self._texts):
            places: dict[int, list[int]] = {}
            for place, word in enumerate(text):
                if word in places:
                    places[word].append(place)
                elif word:
                    places[word] = [place]
            length = self._lengths[number]
            boosts = self._boosts[number]
            weights = {word: len(where) + boosts.pop(word, 0) for word, where in places.items()}
            implied = {base for word in rules.implying(places) for base in rules.implied[word] if base not in weights}
            for word in implied | (boosts.keys() - weights.keys()):
                weights[word] = boosts.get(word, 0) or _IMPLIED_WEIGHT
            for word in sorted(weights):
                posted = by_word.get(word)
                if posted is None:
                    posted = by_word[word] = _Posted()
                posted.add(number, impact(weights[word], length))
                _place(posted.positions, places.get(word, ()))
            for word in rules.compounds_in(text):
                compounds.setdefault(word, _Posted()).add(number, impact(1, length))
        return by_word, compounds


def _place(out: bytearray, where: Iterable[int]) -> None:
    """Append the places of a word in one article: how many, then the steps between them."""
    places = list(where)
    out += varints([len(places)]) if len(places) >= _MORE else bytes((len(places),))
    previous = 0
    for place in places:
        step = place - previous
        previous = place
        while step >= _MORE:
            out.append(step & 0x7F | _MORE)
            step >>= 7
        out.append(step)
