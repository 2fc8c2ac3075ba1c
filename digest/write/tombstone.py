"""The page that stands where an article was: an address, once published, never breaks."""

from __future__ import annotations

from digest.model import Page
from digest.store.ledger import LedgerEntry
from digest.write.markdown import blocks, escape, heading, link
from digest.write.permalinks import article_path
from digest.write.wording import Wording


def tombstone_page(entry: LedgerEntry, words: Wording, retracted: str | None = None) -> Page:
    """Return the page of an article that is no longer there. It stays out of search.

    Args:
        entry: what the ledger knows of the article.
        words: the site's wording.
        retracted: why it was withdrawn, perhaps nothing; None when it is just gone.
    """
    path = article_path(entry.permalink)
    what = "tombstone" if retracted is None else "retracted"
    parts = [heading(1, escape(words(what))), escape(words(f"{what}_text"))]
    if retracted:
        parts.append(escape(words("retracted_reason", reason=retracted)))
    body = blocks([*parts, link(escape(words("home")), "index.md")])
    matter = {
        "title": words(what),
        "description": words(what),
        "kind": "tombstone",
        "id": entry.id,
        "permalink": f"{entry.permalink}/",
        "search": {"exclude": True},
        "hide": ["navigation", "toc"],
    }
    return Page(path=path, front_matter=matter, body=body)
