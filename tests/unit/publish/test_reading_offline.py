"""The service worker and the manifest: there when wanted, and out of the site when not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sites import make_site

pytestmark = pytest.mark.site


@pytest.mark.parametrize("offline", ["true", "false"])
def test_the_worker_is_there_when_it_is_wanted(tmp_path: Path, offline: str) -> None:
    site = make_site(tmp_path / "site", offline=offline)
    built = site.run("digest", "build", "--strict", "--quiet")
    assert built.returncode == 0, built.stdout + built.stderr
    files = site.site()
    assert ("sw.js" in files) == (offline == "true")
    assert ('data-worker="sw.js"' in files["index.html"].decode()) == (offline == "true")
    manifest = json.loads(files["manifest.webmanifest"])
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == ("خبرنامہ", "ur", "rtl")
