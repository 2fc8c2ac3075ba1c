"""Renders pages in several processes, which take them from one list."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Collection, Iterator, Sequence
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext

from digest.errors import PublishError
from digest.publish.batches import Batch, Renderer, Shells, render_batch

BATCH = 100
"""Pages a worker takes at once."""
Made = tuple[str, Shells, Collection[str]]
"""What a renderer is made of."""


class SharedPages:
    """Pages that workers take from both ends until none is left."""

    def __init__(self, paths: Sequence[str], context: BaseContext) -> None:
        self._paths = paths
        self._left = context.Array("l", [0, len(paths)])

    def take(self, *, from_front: bool) -> Iterator[str]:
        """Yield pages that no other worker gets."""
        while True:
            with self._left.get_lock():
                start, end = self._left[0], self._left[1]
                if from_front:
                    end = self._left[0] = min(start + BATCH, end)
                else:
                    start = self._left[1] = max(end - BATCH, start)
            if start == end:
                return
            yield from self._paths[start:end]

    def drop(self) -> None:
        """Let no worker take any more."""
        with self._left.get_lock():
            self._left[:] = [0, 0]


def render_in_workers(made: Made, out: str, paths: Sequence[str], jobs: int) -> Batch:
    """Render pages into the folder `out`, in `jobs` processes.

    Half of them begin at the front and the others at the back, so that a row which many pages at the front show is
    rendered by as few as possible.

    Raises:
        PublishError: a worker was killed.
    """
    forked = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if forked else "spawn")
    jobs = min(jobs, -(-len(paths) // BATCH))
    whole = Batch([], [])
    gc.collect()
    gc.freeze()  # else the collector of every worker would copy the pages of memory that they share
    try:
        with futures.ProcessPoolExecutor(jobs, context, _begin, (made, out, SharedPages(paths, context))) as workers:
            for batch in workers.map(_work, range(jobs)):
                whole.done.extend(batch.done)
                whole.left.extend(batch.left)
    except BrokenProcessPool as error:
        raise PublishError("the site was not published: a worker was killed. Try fewer with --jobs") from error
    finally:
        gc.unfreeze()
    return whole


_task: list[tuple[Made, str, SharedPages]] = []
"""What a worker is to do."""


def _begin(made: Made, out: str, pages: SharedPages) -> None:
    _task[:] = [(made, out, pages)]


def _work(number: int) -> Batch:
    ((made, out, pages),) = _task
    try:
        return render_batch(Renderer(*made), out, pages.take(from_front=number % 2 == 0))
    except BaseException:  # the disk is full, or somebody stopped the build: what the others do is for nothing
        pages.drop()
        raise
