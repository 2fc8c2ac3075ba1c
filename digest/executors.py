"""Has articles analysed by any `concurrent.futures.Executor`: here, in a pool of processes, or past this machine.

Results come in the order of the articles, so that ledger and store are the same bytes whoever analysed them. Only a few
batches are on their way at a time, so that memory does not grow with the archive. A worker that dies takes nothing with
it: its articles are read again, and one that kills every worker that it meets is refused.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import gc
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future

import msgspec

from digest.analyst import Analyst, Ticket
from digest.crew import Crew
from digest.errors import ArticleError, ConfigurationError
from digest.link.asked import Asked
from digest.model import LinkedStory, RawArticle
from digest.refusals import deadly, left_alone, worker_lost
from digest.report import Issue
from digest.settings import Settings, cores
from digest.worker import Reply, Task, Understood, analyse_batch, encode_batch, encoded, forget_analysts, keep_analyst

FEW = 60
"""Articles that are read here: starting workers would take longer."""
BATCH = 32
"""Articles that are sent together: some tenths of a second of work, a hundred times what sending costs."""
_AHEAD = 3
"""Batches on their way for each worker."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """An article that was understood."""

    raw: RawArticle
    linked: LinkedStory
    payload: bytes
    """`linked`, encoded as the store keeps it."""
    asked: Asked
    signature: bytes
    """What tells whether another article tells the same story, encoded as the store keeps it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An article that cannot be used, and why."""

    raw: RawArticle
    issue: Issue


Outcome = Analysed | Refused
_Answer = tuple[list[Outcome], BaseException | None]


def crew_for(settings: Settings) -> Crew | None:
    """Return who analyses articles; None means this process alone.

    Raises:
        ConfigurationError: a scheduler is asked for and Dask is not installed.
    """
    if settings.scheduler:
        from digest.dask_crew import DaskCrew  # noqa: PLC0415 - it needs an extra, and needs us

        return DaskCrew(settings.scheduler)
    jobs = settings.workers()
    return Crew(jobs) if jobs > 1 else None


def analyse_all(
    tasks: Iterable[Task],
    analyst: Analyst,
    *,
    ticket: Ticket,
    crew: Crew | None = None,
    note: Callable[[Issue], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Yield what is understood of each article, in the order of `tasks`.

    Args:
        tasks: articles and their ids; only as many are taken as are needed next.
        analyst: reads articles in this process, and in forked workers.
        ticket: what other workers need to make the same analyst.
        crew: where workers come from; without one, and for few articles, all is done here.
        note: told what people should know of, a worker that died for one.

    Raises:
        ConfigurationError: workers cannot be used: another version, or there are none.
    """
    tasks = iter(tasks)
    first = list(itertools.islice(tasks, FEW + 1)) if crew else []
    tasks = itertools.chain(first, tasks)
    if crew is None or len(first) <= FEW:
        for raw, story_id in tasks:
            yield _here(analyst, raw, story_id)
        return
    gc.enable()  # what does without the collector is a build of few articles
    keep_analyst(ticket.epoch, analyst)
    analyst.prepare(ticket.language)
    try:
        with contextlib.closing(_Dispatch(msgspec.msgpack.encode(ticket), crew, note)) as dispatch:
            for batch in iter(lambda: list(itertools.islice(tasks, BATCH)), []):
                dispatch.send(batch)
                if dispatch.full:
                    yield from dispatch.receive()
            while dispatch.waiting:
                yield from dispatch.receive()
    finally:
        forget_analysts()


class _Dispatch:
    """Batches on their way to workers and back."""

    def __init__(self, ticket: bytes, crew: Crew, note: Callable[[Issue], None]) -> None:
        self._ticket = ticket
        self._crew = crew
        self._note = note
        self._executor = crew.open(crew.workers, ticket)
        self.waiting: collections.deque[tuple[list[Task], Executor, Future[bytes]]] = collections.deque()

    @property
    def full(self) -> bool:
        """Whether an answer should be taken before more is sent."""
        return len(self.waiting) > self._crew.workers * _AHEAD

    def send(self, batch: list[Task]) -> None:
        """Send a batch on its way."""
        self.waiting.append((batch, self._executor, self._submit(self._executor, batch)))

    def receive(self) -> Iterator[Outcome]:
        """Yield the outcomes of the batch that was sent first."""
        batch, executor, future = self.waiting.popleft()
        if executor is not self._executor and not _has_answer(future):  # it was replaced: nobody will answer
            yield from self._again(batch)
            return
        outcomes, error = self._answer(batch, future)
        if error:
            self._replace(error)
            outcomes = self._again(batch)
        yield from outcomes

    def close(self) -> None:
        """Send everybody home."""
        self._crew.dismiss(self._executor)
        self._crew.close()

    def _replace(self, error: BaseException) -> None:
        """See to it that there are workers again."""
        if self._means_nobody(error):
            self._note(left_alone())
            self.close()
            self._crew = Crew(cores())
        else:
            self._note(worker_lost())
            if isinstance(error, self._crew.lost):
                return
            self._crew.dismiss(self._executor)
        self._executor = self._crew.open(self._crew.workers, self._ticket)

    def _again(self, batch: Sequence[Task]) -> list[Outcome]:
        """Read the articles of a worker that died: together, and if that kills again, one by one."""
        if outcomes := self._alone(batch):
            return outcomes
        return [
            outcome
            for task in batch
            for outcome in self._alone([task]) or [Refused(raw=task[0], issue=deadly(task[0].locator))]
        ]

    def _alone(self, batch: Sequence[Task]) -> list[Outcome]:
        """Return the outcomes of a batch that a worker of its own reads; none if that one dies too."""
        with self._crew.open(1, self._ticket) as executor:
            outcomes, error = self._answer(batch, self._submit(executor, batch))
        if error and self._means_nobody(error):
            self._replace(error)
            return self._alone(batch)
        return outcomes

    def _submit(self, executor: Executor, batch: Sequence[Task]) -> Future[bytes]:
        """Send a batch; an executor that takes none any more answers as if its workers were gone."""
        try:
            return executor.submit(analyse_batch, self._ticket, encode_batch(batch))
        except (RuntimeError, OSError) as error:
            failed: Future[bytes] = Future()
            failed.set_exception(error if isinstance(error, BrokenExecutor) else CancelledError())
            return failed

    def _answer(self, batch: Sequence[Task], future: Future[bytes]) -> _Answer:
        """Return the outcomes of a batch, or what happened to its worker."""
        failures: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError, *self._crew.lost, *self._crew.gone)
        try:
            return _outcomes(batch, self._crew.wait(future)), None
        except failures as error:
            return [], error

    def _means_nobody(self, error: BaseException) -> bool:
        return isinstance(error, (CancelledError, *self._crew.gone))


_decode_reply = msgspec.msgpack.Decoder(Reply).decode
_decode_story = msgspec.msgpack.Decoder(LinkedStory).decode


def _has_answer(future: Future[bytes]) -> bool:
    return future.done() and not future.cancelled() and not future.exception()


def _outcomes(batch: Sequence[Task], reply: bytes) -> list[Outcome]:
    answer = _decode_reply(reply)
    if answer.stopped:
        raise ConfigurationError(answer.stopped)
    return [
        Refused(raw=raw, issue=found)
        if isinstance(found, Issue)
        else _analysed(raw, _decode_story(found.payload), found)
        for (raw, _), found in zip(batch, answer.outcomes, strict=True)
    ]


def _here(analyst: Analyst, raw: RawArticle, story_id: str) -> Outcome:
    try:
        found = analyst.read(raw, story_id)
    except ArticleError as error:
        return Refused(raw=raw, issue=error.issue)
    return _analysed(raw, found.linked, encoded(found))


def _analysed(raw: RawArticle, linked: LinkedStory, found: Understood) -> Analysed:
    return Analysed(raw=raw, linked=linked, payload=found.payload, asked=found.asked, signature=found.signature)
