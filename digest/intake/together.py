"""Runs several iterators at once, each in a thread of its own, for sources that wait for different servers."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
_AT_ONCE = 8
_AHEAD = 16
"""Items that may wait to be taken: memory stays small, however fast the sources are."""
_LOOK = 0.2
_FAREWELL = 1.0
"""Seconds that are waited for threads whose items nobody takes any more: somebody may have pressed Ctrl-C."""


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

    def work(self, waiting: queue.SimpleQueue[tuple[int, Iterator[T]]]) -> None:
        """Put the items of one iterator after the other, as long as there are any."""
        with contextlib.suppress(queue.Empty):
            while not self.closed.is_set():
                self.put_all(*waiting.get_nowait())


def together(iterators: Sequence[Iterator[T]]) -> Iterator[tuple[int, T]]:
    """Yield the items of all `iterators` as they come, each with the number of its iterator.

    What an iterator raises is raised here; the others are then left where they are.
    """
    line = _Line[T]()
    waiting: queue.SimpleQueue[tuple[int, Iterator[T]]] = queue.SimpleQueue()
    for pair in enumerate(iterators):
        waiting.put(pair)
    threads = [  # daemons: one that waits for a slow server keeps nobody from leaving
        threading.Thread(target=line.work, args=(waiting,), name=f"digest-source-{number}", daemon=True)
        for number in range(min(_AT_ONCE, len(iterators)))
    ]
    try:
        for thread in threads:
            thread.start()
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
        latest = time.monotonic() + _FAREWELL
        for thread in filter(threading.Thread.is_alive, threads):
            thread.join(max(0.0, latest - time.monotonic()))
