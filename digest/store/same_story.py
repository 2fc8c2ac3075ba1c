"""Which articles tell the same story: kept beside the articles, and brought up to date with bounded work.

What comes out is a function of the set of articles, never of their order: a pair is decided by its two signatures, and
the pairs that are looked at follow from the index of bands (`bands.py`). Pairs are kept, not clusters: a new article
changes its own neighbours and no chain of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from digest.link.stories import Signature, is_copy, is_same_story, is_same_text, same_story, signature
from digest.store.archive import Archive
from digest.store.bands import BandIndex
from digest.store.lookups import story

MANY = 20
"""When more than one in so many articles has changed, everything is compared again."""

Told = Mapping[str, tuple[float, int]]
"""Another article → how likely it tells the same; and 1 for a near-duplicate, 2 when no word is different."""


def settle(archive: Archive) -> frozenset[str]:
    """Bring same stories up to date with the articles that were put and removed.

    Returns:
        The articles whose same stories, or something that is shown of them, changed; removed ones too. All of them
        when so many changed that everything was compared again.
    """
    changed = {article for (article,) in archive.select("SELECT article FROM unsettled")}
    if not changed:
        return frozenset()
    ((count,),) = archive.select("SELECT count(*) FROM signatures")
    affected = _settle_all(archive, changed) if len(changed) * MANY > count else _settle_some(archive, changed)
    archive.change("DELETE FROM unsettled", [()])
    return frozenset(affected)


def _settle_all(archive: Archive, changed: set[str]) -> set[str]:
    """Compare everything; each pair is looked at once."""
    affected = changed | {article for (article,) in archive.select("SELECT article FROM signatures")}
    _replace(archive, BandIndex(archive), changed)
    archive.change("DELETE FROM same_stories", [()])
    index = BandIndex(archive)
    for sequence in index.sequences():
        made = index[sequence]
        others = [index[other] for other in index.candidates(sequence) if other > sequence]
        _keep(archive, made.story, _told(made, others))
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
    for article in sorted(changed):
        if (sequence := index.find(article)) is not None:
            index.remove(sequence)
    for article in sorted(changed):
        if made := _signature(archive, article):
            index.add(*made)


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
    """Return the signature of a stored article, made anew, and its sequence; None when it is not there."""
    rows = archive.select("SELECT sequence FROM articles WHERE id = ?", (article,))
    sequence = next((number for (number,) in rows), None)
    return None if sequence is None else (signature(story(archive, article)), sequence)
