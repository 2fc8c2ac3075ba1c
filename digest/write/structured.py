"""What a page says of itself to machines: `NewsArticle` and its kin of schema.org, as JSON-LD.

Only what is known is said: no date that was not found, no author that may be a desk, no address of a site that has
none. People, places and organisations carry their Wikidata page, so that they are the same everywhere.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from digest.model import Basis, EntityKind, LinkedStory, Page
from digest.store.archive import Entry, outlet_id
from digest.write.cards import SITE_CARD
from digest.write.permalinks import article_path
from digest.write.publication import Publication, wikidata_page
from digest.write.wording import Wording

_TYPES: Mapping[EntityKind, str] = {
    EntityKind.COUNTRY: "Country",
    EntityKind.PLACE: "Place",
    EntityKind.PERSON: "Person",
    EntityKind.ORGANISATION: "Organization",
}
_UNFILED = (EntityKind.PLACE, EntityKind.HISTORICAL)
"""Kinds that have no pages; whatever else is named counts only if the article is filed under it."""


def news_article(linked: LinkedStory, entry: Entry, publication: Publication, card: str | None) -> dict[str, Any]:
    """Return what an article page says of itself."""
    story = linked.story
    about, mentions = _named(linked)
    address = publication.address(article_path(entry.permalink))
    content = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline.text,
        "description": story.summary,
        "inLanguage": story.language,
        "url": address,
        "mainEntityOfPage": address,
        "image": publication.address(card) if card and card != SITE_CARD else None,  # the site's is not of the article
        "datePublished": story.published.value.isoformat() if story.published.value else None,
        "creditText": story.byline,
        "publisher": _outlet(linked, publication),
        "isBasedOn": story.source.url,
        "sdPublisher": {"@type": "Organization", "name": publication.name},
        "wordCount": story.words,
        "about": _things(about, publication.words),
        "mentions": _things(mentions, publication.words),
    }
    return _known(content)


def overview(page: Page, publication: Publication) -> dict[str, Any]:
    """Return what the home page, and the page of a term, says of itself."""
    home = page.path == "index.md"
    entity = own_term(page)
    content = {
        "@context": "https://schema.org",
        "@type": "WebSite" if home else "CollectionPage",
        "name": publication.name if home else page.front_matter["title"],
        "description": publication.description if home else None,
        "inLanguage": publication.language,
        "url": publication.address(page.path),
        "about": [{**thing(entity, publication.words), "name": page.front_matter["title"]}] if entity else None,
    }
    return _known(content)


def own_term(page: Page) -> str | None:
    """Return the term that a page is the page of; a page that only continues its list is not."""
    return page.front_matter.get("entity") if page.path.endswith("/index.md") else None


def as_json(content: Mapping[str, Any]) -> str:
    """Return the JSON of what a page says of itself. The template escapes `<` in it, once more whatever comes in."""
    return msgspec.json.encode(content).decode().replace("<", "\\u003c")


def _named(linked: LinkedStory) -> tuple[list[str], list[str]]:
    """Return what the article is about (topics, and what the headline names), and what else it mentions."""
    story = linked.story
    filed = {term.entity: term for term in linked.terms if term.basis != "related-headline"}
    named = [m.entity for m in linked.mentions if m.kind in _UNFILED or m.entity in filed]
    end = len(story.headline.text) if story.headline.basis is not Basis.DERIVED else 0
    headline = {mention.entity for mention in linked.mentions if mention.span[1] <= end}
    everything = dict.fromkeys([*named, *filed])
    about = [e for e in everything if e in headline or (e in filed and filed[e].kind is EntityKind.TOPIC)]
    return about, [entity for entity in everything if entity not in about]


def _things(entities: Iterable[str], words: Wording) -> list[Mapping[str, Any]]:
    return [thing(entity, words) for entity in entities]


@functools.lru_cache(maxsize=5000)
def thing(entity: str, words: Wording) -> Mapping[str, Any]:
    """Return what an entity is, as structured data has it."""
    known = words.entity(entity)
    kind = _TYPES.get(known.kind, "Thing") if known else "Organization"  # what is not in the gazetteer, is an outlet
    return _known({"@type": kind, "name": words.name(entity), "sameAs": wikidata_page(known)})


def _outlet(linked: LinkedStory, publication: Publication) -> dict[str, Any] | None:
    """Return who published the original."""
    source = linked.story.source
    if not source.name:
        return None
    outlet = outlet_id(linked) or ""
    return _known({"@type": "NewsMediaOrganization", "name": source.name, "sameAs": publication.wikidata(outlet)})


def _known(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value}
