"""A site built outside the repository with the repository's own settings, and served."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sites import ROOT, front_matter, make_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A built site that is being served."""

    root: Path
    url: str

    @property
    def docs(self) -> Path:
        """The Markdown that the site is made of."""
        return self.root / "site_src"

    def kinds(self) -> dict[str, str]:
        """Return an address of every kind of page."""
        found = {str(matter["kind"]): address for address, matter in self._pages()}
        return found | {"about": "about/", "404": "404.html"}

    def addresses(self) -> list[str]:
        """Return the addresses of all generated pages."""
        return [address for address, _ in self._pages()]

    def first(self, kind: str) -> str:
        """Return the address of the first page of a kind."""
        return next(address for address, matter in self._pages() if matter["kind"] == kind)

    def article(self, seed: str) -> str:
        """Return the address of the article of a seed, by the start of the seed's file name."""
        (found,) = (address for address, matter in self._pages() if _is_article_of(matter, seed))
        return found

    def _pages(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield every generated page: its address and its front matter."""
        for path in sorted(self.docs.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            matter = front_matter(text) if text.startswith("---\n") else {}
            if "kind" in matter:
                folder = path.parent if path.name == "index.md" else path.with_suffix("")
                address = folder.relative_to(self.docs).as_posix()
                yield ("" if address == "." else f"{address}/"), matter


@contextlib.contextmanager
def served_site(
    root: Path, seeds: Mapping[str, str | bytes] | None = None, directory_urls: str = "true"
) -> Iterator[Site]:
    """Build a site in the folder `root`, and serve it on a free port."""
    folder = make_site(root, seeds)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("directory_urls: true", f"directory_urls: {directory_urls}")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "digest", "build", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    handler = functools.partial(_Quiet, directory=str(root / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Site(root=folder.root, url=f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _is_article_of(matter: Mapping[str, Any], seed: str) -> bool:
    return matter["kind"] == "article" and Path(matter["seed"]).name.startswith(seed)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
