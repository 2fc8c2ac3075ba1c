"""Analysis by any executor: the same bytes in the same order, whatever happens to the workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from digest import worker
from digest.analyst import Analyst, Ticket, ticket_of
from digest.crew import Crew
from digest.epoch import epoch_of
from digest.errors import ConfigurationError
from digest.executors import BATCH, FEW, Analysed, Outcome, Refused, analyse_all, crew_for
from digest.gazetteer.load import Gazetteer
from digest.model import RawArticle
from digest.report import Issue
from digest.settings import Settings
from digest.worker import Reply, Task, Understood, analyse_batch, encode_batch
from tests.conftest import SiteFactory
from tests.sites import ROOT, stored

LEDE = "روس کے صدر ولادیمیر پوتن نے قازقستان کے دورے کے بعد کہا کہ دونوں ملکوں کے تعلقات مضبوط ہیں۔"
MANY = FEW + 3 * BATCH + 5


class Threads(Crew):
    """Workers that are threads of this process."""

    def open(self, workers: int, ticket: bytes) -> Executor:
        del ticket
        return ThreadPoolExecutor(workers)


class Spawned(Crew):
    """Workers that inherit nothing, as on systems without fork."""

    def open(self, workers: int, ticket: bytes) -> Executor:
        del ticket
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=worker.start_worker)


class Nobody(Crew):
    """Workers that must not be asked for."""

    def open(self, workers: int, ticket: bytes) -> Executor:
        raise AssertionError(f"few articles need no workers: {workers}, {ticket!r}")


def _tasks(count: int) -> Iterator[Task]:
    for number in range(count):
        body = b"" if number % 50 == 7 else f"خبر نمبر {number}\n{LEDE}\n".encode()
        yield RawArticle(locator=f"seeds/{number}.txt", media_type="text/plain", body=body), f"id{number}"


@pytest.fixture
def ticket(gazetteer: Gazetteer) -> Ticket:
    return ticket_of(Settings(), ROOT, epoch_of(gazetteer, Settings()))


@pytest.fixture(autouse=True)
def _no_analyst_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_kept", {})


def _told(outcomes: list[Outcome]) -> list[tuple[str, bytes | Issue]]:
    return [(one.raw.locator, one.payload if isinstance(one, Analysed) else one.issue) for one in outcomes]


@pytest.mark.parametrize("crew", [Crew(1), Crew(2), Threads(3), Spawned(1)], ids=["1", "2", "threads", "spawned"])
def test_the_outcomes_are_the_same_whoever_reads(crew: Crew, analyst: Analyst, ticket: Ticket) -> None:
    here = list(analyse_all(_tasks(MANY), analyst, ticket=ticket))
    there = list(analyse_all(_tasks(MANY), analyst, ticket=ticket, crew=crew))
    assert _told(there) == _told(here)
    assert [one.raw.locator for one in here] == [f"seeds/{number}.txt" for number in range(MANY)]
    assert {one.issue.code for one in here if isinstance(one, Refused)} == {"empty"}
    for one in there:
        if isinstance(one, Analysed):
            assert msgspec.msgpack.encode(one.linked) == one.payload


def test_nobody_keeps_the_analyst_when_all_is_read(analyst: Analyst, ticket: Ticket) -> None:
    outcomes = analyse_all(_tasks(MANY), analyst, ticket=ticket, crew=Threads(2))
    next(outcomes)
    assert list(worker._kept) == [ticket.epoch]  # noqa: SLF001 - memory is the point
    list(outcomes)
    assert not worker._kept  # noqa: SLF001


def test_few_articles_are_read_here(analyst: Analyst, ticket: Ticket) -> None:
    assert len(list(analyse_all(_tasks(FEW), analyst, ticket=ticket, crew=Nobody(2)))) == FEW
    with pytest.raises(AssertionError):
        list(analyse_all(_tasks(FEW + 1), analyst, ticket=ticket, crew=Nobody(2)))


def test_articles_are_taken_as_they_are_needed(analyst: Analyst, ticket: Ticket) -> None:
    taken = 0

    def counted() -> Iterator[Task]:
        nonlocal taken
        for task in _tasks(2000):
            taken += 1
            yield task

    outcomes = analyse_all(counted(), analyst, ticket=ticket, crew=Threads(2))
    for _ in range(100):
        next(outcomes)
    assert taken <= 100 + 10 * BATCH
    outcomes.close()  # type: ignore[attr-defined]
    assert taken < 2000


def _die_at(locator: str, marker: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every worker die of an article; only the first one, if there is a marker to leave behind."""
    understand, parent = worker.understand, os.getpid()

    def deadly(analyst: Analyst, raw: RawArticle, story_id: str) -> Understood | Issue:
        if raw.locator == locator and not (marker and marker.exists()):
            assert os.getpid() != parent, "it would have killed the build"
            if marker:
                marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return understand(analyst, raw, story_id)

    monkeypatch.setattr(worker, "understand", deadly)


@pytest.mark.skipif(sys.platform != "linux", reason="workers inherit the trap by fork")
class TestWorkersThatDie:
    """A worker that dies takes nothing with it."""

    def test_its_articles_are_read_again(
        self, analyst: Analyst, ticket: Ticket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = _told(list(analyse_all(_tasks(MANY), analyst, ticket=ticket)))
        _die_at("seeds/70.txt", tmp_path / "died", monkeypatch)
        notes: list[Issue] = []
        there = list(analyse_all(_tasks(MANY), analyst, ticket=ticket, crew=Crew(2), note=notes.append))
        assert (tmp_path / "died").exists()
        assert _told(there) == here
        assert [(one.code, one.severity) for one in notes] == [("worker-lost", "note")]

    def test_an_article_that_kills_all_is_refused_and_the_rest_goes_on(
        self, analyst: Analyst, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = _told(list(analyse_all(_tasks(MANY), analyst, ticket=ticket)))
        _die_at("seeds/70.txt", None, monkeypatch)
        there = list(analyse_all(_tasks(MANY), analyst, ticket=ticket, crew=Crew(2)))
        refused = there.pop(70)
        assert isinstance(refused, Refused)
        assert (refused.issue.code, refused.issue.where) == ("kills-workers", "seeds/70.txt")
        assert _told(there) == [*here[:70], *here[71:]]

    def test_workers_end_with_a_build_that_is_killed(self) -> None:
        script = (
            "import os, signal, sys\n"
            "from digest.crew import Crew\n"
            "with Crew(2).open(2, b'') as executor:\n"
            "    print(*executor.map(abs, range(-9, 0)), file=sys.stderr)\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as build:
            # The pipe is closed when the last process that inherited it has ended.
            assert build.communicate(timeout=30)[0] == b""
        assert build.returncode == -signal.SIGKILL


def _stopped(ticket: Ticket) -> list[Issue]:
    reply = analyse_batch(msgspec.msgpack.encode(ticket), encode_batch(list(_tasks(3))))
    answer = msgspec.msgpack.decode(reply, type=Reply)
    assert not answer.outcomes
    return answer.stopped


def test_a_worker_of_another_version_reads_nothing(ticket: Ticket) -> None:
    (issue,) = _stopped(msgspec.structs.replace(ticket, epoch="of another time"))
    assert issue.code == "other-epoch"
    assert "khabarnama" in issue.hint


def test_a_worker_whose_code_changed_under_it_reads_nothing(ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_code_at_start", lambda: "as it was when the worker started")
    (issue,) = _stopped(ticket)
    assert issue.code == "stale-worker"


def test_a_worker_without_the_entities_of_the_site_says_so(ticket: Ticket, tmp_path: Path) -> None:
    own = str(tmp_path / "not-mounted-here")
    (issue,) = _stopped(msgspec.structs.replace(ticket, epoch="with own entities", gazetteer=(own,)))
    assert own in f"{issue}"


def test_a_build_stops_when_a_worker_is_of_another_version(
    analyst: Analyst, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Reply(outcomes=[], stopped=[Issue(code="other-epoch", where="worker", message="other")])
    monkeypatch.setattr("digest.executors.analyse_batch", lambda *_: msgspec.msgpack.encode(stopped))
    with pytest.raises(ConfigurationError, match="other-epoch"):
        list(analyse_all(_tasks(MANY), analyst, ticket=ticket, crew=Threads(2)))


def test_the_settings_say_who_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert crew_for(Settings(jobs=1)) is None
    crew = crew_for(Settings(jobs=3))
    assert crew
    assert crew.workers == 3
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigurationError, match=r"khabarnama\[dask\]"):
        crew_for(Settings(scheduler="tcp://127.0.0.1:8786"))


@pytest.mark.usefixtures("few_entities")
def test_a_site_is_the_same_bytes_whoever_reads(site_factory: SiteFactory) -> None:
    seeds = {f"{number:03}.txt": raw.body for number, (raw, _) in enumerate(_tasks(MANY))}
    trees, ledgers, stores = [], [], []
    for jobs in (1, 2):
        site = site_factory(seeds, folder=f"jobs-{jobs}", jobs=jobs)
        site.build_pages()
        trees.append(site.pages())
        ledgers.append((site.root / "permalinks.tsv").read_bytes())
        stores.append(stored(site.root / ".digest/store.sqlite"))
    assert len(ledgers[0].splitlines()) == MANY - MANY // 50
    assert trees[0] == trees[1]
    assert ledgers[0] == ledgers[1]
    assert stores[0] == stores[1]
