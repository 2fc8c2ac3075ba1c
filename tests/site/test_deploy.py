"""The site that was built last is deployed, whole; what fails or is killed leaves readers the old or the new one."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.publish.build_record import begin_record, end_record
from digest.publish.deploy import deploy_site
from tests.sites import SiteFolder, make_site, read_tree
from tests.small_site import small_site, texts

pytestmark = pytest.mark.site

_MANY = 1000


@pytest.fixture
def built(tmp_path: Path) -> SiteFolder:
    """A site that was built."""
    site = make_site(tmp_path / "project")
    assert site.run("digest", "build", "--quiet").returncode == 0
    return site


def test_build_and_deploy(built: SiteFolder, tmp_path: Path) -> None:
    done = built.run("digest", "deploy", tmp_path / "www")
    assert done.returncode == 0, done.stderr
    assert read_tree(tmp_path / "www") == built.site()
    built.put({"new.txt": "ماسکو میں ملاقات\nروس کے صدر نے آج ماسکو میں وزیروں سے ملاقات کی۔\n"})
    assert built.run("digest", "build", "--quiet").returncode == 0
    done = built.run("digest", "deploy", tmp_path / "www")
    assert "0 as they were" not in done.stdout
    assert read_tree(tmp_path / "www") == built.site()
    assert "has this site already" in built.run("digest", "deploy", tmp_path / "www").stdout


def test_after_a_failed_build_nothing_is_deployed(built: SiteFolder, tmp_path: Path) -> None:
    assert built.run("digest", "deploy", tmp_path / "www", "--quiet").returncode == 0
    old = read_tree(tmp_path / "www")
    built.put({"empty.txt": ""})
    assert built.run("digest", "build", "--strict").returncode == 1
    done = built.run("digest", "deploy", tmp_path / "www")
    assert done.returncode == 1
    assert done.stderr.startswith("error: the last build failed")
    assert read_tree(tmp_path / "www") == old
    built.remove("empty.txt")
    assert built.run("digest", "build", "--strict").returncode == 0
    assert built.run("digest", "deploy", tmp_path / "www").returncode == 0


def test_the_headers_are_the_same_however_the_site_is_built(built: SiteFolder, tmp_path: Path) -> None:
    headers = built.site()["_headers"]
    assert b"script-src 'self' 'sha256-" in headers
    assert built.run("mkdocs", "build", "--quiet", "--site-dir", tmp_path / "plain").returncode == 0
    assert (tmp_path / "plain/_headers").read_bytes() == headers
    shown = built.run("digest", "deploy", "--headers", "netlify")
    assert shown.stdout.encode() == headers
    snippet = built.run("digest", "deploy", "--headers", "nginx")
    assert snippet.stdout.count("add_header ") == headers.count(b": ")


def test_headers_of_ones_own_stay(tmp_path: Path) -> None:
    site = make_site(tmp_path / "project")
    (site.root / "site_src/_headers").write_text("/*\n  X-Mine: yes\n")
    assert site.run("digest", "build", "--quiet").returncode == 0
    assert site.site()["_headers"] == b"/*\n  X-Mine: yes\n"


def test_a_target_must_be_named(built: SiteFolder) -> None:
    done = built.run("digest", "deploy")
    assert done.returncode == 2
    assert "Name a TARGET" in done.stderr


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A project with a site of thousands of files, in its second version; the first one is deployed."""
    root = tmp_path / "project"
    _build(root, "old")
    deploy_site(root, str(tmp_path / "www"))
    _build(root, "new")
    return root


def _build(root: Path, text: str) -> None:
    begin_record(root / ".digest", None)
    site = small_site(root / "site", {f"articles/{number}/index.html": text for number in range(_MANY)})
    end_record(root / ".digest", None, site, 0)


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "started": lambda top: (top / "project/.digest/lock").exists(),
    "staging": lambda top: any(top.glob(".www.next-*")),
    "copying": lambda top: any(top.glob(".www.next-*/articles/2*/index.html")),
    "nearly done": lambda top: any(top.glob(".www.next-*/search/worker.js")),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_deployment_leaves_the_old_site_or_the_new(large: Path, tmp_path: Path, moment: str) -> None:
    old, new = texts(tmp_path / "www"), texts(large / "site")
    (large / ".digest/lock").unlink()
    code = f"from pathlib import Path; from digest.publish.deploy import *; deploy_site(Path({str(large)!r}), '../www')"
    with subprocess.Popen([sys.executable, "-c", code], cwd=large) as process:
        while process.poll() is None and not MOMENTS[moment](tmp_path):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.001)
        os.kill(process.pid, 9)
        assert process.wait() == -9, "it was too fast to be killed: choose an earlier moment"
    assert texts(tmp_path / "www") in (old, new)
    deploy_site(large, str(tmp_path / "www"))
    assert texts(tmp_path / "www") == new
    assert {path.name for path in tmp_path.iterdir()} == {"project", "www"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lets folders change places in one step")
def test_there_is_a_page_at_every_moment(large: Path, tmp_path: Path) -> None:
    page, missed, stop = tmp_path / "www/articles/7/index.html", [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                assert page.read_text() in {"old", "new"}
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for text in ("newer", "old", "new"):
        deploy_site(large, str(tmp_path / "www"))
        _build(large, "new" if text == "newer" else text)
    stop.set()
    reader.join()
    assert not missed
