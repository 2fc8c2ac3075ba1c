"""The page of one article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from digest.link.terms import filed_as, named_countries
from digest.model import Basis, Block, BlockKind, Entity, EntityKind, LinkedStory, Page, Passage, Term
from digest.store.archive import Entry, outlet_id
from digest.write.chips import term_chip
from digest.write.entries import BESIDE, dated
from digest.write.front_matter import label
from digest.write.markdown import (
    Markdown,
    blocks,
    bullets,
    classed,
    escape,
    heading,
    join,
    link,
    outside_link,
    strong,
)
from digest.write.permalinks import SECTIONS, article_path, term_path
from digest.write.wording import Wording

_TERM_ORDER = (EntityKind.COUNTRY, EntityKind.TOPIC, EntityKind.PERSON, EntityKind.ORGANISATION)
_STATED = (Basis.SIDECAR, Basis.METADATA)


def article_page(
    linked: LinkedStory,
    entry: Entry,
    related: Sequence[tuple[Entry, tuple[str, ...]]],
    entities: Mapping[str, Entity],
    words: Wording,
    beside: Sequence[Markdown] = (),
    *,
    excerpt: bool = False,
) -> Page:
    """Return the page of an article.

    Args:
        linked: the article.
        entry: its line in the archive, with its permalink.
        related: other articles, and the terms they share with it.
        entities: the gazetteer.
        words: the site's wording.
        beside: the ways to its neighbours (`neighbours.py`).
        excerpt: whether only its standfirst may be shown.
    """
    path = article_path(entry.permalink)
    targets = _Targets(linked, entities)
    parts = [heading(1, escape(linked.story.headline.text)), _facts(linked, words)]
    if linked.story.headline.basis is Basis.DERIVED:
        parts.append(classed(escape(words("headline_derived")), "dg-basis"))
    parts += _excerpt(linked, words) if excerpt else _text(linked, targets, words)
    parts += _terms(linked, words)
    parts += beside
    parts += _related(related, words)
    return Page(path=path, front_matter=_front_matter(linked, entry, entities, words), body=blocks(parts))


def _facts(linked: LinkedStory, words: Wording) -> Markdown:
    """Outlet, original, date, reading time: one line under the headline."""
    story = linked.story
    outlet = outlet_id(linked)
    name = escape(words.source(story))
    facts = [link(name, term_path("outlet", outlet)) if outlet else name]
    facts.append(dated(story.published.value, words))
    minutes = words.number(words.reading_minutes(story))
    facts.append(escape(words("reading_time", minutes=minutes)))
    if story.source.url:
        facts.append(outside_link(escape(words("original")), story.source.url))
    return classed(join(" · ", facts), "dg-facts")


def _excerpt(linked: LinkedStory, words: Wording) -> list[Markdown]:
    """Return the standfirst, and where the rest is to be read."""
    url = linked.story.source.url
    rest = [classed(outside_link(escape(words("read_original")), url), "dg-original")] if url else []
    return [classed(escape(linked.story.summary), "dg-standfirst"), *rest]


def _text(linked: LinkedStory, targets: _Targets, words: Wording) -> list[Markdown]:
    passages = (passage for passage in linked.story.passages() if passage.block is not None)
    return [_block(block, passages, targets, words) for block in linked.story.blocks]


def _block(block: Block, passages: Iterator[Passage], targets: _Targets, words: Wording) -> Markdown:
    """Return a block, whose passages come next: its own, and that of its credit if it has one."""
    passage, credited = next(passages), next(passages) if block.credit else None
    if block.kind is BlockKind.HEADING:  # no links: a heading is a landmark, and its id is made of its text
        return heading(2, escape(block.text))
    text = targets.linked(passage)
    if block.kind is BlockKind.PARAGRAPH:
        return text
    if credited is None:
        return classed(text, "dg-caption")
    credit = targets.linked(credited)
    return classed(Markdown(f"{text} — {escape(words('credit'))}: {credit}"), "dg-caption")


class _Targets:
    """Turns mentions into links: the first mention of each page, in the order of the text."""

    def __init__(self, linked: LinkedStory, entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._mentions = linked.mentions
        self._starts = [mention.span[0] for mention in linked.mentions]
        self._countries = named_countries(linked.mentions, entities)
        self._filed = {(term.kind, term.entity) for term in linked.terms}
        self._met: set[str] = set()
        """Entities that were named above: they are linked there, or have no page."""
        self._done: set[str] = set()
        """Pages that are linked above; a place and its country may have the same."""

    def linked(self, passage: Passage) -> Markdown:
        """Return the text of `passage` as Markdown, with links."""
        end = passage.start + len(passage.text)
        parts: list[str] = []
        position = 0
        within = slice(bisect_left(self._starts, passage.start), bisect_left(self._starts, end))
        for mention in self._mentions[within]:
            if mention.entity in self._met:
                continue
            self._met.add(mention.entity)
            target = self._page(mention.entity)
            if target is None or target in self._done:
                continue
            first, last = mention.span[0] - passage.start, mention.span[1] - passage.start
            self._done.add(target)
            parts += [_inner(passage.text[position:first])]
            parts += [link(escape(passage.text[first:last]), target)]
            position = last
        parts.append(_inner(passage.text[position:]))
        return Markdown("".join(parts))

    def _page(self, named: str) -> str | None:
        """Return the page that a mention of an entity links to; None when the article is filed under no such one."""
        for entity in filed_as(self._entities[named], self._countries):
            kind = self._entities[entity].kind
            if (kind, entity) in self._filed:
                return term_path(kind, entity)
        return None


def _inner(text: str) -> Markdown:
    """Escape a piece of a line and keep the spaces at its ends."""
    words = text.strip()
    if not words:
        return Markdown(" " if text else "")
    before = " " if text[0] != words[0] else ""
    after = " " if text[-1] != words[-1] else ""
    return Markdown(f"{before}{escape(words)}{after}")


def _terms(linked: LinkedStory, words: Wording) -> list[Markdown]:
    """Return what the article is filed under: a line a kind."""
    lines = []
    for kind in _TERM_ORDER:
        terms = [term for term in linked.terms if term.kind is kind]
        if terms:
            shown = join(" ", (_term(term, words) for term in terms))
            lines.append(Markdown(f"{strong(escape(words(SECTIONS[kind])))} {shown}"))
    return [heading(2, escape(words("terms"))), bullets(lines, BESIDE)] if lines else []


def _term(term: Term, words: Wording) -> Markdown:
    shown = term_chip(term.kind, term.entity, words)
    if term.basis == "related-headline":
        return Markdown(f"{shown} ({escape(words('related_headline_only'))})")
    return shown


def _related(related: Iterable[tuple[Entry, tuple[str, ...]]], words: Wording) -> list[Markdown]:
    items = []
    for entry, shared in related:
        shown = link(escape(entry.headline), article_path(entry.permalink))
        names = words("list_separator").join(words.name(entity) for entity in shared[:4])
        items.append(Markdown(f"{shown} · {escape(words('related_reason', terms=names))}"))
    return [heading(2, escape(words("related"))), bullets(items, BESIDE)] if items else []


def _front_matter(linked: LinkedStory, entry: Entry, entities: Mapping[str, Entity], words: Wording) -> dict[str, Any]:
    story = linked.story
    return {
        "title": label(story.headline.text),
        "description": label(story.summary),
        "kind": "article",
        "id": story.id,
        "permalink": f"{entry.permalink}/",
        "headline": story.headline.text,
        "headline_basis": str(story.headline.basis),
        "summary": story.summary,
        "byline": story.byline,
        "published": story.published.value.isoformat() if story.published.value else None,
        "published_basis": str(story.published.basis),
        "source": {
            "outlet": story.source.outlet,
            "name": story.source.name,
            "url": story.source.url,
            "basis": str(story.source.basis),
        },
        "language": story.language,
        "countries": [entities[entity].iso for entity in linked.term_ids(EntityKind.COUNTRY)],
        "topics": list(linked.term_ids(EntityKind.TOPIC)),
        "people": list(linked.term_ids(EntityKind.PERSON)),
        "organisations": list(linked.term_ids(EntityKind.ORGANISATION)),
        "reading_time": words.reading_minutes(story),
        "seed": story.locator,
        "checksum": story.checksum,
        "updated": story.published.value.isoformat() if story.published.value else None,
        "hide": ["navigation", "toc"],
    }
