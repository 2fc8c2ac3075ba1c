"""The search page: a heading, and a place that `search.js` fills. It needs no theme."""

from __future__ import annotations

import html
import json

from digest.model import Page
from digest.write.entries import listing
from digest.write.markdown import Markdown, blocks, chip, classed, escape, heading, join
from digest.write.permalinks import SECTIONS, section_path
from digest.write.wording import Wording

PATH = "search/index.md"
_KINDS = (
    "countries", "topics", "outlets", "country", "topic", "person", "organisation", "outlet",
    "article_count", "published_unknown", "months", "date", "list_separator",
)  # fmt: skip


def search_page(words: Wording) -> Page:
    """Return the page. Its words travel in an attribute; the script knows no language."""
    ui = words.pack.ui
    own = {
        key: value
        for key, value in ui.items()
        if key in _KINDS or (key.startswith("search_") and key != "search_filters")
    }
    attribute = html.escape(json.dumps(own, ensure_ascii=False), quote=True)
    # A block of HTML ends at an empty line, so it is one line; the script is a module of the site's own.
    place = Markdown(f'<div class="dg-finder" data-words="{attribute}"></div>')
    script = Markdown('<script type="module" src="search.js"></script>')
    without = Markdown(f"<noscript><p>{html.escape(words('search_script'))}</p></noscript>")
    hint = classed(escape(words("search_help")), "dg-facts")
    title = words("search")
    sections = (chip(escape(words(section)), section_path(kind)) for kind, section in SECTIONS.items())
    ways = classed(join(" ", sections), "dg-ways")
    body = blocks([heading(1, escape(title)), hint, place, without, script, ways])
    return listing(path=PATH, kind="search", title=title, body=body)
