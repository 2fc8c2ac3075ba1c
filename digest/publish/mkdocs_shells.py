"""Lets MkDocs render single pages, and makes the shells that all other pages of their kind are filled into."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from digest.publish.batches import Shells
from digest.publish.links import Place, page_url
from digest.publish.mkdocs_files import PublishedFiles, generated_file
from digest.publish.mkdocs_strict import toc_depth
from digest.publish.shell import SHAPED, Facts, Shell, compile_shell, facts_of, in_utf8, placeholder, with_placeholders
from digest.publish.strict_headings import Heading
from digest.publish.strict_inline import Unusual
from digest.publish.strict_markdown import Rendered, render


class _Watched(dict[str, Any]):
    """Front matter that notes what templates ask it for."""

    def __init__(self, values: dict[str, Any], asked: set[str]) -> None:
        super().__init__(values)
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        self._asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._asked.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, and note that it was asked for."""
        self._asked.add(key)
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        raise Unusual("a template goes through all front matter")


class PageMaker:
    """MkDocs as a function from a generated page to HTML, while a build of it is under way."""

    def __init__(
        self,
        config: MkDocsConfig,
        env: Environment,
        nav: Navigation,
        files: PublishedFiles,
        docs: Path,
        without: Collection[str] = (),
    ) -> None:
        """Take what MkDocs works with.

        Args:
            config: of the build.
            env: of the templates.
            nav: the navigation.
            files: that links may lead to.
            docs: the docs folder.
            without: techniques that are not used (`Settings.without`).
        """
        self._config = config
        self._env = env
        self._nav = nav
        self._files = files
        self._docs = docs
        self._pages = {page.file.src_uri: page for page in nav.pages}
        self._strict = "fast-markdown" not in without
        self._with_shells = "shells" not in without
        self._shells: dict[str, Shell] = {}
        self._asked: set[str] = set()
        self._depth = toc_depth(config)
        self._prefixes: tuple[str, str] | None = None
        self.refused: set[str] = set()
        """Keys of shells that did not hold: pages of these kinds are MkDocs' own."""

    def start_from(self, shells: Shells) -> None:
        """Take the shells of an earlier build; they must be of this epoch."""
        self._shells = dict(shells.by_key)
        self._asked = set(shells.watched)
        self._prefixes = shells.site, shells.edit

    def shells(self) -> Shells:
        """Return the shells made so far."""
        site, edit = self._prefixes or ("", "")
        watched = frozenset(self._asked - SHAPED)
        return Shells(self._shells, frozenset(self._pages), watched, site, edit, self._depth)

    def render(self, path: str) -> tuple[bytes, str | None]:
        """Return a page as MkDocs renders it, in UTF-8, and a reason why the shell made of it does not hold, if so."""
        page = self._pages.get(path) or Page(None, generated_file(path, self._docs, self._config), self._config)
        if page.content is None:  # else it is in the navigation, and MkDocs has rendered its Markdown already
            page = self._with_content(page)
        body = page.markdown or ""
        html = None
        try:
            facts = self._facts(page, body)
            html = self._in_shell(path, facts)
            if html is None:
                html = in_utf8(self._in_template(page))
                self._learn(page, facts, html)
        except Unusual as reason:
            return html or in_utf8(self._in_template(page)), str(reason)
        return html, None

    def _with_content(self, page: Page) -> Page:
        """Read and render a page, as MkDocs does before it builds any."""
        plugins, config, files = self._config.plugins, self._config, self._files
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        return page

    def _rendered(self, path: str, body: str) -> Rendered:
        return render(body.encode(), Place(path, self._files.holds))

    def _in_template(self, page: Page) -> str:
        page.active = True
        try:
            context = get_context(self._nav, self._files, self._config, page)
            template = self._env.get_template(page.meta.get("template", "main.html"))
            plugins = self._config.plugins
            context = plugins.on_page_context(context, page=page, config=self._config, nav=self._nav)
            return plugins.on_post_page(template.render(context), page=page, config=self._config)
        finally:
            page.active = False

    def _facts(self, page: Page, body: str) -> Facts:
        """Return which shell a page needs, and what to fill into it.

        Raises:
            Unusual: there can be none.
        """
        path = page.file.src_uri
        rendered = (
            self._rendered(path, body) if self._strict else Rendered(in_utf8(page.content or ""), _headings(page.toc))
        )
        facts = facts_of(path, page.meta, rendered, in_nav=path in self._pages, depth=self._depth)
        if facts.key in self.refused:
            raise Unusual("pages of its kind are MkDocs' own")
        site, edit = self._addresses(page)
        return facts._replace(values={**facts.values, "address": site + facts.values["address"], "path": edit + path})

    def _in_shell(self, path: str, facts: Facts) -> bytes | None:
        """Return a page that its shell makes; None while that is not proven, and when proofs are all that is wanted."""
        known = self._shells.get(facts.key)
        return None if self._strict or known is None or known.only else known.fill(path, facts)

    def _learn(self, page: Page, facts: Facts, html: bytes) -> None:
        """Make a shell of a page, or try the one that there is on it.

        Raises:
            Unusual: the page cannot be made with a shell, or the shell would make another page than MkDocs.
        """
        if not self._with_shells:
            return
        path = page.file.src_uri
        known = self._shells.get(facts.key)
        with self._refusing(facts.key):
            shell = known or self._shell(page, facts, path)
            if shell._replace(only=None).fill(path, facts) != html:
                raise Unusual("the shell makes another page than MkDocs")
        self._shells[facts.key] = shell._replace(only=None) if known and known.only != path else shell

    @contextlib.contextmanager
    def _refusing(self, key: str) -> Iterator[None]:
        """Make no more shells of a kind when one does not hold."""
        try:
            yield
        except Unusual:
            self.refused.add(key)
            self._shells.pop(key, None)
            raise

    def _shell(self, page: Page, facts: Facts, path: str) -> Shell:
        with _placeholders_in(page, self._asked):
            html = self._in_template(page)
        shell = compile_shell(html, only=path)
        if missing := {name for name, *_ in shell.slots} - facts.values.keys() - {"content"}:
            raise Unusual(f"the theme shows {', '.join(sorted(missing))} where it was not expected")
        if strange := self._asked - SHAPED & page.meta.keys():
            raise Unusual(f"the theme asks for {', '.join(sorted(strange))}")
        return shell

    def _addresses(self, page: Page) -> tuple[str, str]:
        """Return what stands before the address of a page and before the path of its source."""
        site = (page.canonical_url or "").removesuffix(page_url(page.file.src_uri))
        edit = (page.edit_url or "").removesuffix(page.file.src_uri)
        if self._prefixes is None:
            self._prefixes = site, edit
        if self._prefixes != (site, edit):
            raise Unusual("addresses of another form")
        return self._prefixes


@contextlib.contextmanager
def _placeholders_in(page: Page, asked: set[str]) -> Iterator[None]:
    """Let a page stand for all of its kind for a while."""
    kept = page.meta, page.content, page.toc, page.canonical_url, page.edit_url
    page.meta = _Watched(with_placeholders(dict(page.meta)), asked)
    page.content = placeholder("content")
    count = iter(range(1_000_000))
    page.toc = TableOfContents([_marked(link, count) for link in page.toc])
    page.canonical_url = page.canonical_url and placeholder("address")
    page.edit_url = page.edit_url and placeholder("path")
    try:
        yield
    finally:
        page.meta, page.content, page.toc, page.canonical_url, page.edit_url = kept


def _headings(toc: Iterable[AnchorLink]) -> list[Heading]:
    """Return the entries of a table of contents, each before its own."""
    found: list[Heading] = []
    for link in toc:
        found += [Heading(link.level, link.id, link.title), *_headings(link.children)]
    return found


def _marked(link: AnchorLink, count: Iterator[int]) -> AnchorLink:
    number = next(count)
    copy = AnchorLink(placeholder(f"toc.{number}.name"), placeholder(f"toc.{number}.id"), link.level)
    copy.children = [_marked(child, count) for child in link.children]
    return copy
