"""Whatever happens to the store and the other caches, the next build makes them again from the seeds, and says so."""

from __future__ import annotations

import collections
import itertools
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.publish.manifest import manifest_path
from tests.faults.tiny import SEEDS, Settled, some, tiny_site

pytestmark = pytest.mark.site

Tally = collections.Counter[str]


def _noise(path: Path) -> None:
    dice = random.Random(1)  # noqa: S311 - it can be repeated
    path.write_bytes(dice.randbytes(path.stat().st_size))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _one_page(path: Path) -> None:
    body = bytearray(path.read_bytes())
    middle = len(body) // 2
    body[middle : middle + 200] = bytes(200)
    path.write_bytes(body)


def _last_page(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[:-300] + b"\xff" * 300)


def _text(path: Path) -> None:
    path.write_text("یہ کوئی ڈیٹابیس نہیں\n" * 500)


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE somebody_elses (x)")
    db.close()


def _from_the_future(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 4711")
    db.close()


def _gone(path: Path) -> None:
    path.unlink()


def _rows(path: Path) -> None:
    """Damage what is in a sound database: each blob loses its first half."""
    with sqlite3.connect(path) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
                if kind == "BLOB" or column == "value":
                    half = f"{column} = substr({column}, length({column}) / 2)"
                    db.execute(f"UPDATE {table} SET {half} WHERE length({column}) > 1")  # noqa: S608 - of its own schema
    db.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: tuple[Callable[[Path], None], ...] = (
    _noise, _empty, _half, _one_page, _last_page, _text, _foreign, _from_the_future, _gone, _rows,
)  # fmt: skip
SEEN = (_noise, _half, _text, _foreign, _from_the_future, _rows)
"""What is always said; a store that is not there is made without a word, and free pages may hold anything."""


CACHES: dict[str, Callable[[Path], Path]] = {
    "store": lambda folder: folder / "store.sqlite",
    "manifest": lambda folder: manifest_path(folder, None),
}


@pytest.mark.parametrize("damage", some(reversed(DAMAGE), 5))
@pytest.mark.parametrize("name", CACHES)
def test_a_damaged_store_is_made_again_by_itself(
    name: str, damage: Callable[[Path], None], settled: Settled, tally: Tally
) -> None:
    site, expected = settled
    for wanted, seeds in (("one", "one"), ("other", "one")):  # nothing to do but to notice; and with a change
        site.seed(SEEDS[wanted])
        site.build()
        damage(CACHES[name](site.root / ".digest"))
        site.seed(SEEDS[seeds])
        said = site.build()
        site.must_be(expected[seeds])
        if name == "store" and damage in SEEN:
            assert "[store-recreated]" in said
            assert "nothing is lost" in said
        site.build()
        site.must_be(expected[seeds])
        tally["damaged stores and caches"] += 1


CRUDE = (_noise, _empty, _half, _text, _gone)


@pytest.mark.parametrize(
    ("pattern", "damage"), some(itertools.product(("search/**/*", "docs-generation", "*"), CRUDE), 6)
)
def test_any_other_damaged_cache_changes_nothing(
    pattern: str, damage: Callable[[Path], None], settled: Settled, tally: Tally
) -> None:
    site, expected = settled
    site.seed(SEEDS["one"])
    site.build()
    for path in sorted((site.root / ".digest").glob(pattern)):
        if path.is_file() and path.name != "lock":
            damage(path)
            tally["damaged stores and caches"] += 1
    site.build()
    assert site.folder.site() == expected["one"].site
    site.seed(SEEDS["other"])
    site.build()
    site.must_be(expected["other"])


@pytest.mark.parametrize("damage", some(CRUDE, 3))
def test_pages_that_were_damaged_in_the_docs_folder_or_the_site(
    damage: Callable[[Path], None], settled: Settled, tally: Tally
) -> None:
    """Caches may be wiped at any time; then a build makes all of it again."""
    site, expected = settled
    site.seed(SEEDS["one"])
    site.build()
    for path in [*(site.root / "site_src/articles").rglob("*.md"), site.root / "site/index.html"]:
        damage(path)
        tally["damaged pages"] += 1
    shutil.rmtree(site.root / ".digest")
    done = site.run("build")
    if done.returncode == 0:
        site.must_be(expected["one"])
    else:  # a page that does not say that it is ours is never written over
        assert "page-clash" in done.stderr
        shutil.rmtree(site.root / "site_src/articles")
        site.build()
        site.must_be(expected["one"])


@pytest.mark.parametrize("damage", some((_noise, _half, _text, _folder), 2))
def test_a_damaged_index_of_what_came_in_is_made_again(
    damage: Callable[[Path], None], tmp_path: Path, tally: Tally
) -> None:
    site = tiny_site(tmp_path / "site", {})
    source = tmp_path / "news.txt"
    source.write_text(SEEDS["one"]["a.txt"])
    assert site.run("add", source).returncode == 0
    damage(site.root / ".digest/intake.sqlite")
    source.write_text(SEEDS["one"]["b.txt"])
    done = site.run("add", source)
    if damage is _folder:
        assert done.returncode
    else:
        assert done.returncode == 0
        assert len(list((site.root / "seeds").rglob("*.txt"))) == 2
    tally["damaged stores and caches"] += 1


def test_a_lock_that_is_a_folder_is_said(settled: Settled) -> None:
    site, expected = settled
    lock = site.root / ".digest/lock"
    lock.unlink()
    lock.mkdir()
    site.seed(SEEDS["one"])
    assert site.run("build").returncode == 1
    lock.rmdir()
    site.build()
    site.must_be(expected["one"])
