"""The page that stands where an article was: an address, once published, never breaks."""

from __future__ import annotations

from digest.model import Page
from digest.store.ledger import LedgerEntry
from digest.write.markdown import blocks, escape, heading, link
from digest.write.permalinks import article_path
from digest.write.wording import Wording


def tombstone_page(entry: LedgerEntry, words: Wording) -> Page:
    """Return the page of an article that is no longer there. It stays out of search."""
    path = article_path(entry.permalink)
    body = blocks(
        [
            heading(1, escape(words("tombstone"))),
            escape(words("tombstone_text")),
            link(escape(words("home")), "index.md"),
        ]
    )
    matter = {
        "title": words("tombstone"),
        "description": words("tombstone"),
        "kind": "tombstone",
        "id": entry.id,
        "permalink": f"{entry.permalink}/",
        "search": {"exclude": True},
        "hide": ["navigation", "toc"],
    }
    return Page(path=path, front_matter=matter, body=body)
