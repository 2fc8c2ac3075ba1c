"""A site of few files, for tests of what is done with a built one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

FILES = {
    "index.html": "home",
    "404.html": '<script>__md_scope=new URL("/",location)</script><script>go()</script>',
    "sitemap.xml": "<urlset/>",
    "search/worker.js": "search",
    "articles/one/index.html": "one",
    "articles/two/index.html": "two",
}


def small_site(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write a site with these changes; None leaves a file out."""
    for name, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """Return every file below a folder, hidden ones too, by its path."""
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = Path(top, name)
            found[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
    return found


def changed(**changes: str | None) -> dict[str, str]:
    """Return the files of a site with these changes."""
    return {name: text for name, text in {**FILES, **changes}.items() if text is not None}
