"""The signatures of all articles, and the index of their bands: which articles are worth comparing with one.

Every number here is a function of the set of articles: a band is a crowd, or it is not, however the articles came.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, OrderedDict
from collections.abc import Iterator

import msgspec

from digest.link.stories import BANDS, FARTHEST, Signature
from digest.store.archive import Archive

CROWD = 64
"""Articles that may share a band in one period: more of them share a phrase and not a story."""
RARE = 16
"""Articles that may share a band in all periods together: copies, and what has no date, are found anywhere."""
LEAST_SHARED = 2
"""Bands that two articles must share to be compared. COUNTER: 97 % of the same stories do, 11 % of all pairs."""
_DAYS = FARTHEST + 1
"""Days of a period: what is at most `FARTHEST` days apart is in one period or in neighbouring ones."""
_NO_PERIOD = 0
"""The period of articles without a date."""
_AT_HAND = 2_000
"""Signatures kept in memory, whatever the size of the archive."""


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """A place of the index: a band, in one period or (None) in all of them."""

    band: int
    period: int | None


class BandIndex:
    """Signatures and bands of the archive's articles."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._decode = msgspec.msgpack.Decoder(Signature).decode
        self._known: OrderedDict[int, Signature] = OrderedDict()

    def add(self, made: Signature, sequence: int) -> None:
        """Keep the signature of an article that has none."""
        features = msgspec.msgpack.encode(made)
        self._archive.change("INSERT INTO signatures VALUES (?, ?, ?)", [(sequence, made.story, features)])
        period = _period(made)
        rows = [(band, period, sequence) for band in sorted(_bands(made))]
        self._archive.change("INSERT INTO bands VALUES (?, ?, ?)", rows)

    def remove(self, sequence: int) -> None:
        """Forget the signature of an article."""
        made = self[sequence]
        period = _period(made)
        rows = [(band, period, sequence) for band in sorted(_bands(made))]
        self._archive.change("DELETE FROM bands WHERE band = ? AND period = ? AND sequence = ?", rows)
        self._archive.change("DELETE FROM signatures WHERE sequence = ?", [(sequence,)])
        del self._known[sequence]

    def __getitem__(self, sequence: int) -> Signature:
        made = self._known.get(sequence)
        if made is None:
            ((features,),) = self._archive.select("SELECT features FROM signatures WHERE sequence = ?", (sequence,))
            made = self._known[sequence] = self._decode(features)
            if len(self._known) > _AT_HAND:
                self._known.popitem(last=False)
        return made

    def find(self, story_id: str) -> int | None:
        """Return the sequence under which the signature of an article is kept."""
        rows = self._archive.select("SELECT sequence FROM signatures WHERE article = ?", (story_id,))
        return next((sequence for (sequence,) in rows), None)

    def sequences(self) -> Iterator[int]:
        """Yield all sequences, by date as far as that helps to keep neighbours at hand."""
        query = (
            "SELECT s.sequence FROM signatures s JOIN articles a ON a.id = s.article ORDER BY a.published, a.sequence"
        )
        yield from [sequence for (sequence,) in self._archive.select(query)]

    def keys(self, made: Signature) -> set[Key]:
        """Return the places of the index that an article is in."""
        bands, period = _bands(made), _period(made)
        return {Key(band, place) for band in bands for place in (period, None)}

    def crowded(self, key: Key) -> bool:
        """Return whether so many articles are in a place that it says nothing."""
        return len(self._rows(key)) > _most(key)

    def around(self, key: Key) -> set[int]:
        """Return the articles that may be compared, or no longer, when a place becomes a crowd or ceases to be one."""
        query, values = "SELECT sequence FROM bands WHERE band = ?", [key.band]
        if key.period is not None:
            query, values = f"{query} AND period BETWEEN ? AND ?", [key.band, key.period - 1, key.period + 1]
        return {sequence for (sequence,) in self._archive.select(query, values)}

    def candidates(self, sequence: int) -> set[int]:
        """Return the articles that share bands with one that are no crowd, in its period or a neighbouring one."""
        made = self[sequence]
        period = _period(made)
        periods = (period,) if period == _NO_PERIOD else (period, period - 1, period + 1)
        shared: Counter[int] = Counter()
        for band in _bands(made):
            everywhere = self._rows(Key(band, None))
            if len(everywhere) <= RARE:
                shared.update(everywhere)
                continue
            for place in periods:
                rows = self._rows(Key(band, place))
                if len(rows) <= CROWD:
                    shared.update(rows)
                elif place == period:  # its own place is a crowd: then nobody sees it from there
                    break
        del shared[sequence]
        return {other for other, count in shared.items() if count >= LEAST_SHARED}

    def _rows(self, key: Key) -> list[int]:
        """Return the articles in a place, but no more than tell that it is a crowd."""
        where, values = "band = ?", [key.band]
        if key.period is not None:
            where, values = "band = ? AND period = ?", [key.band, key.period]
        query = f"SELECT sequence FROM bands WHERE {where} LIMIT {_most(key) + 1}"  # noqa: S608 - numbers
        return [sequence for (sequence,) in self._archive.select(query, values)]


def _most(key: Key) -> int:
    """Return how many articles may be in a place before it is a crowd."""
    return RARE if key.period is None else CROWD


def _period(made: Signature) -> int:
    return _NO_PERIOD if made.day is None else made.day // _DAYS


def _bands(made: Signature) -> set[int]:
    """Return the bands as the index has them: the value, and which of the values it is."""
    return {value * BANDS + place for place, value in enumerate(made.bands)}
