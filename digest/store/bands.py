"""The signatures of all articles, and the index of their bands: which articles are worth comparing with one.

Every number here is a function of the set of articles: a band is a crowd, or it is not, however the articles came.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator

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
_AT_HAND = 600
"""Signatures kept in memory, whatever the size of the archive."""
_AT_ONCE = 200_000
"""Rows of the index that are sorted and written together."""
_BITS = 1 << 24
"""Bits for the bands that several articles have: 2 MB."""


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

    def add(self, signatures: Iterable[tuple[Signature, int]]) -> None:
        """Keep the signatures of articles that have none, each with the sequence of its article."""
        features: list[tuple[int, str, bytes]] = []
        rows: list[tuple[int, int, int]] = []
        for made, sequence in signatures:
            features.append((sequence, made.story, msgspec.msgpack.encode(made)))
            period = _period(made)
            rows += [(band, period, sequence) for band in _bands(made)]
            if len(rows) > _AT_ONCE:
                self._keep(features, rows)
        self._keep(features, rows)

    def _keep(self, features: list[tuple[int, str, bytes]], rows: list[tuple[int, int, int]]) -> None:
        """Write signatures, and rows of the index in its own order: bands are spread all over it."""
        self._archive.change("INSERT INTO signatures VALUES (?, ?, ?)", features)
        rows.sort()
        self._archive.change("INSERT INTO bands VALUES (?, ?, ?)", rows)
        features.clear()
        rows.clear()

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
        met: Counter[int] = Counter()
        for band in _bands(made):
            everywhere = self._rows(Key(band, None))
            if len(everywhere) <= RARE:
                met.update(everywhere)
                continue
            for place in periods:
                rows = self._rows(Key(band, place))
                if len(rows) <= CROWD:
                    met.update(rows)
                elif place == period:  # its own place is a crowd: then nobody sees it from there
                    break
        del met[sequence]
        return {other for other, count in met.items() if count >= LEAST_SHARED}

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield all pairs of articles of which one is a candidate of the other, the lower sequence first, in order.

        The store finds them in one go: most bands are one article's alone, and most pairs share a single band.
        """
        yield from self._archive.select(_all_pairs())  # type: ignore[misc]

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


def _all_pairs() -> str:
    """Return the question whose answer is what `candidates` finds, for all articles together."""
    return f"""
        WITH
            few AS (SELECT band FROM bands GROUP BY band HAVING count(*) BETWEEN 2 AND {RARE}),
            many AS (SELECT band FROM bands GROUP BY band HAVING count(*) > {RARE}),
            places AS (
                SELECT band, period FROM many JOIN bands USING (band) GROUP BY band, period HAVING count(*) <= {CROWD}
            ),
            seen AS (
                SELECT one.sequence AS one, other.sequence AS other FROM few
                CROSS JOIN bands one ON one.band = few.band
                CROSS JOIN bands other ON other.band = few.band AND other.sequence > one.sequence
                UNION ALL
                SELECT one.sequence, other.sequence FROM places here
                CROSS JOIN bands one ON one.band = here.band AND one.period = here.period
                CROSS JOIN places there
                    ON there.band = here.band AND there.period BETWEEN here.period - 1 AND here.period + 1
                CROSS JOIN bands other
                    ON other.band = there.band AND other.period = there.period AND other.sequence > one.sequence
            )
        SELECT one, other FROM seen GROUP BY one, other HAVING count(*) >= {LEAST_SHARED} ORDER BY one, other
    """  # noqa: S608 - numbers
