"""The generated files on disk: written only if changed, and removed when nothing writes them any more."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from digest.errors import ConfigurationError
from digest.model import Asset, Page
from digest.report import Issue
from digest.store.files import make_folder, replace_file
from digest.write.front_matter import is_generated, render_page
from digest.write.mark import is_marked
from digest.write.permalinks import SECTIONS

_HEAD = 64_000
"""Bytes of a file that are searched for the mark; front matter ends long before."""
_END = b"\n---\n"
"""What front matter ends with."""
_KEPT_HEAD = 512
"""The same for a file that is known by its mark: it stands at the very start."""
_SUFFIXES = frozenset({".md", ".xml", ".json", ".jsonl", ".txt", ".png"})
"""What generated files are called."""


SITE = "site"
"""The unit of home, overviews, and all that is told of the whole site; written whenever anything changed."""
TOPS = frozenset({"articles", "archive", "cards", "data", "digests", "feeds", "search", "sitemaps", *SECTIONS.values()})
"""Folders that hold generated files."""


OPTIONAL = ("robots.txt", "llms.txt")
"""Files that make way for hand-written ones."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a run changed in the docs folder."""

    changed: frozenset[str]
    """Files that are new or have other bytes."""
    gone: frozenset[str]


class PageTree:
    """Collects the pages of one run below the docs folder."""

    def __init__(self, docs: Path) -> None:
        self._docs = docs
        self._root = docs.resolve()
        self.paths: set[str] = set()
        self.changed: set[str] = set()
        """Files that were written, because they are new or had other bytes."""
        self._folders: set[str] = set()
        """Folders that are surely in the docs folder."""
        self._empty: set[str] = set()
        """Those of them that this run made: nothing is there that it did not write."""

    def write(self, page: Page) -> None:
        """Write a page if its bytes changed.

        Raises:
            ConfigurationError: two pages want one path, a hand-written page stands there, or the path leads out.
        """
        self._write(page.path, render_page(page))

    def write_asset(self, asset: Asset) -> None:
        """Write a file that is no page, if its bytes changed. An optional one makes way for a hand-written one.

        Raises:
            ConfigurationError: as for a page.
        """
        path = self._docs / asset.path
        if asset.optional and path.exists() and not self._ours(path):
            return
        self._write(asset.path, asset.content)

    def keep(self, name: str, mark: bytes) -> bool:
        """Leave a file as it is if it bears `mark`, and return whether it does; else it has to be written."""
        path = self._docs / name
        if name not in self.paths and path.is_file() and mark in _head(path, _KEPT_HEAD):
            self.paths.add(name)
            return True
        return False

    def lacks(self, paths: Iterable[str]) -> bool:
        """Return whether one of some files is not there: somebody cleared the folder."""
        return not all(map(os.path.exists, (f"{self._docs}/{path}" for path in paths)))

    def _write(self, name: str, content: bytes) -> None:
        if name in self.paths:
            raise clash(name, "two generated pages want this path")
        path = f"{self._docs}/{name}"
        folder = name.rpartition("/")[0]
        there = None
        if not {"", ".."}.isdisjoint(name.split("/")) or not self._is_inside(folder):
            raise clash(name, "this path leads out of the docs folder")
        if folder not in self._empty:
            there = _content(path)
            if there is not None and os.path.islink(path) and not self._leads_inside(path):  # noqa: PTH114 - for each
                raise clash(name, "this path leads out of the docs folder")
        self.paths.add(name)
        if there == content:
            return
        if there is not None and not _is_ours(name, there):
            raise clash(name, "a hand-written page stands where a generated one belongs")
        replace_file(path, content)
        self.changed.add(name)

    def _is_inside(self, folder: str) -> bool:
        """Return whether a folder is in the docs folder, and make it if it is not there; it is looked at once."""
        if folder in self._folders:
            return True
        if not folder:
            inside = self._leads_inside(str(self._docs))
        else:
            above = folder.rpartition("/")[0]
            inside = self._is_inside(above)
            if inside and self._is_new(folder):
                self._empty.add(folder)
            elif inside:
                path = f"{self._docs}/{folder}"
                inside = not os.path.islink(path) or self._leads_inside(path)  # noqa: PTH114 - for each; what it is in is
        if inside:
            self._folders.add(folder)
        return inside

    def _is_new(self, folder: str) -> bool:
        """Make a folder; return whether it was not there."""
        try:
            return make_folder(f"{self._docs}/{folder}")
        except FileExistsError as error:
            raise clash(folder, "a file, or a link that leads nowhere, stands where a folder belongs") from error

    def _leads_inside(self, path: str) -> bool:
        return Path(path).resolve().is_relative_to(self._root)

    def remove_orphans(self, known: Iterable[str] | None) -> frozenset[str]:
        """Remove pages that earlier runs wrote and this one did not; return which.

        Args:
            known: what the last run wrote; None when that is not known, and every page is looked at.
        """
        if known is None:
            known = self._files_of_others()
        removed: set[str] = set()
        for name in sorted(set(known) - self.paths):
            path = self._docs / name
            if path.is_file() and self._ours(path):
                path.unlink()
                removed.add(name)
                self._remove_empty(path.parent)
        return frozenset(removed)

    def _files_of_others(self) -> Iterator[str]:
        """Yield files that earlier runs may have written; there are none in folders that this run made."""
        for folder, folders, names in os.walk(self._docs):
            below = os.path.relpath(folder, self._docs).replace(os.sep, "/")
            start = "" if below == "." else f"{below}/"
            folders[:] = [name for name in folders if start + name not in self._empty]
            yield from (start + name for name in names if os.path.splitext(name)[1] in _SUFFIXES)  # noqa: PTH122 - fast

    def _ours(self, path: Path) -> bool:
        head = _head(path)
        if len(head) == _HEAD and path.suffix == ".md" and _END not in head:  # a headline as long as a book
            head = path.read_bytes()
        return _is_ours(path.relative_to(self._docs).as_posix(), head)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._docs and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _is_ours(name: str, content: bytes) -> bool:
    """Return whether a file was written by us, by its content, of which the head is enough."""
    if name.endswith(".md"):
        end = content.find(_END)
        return is_generated((content if end < 0 else content[: end + len(_END)]).decode("utf-8", "replace"))
    return is_marked(name, content[:_HEAD])


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - tens of thousands of times
            return file.read()
    except FileNotFoundError:
        return None


def _head(path: Path, size: int = _HEAD) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def clash(path: str, message: str) -> ConfigurationError:
    """Return what is raised when a generated page cannot have its place."""
    issue = Issue(code="page-clash", where=path, message=message, hint="Rename the hand-written page or the entity")
    return ConfigurationError([issue])


def own_page_paths(docs: Path) -> list[str]:
    """Return the paths of the hand-written pages. They are looked for only where no generated ones are."""
    own = [top for top in docs.iterdir() if top.name not in TOPS and not top.name.startswith(".")]
    files = [path for top in own for path in (top.rglob("*.md") if top.is_dir() else [top])]
    found = (path.relative_to(docs).as_posix() for path in files if path.suffix == ".md")
    return sorted(path for path in found if path != "index.md" and not _is_left_out(path))


def _is_left_out(path: str) -> bool:
    """Return whether MkDocs never publishes a file: a hidden one, or a template."""
    return "/." in path or path.startswith("templates/")
