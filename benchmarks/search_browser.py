"""How the search page does in Chromium on a slow line: 1 Mbit/s and 200 ms to and fro."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import io
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import typing
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digest.languages.pack import load_pack
from digest.search.scripts import as_json
from tests.sites import make_site

_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
              "--disable-sync", "--no-first-run")  # fmt: skip
_MEGABIT = 125_000
_DELAY = 0.2
_PIECE = 4096
_TYPE = """async (input, [text, selector]) => {
    const shown = () => document.querySelector(selector) !== null;
    const until = (wanted) => new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`${text}: nothing after 30 s`)), 30000);
        const watch = () => shown() === wanted ? requestAnimationFrame(resolve) : requestAnimationFrame(watch);
        watch();
    });
    const type = (written) => {
        input.value = written;
        input.dispatchEvent(new Event("input", {bubbles: true}));
        input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
    };
    const began = performance.now();
    type(text);
    await until(true);
    const seconds = (performance.now() - began) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 1000)); // facets, the other articles
    type("");
    await until(false);
    await new Promise((resolve) => setTimeout(resolve, 300)); // the next text is no part of this one
    return seconds;
}"""
"""Types, and returns the seconds to the frame behind the first result. Measured in the page: Playwright looks for what
it waits for every half a second, which was once counted as ours."""


class _Server(http.server.SimpleHTTPRequestHandler):
    """Sends parts of files, and scripts compressed, as the hosts of static sites do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file or a part of it."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        self.send_response(206 if part else 200)
        if part:
            self.send_header("Content-Range", f"bytes {part[1]}-{part[2]}/{len(content)}")
            content = content[int(part[1]) : int(part[2]) + 1]
        elif path.suffix == ".js":
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the browser has seen enough
            self.wfile.write(content)


class _SlowServer(_Server):
    """The same on a line of 1 Mbit/s and 200 ms that all requests share: browsers cannot slow a worker's line down."""

    line = threading.Lock()
    open = True
    sent: typing.ClassVar[dict[str, int]] = {}

    def do_GET(self) -> None:
        """Wait, then send a piece at a time."""
        sink, self.wfile = self.wfile, io.BytesIO()
        super().do_GET()
        content, self.wfile = self.wfile.getvalue(), sink
        type(self).sent[self.path] = len(content)
        if not type(self).open:
            time.sleep(_DELAY)
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            if not type(self).open:
                with type(self).line:
                    time.sleep(len(piece) / _MEGABIT)
            self.wfile.write(piece)


def measure_box(folder: Path, names: Sequence[str], work: Path) -> dict[str, Any]:
    """Type names into Material's own box of a site that has the index of `folder`; times in seconds."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {}
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    site = make_site(work / "site").root
    subprocess.run([sys.executable, "-m", "digest", "build", "--quiet"], cwd=site, check=True)
    shutil.copytree(folder, site / "site" / "search", dirs_exist_ok=True)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_SlowServer, directory=str(site / "site"))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first, warm = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        for name in names:
            with browser.new_context(service_workers="block") as context:
                page = context.new_page()
                _SlowServer.open = True
                _SlowServer.sent.clear()
                page.goto(f"http://127.0.0.1:{server.server_port}/about/index.html", wait_until="networkidle")
                page.locator(".md-search__input").click()
                before = sum(size for path, size in _SlowServer.sent.items() if "/search/" in path)
                _SlowServer.open = False
                field = page.locator(".md-search__input")
                item = ".md-search-result__item h1"
                seconds = [field.evaluate(_TYPE, [f"{text} ", item]) for text in (name, names[-1], name)]
                first.append(seconds[0])
                warm.append(seconds[2])
        browser.close()
    server.shutdown()
    server.server_close()
    return {
        "box, first result, s": statistics.median(first),
        "box, warm result, s": statistics.median(warm),
        "box, KB of search on a page view": before / 1000,
    }


def measure_browser(folder: Path, names: Sequence[str]) -> dict[str, Any]:
    """Type names into the search page; return seconds to the first result, cold and warm, and the renderer's memory."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed
    except ImportError:
        return {}
    if chromium is None:
        return {}
    words = as_json(load_pack("ur").ui).replace("&", "&amp;").replace('"', "&quot;")
    place = f'<div class="dg-finder" data-words="{words}"></div>'
    bare = f'<!doctype html><meta charset="utf-8">{place}<script type="module" src="search.js"></script>'
    (folder / "bare.html").write_text(bare, encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Server, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first, warm, memory = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        for name in names:
            with browser.new_context() as context:
                page = context.new_page()
                session = context.new_cdp_session(page)
                page.goto(f"http://127.0.0.1:{server.server_port}/bare.html")
                page.wait_for_selector("input")
                slow = {"offline": False, "latency": 200, "downloadThroughput": _MEGABIT, "uploadThroughput": _MEGABIT}
                session.send("Network.enable")
                session.send("Network.emulateNetworkConditions", slow)
                field = page.locator("input[type=search]")
                item = ".dg-search__list h2"
                seconds = [field.evaluate(_TYPE, [f"{text} ", item]) for text in (name, names[-1], name)]
                first.append(seconds[0])
                warm.append(seconds[2])
                session.send("HeapProfiler.collectGarbage")
                memory.append(session.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
        browser.close()
    server.shutdown()
    server.server_close()
    return {
        "page, first result, s": statistics.median(first),
        "page, warm result, s": statistics.median(warm),
        "renderer, MB": max(memory),
    }
