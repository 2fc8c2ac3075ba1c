"""Collects the postings of a segment: which article holds which word, how strongly, and where."""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Iterator, Sequence

from digest.languages.fold import WORD
from digest.languages.memo import Memo
from digest.search.aliases import NameBook
from digest.search.compounds import Compounds
from digest.search.documents import HEADLINE_WEIGHT, SearchDocument
from digest.search.encoding import SMALL
from digest.search.folding import SearchFolder, code_units
from digest.search.halves import NOWHERE, Cut, cut
from digest.search.rows import HALF, TABLED, Posted, Row, impact, impacts

_SUMMARY_WEIGHT = 1
_IMPLIED_WEIGHT = 1
"""What a word counts for that the text holds only inside another: پاکستان in پاکستانکے."""
_PASSAGE_GAP = 8
_GAP = array("I", [0] * _PASSAGE_GAP)
_MARKS = frozenset("+#@=")
"""What rows begin with that are no words of a text."""
_MOST_KNOWN = 300_000
"""Tokens kept at hand, in some 40 MB."""
_SPACE = re.compile(r"\s+")
_POSTED = array("I")
"""Stands for a text that is needed no more."""
_MANY = len(SMALL)
_ONCE = tuple(SMALL[1] + place for place in SMALL)
"""How the places of a word are written that stands in one only."""


class Postings:
    """The postings of a segment."""

    def __init__(self, folder: SearchFolder) -> None:
        self._folder = folder
        self._ids: dict[str, int] = {}
        self._words: list[str] = [""]  # number 0 is the gap between passages, and a word that folds to nothing
        self._known = Memo(self._taken_apart, most=_MOST_KNOWN)
        """What stands between spaces → the words in it."""
        self._texts: list[array[int]] = []
        self._lengths = array("I")
        self._cuts: list[Cut] = []
        self._placed: dict[int, int] = {}
        """Place from which on a text is not shown."""
        self._boosted: list[tuple[array[int], array[int]]] = []
        self._glued: dict[tuple[int, int], str] = {}
        self._entities: dict[str, Posted] = {}
        self._filters: dict[str, Posted] = {}
        self._outlets: dict[str, str] = {}
        """Filter → what its newest article calls the outlet: not every outlet is in the gazetteer."""
        self._by_word: dict[int, Posted] = {}

    def add(self, document: SearchDocument) -> Cut:
        """Take in one article, and return where its text is cut.

        Its words are kept as numbers until the whole vocabulary is known.
        """
        number = len(self._texts)
        text: array[int] = array("I")
        passages: list[tuple[int, int]] = []
        for place, passage in enumerate((*document.passages, *document.unshown)):
            if place == len(document.passages):
                self._placed[number] = len(text)
            words = self._numbered(passage)
            passages.append((len(text), len(words)))
            text.extend(words)
            text.extend(_GAP)
            if "\u200c" in passage:
                self._note_glued(passage)
        length = len(text) - _PASSAGE_GAP * (len(document.passages) + len(document.unshown))
        self._texts.append(text)
        self._lengths.append(length)
        headline, summary = (array("I", self._numbered(text)) for text in (document.headline, document.summary))
        self._boosted.append((headline, summary))
        halves = cut(document, passages[: len(document.passages)], len(summary), self._folder.folder.word)
        self._cuts.append(halves)
        for entity, frequency in document.entities.items():
            half = HALF if document.first_named.get(entity, 0) >= halves.displayed else 0
            self._entities.setdefault(entity, Posted()).add(number, impact(frequency, length) + half)
        for name in document.filters:
            self._filters.setdefault(name, Posted()).add(number, 1)
            if name.startswith("outlet:"):
                self._outlets[name] = document.outlet
        return halves

    def _numbered(self, text: str) -> list[int]:
        """Return the words of a text as numbers. What stands between spaces has been met before, mostly."""
        return list(itertools.chain.from_iterable(map(self._known.__getitem__, text.split())))

    def _taken_apart(self, token: str) -> tuple[int, ...]:
        return tuple(filter(None, map(self._number, WORD.findall(token))))

    def _number(self, word: str) -> int:
        form = self._folder.folder.word(word)
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
        words = self._words
        rows: list[tuple[str, str, Posted | None]] = []
        rows += ((key(words[number]), words[number], posted) for number, posted in self._by_word.items())
        rows += ((key(word, "\t+"), f"+{word}", posted) for word, posted in compounds.items())
        for name, posted in self._filters.items():
            label = names.label(name.partition(":")[2], _SPACE.sub(" ", self._outlets.get(name, "")))
            rows.append((f"#{name}", f"#{name}\t{label}", posted))
        for entity, posted in self._entities.items():
            if found := names.find(entity):
                filed = self._filters.get(f"{found.kind}:{entity}")
                line = f"@{entity}\t{found.kind}\t{found.label}\t{filed.count if filed else 0}"
                rows.append((f"{found.home}\t@{entity}", line, posted))
                rows += ((key, line, None) for key, line in found.rows)
        rows.sort(key=lambda row: code_units(row[0]))
        for place, line, held in rows:
            yield held.row(place, line, placed=line[0] not in _MARKS) if held else Row(place, line)

    def _post_words(self) -> dict[str, Posted]:
        """Post every article under its words and the words these imply; return its compounds, posted too."""
        del self._known  # no more articles come; and it holds us as we hold it, so that nobody would let go of us
        rules = Compounds(self._ids, self._words, self._folder, self._glued, self._texts)
        by_word = self._by_word
        compounds: dict[str, Posted] = {}
        for number, text in enumerate(self._texts):
            places = _places(text)
            more = self._more(number)
            table = impacts(self._lengths[number])
            halves = self._cuts[number]
            second = halves.place
            end = self._placed.get(number, NOWHERE)
            high = number << 8
            for word, where in places.items():
                weight = len(where) + more.pop(word, 0)
                byte = table[weight] if weight < TABLED else impact(weight, self._lengths[number])
                if where[-1] >= second and (where[0] >= second or halves.half(where)):
                    byte += HALF
                posted = by_word.get(word)
                if posted is None:
                    posted = by_word[word] = Posted()
                shown = where if where[-1] < end else [place for place in where if place < end]
                posted.held.append(high | byte)  # what `add` does, a million times
                if len(shown) == 1 and shown[0] < _MANY:  # most words stand in an article once
                    posted.positions += _ONCE[shown[0]]
                else:
                    posted.place(shown)
            implied = rules.implied_by(places)
            for word in {**more, **implied}:
                byte = table[more.get(word, 0) or _IMPLIED_WEIGHT]
                half = halves.half(places[implied[word]]) if word in implied else 0
                posted = by_word.setdefault(word, Posted())
                posted.add(number, byte + half * HALF)
                posted.place(())
            for compound, (word, following) in rules.compounds_in(number).items():
                half = halves.half([place for place in places[word] if text[place + 1] == following])
                compounds.setdefault(compound, Posted()).add(number, table[1] + half * HALF)
            self._texts[number] = _POSTED
        return compounds

    def _more(self, number: int) -> dict[int, int]:
        """Return what words of an article count beyond their places: those in headline and standfirst."""
        headline, summary = self._boosted[number]
        more = dict.fromkeys(headline, HEADLINE_WEIGHT)
        for word in set(summary):
            more[word] = more.get(word, 0) + _SUMMARY_WEIGHT
        return more


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
