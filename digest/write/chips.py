"""Terms as chips: small links that stand on cards, under articles and in the groups of a term's page."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from digest.store.archive import Archive, Entry
from digest.store.catalogue import terms_of
from digest.store.readers import chips_of
from digest.write.entries import card, with_count
from digest.write.markdown import Markdown, chip, classed, escape, join, strong
from digest.write.permalinks import SECTIONS, term_path
from digest.write.wording import Wording

NO_SOURCES: Mapping[str, int] = {}
KINDS = tuple(kind for kind in SECTIONS if kind != "outlet")


@functools.lru_cache(maxsize=10_000)
def term_chip(kind: str, entity: str, words: Wording, *, count: int | None = None) -> Markdown:
    """Return the chip of a term; with the number of its articles, when that says something."""
    name = escape(words.name(entity))
    return chip(name if count is None else with_count(name, count, words), term_path(kind, entity))


def chip_line(terms: Iterable[tuple[str, str]], words: Wording) -> Markdown:
    """Return chips, one after the other; nothing when there are none."""
    return classed(join(" ", (term_chip(*term, words) for term in terms)), "dg-chips")


def chip_group(title: Markdown, counts: Sequence[tuple[str, str, int]], words: Wording) -> Markdown:
    """Return a title and chips of (kind, entity, articles) with their counts, as one line; nothing without chips."""
    if not counts:
        return Markdown("")
    shown = (term_chip(kind, entity, words, count=count) for kind, entity, count in counts)
    return classed(Markdown(f"{strong(title)} {join(' ', shown)}"), "dg-group")


def groups(found: Mapping[str, Sequence[tuple[str, int]]], words: Wording) -> list[Markdown]:
    """Return a line for every kind of term in `found`."""
    lines = []
    for kind in KINDS:
        counts = [(kind, entity, count) for entity, count in found.get(kind, ())]
        lines.append(chip_group(escape(words(SECTIONS[kind])), counts, words))
    return lines


def cards(
    archive: Archive, entries: Sequence[Entry], words: Wording, *, sources: Mapping[str, int] = NO_SOURCES
) -> list[Markdown]:
    """Return a list of articles, each with the chips of its countries and topics.

    Args:
        archive: the store.
        entries: the articles.
        words: the site's wording.
        sources: in how many sources the story of an article is told, where that is to be said.
    """
    parts: list[Markdown] = []
    for entry, terms in zip(entries, terms_of(archive, [entry.id for entry in entries]), strict=True):
        if entry.id in sources:
            parts += card(entry, words)
            parts.append(classed(escape(words("same_story", count=words.number(sources[entry.id]))), "dg-same"))
            parts.append(chip_line(chips_of(terms), words))
        else:
            parts.append(card_with_chips(entry, terms, words))
    return parts


@functools.lru_cache(maxsize=10_000)  # an article stands on some ten lists
def card_with_chips(entry: Entry, terms: tuple[tuple[str, str], ...], words: Wording) -> Markdown:
    """Return an article as a list shows it, with the chips of those that it names most of all its terms."""
    return Markdown("\n\n".join(part for part in (*card(entry, words), chip_line(chips_of(terms), words)) if part))
