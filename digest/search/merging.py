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
from digest.search.rows import Posted, Row, article

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
        others: list[tuple[str, Row | bool]] = [*self._named(), *self._compound(compounds), *self._names_of_entities()]
        others.sort(key=lambda other: code_units(other[0]), reverse=True)
        following = code_units(others[-1][0]) if others else None
        for place, row in self._words(compounds):
            while following is not None and following < place:
                yield self._row(*others.pop())
                following = code_units(others[-1][0]) if others else None
            yield row
        yield from itertools.starmap(self._row, reversed(others))

    def _row(self, key: str, row: Row | bool) -> Row:  # noqa: FBT001 - one of two kinds
        """Return a row, or make that of a name, of which only the key is kept, and whether it is strong."""
        return row if isinstance(row, Row) else Row(key, self._names.line(key, strong=row))

    def frequent_words(self) -> list[str]:
        """Return the words of several articles (of any, in a small segment), most frequent first; once all are read."""
        return [word for _, word in sorted(self._counted)[:_MOST_WORDS]]

    def _words(self, compounds: Compounds) -> Iterator[tuple[bytes, Row]]:
        """Yield the rows of words, each with its place in the index."""
        count = sum(map(len, self._batches))
        least = 1 if count <= 64 else 2 if count <= 16_384 else 4  # noqa: PLR2004 - see index.py
        for place, posted in merged(self._batches):
            key = place.decode("utf-16-be")
            word = key.partition("\t")[2]
            if word in compounds.implied:
                posted.fill(compounds.implied[word])
            row = posted.row(key, word, placed=True)
            if row.count >= least:
                self._count(word, row.count)
            yield place, row

    def _count(self, word: str, articles: int) -> None:
        self._counted.append((-articles, word))
        if len(self._counted) > 2 * _MOST_WORDS:
            self._counted.sort()
            del self._counted[_MOST_WORDS:]

    def _compound(self, compounds: Compounds) -> Iterator[tuple[str, Row]]:
        for word, articles in compounds.posted.items():
            posted = Posted()
            posted.articles += [article(number, byte) for number, byte in articles.items()]
            key = self._folder.sort_key(word, "\t+")
            yield key, posted.row(key, f"+{word}")

    def _named(self) -> Iterator[tuple[str, Row]]:
        """Yield the rows of filters and entities."""
        filters: dict[str, Posted] = defaultdict(Posted)
        entities: dict[str, Posted] = defaultdict(Posted)
        outlets: dict[str, str] = {}
        for batch in self._batches:
            for rows, held in ((entities, batch.head.entities), (filters, batch.head.filters)):
                for name, articles in batch.named(held).items():
                    rows[name].articles.append(articles)
            outlets |= batch.head.outlets
        filed: dict[str, int] = {}
        for name, posted in filters.items():
            label = self._names.label(name.partition(":")[2], _SPACE.sub(" ", outlets.get(name, "")))
            row = posted.row(f"#{name}", f"#{name}\t{label}")
            filed[name] = row.count
            yield row.key, row
        for entity, posted in entities.items():
            if found := self._names.find(entity):
                line = f"@{entity}\t{found.kind}\t{found.label}\t{filed.get(f'{found.kind}:{entity}', 0)}"
                key = f"{found.home}\t@{entity}"
                yield key, posted.row(key, line)

    def _names_of_entities(self) -> Iterator[tuple[str, bool]]:
        for entity in sorted({entity for batch in self._batches for entity in batch.head.entities}):
            if found := self._names.find(entity):
                yield from self._names.keys(found, entity)


def merged(batches: Sequence[Batch]) -> Iterator[tuple[bytes, Posted]]:
    """Yield the rows of all batches in the order of the index, a window at a time.

    A window ends where the first of the frames that are open ends, so there is no more than one of each batch.
    """
    frames = [batch.frames() for batch in batches]
    opened = [next(rows, None) for rows in frames]
    starts = [0] * len(frames)
    while any(opened):
        last = min(frame.keys[-1] for frame in opened if frame)
        window: dict[bytes, Posted] = defaultdict(Posted)
        for number, frame in enumerate(opened):
            if not frame:
                continue
            start, end = starts[number], bisect_right(frame.keys, last)
            columns = frame.keys, frame.articles, frame.positions
            for key, articles, positions in zip(*(column[start:end] for column in columns), strict=True):
                posted = window[key]
                posted.articles.append(articles)
                posted.positions.append(positions)
            starts[number] = end
            if end == len(frame.keys):
                opened[number], starts[number] = next(frames[number], None), 0
        yield from sorted(window.items(), key=itemgetter(0))


def named_in(batches: Sequence[Batch]) -> tuple[str, ...]:
    """Return the entities that articles name, and those that filters are labelled with."""
    found: set[str] = set()
    for batch in batches:
        found.update(batch.head.entities, (name.partition(":")[2] for name in batch.head.filters))
    return tuple(sorted(found))
