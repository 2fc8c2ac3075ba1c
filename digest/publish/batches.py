"""Renders generated pages with shells: one, or all of them in workers."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from digest.publish.links import Neighbourhood, Place, page_file
from digest.publish.shell import Shell, facts_of
from digest.publish.source_page import read_page
from digest.publish.strict_inline import Unusual
from digest.publish.strict_markdown import render
from digest.settings import Technique
from digest.store.files import make_folder, read_whole, write_new

NEEDED: frozenset[Technique] = frozenset({"shells", "fast-markdown"})
"""Techniques without which all pages are left to MkDocs."""
_ARTICLES = "articles/"
_ALONE = 400
"""Up to so many pages a worker costs more than it saves."""
_DIGEST = 16
"""Bytes that are kept of the digest of a file."""
_MOST = 50_000
"""Files of which is remembered whether they are there."""


class Shells(NamedTuple):
    """Everything that pages are made of besides themselves; it can be pickled and kept."""

    by_key: Mapping[str, Shell]
    nav: frozenset[str]
    """Paths of the pages in the theme's navigation: each has a shell of its own."""
    watched: frozenset[str]
    """Front matter that templates ask for and shells know nothing of. A page that has it is MkDocs' own."""
    site: str
    """Address of the site, before that of a page; empty when there is none."""
    edit: str
    """Address before the path of a page's source; empty when there is none."""
    depth: int
    """Lowest rank of headings in a table of contents."""


class Done(NamedTuple):
    """A file as it was published."""

    path: str
    digest: bytes
    size: int
    modified: int


class Batch(NamedTuple):
    """Pages that were published, and those left to MkDocs with the reason and the key of the shell they lack."""

    done: list[Done]
    left: list[tuple[str, str, str]]


class Renderer:
    """Renders the pages of one docs folder."""

    def __init__(self, docs: str, shells: Shells, present: Collection[str] = ()) -> None:
        """Take what all pages are made with.

        Args:
            docs: the docs folder.
            shells: of the site.
            present: files that are known to be there; others are looked for when a link asks.
        """
        self._docs = docs
        self._shells = shells
        self._shared: dict[tuple[int, bool], Neighbourhood] = {}
        found = functools.lru_cache(_MOST)(lambda path: os.path.isfile(f"{docs}/{path}"))  # noqa: PTH113 - many times
        self._exists: Callable[[str], bool] = lambda path: path in present or found(path)

    def page(self, path: str) -> tuple[bytes, Done]:
        """Return a page as HTML.

        Raises:
            Unusual: MkDocs has to render it. The second argument is the key of the shell that it lacks, if any.
        """
        done, source = read_source(self._docs, path)
        read = read_page(source)
        if read is None or not self._shells.watched.isdisjoint(read.meta):
            raise Unusual("front matter of another form")
        rendered = render(read.body, Place(path, self._exists, self._shared))
        facts = facts_of(path, read.meta, rendered, in_nav=path in self._shells.nav, depth=self._shells.depth)
        shell = self._shells.by_key.get(facts.key)
        if shell is None or shell.only not in (None, path):
            raise Unusual("the first page of its kind", facts.key)
        values = {
            **facts.values,
            "address": self._shells.site + facts.values["address"],
            "path": self._shells.edit + path,
        }
        return shell.fill(path, facts._replace(values=values)), done


def read_source(docs: str, path: str) -> tuple[Done, bytes]:
    """Return the content of a file, and what the manifest notes of it."""
    content, state = read_whole(f"{docs}/{path}")
    digest = hashlib.sha256(content).digest()[:_DIGEST]  # processors have instructions for it
    return Done(path, digest, state.st_size, state.st_mtime_ns), content


def render_batch(renderer: Renderer, out: str, paths: Iterable[str]) -> Batch:
    """Render pages into the folder `out`."""
    batch = Batch([], [])
    folders: set[str] = set()
    for path in paths:
        try:
            html, done = renderer.page(path)
        except Unusual as reason:
            batch.left.append((path, str(reason.args[0]), reason.args[1] if len(reason.args) > 1 else ""))
            continue
        write_page(f"{out}/{page_file(path)}", html, folders)
        batch.done.append(done)
    return batch


def write_page(name: str, html: bytes, folders: set[str]) -> None:
    """Write a file that is not there yet."""
    folder = name.rpartition("/")[0]
    if folder not in folders:
        make_folder(folder)
        folders.add(folder)
    write_new(name, html)


def render_pages(
    docs: Path,
    out: Path,
    shells: Shells,
    paths: Sequence[str],
    jobs: int,
    without: Collection[str] = (),
    present: Collection[str] = (),
) -> Batch:
    """Render pages, in `jobs` workers when there are many; none without the techniques that this takes.

    Args:
        docs: the docs folder.
        out: folder that they are written to.
        shells: of the site.
        paths: of the pages.
        jobs: how many workers.
        without: techniques that are not used (`Settings.without`).
        present: files of the docs folder that are known to be there.

    Raises:
        PublishError: a worker was killed.
    """
    if not NEEDED.isdisjoint(without):
        return Batch([], [(path, "a technique is not used", "") for path in paths])
    # Pages of a depth show the same rows, in which links begin alike; articles show none.
    paths = sorted(paths, key=lambda path: (path.startswith(_ARTICLES), path.count("/"), path))
    made = str(docs), shells, present
    if jobs <= 1 or len(paths) <= _ALONE:
        return render_batch(Renderer(*made), str(out), paths)
    from digest.publish.workers import render_in_workers  # noqa: PLC0415 - a small change needs none

    return render_in_workers(made, str(out), paths, jobs)
