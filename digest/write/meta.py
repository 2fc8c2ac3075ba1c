"""What the head of a page needs, as front matter: its feeds, its picture, and what it says of itself to machines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.model import Page
from digest.write.cards import SITE_CARD
from digest.write.feeds import SITE_FEED, feed_path, has_feeds
from digest.write.front_matter import label
from digest.write.publication import Publication
from digest.write.structured import as_json, own_term


def with_meta(page: Page, publication: Publication, structured: Mapping[str, Any], card: str | None) -> Page:
    """Return `page` with `feeds`, `card` and `structured_data`, which `theme/main.html` puts into its head.

    They are data in the page and not made by the theme, so that every builder can print them.
    """
    matter = {**page.front_matter, "feeds": _feeds(page, publication), "card": _card(page, publication, card)}
    matter["structured_data"] = as_json(structured)
    return Page(path=page.path, front_matter=matter, body=page.body)


def _card(page: Page, publication: Publication, card: str | None) -> dict[str, str] | None:
    """Return the whole address of the picture, because nothing else will do, and what is written on it."""
    if card is None or (address := publication.address(card)) is None:
        return None
    words = publication.name if card == SITE_CARD else page.front_matter["headline"]
    return {"url": address, "words": words}


def _feeds(page: Page, publication: Publication) -> list[dict[str, str]]:
    """Return the feeds that a reader of this page may want: its own first, then the site's."""
    found = []
    if (entity := own_term(page)) and has_feeds(publication, of_terms=True):
        path = feed_path(page.front_matter["kind"], entity)
        found.append({"path": path, "title": label(f"{page.front_matter['title']} — {publication.name}")})
    if has_feeds(publication, of_terms=False):
        found.append({"path": SITE_FEED, "title": label(publication.name)})
    return found
