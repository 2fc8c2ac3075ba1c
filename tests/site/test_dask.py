"""Analysis by the workers of a real Dask scheduler on loopback; one is killed in the middle, and nothing is lost."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.pipeline import build_pages
from tests.conftest import SiteFactory
from tests.sites import ROOT, SiteFolder, stored

pytestmark = pytest.mark.site
ARTICLES = 400
LEDE = "روس کے صدر ولادیمیر پوتن نے قازقستان کے دورے کے بعد کہا کہ دونوں ملکوں کے تعلقات مضبوط ہیں۔"
SEEDS = {f"{number:03}.txt": f"خبر نمبر {number}\n{LEDE}\n" * (number % 3) for number in range(ARTICLES)}


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._stack = contextlib.ExitStack()
        self._folder = folder
        told = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(told))
        self.address = _eventually(lambda: _address(told))
        self.workers = [self._start("worker", self.address, "--nthreads", "1", "--no-nanny") for _ in range(2)]

    def _start(self, role: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + role, "--host", "127.0.0.1", "--no-dashboard"]
        with (self._folder / f"{role}-{time.monotonic_ns()}.log").open("wb") as log:
            process = subprocess.Popen([*command, *arguments], cwd=ROOT, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def close(self) -> None:
        """End all processes."""
        self._stack.close()


def _address(told: Path) -> str:
    with contextlib.suppress(OSError, ValueError):  # not there yet, or half written
        return str(json.loads(told.read_text())["address"])
    return ""


def _eventually(ask: Callable[[], str]) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if answer := ask():
            return answer
    raise TimeoutError


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Start a cluster, and end it."""
    with contextlib.closing(Cluster(tmp_path)) as started:
        yield started


def _built(site: SiteFolder, at: int, do: Callable[[], object]) -> list[str]:
    """Build the pages, and do something when so many articles were read; return the codes of what was reported."""

    def progress(done: int, total: int, locator: str) -> None:
        assert (total, locator) == (ARTICLES, f"seeds/{done:03}.txt")
        if done == at:
            do()

    return [issue.code for issue in build_pages(site.described(), progress).issues]


def _everything(site: SiteFolder) -> tuple[object, ...]:
    return site.pages(), (site.root / "permalinks.tsv").read_bytes(), stored(site.root / ".digest/store.sqlite")


def test_a_worker_that_is_killed_takes_nothing_with_it(cluster: Cluster, site_factory: SiteFactory) -> None:
    here = site_factory(SEEDS, folder="here", jobs=1)
    codes = _built(here, -1, lambda: None)
    there = site_factory(SEEDS, folder="there", scheduler=cluster.address)
    assert _built(there, 250, cluster.workers[0].kill) == codes
    assert cluster.workers[0].wait() == -9
    assert cluster.workers[1].poll() is None
    assert _everything(there) == _everything(here)


@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_the_build_goes_on_alone(
    lost: str, cluster: Cluster, site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.dask_crew._LOOK", 0.2)
    monkeypatch.setattr("digest.dask_crew._PATIENCE", 1)
    here = site_factory(SEEDS, folder="here", jobs=1)
    codes = _built(here, -1, lambda: None)

    def kill() -> None:
        for process in [cluster.scheduler] if lost == "scheduler" else cluster.workers:
            process.kill()

    there = site_factory(SEEDS, folder="there", scheduler=cluster.address)
    assert sorted(_built(there, 250, kill)) == sorted([*codes, "scheduler-lost"])
    assert _everything(there) == _everything(here)


def test_a_scheduler_that_is_not_there_is_said_in_words(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_factory(SEEDS)
    monkeypatch.setattr("digest.dask_crew._CONNECT", 1)
    monkeypatch.chdir(site.root)
    result = CliRunner().invoke(main, ["build", "--scheduler", "tcp://127.0.0.1:9"])
    assert result.exit_code == 1
    assert "tcp://127.0.0.1:9: no Dask scheduler with a worker answers there" in result.output
    assert "Traceback" not in result.output
    assert not (site.root / "site").exists()
