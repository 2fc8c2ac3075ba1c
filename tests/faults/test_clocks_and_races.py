"""Two runs at once, seeds that change while they are read, clocks that go backwards: the next build is a clean one."""

from __future__ import annotations

import collections
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.analyst import Analyst
from digest.model import RawArticle
from digest.report import Issue
from digest.sources.text import TextReader
from tests.faults.tiny import ALL, ONE, PROSE, SEEDS, Settled, State, no_traceback, some, tiny_site
from tests.intake_samples import json_lines
from tests.sites import SiteFolder

pytestmark = pytest.mark.site

Tally = collections.Counter[str]
YEAR = 365 * 86_400


@pytest.mark.parametrize("second", some(("build", "build --plain", "build -d elsewhere"), 3))
def test_of_two_builds_at_once_the_second_waits_or_says_so(second: str, settled: Settled, tally: Tally) -> None:
    site, expected = settled
    for wanted in ("one", "other"):
        site.seed(SEEDS[wanted])
        runs = [site.start("build"), site.start(*second.split()), site.start("build")]
        ends = [(*run.communicate(timeout=120), run.returncode) for run in runs]
        for out, said, status in ends:
            no_traceback(out, said)
            assert status == 0 or "another build of this site is running" in said
        assert 0 in [status for *_, status in ends]
        tally["builds at the same time"] += len(ends)
        site.build()
        site.must_be(expected[wanted])


def test_two_intakes_at_once_bring_each_article_in_once(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site", {})
    source = tmp_path / "news.jsonl"
    source.write_bytes(json_lines({"text": f"خبر {n}\n{PROSE}", "url": f"https://example.org/{n}"} for n in range(60)))
    runs = [site.start("add", source) for _ in range(3)]
    ends = [(*run.communicate(timeout=120), run.returncode) for run in runs]
    for out, said, status in ends:
        no_traceback(out, said)
        assert status == 0 or "another `digest add`" in said
    tally["intakes at the same time"] += len(ends)
    assert site.run("add", source).returncode == 0
    seeds = list((site.root / "seeds").rglob("*.txt"))
    assert len(seeds) == 60
    assert all(seed.read_text().endswith("۔\n") for seed in seeds)
    assert not list((site.root / "seeds").rglob(".digest-*"))


def test_an_intake_during_builds_is_in_the_next_one(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    source = tmp_path / "news.jsonl"
    source.write_bytes(json_lines({"text": f"خبر {n}\n{PROSE}", "url": f"https://example.org/{n}"} for n in range(200)))
    adding = site.start("add", source)
    while adding.poll() is None:
        site.build()
        tally["builds while seeds came in"] += 1
    adding.communicate()
    site.build()
    assert len(site.folder.articles()) == 200 + len(ONE)
    site.must_be(site.clean(tmp_path / "clean"))


def test_seeds_that_change_all_the_time(settled: Settled, tally: Tally) -> None:
    site, expected = settled
    path, stop = site.root / "seeds/b.txt", threading.Event()

    def change() -> None:
        while not stop.is_set():
            for wanted in ("one", "other"):
                path.write_text(SEEDS[wanted]["b.txt"], encoding="utf-8")  # in place: a reader may find half of it
            path.unlink()

    for wanted in ("one", "other"):
        site.seed(SEEDS[wanted])
        writer = threading.Thread(target=change)
        writer.start()
        try:
            for _ in range(4 if ALL else 1):
                said = site.run("build")
                assert said.returncode == 0, said.stderr
                tally["builds while a seed changed"] += 1
        finally:
            stop.set()
            writer.join()
            stop.clear()
        site.seed(SEEDS[wanted])
        site.build()
        assert site.folder.site() == expected[wanted].site


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nothing")


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda path: path.write_text(f"بدلی ہوئی خبر\n{PROSE} {PROSE}\n", encoding="utf-8"),
    "emptied": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
    "a folder": _make_folder,
    "a link to nothing": _make_link,
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00\xd8" * 20),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("reading", [1, 2])
def test_a_seed_that_changes_between_two_readings(
    change: str,
    reading: int,
    tmp_path: Path,
    few_entities: None,
    monkeypatch: pytest.MonkeyPatch,
    tally: Tally,
) -> None:
    """A build opens a seed twice; what it finds may differ."""
    del few_entities
    site = tiny_site(tmp_path / "site").folder
    path, asked = site.root / "seeds/b.txt", 0
    real = TextReader.read

    def read(self: TextReader, file: Path, locator: str) -> Iterator[RawArticle | Issue]:
        nonlocal asked
        if file == path:
            asked += 1
            if asked == reading:
                CHANGES[change](path)
        return real(self, file, locator)

    with monkeypatch.context() as patch:
        patch.setattr(TextReader, "read", read)
        site.build_pages()
    assert asked
    tally["seeds changed between two readings"] += 1
    _equal_to_clean(site, tmp_path)


def _equal_to_clean(site: SiteFolder, tmp_path: Path) -> None:
    site.build_pages()
    assert site.pages() == site.clean_build(tmp_path / "clean")


@pytest.mark.parametrize("change", CHANGES)
def test_a_seed_that_changes_after_it_was_read(
    change: str, tmp_path: Path, few_entities: None, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    del few_entities
    site = tiny_site(tmp_path / "site").folder

    def analysed(self: object, raw: RawArticle, story_id: str) -> object:
        if raw.locator.endswith("b.txt"):
            CHANGES[change](site.root / "seeds/b.txt")
        return real(self, raw, story_id)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        real = Analyst.__call__
        patch.setattr(Analyst, "__call__", analysed)
        site.build_pages()
    tally["seeds changed between two readings"] += 1
    _equal_to_clean(site, tmp_path)


@pytest.mark.parametrize("shift", some((-40 * YEAR, -YEAR, -3_600, -1, 1, 3_600, YEAR, 40 * YEAR), 5))
def test_a_clock_that_jumps(shift: int, settled: Settled, tally: Tally) -> None:
    site, expected = settled
    for wanted in ("one", "other"):
        site.seed(SEEDS[wanted])
        site.build(CLOCK_SHIFT=str(shift))
        site.must_be(expected[wanted])
        site.seed(SEEDS["one"])
        site.build()
        site.must_be(expected["one"])
        tally["builds with a wrong clock"] += 2


def test_a_day_of_publication_that_goes_backwards(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    seen: dict[str, State] = {}
    for epoch in ("1700000000", "0", "1700000000", *some(("1000000000", "4000000000", "1700000000"), 3)):
        site.build(SOURCE_DATE_EPOCH=epoch)
        assert seen.setdefault(epoch, site.state()) == site.state()
        tally["builds with a wrong clock"] += 1
    done = site.run("build", SOURCE_DATE_EPOCH="yesterday")
    assert done.returncode
    assert "SOURCE_DATE_EPOCH" in done.stderr


@pytest.mark.parametrize("stamp", some((0, 1, 86_400, 2**31, 4_000_000_000, -86_400), 5))
def test_seeds_with_times_that_say_nothing(stamp: int, settled: Settled, tally: Tally) -> None:
    """An editor, a backup or `git checkout` may give any file any time; of equal length, even."""
    site, expected = settled
    for _ in range(2):
        for wanted in ("one", "other"):
            site.seed(SEEDS[wanted])
            for path in (site.root / "seeds").iterdir():
                os.utime(path, (stamp, stamp))
            site.build()
            site.must_be(expected[wanted])
            tally["builds with seeds of a wrong time"] += 1


def test_an_edit_of_the_same_length_and_time_is_seen(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    path = site.root / "seeds/a.txt"
    for name in ("روس", "شام", "عرب", "ترک"):
        path.write_text(f"{name} کی خبر\n{PROSE}\n", encoding="utf-8")
        os.utime(path, (1_600_000_000, 1_600_000_000))
        site.build()
        assert f"{name} کی خبر".encode() in site.folder.site()["index.html"]
        tally["builds with seeds of a wrong time"] += 1
