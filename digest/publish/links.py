"""Where links between pages lead, as MkDocs writes them: from the page's folder address, and only to what is there."""

from __future__ import annotations

import re
from collections.abc import Callable

_SAFE = re.compile(r"[A-Za-z0-9._/-]+")
_UP = "../"
_INDEX = "index.md"
_OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd")


Neighbourhoods = dict[tuple[int, bool], dict[bytes, bytes]]
"""By the depth of a page, and whether it is an index: what links become that go up to the top of the site. That is the
same on all those pages, but for those in a folder that the link leads to."""


class LeadsNowhereError(LookupError):
    """A link leads to no file, or is none that we write."""


class Place(dict[bytes, bytes]):
    """The place of a page: what its relative links, as they stand in its source, become in HTML."""

    def __init__(self, path: str, exists: Callable[[str], bool], shared: Neighbourhoods | None = None) -> None:
        """Take a page.

        Args:
            path: of its source.
            exists: tells whether there is a file.
            shared: what pages of the same `exists` remember together.
        """
        super().__init__({b"": b""})
        folder, _, name = path.rpartition("/")
        self._folder = folder.split("/") if folder else []
        self._up = b"../" * len(self._folder)
        self._near = self._up + self._folder[0].encode() if folder else b""
        self._here = page_url(path)
        self._exists = exists
        here = (len(self._folder), name == _INDEX)
        self._far = {} if shared is None else shared.setdefault(here, {})

    def __missing__(self, link: bytes) -> bytes:
        """Return what MkDocs makes of a link to another file, the first time that it is asked.

        Raises:
            LeadsNowhereError: only MkDocs should say.
        """
        far = link.startswith(self._up) and not link.startswith(self._near)
        address = self._far.get(link) if far else None
        if address is None:
            address = self._address(link.decode()).encode()
            if far:
                self._far[link] = address
        self[link] = address
        return address

    def _address(self, link: str) -> str:
        up = link.count(_UP)
        folder, rest = self._folder, link[3 * up :]
        first = rest.partition("/")[0]
        if up > len(folder) or not link.startswith(_UP * up) or first in ("", ".") or "//" in rest or "/." in rest:
            raise LeadsNowhereError(link)
        target = "/".join([*folder[: len(folder) - up], rest])
        if target.endswith(_OTHER_MARKDOWN) or not self._exists(target):
            raise LeadsNowhereError(link)
        there = page_url(target) if target.endswith(".md") else target
        shown = relative_address(there.rstrip("/"), self._here) if there else _UP * self._here.count("/")
        return f"{shown or '.'}/" if there.endswith("/") else shown or "./"


def page_url(path: str) -> str:
    """Return the address of a page relative to the site, with directory addresses.

    >>> page_url("a/b.md"), page_url("a/index.md"), page_url("index.md")
    ('a/b/', 'a/', '')
    """
    folder, _, name = path.rpartition("/")
    if name == _INDEX:
        return f"{folder}/" if folder else ""
    name = name.removesuffix(".md")
    return f"{folder}/{name}/" if folder else f"{name}/"


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
