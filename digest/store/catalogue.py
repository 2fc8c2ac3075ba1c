"""What pages ask of the archive again and again: lines of articles, their terms, and what stands next to them in time.

A line is read from the store once and remembered for the pages of articles near it, as many as `_MOST`; all is
forgotten when an article comes, changes or goes. A run that writes every page has the rows of all terms laid out in
memory first (`lay_out`), and asks the store for lines only.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

from digest.store.archive import Archive
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of
from digest.store.layout import PLACE_COLUMNS, Layout, Mark, Place, Term, layout_of

T = TypeVar("T")
_MOST = 4_000
_MOST_ASKED = 500
"""Articles in one question."""


class _Catalogue:
    """What is remembered of a store in one of its states."""

    def __init__(self, state: int) -> None:
        self.state = state
        self.entries: dict[str, Entry] = {}
        self.terms: dict[str, tuple[Term, ...]] = {}
        self.layout: Layout | None = None
        self.answers: dict[Hashable, Any] = {}


def _catalogue(archive: Archive) -> _Catalogue:
    known = archive.catalogue
    if not isinstance(known, _Catalogue) or known.state != len(archive.changes):
        known = archive.catalogue = _Catalogue(len(archive.changes))
    return known


def forget(archive: Archive) -> None:
    """Forget all that is remembered of a store, when nobody will ask for a while."""
    archive.catalogue = None


def asked_once(archive: Archive, question: Hashable, ask: Callable[[], T]) -> T:
    """Return the answer to a question about the whole store that several pages ask: what `ask` says, the first time.

    Args:
        archive: the store.
        question: names the question, with all that the answer depends on besides the store.
        ask: asks it. Nobody may change the answer.
    """
    answers = _catalogue(archive).answers
    if question not in answers:
        answers[question] = ask()
    answer: T = answers[question]
    return answer


def lay_out(archive: Archive) -> None:
    """Lay out the rows of all terms, for a run that writes every page."""
    _catalogue(archive).layout = layout_of(archive)


def layout(archive: Archive) -> Layout | None:
    """Return the rows of all terms, if they are laid out."""
    return _catalogue(archive).layout


def some_entries(archive: Archive, ids: Sequence[str]) -> list[Entry]:
    """Return some articles as lists show them, in the order of `ids`; those that are not there are left out."""
    known = _catalogue(archive).entries
    query = f"SELECT {ENTRY_COLUMNS} FROM articles a WHERE a.id IN "  # noqa: S608 - a constant
    for marks, some in _missing(known, ids):
        known.update((row[0], entry_of(row)) for row in archive.select(query + marks, some))
    return [known[story_id] for story_id in ids if story_id in known]


def terms_of(archive: Archive, ids: Sequence[str]) -> list[tuple[Term, ...]]:
    """Return what articles are filed under, the terms that each names most first; its outlet is one of them."""
    catalogue = _catalogue(archive)
    if catalogue.layout:
        return [catalogue.layout.terms.get(story_id, ()) for story_id in ids]
    known = catalogue.terms
    query = "SELECT article, kind, entity FROM terms WHERE article IN "
    for marks, some in _missing(known, ids):
        found: dict[str, list[Term]] = {story_id: [] for story_id in some}
        for story_id, kind, entity in archive.select(
            f"{query}{marks} ORDER BY article, count DESC, kind, entity", some
        ):
            found[story_id].append(_term(kind, entity))
        known.update((story_id, tuple(terms)) for story_id, terms in found.items())
    return [known[story_id] for story_id in ids]


@functools.lru_cache(10_000)
def _term(kind: str, entity: str) -> Term:
    """Return a term, the same object for all articles."""
    return kind, entity


def _missing(known: dict[str, Any], ids: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield those of some ids that are not known, a few at a time with as many question marks; make room for them."""
    missing = [story_id for story_id in ids if story_id not in known]
    if not missing:
        return
    if len(known) + len(missing) > _MOST:
        for story_id in list(itertools.islice(known, len(known) // 2)):
            del known[story_id]
        missing = [story_id for story_id in ids if story_id not in known]
    for start in range(0, len(missing), _MOST_ASKED):
        some = missing[start : start + _MOST_ASKED]
        yield f"({','.join('?' * len(some))})", some


def beside(archive: Archive, term: Term, mark: Mark, back: int, ahead: int) -> tuple[list[Place], list[Place]]:
    """Return the articles next to a place in the row of a term: so many before it and behind it, the nearest first.

    Those without a date come before all others, in the order of the ledger.
    """
    if laid_out := layout(archive):
        return laid_out.beside(term, mark, back, ahead)
    return _asked_beside(archive, term, mark, back, back=True), _asked_beside(archive, term, mark, ahead, back=False)


def _asked_beside(archive: Archive, term: Term, mark: Mark, limit: int, *, back: bool) -> list[Place]:
    published, sequence = mark
    side, order = ("<", "DESC") if back else (">", "ASC")
    where, values = "published IS NULL AND sequence", (sequence,)
    found: list[Place] = []
    if published is not None:
        where, values = "published IS NOT NULL AND (published, sequence)", (published, sequence)  # type: ignore[assignment]
    row = f"SELECT {PLACE_COLUMNS}, article FROM terms WHERE kind = ? AND entity = ? AND "  # noqa: S608 - a constant
    marks = "?" if published is None else "(?, ?)"
    end = f" ORDER BY published {order}, sequence {order} LIMIT ?"
    found += _places(archive, f"{row}{where} {side} {marks}{end}", (*term, *values, limit))
    if len(found) < limit and back == (published is not None):
        rest = "published IS NULL" if back else "published IS NOT NULL"
        found += _places(archive, f"{row}{rest}{end}", (*term, limit - len(found)))
    return found


def _places(archive: Archive, query: str, values: tuple[object, ...]) -> list[Place]:
    return list(map(Place._make, archive.select(query, values)))
