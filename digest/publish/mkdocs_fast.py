"""A MkDocs build that leaves generated pages to us: MkDocs renders what people wrote, and two pages of every kind."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from digest.publish.batches import Done, Shells, read_source, render_pages, write_page
from digest.publish.links import page_file
from digest.publish.mkdocs_conditions import nav_paths, untitled, why_not_these
from digest.publish.mkdocs_files import PublishedFiles, generated_file
from digest.publish.mkdocs_shells import PageMaker
from digest.publish.mkdocs_strict import StrictPages, toc_depth
from digest.settings import Settings

_EXAMPLES = 2
"""Pages of a kind that MkDocs renders in full: the first makes the shell, the second is the proof."""
_LOOKED_AT = 100
"""Pages of a place or kind among which the shortest are looked for."""


class FastBuild:
    """What is asked of one build, and what came out of it. The plugin calls it at the events of the build."""

    def __init__(
        self, docs: Path, settings: Settings, only: Sequence[str] | None = None, shells: Shells | None = None
    ) -> None:
        """Take what is to be built.

        Args:
            docs: the docs folder.
            settings: of the site.
            only: the generated pages that are wanted; None stands for all.
            shells: of an earlier build under the same epoch.
        """
        self.docs = docs
        self.own: list[str] = []
        self.generated: frozenset[str] = frozenset()
        self.done: list[Done] = []
        self.failed: list[tuple[str, str]] = []
        """Pages whose shell did not hold, with the reason; MkDocs rendered them, and all of their kind."""
        self.left: list[tuple[str, str]] = []
        """Pages that are no kind for a shell, with the reason; MkDocs rendered them."""
        self.warnings = _Warnings()
        self._jobs = settings.workers()
        self._without = frozenset(settings.without)
        self._only = only
        self._known = shells
        self._files: PublishedFiles | None = None
        self._nav: Navigation | None = None
        self._env: Environment | None = None
        self._maker: PageMaker | None = None
        self._strict: StrictPages | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Keep MkDocs from walking the docs folder."""
        empty = Path(config.config_file_path).resolve().parent / ".digest" / "empty"
        empty.mkdir(parents=True, exist_ok=True)
        config.docs_dir = str(empty)

    def collect(self, config: MkDocsConfig, generated: frozenset[str]) -> str | None:
        """Take the paths of the generated files and look for the others; return why MkDocs must build all, if so."""
        self.generated = generated
        self.own = sorted(set(_walk(self.docs)) - generated)
        reason = why_not_these(config, sorted(generated), self.own)
        if reason:
            config.docs_dir = str(self.docs)
        else:
            logging.getLogger("mkdocs").addHandler(self.warnings)
        return reason

    def files(self, files: Files, config: MkDocsConfig) -> Files:
        """Return the theme's files, the hand-written ones, and the generated pages that are in `nav`."""
        in_nav = [path for path in dict.fromkeys(nav_paths(config.nav)) if path in self.generated]
        docs = [File(path, str(self.docs), config.site_dir, use_directory_urls=True) for path in self.own]
        docs += [generated_file(path, self.docs, config) for path in in_nav if path.endswith(".md")]
        ours = {file.src_uri for file in docs} | self.generated
        theme = [file for file in files if file.src_uri not in ours]
        self._files = PublishedFiles([*sorted(docs, key=file_sort_key), *theme], self.generated, config, self.docs)
        self._strict = StrictPages(self._without, toc_depth(config), self._files.holds)
        return self._files

    def nav(self, nav: Navigation) -> None:
        """Remember the navigation."""
        self._nav = nav

    def env(self, env: Environment) -> None:
        """Remember the environment of the templates."""
        self._env = env

    def markdown(self, page: Page, markdown: str) -> str:
        """Return what MkDocs is to render of a page, and note what hand-written ones refer to."""
        generated = page.file.src_uri in self.generated
        if self._files is None or self._strict is None:
            return markdown
        self._files.noting = not generated
        return self._strict.take(page, markdown) if generated else markdown

    def content(self, page: Page, content: str) -> str:
        """Return the content of a page."""
        return self._strict.give(page, content) if self._strict else content

    def finish(self, config: MkDocsConfig) -> None:
        """Make all other pages, and copy the other generated files."""
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        if self._env is None or self._nav is None or self._files is None:
            raise RuntimeError("MkDocs left out an event")
        self._files.noting = False
        self._maker = PageMaker(config, self._env, self._nav, self._files, self.docs, self._without)
        if self._known:
            self._maker.start_from(self._known)
        out = Path(config.site_dir)
        in_nav = self._maker.shells().nav
        pages = [path for path in sorted(self.generated) if path.endswith(".md")]
        if self._only is not None:
            pages = list(self._only)
        self.render([path for path in pages if path in in_nav], out)
        rest = [path for path in pages if path not in in_nav]
        rest = rest if self._known else self._sample(rest, out)
        while rest:
            batch = render_pages(self.docs, out, self._maker.shells(), rest, self._jobs, self._without, self.generated)
            self.done += batch.done
            rest = self._render_left(batch.left, out)
        if self._only is None:
            self._copy(sorted(path for path in self.generated if not path.endswith(".md")), out)

    def shells(self) -> Shells:
        """Return the shells of this build."""
        if self._maker is None:
            raise RuntimeError("the build is not finished")
        return self._maker.shells()

    def asked(self) -> frozenset[str]:
        """Return what hand-written pages and the navigation refer to, and is not hand-written."""
        return frozenset(self._files.asked if self._files else ())

    def sensitive(self, config: MkDocsConfig) -> frozenset[str]:
        """Return the generated pages that others depend on: for a title in the navigation, or for an anchor."""
        found = set(untitled(config.nav)) & self.generated
        for file in self._files.documentation_pages() if self._files else ():
            if file.src_uri not in self.generated and file.page and file.page.links_to_anchors:
                found |= {target.src_uri for target in file.page.links_to_anchors} & self.generated
        return frozenset(found)

    def _sample(self, pages: Sequence[str], out: Path) -> list[str]:
        """Render the two shortest pages of every place first, so that the workers find most shells; return the others.

        MkDocs takes milliseconds for a page of ordinary length, and seconds for a megabyte of signs.
        """
        places: dict[tuple[str, int, bool], list[str]] = {}
        for path in pages:
            place = path.partition("/")[0], path.count("/"), path.endswith("/index.md")
            some = places.setdefault(place, [])
            if len(some) < _LOOKED_AT:
                some.append(path)
        samples = [path for some in places.values() for path in self._shortest(some)]
        self.render(samples, out)
        return sorted(set(pages).difference(samples))

    def _render_left(self, left: Sequence[tuple[str, str, str]], out: Path) -> list[str]:
        """Let MkDocs render what has no shell: two pages of a new kind, all of no kind; return the others."""
        kinds: dict[str, list[str]] = {}
        mine, others = [], []
        refused = self._maker.refused if self._maker else frozenset()
        for path, _, key in left:
            if not key or key in refused:
                mine.append(path)
            else:
                kinds.setdefault(key, []).append(path)
        for some in kinds.values():
            examples = self._shortest(some[:_LOOKED_AT])
            mine += examples
            others += [path for path in some if path not in examples]
        self.render(sorted(mine), out)
        return sorted(others)

    def _shortest(self, pages: Iterable[str]) -> list[str]:
        """Return as many pages as make a shell and prove it, those that MkDocs renders soonest."""
        return sorted(pages, key=lambda path: (self._size(path), path))[:_EXAMPLES]

    def _size(self, path: str) -> int:
        return os.stat(f"{self.docs}/{path}").st_size  # noqa: PTH116 - the name is no Path

    def render(self, pages: Iterable[str], out: Path) -> None:
        """Let MkDocs render pages, and learn their shells."""
        folders: set[str] = set()
        for path in pages:
            if self._maker is None:
                raise RuntimeError("the build is not finished")
            before = len(self._maker.refused)
            html, reason = self._maker.render(path)
            write_page(f"{out}/{page_file(path)}", html, folders)
            self.done.append(read_source(str(self.docs), path)[0])
            if reason:
                (self.failed if len(self._maker.refused) > before else self.left).append((path, reason))

    def _copy(self, paths: Iterable[str], out: Path) -> None:
        folders: set[str] = set()
        for path in paths:
            done, content = read_source(str(self.docs), path)
            write_page(f"{out}/{path}", content, folders)
            self.done.append(done)


class _Warnings(logging.Handler):
    """Notes what MkDocs says of hand-written pages."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning."""
        self.said.append(record.getMessage())


def _walk(docs: Path) -> Iterator[str]:
    """Yield the files of the docs folder, as MkDocs finds them."""
    folders = [""]
    while folders:
        below = folders.pop()
        with (
            contextlib.suppress(OSError),
            os.scandir(f"{docs}/{below}") as entries,
        ):  # one that may not be read is empty
            for entry in entries:
                if entry.is_dir():
                    folders.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}"
