"""The pages of countries, topics, people, organisations and outlets."""

from __future__ import annotations

from digest.model import EntityKind, Page
from digest.store.archive import Archive
from digest.store.catalogue import some_entries
from digest.store.readers import company, days_of_term
from digest.store.shelves import term_shelf
from digest.write.chips import groups
from digest.write.entries import listing, newest, with_count
from digest.write.flags import flag, names
from digest.write.front_matter import label
from digest.write.listed import Listed
from digest.write.markdown import (
    Markdown,
    blocks,
    bullets,
    classed,
    encoded_blocks,
    escape,
    heading,
    join,
    link,
    strong,
)
from digest.write.network import network
from digest.write.pagination import Sheet, open_sheet, sealed_sheet
from digest.write.permalinks import SECTIONS, section_path, term_path
from digest.write.timeline import timeline
from digest.write.wording import Wording
from digest.write.world_map import world_map

_MOST_SPELLINGS = 40
_MOST_NAMED_WITH = 6
"""Of each kind."""


def section_page(kind: str, archive: Archive, words: Wording) -> Page:
    """Return the page that lists all terms of a kind, those with most articles first."""
    path = section_path(kind)
    terms = archive.term_counts(kind)
    items = [
        with_count(link(escape(term_name(archive, words, kind, term)), term_path(kind, term)), count, words)
        for term, count in terms
    ]
    title = words(SECTIONS[kind])
    body = [heading(1, escape(title))]
    if kind == EntityKind.COUNTRY:
        body.append(world_map(terms, words, base=path))
    body.append(bullets(items) if items else escape(words("empty")))
    return listing(path=path, kind="section", title=title, body=blocks(body), updated=newest(archive.latest(1)))


def term_page(kind: str, entity: str, archive: Archive, listed: Listed, words: Wording, per_page: int) -> Page | None:
    """Return the open page of a term: what is known of it, and its newest articles. None without any article."""
    count = archive.term_count(kind, entity)
    if not count:
        return None
    name = term_name(archive, words, kind, entity)
    about = [heading(1, escape(name)), flag(entity, words), classed(escape(words.articles(count)), "dg-facts")]
    parts: list[Markdown | bytes] = [*about]
    parts += _about(kind, entity, name, archive, words)
    updated = None
    for dated in (True, False):
        sheet = open_sheet(archive, term_shelf(kind, entity, dated=dated), per_page)
        if sheet.items:
            parts += _opened(sheet, kind, entity, listed, words, undated=not dated)
            updated = updated or newest(sheet.items)
    return listing(
        path=term_path(kind, entity),
        kind=kind,
        title=label(name),
        description=label(f"{name}: {words.articles(count)}"),
        body=encoded_blocks(parts),
        updated=updated,
        searchable=True,
        entity=entity,
    )


def sealed_page(
    kind: str,
    entity: str,
    number: int,
    archive: Archive,
    listed: Listed,
    words: Wording,
    per_page: int,
    *,
    undated: bool,
) -> Page | None:
    """Return a sealed page of a term's articles; None when there is none with that number."""
    sheet = sealed_sheet(archive, term_shelf(kind, entity, dated=not undated), number, per_page)
    if sheet is None:
        return None
    name = term_name(archive, words, kind, entity)
    return _sealed(sheet, kind, entity, name, listed, words, undated=undated)


def _opened(
    sheet: Sheet, kind: str, entity: str, listed: Listed, words: Wording, *, undated: bool
) -> list[Markdown | bytes]:
    parts: list[Markdown | bytes] = [heading(2, escape(words("undated" if undated else "articles")))]
    parts += listed.cards(sheet.items)
    if sheet.older:
        older = term_path(kind, entity, sheet.older, undated=undated)
        parts.append(classed(link(escape(words("older")), older), "dg-pages"))
    return parts


def _sealed(sheet: Sheet, kind: str, entity: str, name: str, listed: Listed, words: Wording, *, undated: bool) -> Page:
    path = term_path(kind, entity, sheet.number, undated=undated)
    title = f"{name} — {words('page', number=words.number(sheet.number or 0))}"
    around = [link(escape(words("newer")), term_path(kind, entity, sheet.newer, undated=undated))]
    if sheet.older:
        around.append(link(escape(words("older")), term_path(kind, entity, sheet.older, undated=undated)))
    parts: list[Markdown | bytes] = [heading(1, escape(title))]
    parts += [heading(2, escape(words("undated" if undated else "articles"))), *listed.cards(sheet.items)]
    parts.append(classed(join(" · ", around), "dg-pages"))
    body = encoded_blocks(parts)
    return listing(path=path, kind=kind, title=label(title), body=body, updated=newest(sheet.items), entity=entity)


def _about(kind: str, entity: str, name: str, archive: Archive, words: Wording) -> list[Markdown]:
    """Return a term's names and spellings, what it is named with, and both in time and space as pictures."""
    path = term_path(kind, entity)
    parts = [names(entity, words)]
    if spellings := archive.spellings(entity, _MOST_SPELLINGS):
        found = join(words("list_separator"), (with_count(escape(text), count, words) for text, count in spellings))
        parts.append(classed(Markdown(f"{strong(escape(words('spellings')))}: {found}"), "dg-spellings"))
    named = company(archive, kind, entity)
    beside = named.beside(_MOST_NAMED_WITH)
    if any(beside.values()):
        parts += [heading(2, escape(words("named_with"))), *groups(beside, words)]
    parts.append(network(kind, entity, name, beside, named, words))
    parts.append(timeline(days_of_term(archive, kind, entity), words, base=path))
    return parts


def term_name(archive: Archive, words: Wording, kind: str, entity: str) -> str:
    """Return what a term is called; an outlet that is not in the gazetteer, by the name its articles give."""
    name = words.name(entity)
    if kind == "outlet" and name == entity:
        for dated in (True, False):
            if first := term_shelf(kind, entity, dated=dated).slice(archive, 0, 1):
                return some_entries(archive, [first[0].id])[0].outlet_name or entity
    return name
