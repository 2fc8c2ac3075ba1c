"""Where links between pages lead, as MkDocs writes them: from the page's folder address, and only to what is there."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import cast

_SAFE = re.compile(r"[A-Za-z0-9._/-]+")
_UP = "../"
_INDEX = "index.md"
TOP = b"\2"
"""Stands in a link for the way up to the docs folder, so that it is the same on all pages. No text holds it."""
_TOP = TOP.decode()
_TO_TOP = b"](" + TOP
_LIST = b"/index.md"
_MOST = 20_000
"""Links that are remembered of each kind of place, two hundred bytes each."""
_OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd")


class LeadsNowhereError(LookupError):
    """A link leads to no file, or is none that we write."""


class Neighbourhood:
    """What pages of one depth have in common, and in part those of one folder: what links to lists become on them.

    That is the same on all pages of the depth, but for those in a folder that the link leads to.
    """

    def __init__(self) -> None:
        self.everywhere: dict[bytes, bytes] = {}
        """What links become that lead to another top folder."""
        self.here: dict[bytes, bytes] = {b"": b""}
        """What they and those within the top folder become, but for those into the folder of the page in it."""
        self._within: dict[str, list[bytes]] = {}
        """The latter, by the folder in the top folder."""
        self._top = ""

    def enter(self, folder: Sequence[str]) -> None:
        """Turn to the pages of a folder."""
        top, inner = (*folder, "", "")[:2]
        if top != self._top:
            self._top, self.here, self._within = top, {b"": b""}, {}
        for link in self._within.pop(inner, ()):
            del self.here[link]

    def keep_everywhere(self, link: bytes, address: bytes) -> None:
        """Remember what a link becomes that leads to another top folder."""
        if len(self.everywhere) >= _MOST:
            self.everywhere.clear()
            self.here = {b"": b""}
            self._within.clear()
        self.everywhere[link] = address

    def keep_within(self, inner: str, link: bytes, address: bytes) -> None:
        """Remember what a link to a list becomes that leads to the folder `inner` in the top folder."""
        self.here[link] = address
        self._within.setdefault(inner, []).append(link)


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
        *self._folder, name = path.split("/")
        self._into = TOP + "".join(self._folder[:1]).encode()
        self._here = page_url(path)
        self._back = _UP * self._here.count("/")
        self._exists = exists
        self._near: dict[bytes, bytes] = {}
        kind = len(self._folder), name == _INDEX
        known = shared.get(kind) if shared is not None else None
        if known is None:
            known = Neighbourhood()
            if shared is not None:
                shared[kind] = known
        self._shared = known
        known.enter(self._folder)

    def from_top(self, source: bytes) -> bytes:
        """Return Markdown of the page with `TOP` in each link that leads up to the docs folder."""
        return _TO_TOP.join(_leading_up(len(self._folder)).split(source)) if self._folder else source

    def addresses(self, links: Sequence[bytes]) -> Sequence[bytes]:
        """Return what MkDocs makes of links to other files, each as `from_top` left it; nothing of nothing.

        Raises:
            LeadsNowhereError: only MkDocs should say.
        """
        found = list(map(self._shared.here.get, links))
        if None not in found:
            return cast("list[bytes]", found)
        return [self._address_of(link) if known is None else known for known, link in zip(found, links, strict=True)]

    def _address_of(self, link: bytes) -> bytes:
        """Return the address of a link that was not seen in this folder, or leads into the folder of the page."""
        known = self._near.get(link) or self._shared.here.get(link)  # it may stand on the page twice
        if known is not None:
            return known
        if not link.startswith(TOP) or link.startswith(self._into):
            there = self._target(link.decode())
            address = (relative_address(there, self._here) or "./").encode()
            inner = there.partition("/")[2].partition("/")[0]
            if link.endswith(_LIST) and link.startswith(self._into) and [inner] != self._folder[1:2]:
                self._shared.keep_within(inner, link, address)
            else:
                self._near[link] = address
            return address
        far = self._shared.everywhere.get(link)
        if far is None:  # the page and what it leads to have no folder in common
            far = f"{self._back}{self._target(link.decode())}".encode()
            self._shared.keep_everywhere(link, far)
        self._shared.here[link] = far
        return far

    def _target(self, link: str) -> str:
        """Return the address of what a link leads to, relative to the site."""
        if link.startswith(_TOP):
            target = rest = link[1:]
        else:
            up = link.count(_UP)
            rest = link.removeprefix(_UP * up)
            target = "/".join([*self._folder[: len(self._folder) - up], rest])
            if up > len(self._folder):
                raise LeadsNowhereError(link)
        if rest.startswith((".", "/")) or "//" in rest or "/." in rest:
            raise LeadsNowhereError(link)
        if target.endswith(_OTHER_MARKDOWN) or not self._exists(target):
            raise LeadsNowhereError(link)
        return page_url(target) if target.endswith(".md") else target


@functools.cache
def _leading_up(depth: int) -> re.Pattern[bytes]:
    """Return what finds links from a page of this depth: for such a thing, faster than `bytes.replace`."""
    return re.compile(re.escape(b"](" + _UP.encode() * depth))


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
    """Return the address of a file or page from the folder address of a page; both relative to the site.

    >>> relative_address("feed.xml", "a/b/"), relative_address("a/feed.xml", "a/")
    ('../../feed.xml', 'feed.xml')
    >>> relative_address("a/", "a/b/"), relative_address("", "a/b/"), relative_address("a/", "a/")
    ('../', '../../', '')
    """
    up = ""
    while not target.startswith(page):
        page = page[: page.rfind("/", 0, -1) + 1]
        up += _UP
    return up + target[len(page) :]
