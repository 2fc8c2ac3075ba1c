"""The generated pages on disk: written only if changed, and removed when nothing writes them any more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from digest.errors import ConfigurationError
from digest.model import Page
from digest.report import Issue
from digest.store.files import write_if_changed
from digest.write.front_matter import is_generated, render_page

_HEAD = 64_000
"""Bytes of a page that are searched for the mark; front matter ends long before."""


class PageTree:
    """Collects the pages of one run below the docs folder."""

    def __init__(self, docs: Path) -> None:
        self._docs = docs
        self._root = docs.resolve()
        self.paths: set[str] = set()
        self.written = 0

    def write(self, page: Page) -> None:
        """Write a page if its bytes changed.

        Raises:
            ConfigurationError: two pages want one path, a hand-written page stands there, or the path leads out.
        """
        path = self._docs / page.path
        if page.path in self.paths:
            raise ConfigurationError([_clash(page.path, "two generated pages want this path")])
        if ".." in PurePosixPath(page.path).parts or not path.resolve().is_relative_to(self._root):
            raise ConfigurationError([_clash(page.path, "this path leads out of the docs folder")])
        self.paths.add(page.path)
        if path.exists() and not _ours(path):
            raise ConfigurationError([_clash(page.path, "a hand-written page stands where a generated one belongs")])
        self.written += write_if_changed(path, render_page(page))

    def remove_orphans(self, known: Iterable[str] | None) -> int:
        """Remove pages that earlier runs wrote and this one did not; return how many.

        Args:
            known: what the last run wrote; None when that is not known, and every page is looked at.
        """
        if known is None:
            known = (path.relative_to(self._docs).as_posix() for path in self._docs.rglob("*.md"))
        removed = 0
        for name in sorted(set(known) - self.paths):
            path = self._docs / name
            if path.is_file() and _ours(path):
                path.unlink()
                removed += 1
                self._remove_empty(path.parent)
        return removed

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._docs and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _ours(path: Path) -> bool:
    with path.open("rb") as file:
        return is_generated(file.read(_HEAD).decode("utf-8", "replace"))


def _clash(path: str, message: str) -> Issue:
    return Issue(code="page-clash", where=path, message=message, hint="Rename the hand-written page or the entity")
