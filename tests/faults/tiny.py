"""A site so small that a build takes less than a second, run as its maintainer runs it: in a process of its own."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

from tests.faults import few_entities
from tests.sites import ROOT, SiteFolder, Tree, make_site

PROSE = "روس کے صدر نے قازقستان کے دورے کے بعد کہا کہ دونوں ملکوں کے تعلقات پہلے سے زیادہ مضبوط ہیں۔"
ONE: Mapping[str, str] = {
    "a.txt": f"پہلی خبر\n{PROSE}\n",
    "b.txt": f"دوسری خبر\nایران اور چین کے سفیر مذاکرات کے لیے پیرس پہنچ گئے۔ {PROSE}\n",
    "gone.txt": f"تیسری خبر\nفرانس کے سفیر نے کہا کہ مذاکرات جاری رہیں گے۔ {PROSE}\n",
}
OTHER: Mapping[str, str] = {
    "a.txt": ONE["a.txt"],
    "b.txt": f"دوسری خبر\nاب ایران اور یوکرین کے سفیر مذاکرات کے لیے لندن پہنچ گئے۔ {PROSE}\n",
    "new.txt": f"چوتھی خبر\nعمران خان نے فرانس کے صدر سے ملاقات کی۔ {PROSE}\n",
}
KILLS = int(os.environ.get("KILLS", "4"))
"""How many runs of each kind are killed: `make test` kills a few, `make test-faults` a hundred."""
ALL = KILLS >= 100
"""Whether everything is tried, and not a part of it."""
T = TypeVar("T")
SEEN = collections.Counter({"articles lost": 0, "tracebacks": 0, "scripts run": 0, "runs of digest": 0})
"""What is found in all of these tests, printed under what was done."""
DAY = {"SOURCE_DATE_EPOCH": "1700000000"}
ADDRESS = "https://example.org/"
_LONGEST = 120
"""Seconds that any run may take; the longest takes ten."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a build left behind."""

    site: Tree
    pages: Tree
    ledger: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TinySite:
    """A site on disk, with the small gazetteer that it is built with."""

    folder: SiteFolder
    gazetteer: Path

    @property
    def root(self) -> Path:
        """Where it is."""
        return self.folder.root

    def seed(self, seeds: Mapping[str, str]) -> None:
        """Let the seeds be these and no others; those that are the same are not touched."""
        for path in (self.root / "seeds").rglob("*"):
            if path.is_file() and path.relative_to(self.root / "seeds").as_posix() not in seeds:
                path.unlink()
        for name, text in seeds.items():
            path = self.root / "seeds" / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                self.folder.put({name: text})

    def start(self, *arguments: str | Path, before: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
        """Start `digest` in a session of its own, so that a kill hits it and nothing else."""
        return subprocess.Popen(
            [*before, sys.executable, few_entities.__file__, self.gazetteer, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), **DAY, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, *arguments: str | Path, before: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `digest`; whatever happens, it ends in words and in time."""
        with self.start(*arguments, before=before, **environment) as process:
            try:
                out, said = process.communicate(timeout=_LONGEST)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        no_traceback(out, said)
        assert process.returncode == 0 or said.strip(), "it failed and did not say why"
        return subprocess.CompletedProcess(process.args, process.returncode, out, said)

    def build(self, **environment: str) -> str:
        """Build; return what it said."""
        done = self.run("build", **environment)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def kill_after(self, seconds: float, *arguments: str | Path, begun: str | None = None) -> bool:
        """Start `digest`, kill it after some seconds, and return whether it was still running.

        Args:
            seconds: how long it may run.
            arguments: the command.
            begun: the seconds are counted from when there is such a file or folder, by its pattern.
        """
        with self.start(*arguments) as process:
            while begun and process.poll() is None and not any(self.root.glob(begun)):
                time.sleep(0.001)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=seconds)
            if process.returncode is not None:
                return False
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        self.wait_for_lock()
        return process.returncode == -signal.SIGKILL

    def wait_for_lock(self) -> None:
        """Wait for the process that carries out a change which was committed before the kill: it holds the lock."""
        with contextlib.suppress(FileNotFoundError), (self.root / ".digest/lock").open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)

    def state(self) -> State:
        """Return what is there now."""
        return State(
            site=self.folder.site(),
            pages=self.folder.pages(),
            ledger=(self.root / "permalinks.tsv").read_text(encoding="utf-8"),
        )

    def must_be(self, wanted: State) -> None:
        """Compare what is there with what must be, and count the articles that are lost."""
        now = self.state()
        articles = {path for path in wanted.site if path.startswith("articles/")}
        SEEN["articles looked for"] += len(articles)
        SEEN["articles lost"] += len(articles - now.site.keys())
        assert now == wanted

    def clean(self, to: Path) -> State:
        """Return what a clean build makes of the same seeds and ledger, in another folder."""
        shutil.rmtree(to, ignore_errors=True)
        other = tiny_site(to, {})
        shutil.rmtree(other.root / "seeds")
        shutil.copytree(self.root / "seeds", other.root / "seeds", symlinks=True)
        shutil.copy(self.root / "permalinks.tsv", other.root)
        other.build()
        return other.state()

    def settle(self, to: Path) -> dict[str, State]:
        """Build with both sets of seeds until the ledger knows all; return what each must be from then on."""
        found: dict[str, State] = {}
        for _ in range(2):
            for name, seeds in SEEDS.items():
                self.seed(seeds)
                self.build()
                found[name] = self.state()
        for name, seeds in SEEDS.items():
            self.seed(seeds)
            assert self.clean(to / name) == found[name]
        return found  # the site is the second, and the seeds are the second's

    def duration(self, *arguments: str | Path) -> float:
        """Return how many seconds a run takes now."""
        before = time.monotonic()
        assert self.run(*arguments).returncode == 0
        return time.monotonic() - before


Settled: TypeAlias = tuple[TinySite, dict[str, State]]
SEEDS = {"one": ONE, "other": OTHER}


def tiny_site(root: Path, seeds: Mapping[str, str] = ONE) -> TinySite:
    """Make a tiny site, not built yet; its gazetteer is beside it."""
    gazetteer = root.parent / "few"
    if not gazetteer.exists():
        from tests.conftest import write_gazetteer  # noqa: PLC0415 - its plugins are loaded by then
        from tests.small_gazetteer import FEW  # noqa: PLC0415

        write_gazetteer(gazetteer, FEW)
    return TinySite(folder=make_site(root, seeds, url=ADDRESS, cards="none"), gazetteer=gazetteer)


def no_traceback(out: str, said: str) -> None:
    """Count a run, and whether it ended in a traceback."""
    found = "Traceback" in out + said
    SEEN["runs of digest"] += 1
    SEEN["tracebacks"] += found
    assert not found, said


def moved(site: TinySite, to: Path) -> TinySite:
    """Return a copy of a site in another place, with its gazetteer."""
    shutil.copytree(site.root, to, symlinks=True)
    gazetteer = shutil.copytree(site.gazetteer, to.parent / "few", dirs_exist_ok=True)
    return TinySite(folder=SiteFolder(to, site.folder.options, site.folder.url), gazetteer=gazetteer)


def some(things: Iterable[T], every: int) -> list[T]:
    """Return all of it in `make test-faults`; in `make test`, one in so many."""
    return list(things)[:: 1 if ALL else every]


def other_of(name: str) -> str:
    """Return the name of the other set of seeds."""
    return "other" if name == "one" else "one"
