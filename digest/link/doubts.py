"""What is in doubt wherever an article names it, is not named.

A name may be doubtful in one sentence because it is part of a longer name (`compounds.py`); where another sentence, or
another name, speaks of the same land, person or body without doubt, all of them count.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from digest.link.compounds import LANDS, ONCE
from digest.model import Entity, EntityKind, Mention, Passage, Rejection, Span

_LONGER = frozenset({EntityKind.PLACE, EntityKind.ORGANISATION})
"""Of these kinds are names that hold the name of a land elsewhere."""


def withhold(
    mentions: Sequence[Mention],
    rejections: Sequence[Rejection],
    doubts: Mapping[Span, str],
    entities: Mapping[str, Entity],
    prose: Sequence[Span],
) -> tuple[list[Mention], list[Rejection]]:
    """Return the mentions and rejections when what only doubtful names speak for is not named.

    Args:
        mentions: what counts so far.
        rejections: what does not.
        doubts: why the name at a span of the displayed text is in doubt.
        entities: the gazetteer's.
        prose: where paragraphs stand; headlines and captions name things in passing.
    """
    if halves := _halves(mentions, entities):
        doubts = {**halves, **doubts}
    if not doubts:
        return list(mentions), list(rejections)
    doubts = {**doubts, **_inherited(mentions, doubts, prose)}
    certain = {named for mention in mentions if mention.span not in doubts for named in _stands_for(mention, entities)}
    kept: list[Mention] = []
    refused = list(rejections)
    for mention in mentions:
        doubt = doubts.get(mention.span)
        if doubt is None or not certain.isdisjoint(_stands_for(mention, entities)):
            kept.append(mention)
        else:
            refused.append(Rejection(entity=mention.entity, span=mention.span, surface=mention.surface, why=doubt))
    return kept, refused


def paragraphs(passages: Sequence[Passage]) -> list[Span]:
    """Return where paragraphs stand."""
    return [(passage.start, passage.start + len(passage.text)) for passage in passages if passage.role == "paragraph"]


def _halves(mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> dict[Span, str]:
    """Return doubts of lands whose name is half of one elsewhere, named before: نیو میکسیکو is میکسیکو afterwards.

    Not of halves of lands: who names جنوبی سوڈان may well name سوڈان too.
    """
    longer = [m for m in mentions if " " in m.surface and m.kind in _LONGER]
    halves = {half for mention in longer for half in mention.surface.split()}  # as printed: to fold all takes its time
    halved = [m for m in mentions if m.surface in halves and m.kind in LANDS]
    wholes: dict[str, dict[AbstractSet[str], Mention]] = {}
    """Half → home → the first longer name of that half and home: a hostile text has thousands, of few homes."""
    for whole in sorted(longer, key=lambda mention: mention.span):
        if home := _home(entities[whole.entity]):
            for half in whole.surface.split():
                wholes.setdefault(half, {}).setdefault(home, whole)
    found: dict[Span, str] = {}
    for mention in halved:
        own = entities[mention.entity].lands
        for home, whole in wholes.get(mention.surface, {}).items():
            if whole.span < mention.span and own.isdisjoint(home):
                found[mention.span] = f"half of «{whole.surface}», named before"
                break
    return found


def _home(entity: Entity) -> AbstractSet[str]:
    """Return the countries that a place lies in, or a body belongs to, as far as that is known."""
    if entity.kind is EntityKind.PLACE:
        return entity.lands
    return frozenset({entity.country}) if entity.country else frozenset()


def _inherited(mentions: Sequence[Mention], doubts: Mapping[Span, str], prose: Sequence[Span]) -> dict[Span, str]:
    """Return doubts of names that were in a longer name where they first stood: پیرس جیکسن is پیرس afterwards."""
    suspects = {mention.entity for mention in mentions if mention.span in doubts}
    first: dict[tuple[str, str], str | None] = {}
    found: dict[Span, str] = {}
    for mention in sorted((m for m in mentions if m.entity in suspects), key=lambda mention: mention.span):
        if _within(mention.span, prose):
            doubt = first.setdefault((mention.entity, mention.surface), doubts.get(mention.span))
            if doubt is not None and not doubt.startswith(ONCE):
                found[mention.span] = doubts.get(mention.span, f"first met {doubt}")
    return found


def _stands_for(mention: Mention, entities: Mapping[str, Entity]) -> Iterable[str]:
    return entities[mention.entity].lands if mention.kind in LANDS else (mention.entity,)


def _within(span: Span, spans: Sequence[Span]) -> bool:
    """Return whether a span begins in one of others, which are in order."""
    place = bisect_right(spans, (span[0], sys.maxsize)) - 1
    return place >= 0 and span[0] < spans[place][1]
