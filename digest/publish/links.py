"""Where links between pages lead, as MkDocs writes them: from the page's folder address, and only to what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_SAFE = re.compile(r"[A-Za-z0-9._/-]+")
_UP = "../"
_INDEX = "index.md"
_OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd")


class LeadsNowhereError(LookupError):
    """A link leads to no file, or is none that we write."""


class Neighbourhood:
    """What pages of one depth have in common, and in part those of one folder: what links that go up to the top become.

    That is the same on all pages of the depth, but for those in a folder that the link leads to.
    """

    def __init__(self) -> None:
        self.everywhere: dict[bytes, bytes] = {}
        self.top = ""
        self.here: dict[bytes, bytes] = {}
        """Those of `everywhere` that have been seen on pages of the folder `top`, and do not lead into it."""

    def enter(self, top: str) -> None:
        """Turn to the pages of another folder."""
        if top != self.top:
            self.top, self.here = top, {}


class Place:
    """The place of a page: it knows what links become there."""

    def __init__(
        self, path: str, exists: Callable[[str], bool], shared: dict[tuple[int, bool], Neighbourhood] | None = None
    ) -> None:
        """Take a page.

        Args:
            path: of its source.
            exists: tells whether there is a file.
            shared: what pages of the same `exists` remember together, by their depth and whether they are an index.
        """
        folder, _, name = path.rpartition("/")
        self._folder = folder.split("/") if folder else []
        top = self._folder[0] if folder else ""
        self._up = (_UP * len(self._folder)).encode()
        self._into = self._up + top.encode()
        self._here = page_url(path)
        self._back = _UP * self._here.count("/")
        self._exists = exists
        self._near: dict[bytes, bytes] = {}
        shared = {} if shared is None else shared
        self._shared = shared.setdefault((len(self._folder), name == _INDEX), Neighbourhood())
        self._shared.enter(top)

    def addresses(self, links: Sequence[bytes]) -> Sequence[bytes]:
        """Return what MkDocs makes of links to other files, each as it stands in the source.

        Raises:
            LeadsNowhereError: only MkDocs should say.
        """
        found = list(map(self._shared.here.get, links))
        return [known or self._address_of(link) for known, link in zip(found, links, strict=True)]

    def _address_of(self, link: bytes) -> bytes:
        """Return the address of a link that was not seen in this folder, or leads into it."""
        known = self._near.get(link)
        if known is not None:
            return known
        if not link.startswith(self._up) or link.startswith(self._into):
            there = self._target(link.decode())
            shown = relative_address(there.rstrip("/"), self._here) if there else self._back
            shown = f"{shown or '.'}/" if there.endswith("/") else shown or "./"
            address = self._near[link] = shown.encode()
            return address
        far = self._shared.everywhere.get(link)
        if far is None:  # the page and what it leads to have no folder in common
            far = self._shared.everywhere[link] = f"{self._back}{self._target(link.decode())}".encode()
        self._shared.here[link] = far
        return far

    def _target(self, link: str) -> str:
        """Return the address of what a link leads to, relative to the site."""
        up = link.count(_UP)
        folder, rest = self._folder, link[3 * up :]
        first = rest.partition("/")[0]
        if up > len(folder) or not link.startswith(_UP * up) or first in ("", ".") or "//" in rest or "/." in rest:
            raise LeadsNowhereError(link)
        target = "/".join([*folder[: len(folder) - up], rest]) if up < len(folder) else rest
        if target.endswith(_OTHER_MARKDOWN) or not self._exists(target):
            raise LeadsNowhereError(link)
        return page_url(target) if target.endswith(".md") else target


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
