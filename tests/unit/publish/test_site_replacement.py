"""A finished site takes the place of the old one at once; whatever fails leaves the old one."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish import site_tree
from digest.publish.page_html import with_direction
from digest.publish.site_tree import build_lock, refuse_foreign, replace_tree, staging


def _site(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(text)
    return folder


@pytest.fixture(params=["one step", "three steps"])
def _exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "three steps":  # where the system cannot let two folders change places
        monkeypatch.setattr(site_tree, "_exchange", lambda *_: False)


@pytest.mark.usefixtures("_exchange")
def test_two_folders_change_places(tmp_path: Path) -> None:
    new, old = _site(tmp_path / "new", "new"), _site(tmp_path / "site", "old")
    replace_tree(new, old)
    assert (old / "index.html").read_text() == "new"
    assert (new / "index.html").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"new", "site"}


def test_the_first_site_only_moves(tmp_path: Path) -> None:
    replace_tree(_site(tmp_path / "new", "new"), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_when_the_last_step_fails_the_old_site_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_tree, "_exchange", lambda *_: False)
    site = _site(tmp_path / "site", "old")
    with pytest.raises(OSError, match="No such file"):
        replace_tree(tmp_path / "never-built", site)
    assert (site / "index.html").read_text() == "old"


@pytest.mark.usefixtures("_exchange")
def test_a_build_that_ends_well_is_published_and_leaves_no_debris(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "old")
    with staging(site) as folder:
        (folder / "index.html").write_text("new")
        assert (site / "index.html").read_text() == "old"
        assert folder.parent == tmp_path, "on the same file system"
    assert (site / "index.html").read_text() == "new"
    assert site.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_fails_is_not(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "old")
    with contextlib.suppress(RuntimeError), staging(site) as folder:
        (folder / "index.html").write_text("new")
        raise RuntimeError
    assert (site / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_build_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    _site(tmp_path / ".site.next-killed", "half")
    _site(tmp_path / ".other.next-running", "theirs")
    _site(tmp_path / "site.next-mine", "mine")
    with staging(tmp_path / "site") as folder:
        (folder / "index.html").write_text("new")
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".other.next-running", "site.next-mine"}


def test_only_an_older_site_or_nothing_is_replaced(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "old")
    with pytest.raises(PublishError, match="no older site"):
        refuse_foreign(site)
    (site / "sitemap.xml").write_text("<urlset/>")
    with pytest.raises(PublishError, match="no older site"):
        refuse_foreign(site)
    (site / "search").mkdir()
    (site / "search/search_index.json").write_text("{}")
    refuse_foreign(site)
    refuse_foreign(tmp_path / "new")
    (tmp_path / "empty").mkdir()
    refuse_foreign(tmp_path / "empty")
    with pytest.raises(PublishError, match="no older site"):
        refuse_foreign(site / "index.html")


def test_a_second_build_is_told_so(tmp_path: Path) -> None:
    with build_lock(tmp_path / ".digest"), pytest.raises(PublishError, match="another build"):
        build_lock(tmp_path / ".digest").__enter__()
    with build_lock(tmp_path / ".digest"):
        pass


def test_the_lock_of_a_killed_build_holds_nobody_up(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from digest.publish.site_tree import build_lock\n"
        f"with build_lock(pathlib.Path({str(tmp_path)!r})): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with build_lock(tmp_path):
        pass


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<html lang="ur" class="no-js">', '<html dir="rtl" lang="ur" class="no-js">'),
        ('<html lang="ur" dir="ltr">', '<html lang="ur" dir="ltr">'),
        ("no page", "no page"),
        ('<html lang="ur"><p><html x>', '<html dir="rtl" lang="ur"><p><html x>'),
    ],
)
def test_the_direction_stands_on_the_root_element_once(html: str, expected: str) -> None:
    assert with_direction(html, "rtl") == expected
    assert with_direction(expected, "rtl") == expected
