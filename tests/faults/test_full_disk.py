"""A disk that is full, or may not be written: the old site stands, it is said in words, and room makes it right."""

from __future__ import annotations

import collections
import contextlib
import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.store.ledger import read_ledger
from tests.faults.tiny import SEEDS, Settled, moved, other_of, some, tiny_site
from tests.intake_samples import TEXT, json_lines
from tests.sites import SiteFolder

pytestmark = pytest.mark.site

Tally = collections.Counter[str]
ROOMS = some((0, 4, 12, 40, 80, 120, 160, 200, 260, 320, 400, 600, 900, 1_200, 1_600, 2_000, 2_600, 3_200, 4_000), 9)
"""Kilobytes that are left on the disk: a small change fails at some of them, a whole build at nearly all."""
KINDS = ("change", "whole", "from nothing")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a disk of 24 megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,mode=0755", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a full disk needs a disk of its own, and that needs root: run `sudo make test-faults`")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextlib.contextmanager
def _full_but_for(kilobytes: int, disk: Path) -> Iterator[None]:
    """Fill the disk until so much is left."""
    state, filler = os.statvfs(disk), disk / "filler"
    left = state.f_bavail * state.f_frsize - kilobytes * 1024
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(left, 1))
    try:
        yield
    finally:
        filler.unlink()


def test_a_build_on_a_full_disk_leaves_the_old_site(disk: Path, settled: Settled, tally: Tally) -> None:
    here, expected = settled
    here.seed(SEEDS["other"])
    here.build()
    site = moved(here, disk / "site")
    site.build()
    now, failed = "other", 0
    for kind in KINDS:
        for room in ROOMS:
            wanted = other_of(now)
            site.seed(SEEDS[wanted])
            if kind != "change":
                for path in (site.root / ".digest").glob("published-*"):
                    path.unlink()
            if kind == "from nothing":
                shutil.rmtree(site.root / ".digest")
            with _full_but_for(room, disk):
                done = site.run("build")
            assert site.folder.site() == expected[wanted if done.returncode == 0 else now].site, (kind, room)
            failed += done.returncode != 0
            tally["builds on a full disk"] += 1
            read_ledger(site.root / "permalinks.tsv")
            site.build()
            site.must_be(expected[wanted])
            now = wanted
    assert failed > len(ROOMS)
    tally["builds that a full disk stopped, in words"] += failed


def test_an_intake_on_a_full_disk_leaves_whole_articles(disk: Path, tmp_path: Path, tally: Tally) -> None:
    source = tmp_path / "news.jsonl"
    source.write_bytes(json_lines({"text": f"{TEXT} {n}", "url": f"https://example.org/{n}"} for n in range(30)))
    shutil.copytree(tiny_site(tmp_path / "elsewhere").gazetteer, disk / "few")
    site, failed = tiny_site(disk / "site", {}), 0
    for room in some((0, 8, 24, 60, 100, 150, 200), 2):
        with _full_but_for(room, disk):
            failed += site.run("add", source).returncode != 0
        seeds = site.root / "seeds"
        for seed in seeds.rglob("*.txt"):
            assert seed.read_text(encoding="utf-8").startswith(TEXT)
            assert seed.with_suffix(".yml").stat().st_size
        assert site.run("add", source).returncode == 0
        assert len([path for path in seeds.rglob("*.txt") if path.stat().st_size]) == 30
        shutil.rmtree(seeds)
        seeds.mkdir()
        shutil.rmtree(site.root / ".digest")
    assert failed > 1
    tally["intakes that a full disk stopped, in words"] += failed


def _bound() -> tuple[str, ...]:
    """Return how a command is run that folders can be closed to: root's own cannot be."""
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@contextlib.contextmanager
def _closed(paths: list[Path], mode: int) -> Iterator[None]:
    before = [(path, path.stat().st_mode) for path in paths]
    for path in paths:
        path.chmod(mode)
    try:
        yield
    finally:
        for path, old in before:
            path.chmod(old)


READ_ONLY = ("", ".digest", "site_src", "site_src/articles", "site", "permalinks.tsv", ".digest/store.sqlite")


@pytest.mark.parametrize(("name", "kind"), some(itertools.product(READ_ONLY, ("change", "whole")), 3))
def test_what_may_not_be_written_is_said(name: str, kind: str, settled: Settled, tally: Tally) -> None:
    site, expected = settled
    site.seed(SEEDS["other"])
    site.build()
    site.seed(SEEDS["one"])
    if kind == "whole":
        for path in (site.root / ".digest").glob("published-*"):
            path.unlink()
    path = site.root / name
    with _closed([path], 0o555 if path.is_dir() else 0o444):
        done = site.run("build", before=_bound())
    assert site.folder.site() == expected["one" if done.returncode == 0 else "other"].site
    tally["builds where a file or folder was read-only"] += 1
    site.build()
    site.must_be(expected["one"])


UNREADABLE = ("seeds/b.txt", "seeds", "mkdocs.yml", "permalinks.tsv", "site_src/about.md")


@pytest.mark.parametrize("name", some(UNREADABLE, 3))
def test_what_may_not_be_read_is_said_and_nothing_is_lost(name: str, settled: Settled, tally: Tally) -> None:
    site, expected = settled
    site.seed(SEEDS["one"])
    site.build()
    with _closed([site.root / name], 0o000):
        done = site.run("build", before=_bound())
    # Nobody asks for a hand-written page that has not changed.
    assert done.returncode or "unreadable" in done.stderr or site.folder.site() == expected["one"].site
    tally["builds where a file or folder could not be read"] += 1
    site.build()
    site.must_be(expected["one"])
    assert isinstance(site.folder, SiteFolder)
