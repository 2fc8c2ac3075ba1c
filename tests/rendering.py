"""Renders Markdown as the site does: the extensions of `mkdocs.yml`, and those that MkDocs adds."""

from __future__ import annotations

import importlib

import markdown

from digest.write.markdown import placed

_slugify = importlib.import_module("pymdownx.slugs").slugify(case="lower")
_EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list")


def render(text: str) -> str:
    """Return the HTML of a page body."""
    body = placed(text, "index.md")
    return markdown.markdown(body, extensions=_EXTENSIONS, extension_configs={"toc": {"slugify": _slugify}})


def as_shown(text: str) -> str:
    """Return what a reader sees of `text`: white space made plain, without what Markdown keeps for itself."""
    return " ".join(text.replace("\x02", "").replace("\x03", "").split())
