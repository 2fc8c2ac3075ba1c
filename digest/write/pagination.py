"""Cuts a list that only grows at its new end into an open page and sealed ones.

The open page (`index`) shows the newest articles. Page *k* holds the *k*-th hundred, counted from the oldest:
it is sealed, and a new article does not rewrite it. The newest articles stand on the open page and, once their
hundred is full, on a sealed page too; so the open page is never nearly empty.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from digest.store.archive import Archive
from digest.store.layout import Mark, Place
from digest.store.shelves import Shelf


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a list."""

    number: int | None
    """Number of a sealed page, from 1 for the oldest; None for the open page."""
    items: tuple[Place, ...]
    """Newest first."""
    older: int | None
    newer: int | None
    """Number of the next sealed page; the open page comes after the last one."""


def sealed_sheets(count: int, per_page: int) -> int:
    """Return how many sealed pages a list has; a short one has none.

    >>> [sealed_sheets(count, 2) for count in (0, 2, 3, 4, 5)]
    [0, 0, 1, 2, 2]
    """
    return count // per_page if count > per_page else 0


def open_sheet(archive: Archive, shelf: Shelf, per_page: int) -> Sheet:
    """Return the page with the newest articles."""
    older = sealed_sheets(shelf.count(archive), per_page) or None
    return Sheet(number=None, items=tuple(shelf.newest(archive, per_page)), older=older, newer=None)


def sealed_sheet(archive: Archive, shelf: Shelf, number: int, per_page: int) -> Sheet | None:
    """Return a sealed page; None when there is no such one (any more)."""
    sealed = sealed_sheets(shelf.count(archive), per_page)
    if not 1 <= number <= sealed:
        return None
    items = tuple(reversed(shelf.slice(archive, (number - 1) * per_page, per_page)))
    return Sheet(number=number, items=items, older=number - 1 or None, newer=number + 1 if number < sealed else None)


def changed_sheets(archive: Archive, shelf: Shelf, marks: Iterable[Mark], per_page: int) -> range:
    """Return the numbers of the sealed sheets that may look different since articles came to, or left, some places.

    All behind the earliest place have moved. The sheet before them got a neighbour, or lost it, if there are more
    sealed sheets now, or fewer.
    """
    marks = list(marks)
    count = shelf.count(archive)
    fewest, most = (sealed_sheets(max(0, count + more), per_page) for more in (-len(marks), len(marks)))
    first = _earliest(archive, shelf, marks, count) // per_page + 1
    return range(max(1, first if fewest == most else min(first, fewest)), most + 1)


def changed_slices(archive: Archive, shelf: Shelf, marks: Iterable[Mark], size: int) -> range:
    """Return the numbers of the parts, each of so many articles but the last, that may hold others since."""
    marks = list(marks)
    count = shelf.count(archive)
    return range(_earliest(archive, shelf, marks, count) // size + 1, -(-(count + len(marks)) // size) + 1)


def _earliest(archive: Archive, shelf: Shelf, marks: Iterable[Mark], count: int) -> int:
    """Return the first position, from 0, at which another article may stand now."""
    return max(0, min(count - shelf.behind(archive, mark) for mark in marks) - 1)
