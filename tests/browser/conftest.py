"""A real site, a real server, a real Chromium: built from the repository's own seeds, outside the repository."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOSTILE_HEADLINE = '<img src=x onerror=alert(1)> "خبر" </title><script>alert(2)</script>'
HOSTILE_TEXT = f"""{HOSTILE_HEADLINE}
صدر پوتن نے قازقستان میں کہا <svg onload=alert(3)> کہ [یہ](javascript:alert(4)) {{{{ alert(5) }}}} ایک خبر ہے۔
<script>alert(6)</script> روس کے صدر نے ”جواب“ دیا۔ '"><img src=x onerror=alert(7)>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A built site that is being served."""

    root: Path
    url: str

    def matter(self, kind: str) -> list[dict[str, Any]]:
        """Return the front matter of every generated page of a kind, each with its address."""
        return [matter for matter in _matters(self.root) if matter.get("kind") == kind]

    def article(self, seed: str) -> str:
        """Return the address of the article of a seed, by the start of the seed's file name."""
        (found,) = (m for m in self.matter("article") if Path(m["seed"]).name.startswith(seed))
        return str(found["address"])

    def kinds(self) -> dict[str, str]:
        """Return an address of every kind of page."""
        found = {str(matter["kind"]): str(matter["address"]) for matter in _matters(self.root) if "kind" in matter}
        return found | {"about": "about/", "404": "404.html"}


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a browser reported while a page was open."""

    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def _matters(root: Path) -> Iterator[dict[str, Any]]:
    docs = root / "site_src"
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        matter = yaml.safe_load(text.split("\n---\n")[0]) if text.startswith("---\n") else {}
        folder = path.parent if path.name == "index.md" else path.with_suffix("")
        address = folder.relative_to(docs).as_posix()
        yield {**matter, "address": "" if address == "." else f"{address}/"}


def build_site(root: Path, seeds: dict[str, bytes]) -> Path:
    """Build the repository's site with these seeds in a folder of its own; return where it was published."""
    (root / "seeds").mkdir()
    (root / "site_src").mkdir()
    for name, text in seeds.items():
        (root / "seeds" / name).write_bytes(text)
    shutil.copy(REPOSITORY / "site_src" / "about.md", root / "site_src")
    settings = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    theme = "custom_dir: digest/theme"
    assert theme in settings
    settings = settings.replace(theme, f"custom_dir: {REPOSITORY / 'digest' / 'theme'}")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "digest", "build", "--quiet", "-d", str(root / "site")]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of the repository's own seeds."""
    root = tmp_path_factory.mktemp("site")
    seeds = {path.name: path.read_bytes() for path in (REPOSITORY / "seeds").iterdir() if path.is_file()}
    server, url = _serve(build_site(root, seeds))
    yield Site(root=root, url=url)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose only article is full of markup."""
    root = tmp_path_factory.mktemp("hostile")
    server, url = _serve(build_site(root, {"hostile.txt": HOSTILE_TEXT.encode()}))
    yield Site(root=root, url=url)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that $CHROMIUM names. It is never skipped: an untested page is not a tested one."""
    named = os.environ.get("CHROMIUM")
    path = next((path for path in ([named] if named else CHROMIUM) if Path(path).exists()), None)
    if path is None:
        pytest.fail("Chromium is missing. `make test` installs it; or set CHROMIUM to its path", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def seen() -> Seen:
    """What the browser reports during one test."""
    return Seen()


def watch(context: BrowserContext, seen: Seen) -> Page:
    """Open a page whose errors, dialogs and requests are written down."""

    def dismiss(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page = context.new_page()
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("dialog", dismiss)
    page.on("request", lambda request: seen.requests.append(request.url))
    return page


@pytest.fixture
def desktop(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page on a wide screen."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield watch(context, seen)


@pytest.fixture
def phone(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page on a small, cheap phone."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        yield watch(context, seen)


@pytest.fixture
def plain(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    with browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False) as context:
        yield watch(context, seen)
