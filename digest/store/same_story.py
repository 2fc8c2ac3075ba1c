"""Which articles tell the same story: kept beside the articles, and brought up to date with bounded work.

What comes out is a function of the set of articles, never of their order: a pair is decided by its two signatures, and
the pairs that are looked at follow from the index of bands (`bands.py`). Pairs are kept, not clusters: a new article
changes its own neighbours and no chain of theirs.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from operator import itemgetter

import msgspec

from digest.link.stories import Signature, is_copy, is_same_story, is_same_text, same_story, signature
from digest.store.archive import Archive
from digest.store.bands import BandIndex
from digest.store.lookups import story

MANY = 20
"""When more than one in so many articles has changed, everything is compared again."""

_decode = msgspec.msgpack.Decoder(Signature).decode

Told = Mapping[str, tuple[float, int]]
"""Another article → how likely it tells the same; and 1 for a near-duplicate, 2 when no word is different."""


def keep_signature(archive: Archive, article: str, made: bytes) -> None:
    """Keep the signature of an article until `settle` takes it: whoever analysed it had its words at hand.

    It is kept out of the store itself, which would not get smaller again.
    """
    archive.change(_MADE, [()])
    archive.change("INSERT OR REPLACE INTO made VALUES (?, ?)", [(article, made)])


_MADE = "CREATE TEMP TABLE IF NOT EXISTS made (article TEXT PRIMARY KEY, features BLOB NOT NULL)"


def settle(archive: Archive) -> frozenset[str]:
    """Bring same stories up to date with the articles that were put and removed.

    Returns:
        The articles whose same stories, or something that is shown of them, changed; removed ones too. All of them
        when so many changed that everything was compared again.
    """
    changed = {article for (article,) in archive.select("SELECT article FROM unsettled")}
    if not changed:
        return frozenset()
    archive.change(_MADE, [()])
    ((count,),) = archive.select("SELECT count(*) FROM signatures")
    affected = _settle_all(archive, changed) if len(changed) * MANY > count else _settle_some(archive, changed)
    archive.change("DELETE FROM unsettled", [()])
    archive.change("DROP TABLE temp.made", [()])
    return frozenset(affected)


def _settle_all(archive: Archive, changed: set[str]) -> set[str]:
    """Compare everything; each pair is looked at once."""
    affected = changed | {article for (article,) in archive.select("SELECT article FROM signatures")}
    _replace(archive, BandIndex(archive), changed)
    archive.change("DELETE FROM same_stories", [()])
    index = BandIndex(archive)
    for sequence, pairs in itertools.groupby(index.pairs(), key=itemgetter(0)):
        made = index[sequence]
        _keep(archive, made.story, _told(made, [index[other] for _, other in pairs]))
    return affected


def _settle_some(archive: Archive, changed: set[str]) -> set[str]:
    """Compare what changed, and what shares a band with it that is a crowd now, or no longer."""
    index = BandIndex(archive)
    gone = [index[sequence] for article in changed if (sequence := index.find(article)) is not None]
    come = [made for article in changed if (made := _signature(archive, article)) is not None]
    keys = {key for made in (*gone, *(made for made, _ in come)) for key in index.keys(made)}
    before = {key: index.crowded(key) for key in keys}
    _replace(archive, index, changed)
    again = {sequence for _, sequence in come}
    for key in keys:
        if before[key] != index.crowded(key):
            again |= index.around(key)
    affected = set(changed)
    for article in changed:
        affected |= _kept(archive, article).keys()
        _drop(archive, article, _kept(archive, article))
    for number in sorted(again):
        own = index[number]
        old = _kept(archive, own.story)
        new = _told(own, [index[other] for other in index.candidates(number)])
        differs = {other for other in old.keys() | new.keys() if old.get(other) != new.get(other)}
        _drop(archive, own.story, old)
        _keep(archive, own.story, new)
        affected |= {own.story, *differs} if differs else set()
    return affected


def _replace(archive: Archive, index: BandIndex, changed: Iterable[str]) -> None:
    """Exchange the signatures of the articles that changed."""
    order = sorted(changed)
    for article in order:
        if (sequence := index.find(article)) is not None:
            index.remove(sequence)
    index.add(made for article in order if (made := _signature(archive, article)))


def _told(made: Signature, others: Iterable[Signature]) -> Told:
    """Return which of `others` tell the same story."""
    return {
        other.story: (same_story(made, other), is_copy(made, other) + is_same_text(made, other))
        for other in others
        if is_same_story(made, other)
    }


def _kept(archive: Archive, article: str) -> Told:
    rows = archive.select("SELECT other, score, copy FROM same_stories WHERE article = ?", (article,))
    return {other: (score, copy) for other, score, copy in rows}


def _keep(archive: Archive, article: str, told: Told) -> None:
    rows = [row for other, kept in told.items() for row in ((article, other, *kept), (other, article, *kept))]
    archive.change("INSERT OR REPLACE INTO same_stories VALUES (?, ?, ?, ?)", rows)


def _drop(archive: Archive, article: str, others: Iterable[str]) -> None:
    rows = [pair for other in others for pair in ((article, other), (other, article))]
    archive.change("DELETE FROM same_stories WHERE article = ? AND other = ?", rows)


def _signature(archive: Archive, article: str) -> tuple[Signature, int] | None:
    """Return the signature of a stored article, and its sequence; None when it is not there."""
    rows = archive.select(
        "SELECT a.sequence, m.features FROM articles a LEFT JOIN temp.made m ON m.article = a.id WHERE a.id = ?",
        (article,),
    )
    for sequence, features in rows:
        if features is None:
            return signature(story(archive, article)), sequence
        made = _decode(features)  # under the id that it had when it was sent to be analysed
        return made if made.story == article else dataclasses.replace(made, story=article), sequence
    return None
