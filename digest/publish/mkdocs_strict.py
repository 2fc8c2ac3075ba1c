"""Renders generated pages that MkDocs builds without Python-Markdown, by the events that MkDocs has for that.

Pages in the navigation are MkDocs' own, and those that list all people or countries grow with the archive:
Python-Markdown takes a second for a few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from digest.publish.links import Place
from digest.publish.strict_inline import Unusual
from digest.publish.strict_markdown import Rendered, render

_LONG = 20_000
"""Characters from which on a page is no proof that our Markdown is Python-Markdown's, because that takes too long."""


_ALL_RANKS = 6
"""Of headings, in a table of contents: Python-Markdown's own choice."""


def toc_depth(config: MkDocsConfig) -> int:
    """Return the lowest rank of headings in a table of contents."""
    depth: int = config.mdx_configs.get("toc", {}).get("toc_depth", _ALL_RANKS)
    return depth


class StrictPages:
    """The pages that are rendered so while a build of MkDocs is under way."""

    def __init__(self, without: Collection[str], depth: int, exists: Callable[[str], bool]) -> None:
        """Take what they need.

        Args:
            without: techniques that are not used (`Settings.without`).
            depth: lowest rank of headings in a table of contents.
            exists: tells whether there is a file that a link leads to.
        """
        self._longer_than = -1 if "shells" in without else _LONG
        self._strict = "fast-markdown" not in without
        self._depth = depth
        self._exists = exists
        self._rendered: dict[str, tuple[str, Rendered]] = {}

    def take(self, page: Page, markdown: str) -> str:
        """Return the Markdown that MkDocs is to render (`on_page_markdown`): none of a page that is rendered here."""
        path = page.file.src_uri
        if not self._strict or len(markdown) <= self._longer_than:
            return markdown
        try:
            self._rendered[path] = markdown, render(markdown.encode(), Place(path, self._exists))
        except Unusual:
            return markdown
        return ""

    def give(self, page: Page, content: str) -> str:
        """Return the content of a page (`on_page_content`), and give it back what it would have got with that."""
        if page.file.src_uri not in self._rendered:
            return content
        page.markdown, rendered = self._rendered.pop(page.file.src_uri)
        listed: list[Any] = [heading._asdict() for heading in rendered.headings if heading.level <= self._depth]
        page.toc = get_toc(nest_toc_tokens(listed))
        page.present_anchor_ids = {heading.id for heading in rendered.headings}
        return rendered.content.decode()
