"""Terms as chips: small links that stand on cards, under articles and in the groups of a term's page."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from digest.write.entries import with_count
from digest.write.markdown import Markdown, chip, classed, escape, join, strong
from digest.write.permalinks import SECTIONS, term_path
from digest.write.wording import Wording

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
