"""A build that is killed at any moment leaves the old site whole, and the next build makes what it would have made."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import SEEDS, SiteFolder, make_site

pytestmark = pytest.mark.site

MOMENTS: dict[str, Callable[[Path], bool]] = {
    "locked": lambda root: (root / ".digest/lock").exists(),
    "analysing": lambda root: (root / ".digest/store.sqlite.unfinished").exists(),
    "pages written": lambda root: len(list((root / "site_src/articles").rglob("*.md"))) > len(SEEDS),
    "publishing": lambda root: bool(list(root.glob(".site.next-*/assets"))),
    "nearly done": lambda root: bool(list(root.glob(".site.next-*/sitemap.xml"))),
}


def _kill_when(reached: Callable[[Path], bool], site: SiteFolder) -> int | None:
    """Start a build, kill it at a moment, and return its status: None when it was faster."""
    command: list[str | Path] = [Path(sys.executable).with_name("digest"), "build"]
    with subprocess.Popen(command, cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not reached(site.root):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.002)
        os.kill(process.pid, 9)
        return process.wait()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a built site; work on copies of it."""
    site = make_site(tmp_path_factory.mktemp("built") / "site")
    assert site.run("digest", "build").returncode == 0
    (site.root / ".digest/lock").unlink()
    return site


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_old_site_stands_and_the_next_build_is_whole(moment: str, built: SiteFolder, tmp_path: Path) -> None:
    site = SiteFolder(shutil.copytree(built.root, tmp_path / "site"), built.options)
    old = site.site()
    lede = "روس کے صدر نے قازقستان کے دورے کے بعد کہا کہ دونوں ملکوں کے تعلقات مضبوط ہیں۔"
    site.put({f"new-{number}.txt": f"نئی خبر نمبر {number}\n{lede}\n" for number in range(40)})
    status = _kill_when(MOMENTS[moment], site)
    assert status == -9, "the build was too fast to be killed: choose an earlier moment"
    assert site.site() == old
    result = site.run("digest", "build")
    assert result.returncode == 0, result.stderr
    assert len(site.articles()) == 43
    assert site.site() != old
    assert not list(site.root.glob(".site.next-*"))
    assert site.pages() == site.clean_build(tmp_path / "clean")
