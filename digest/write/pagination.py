"""Cuts a list that only grows at its new end into an open page and sealed ones.

The open page (`index`) shows the newest articles. Page *k* holds the *k*-th hundred, counted from the oldest:
it is sealed, and a new article does not rewrite it. The newest articles stand on the open page and, once their
hundred is full, on a sealed page too; so the open page is never nearly empty.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[T]):
    """One page of a list."""

    number: int | None
    """Number of a sealed page, from 1 for the oldest; None for the open page."""
    items: tuple[T, ...]
    """Newest first."""
    older: int | None
    newer: int | None
    """Number of the next sealed page; the open page comes after the last one."""


def paginate(oldest_first: Sequence[T], per_page: int) -> Iterator[Sheet[T]]:
    """Yield the open page, then the sealed ones.

    >>> [(sheet.number, sheet.items, sheet.older) for sheet in paginate([1, 2, 3, 4, 5], 2)]
    [(None, (5, 4), 2), (1, (2, 1), None), (2, (4, 3), 1)]
    """
    sealed = len(oldest_first) // per_page if len(oldest_first) > per_page else 0
    newest = tuple(reversed(oldest_first[-per_page:]))
    yield Sheet(number=None, items=newest, older=sealed or None, newer=None)
    for number in range(1, sealed + 1):
        items = tuple(reversed(oldest_first[(number - 1) * per_page : number * per_page]))
        yield Sheet(number=number, items=items, older=number - 1 or None, newer=number + 1 if number < sealed else None)
