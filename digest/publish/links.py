"""Where links between pages lead, as MkDocs writes them: from the page's folder address, and only to what is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

_SAFE = re.compile(r"[A-Za-z0-9._/-]+")
_UP = "../"
_INDEX = "index.md"
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


class Place:
    """The place of a page, from which relative links are read."""

    def __init__(self, path: str, exists: Callable[[str], bool]) -> None:
        folder, _, name = path.rpartition("/")
        self._folder = folder.split("/") if folder else []
        self._stem = name.removesuffix(".md")
        self._is_index = name == _INDEX
        self._exists = exists
        self._known: dict[str, str | None] = {}
        self.url = page_url(path)

    def address(self, link: str) -> str | None:
        """Return what MkDocs makes of a link to another file; None when only MkDocs should say."""
        if link not in self._known:  # cards repeat their chips
            self._known[link] = self._address(link)
        return self._known[link]

    def _address(self, link: str) -> str | None:
        up, rest = 0, link
        while rest.startswith(_UP):
            up, rest = up + 1, rest[3:]
        folder = self._folder
        first, _, _ = rest.partition("/")
        if up > len(folder) or not rest or first in ("", ".", "..") or "//" in rest or "/." in rest:
            return None
        if up and folder[len(folder) - up] == first:  # not the shortest way: the common part would have to go
            return None
        if not self._is_index and not up and first in (self._stem, f"{self._stem}.md"):
            return None
        if not self._exists("/".join([*folder[: len(folder) - up], rest])):
            return None
        shown = page_url(rest) if rest.endswith(".md") else rest
        if shown is None or rest.endswith(_MARKDOWN[1:]):
            return None
        return f"{_UP * (up if self._is_index else up + 1)}{shown}" or "./"


def page_url(path: str) -> str:
    """Return the address of a page relative to the site, with directory addresses.

    >>> page_url("a/b.md"), page_url("a/index.md"), page_url("index.md")
    ('a/b/', 'a/', '')
    """
    folder, _, name = path.rpartition("/")
    if name == _INDEX:
        return f"{folder}/" if folder else ""
    return posixpath.join(folder, name.removesuffix(".md")) + "/"


def page_file(path: str) -> str:
    """Return the file that a page is published as.

    >>> page_file("a/b.md"), page_file("index.md")
    ('a/b/index.html', 'index.html')
    """
    return f"{page_url(path)}index.html"


def is_plain(path: str) -> bool:
    """Return whether MkDocs publishes the file under just its own name: no other characters, no README."""
    return bool(_SAFE.fullmatch(path)) and not path.rpartition("/")[2].startswith(("README.", "."))


def relative_address(target: str, page: str) -> str:
    """Return the address of a file from the folder address of a page; both relative to the site.

    >>> relative_address("feed.xml", "a/b/"), relative_address("a/feed.xml", "a/")
    ('../../feed.xml', 'feed.xml')
    """
    there, here = target.split("/"), [part for part in page.split("/") if part]
    common = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:])
