"""Workers past this machine: those of a Dask scheduler (`pip install 'khabarnama[dask]'`)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING

import msgspec

from digest.crew import Crew
from digest.errors import ConfigurationError, DigestError
from digest.report import Issue
from digest.worker import Reply, analyse_batch

if TYPE_CHECKING:
    from distributed import Client

_CONNECT = 10
"""Seconds to find the scheduler, and one worker of it."""
_LOOK = 5
_PATIENCE = 30
"""Seconds between looks at whether there are workers, and for which there may be none: nannies start them again."""
_RETRIES = 2


class NobodyLeftError(DigestError):
    """The scheduler has had no worker for a while."""


class DaskCrew(Crew):
    """The workers of a Dask scheduler. Connected when the first batch is to be sent."""

    def __init__(self, address: str) -> None:
        super().__init__(workers=1)
        try:
            import distributed  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ConfigurationError([_not_installed(address)]) from error
        self._address = address
        self._connect = distributed.Client
        self._client: Client | None = None
        self.lost = (distributed.KilledWorker,)
        self.gone = (NobodyLeftError, OSError)

    def open(self, workers: int, ticket: bytes) -> Executor:
        """Return Dask's executor; the scheduler decides how many workers a batch meets."""
        del workers
        if self._client is None:
            self._client = self._connected(ticket)
        executor: Executor = self._client.get_executor(pure=False, retries=_RETRIES)
        return executor

    def wait(self, future: Future[bytes]) -> bytes:
        """Return what a worker answers; do not wait for workers that will never come."""
        since = time.monotonic()
        while True:
            try:
                return future.result(_LOOK)
            except TimeoutError:
                if self._client and self._client.nthreads():
                    since = time.monotonic()
                elif time.monotonic() - since > _PATIENCE:
                    raise NobodyLeftError from None

    def dismiss(self, executor: Executor) -> None:
        """Cancel what is on its way; Dask's executor has no word of its own for that."""
        with contextlib.suppress(*self.gone, RuntimeError):
            executor.shutdown(wait=False)

    def close(self) -> None:
        """Leave the scheduler."""
        if self._client is not None:
            with contextlib.suppress(*self.gone, RuntimeError):  # it may have left us first
                self._client.close()

    def _connected(self, ticket: bytes) -> Client:
        try:
            client = self._connect(self._address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConfigurationError([_no_scheduler(self._address, error)]) from error
        try:
            client.wait_for_workers(1, timeout=_CONNECT)
            # An empty batch makes every worker load what it needs, and compare it with the ticket.
            replies = client.run(analyse_batch, ticket, msgspec.msgpack.encode([]), on_error="return")
        except (OSError, TimeoutError) as error:
            client.close()
            raise ConfigurationError([_no_scheduler(self._address, error)]) from error
        if issues := list(_wrong_workers(replies)):
            client.close()
            raise ConfigurationError(issues)
        self.workers = len(replies)
        return client


def _wrong_workers(replies: Mapping[str, bytes | BaseException]) -> Iterator[Issue]:
    """Yield why workers cannot be used; what they raise instead of answering comes back as an exception."""
    for address, reply in sorted(replies.items()):
        if isinstance(reply, BaseException):
            yield Issue(
                code="no-worker",
                where=f"worker {address}",
                message=f"it cannot analyse articles: {type(reply).__name__}: {reply}",
                hint="Install the same version of khabarnama there, with its extra `dask`, and restart the worker",
            )
        else:
            yield from msgspec.msgpack.decode(reply, type=Reply).stopped


def _not_installed(address: str) -> Issue:
    return Issue(
        code="no-dask",
        where=address,
        message="a scheduler is asked for, and Dask is not installed",
        hint="Install it: pip install 'khabarnama[dask]', or build without `scheduler`",
    )


def _no_scheduler(address: str, error: BaseException) -> Issue:
    return Issue(
        code="no-scheduler",
        where=address,
        message=f"no Dask scheduler with a worker answers there: {error or type(error).__name__}",
        hint="Start both: dask scheduler; dask worker ADDRESS --nthreads 1; or build without `scheduler`",
    )
