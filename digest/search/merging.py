"""The rows of a segment, merged from its batches: they come one at a time, in the order of the index."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

from digest.search.aliases import NameBook
from digest.search.batch import Batch
from digest.search.compounds import Compounds
from digest.search.folding import SearchFolder, code_units
from digest.search.rows import Row, article, filled, row

_MOST_WORDS = 20_000
"""Words of a segment that a mistyped word is compared with."""
_SPACE = re.compile(r"\s+")


class SegmentRows:
    """The rows of a segment.

    Args:
        batches: the articles, in order.
        folder: of the language.
        names: what entities are called.
    """

    def __init__(self, batches: Sequence[Batch], folder: SearchFolder, names: NameBook) -> None:
        self._batches = batches
        self._folder = folder
        self._names = names
        self._counted: list[tuple[int, str]] = []
        """Articles that hold a word, negative, and the word: of the most frequent words."""

    def __iter__(self) -> Iterator[Row]:
        compounds = Compounds(self._batches, self._folder)
        others: list[tuple[str, Row | bool]] = [*self._named(), *self._compound(compounds)]
        others.sort(key=lambda other: code_units(other[0]), reverse=True)
        following = code_units(others[-1][0]) if others else None
        for place, word in self._words(compounds):
            while following is not None and following < place:
                yield self._row(*others.pop())
                following = code_units(others[-1][0]) if others else None
            yield word
        yield from itertools.starmap(self._row, reversed(others))

    def _row(self, key: str, kept: Row | bool) -> Row:  # noqa: FBT001 - one of two kinds
        """Return a row, or make that of a name, of which only the key is kept, and whether it is strong."""
        return kept if isinstance(kept, Row) else Row(key, self._names.line(key, strong=kept))

    def frequent_words(self) -> list[str]:
        """Return the words of several articles (of any, in a small segment), most frequent first; once all are read."""
        return [word for _, word in sorted(self._counted)[:_MOST_WORDS]]

    def _words(self, compounds: Compounds) -> Iterator[tuple[bytes, Row]]:
        """Yield the rows of words, each with its place in the index."""
        count = sum(map(len, self._batches))
        least = 1 if count <= 64 else 2 if count <= 16_384 else 4  # noqa: PLR2004 - see index.py
        for place, pieces in merged(self._batches):
            articles, positions = b"".join(pieces[::2]), b"".join(pieces[1::2])
            key = place.decode("utf-16-be")
            word = key.partition("\t")[2]
            if word in compounds.implied:
                articles, positions = filled(articles, positions, compounds.implied[word])
            found = row(key, word, articles, positions)
            if found.count >= least:
                self._count(word, found.count)
            yield place, found

    def _count(self, word: str, articles: int) -> None:
        self._counted.append((-articles, word))
        if len(self._counted) > 2 * _MOST_WORDS:
            self._counted.sort()
            del self._counted[_MOST_WORDS:]

    def _compound(self, compounds: Compounds) -> Iterator[tuple[str, Row]]:
        for word, posted in compounds.posted.items():
            articles = b"".join([article(number, byte) for number, byte in posted.items()])
            key = self._folder.sort_key(word, "\t+")
            yield key, row(key, f"+{word}", articles)

    def _named(self) -> Iterator[tuple[str, Row | bool]]:
        """Yield the rows of filters and entities, and what is kept of names."""
        filters: dict[str, list[bytes]] = defaultdict(list)
        entities: dict[str, list[bytes]] = defaultdict(list)
        outlets: dict[str, str] = {}
        for batch in self._batches:
            terms = batch.terms()
            for rows, held in ((entities, terms.entities), (filters, terms.filters)):
                for name, articles in held.items():
                    rows[name].append(articles)
            outlets |= terms.outlets
        filed: dict[str, int] = {}
        for name, pieces in filters.items():
            label = self._names.label(name.partition(":")[2], _SPACE.sub(" ", outlets.get(name, "")))
            found = row(f"#{name}", f"#{name}\t{label}", b"".join(pieces))
            filed[name] = found.count
            yield found.key, found
        for entity in sorted(entities):
            if names := self._names.find(entity):
                line = f"@{entity}\t{names.kind}\t{names.label}\t{filed.get(f'{names.kind}:{entity}', 0)}"
                key = f"{names.home}\t@{entity}"
                yield key, row(key, line, b"".join(entities[entity]))
                yield from self._names.keys(names, entity)


def merged(batches: Sequence[Batch]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield the rows of all batches in the order of the index: their place, and articles and positions in turn.

    They come a window at a time. It ends where the first of the frames that are open ends, so there is no more than
    one of each batch.
    """
    frames = [batch.frames() for batch in batches]
    opened = [next(rows, None) for rows in frames]
    starts = [0] * len(frames)
    while any(opened):
        last = min(frame.keys[-1] for frame in opened if frame)
        window: dict[bytes, list[bytes]] = defaultdict(list)
        for number, frame in enumerate(opened):
            if not frame:
                continue
            start, end = starts[number], bisect_right(frame.keys, last)
            columns = frame.keys, frame.articles, frame.positions
            for key, articles, positions in zip(*(column[start:end] for column in columns), strict=True):
                window[key] += articles, positions
            starts[number] = end
            if end == len(frame.keys):
                opened[number], starts[number] = next(frames[number], None), 0
        yield from sorted(window.items(), key=itemgetter(0))


def named_in(batches: Sequence[Batch]) -> tuple[str, ...]:
    """Return the entities that articles name, and those that filters are labelled with."""
    found: set[str] = set()
    for batch in batches:
        terms = batch.terms()
        found.update(terms.entities, (name.partition(":")[2] for name in terms.filters))
    return tuple(sorted(found))
