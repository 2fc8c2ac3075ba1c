"""Crews: where the workers come from that analyse articles."""

from __future__ import annotations

import sys
from concurrent.futures import Executor, Future

from digest.worker import start_worker


class Crew:
    """Where workers come from: processes of this machine. Another kind of executor is another crew."""

    lost: tuple[type[BaseException], ...] = ()
    """What a batch raises when its workers died, while others are still there."""
    gone: tuple[type[BaseException], ...] = ()
    """What it raises when there is nobody any more who could have it analysed."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def open(self, workers: int, ticket: bytes) -> Executor:
        """Return an executor with at most so many workers.

        Raises:
            ConfigurationError: there can be none, or its workers would not understand the same as we do.
        """
        import multiprocessing  # noqa: PLC0415 - a few articles need no workers
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        del ticket  # whoever is forked from here has the same code
        # Forked workers share the parent's gazetteer; where that is not safe, each loads its own.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
        return ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker)

    def wait(self, future: Future[bytes]) -> bytes:
        """Return what a worker answers."""
        return future.result()

    def dismiss(self, executor: Executor) -> None:
        """Shut an executor down; what is still on its way is not wanted."""
        executor.shutdown(cancel_futures=True)

    def close(self) -> None:
        """Let go of everything that outlives an executor."""
