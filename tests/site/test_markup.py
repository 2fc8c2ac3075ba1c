"""The rules of HTML and the links of a whole site, checked by html-validate and linkinator."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.busy_archive import busy_archive
from tests.site.conftest import ADDRESS
from tests.sites import ROOT, SEEDS, SiteFolder, make_site

pytestmark = pytest.mark.site

TOOLS = ROOT / "tests/js"
GONE = "gone.txt"
OF_THE_THEME = {
    ("valid-autocomplete", "#__drawer"),
    ("valid-autocomplete", "#__search"),
    ("wcag/h32", "form.md-header__option"),
    ("wcag/h32", "form.md-search__form"),
}
"""Faults of Material's own templates, whose rest is not ours to copy: check boxes that must not be remembered, and
forms that a script answers at once (docs/decisions/0010-markup-of-the-theme.md)."""
_FORMS = {"header > nav > form": "form.md-header__option", "div > form": "form.md-search__form"}
_OUTSIDE = "https?://(?!localhost|127)"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a site that has every kind of page: lists of several pages, digests, pictures, a removed article."""
    seeds: dict[str, str | bytes] = {
        **SEEDS,
        **busy_archive(),
        GONE: "ماسکو میں ملاقات\nروس کے صدر نے آج ماسکو میں وزیروں سے ملاقات کی۔\n",
    }
    site = make_site(tmp_path_factory.mktemp("full") / "site", seeds, url=ADDRESS, per_page=5)
    site.build_pages()
    site.remove(GONE)
    done = site.run("digest", "build", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def test_every_page_keeps_the_rules_of_html(full: SiteFolder) -> None:
    pages = [full.root / "site" / path for path in full.site() if path.endswith(".html")]
    assert len(pages) > 100
    options = ("--config", TOOLS / "htmlvalidate.json", "--formatter", "json")
    found = _run("html-validate/bin/html-validate.mjs", *options, *pages)
    faults = [(page["filePath"], message) for page in found for message in page["messages"]]
    ours = [
        f"{Path(path).relative_to(full.root)}:{message['line']}: {message['message']} ({message['ruleId']})"
        for path, message in faults
        if (message["ruleId"], _place(message)) not in OF_THE_THEME
    ]
    assert ours == []
    assert {(message["ruleId"], _place(message)) for _, message in faults} == OF_THE_THEME, "a fault is mended: say so"


def test_no_link_and_no_anchor_is_broken_and_every_page_is_reached(full: SiteFolder, tmp_path: Path) -> None:
    built = full.site()
    below = ADDRESS.rstrip("/").rpartition("/")[2]  # 404.html is shown at any depth, so its links begin at the host
    (tmp_path / below).symlink_to(full.root / "site", target_is_directory=True)
    unlinked = {path for path in built if path == "404.html" or b'class="dg dg-tombstone"' in built[path]}
    assert len(unlinked) == 2
    found = _links(tmp_path, f"{below}/", "--recurse") + _links(
        tmp_path, *(f"{below}/{path}" for path in sorted(unlinked))
    )
    assert [f"{link['parent']} → {link['url']}" for link in found if link["state"] == "BROKEN"] == []
    reached = {link["url"] for link in found}
    pages = {path.removesuffix("index.html") for path in built if path.endswith("/index.html")} - {
        path.removesuffix("index.html") for path in unlinked
    }
    assert [page for page in sorted(pages) if not any(url.endswith(f"/{page}") for url in reached)] == []


def _links(root: Path, *arguments: str) -> list[dict[str, Any]]:
    tool = "linkinator/build/src/cli.js"
    options = ("--server-root", root, "--check-fragments", "--skip", _OUTSIDE, "--format", "json")
    links: list[dict[str, Any]] = _run(tool, *arguments, *options)["links"]
    return links


def _place(message: dict[str, Any]) -> str:
    selector = message["selector"] or ""
    return next((name for end, name in _FORMS.items() if selector.endswith(end)), selector)


def _run(tool: str, *arguments: str | Path) -> Any:
    """Run a tool of `tests/js` and return what it reports; it is never skipped, as Chromium is not."""
    path = TOOLS / "node_modules" / tool
    if not path.exists():
        pytest.fail("html-validate and linkinator are missing: `make test` installs them (tests/js)", pytrace=False)
    with tempfile.TemporaryFile() as report:  # a pipe would be cut: both leave before it is read
        done = subprocess.run(["node", path, *arguments], stdout=report, stderr=subprocess.PIPE, check=False, cwd=TOOLS)
        report.seek(0)
        text = report.read()
    assert text, done.stderr.decode()
    return json.loads(text)
