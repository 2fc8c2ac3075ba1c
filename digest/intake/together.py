"""Runs several iterators at once, each in a thread of its own, for sources that wait for different servers."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")
_AT_ONCE = 8
_AHEAD = 16
"""Items that may wait to be taken: memory stays small, however fast the sources are."""
_LOOK = 0.2


class _End:
    """Marks the end of an iterator."""


class _Line(Generic[T]):
    """Where items wait to be taken, with the number of their iterator."""

    def __init__(self) -> None:
        self.items: queue.Queue[tuple[int, T | _End | BaseException]] = queue.Queue(_AHEAD)
        self.closed = threading.Event()

    def put(self, number: int, item: T | _End | BaseException) -> None:
        """Wait until there is room, or until nobody takes anything any more."""
        while not self.closed.is_set():
            try:
                self.items.put((number, item), timeout=_LOOK)
            except queue.Full:
                continue
            return

    def put_all(self, number: int, iterator: Iterator[T]) -> None:
        """Put all items of `iterator`, and how it ended."""
        try:
            for item in iterator:
                self.put(number, item)
                if self.closed.is_set():
                    return
            self.put(number, _End())
        except BaseException as error:  # noqa: BLE001 - it is raised again where the items are taken
            self.put(number, error)


def together(iterators: Sequence[Iterator[T]]) -> Iterator[tuple[int, T]]:
    """Yield the items of all `iterators` as they come, each with the number of its iterator.

    What an iterator raises is raised here; the others are then left where they are.
    """
    line = _Line[T]()
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="digest-source")
    try:
        for number, iterator in enumerate(iterators):
            pool.submit(line.put_all, number, iterator)
        running = len(iterators)
        while running:
            number, item = line.items.get()
            if isinstance(item, BaseException):
                raise item
            if isinstance(item, _End):
                running -= 1
            else:
                yield number, item
    finally:
        line.closed.set()
        pool.shutdown(wait=True, cancel_futures=True)
