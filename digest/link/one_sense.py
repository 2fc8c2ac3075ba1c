"""One name, one meaning: what a name is not in one sentence of an article, it is seldom in the next.

Where «محمد اسرائیل» is a farmer, the bare «اسرائیل» who is shot in the next sentence is no state; where the river and
the Nigerian state are called «نائجر», so is its governor's. Gale, Church and Yarowsky measured it in 1992 (One Sense
Per Discourse): 98 % of two uses of such a word in a well-written text mean the same. What the article names in another
way too, or what its context speaks for, is not touched.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence

from digest.link.disambiguate import ELSEWHERE, RULED_OUT, STRONG
from digest.link.namesakes import SOMEBODY
from digest.model import EntityKind, Mention, Rejection

_LANDS = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})
_PERSON, _BODY = EntityKind.PERSON, EntityKind.ORGANISATION
_DEFAULT = (STRONG, ELSEWHERE)
"""Reasons that say nothing of the place itself."""

_FULL_NAME = 2

Key = tuple[str, str]
"""Entity and surface."""


def settle(
    mentions: Sequence[Mention], rejections: Sequence[Rejection], fold: Callable[[str], Sequence[str]]
) -> tuple[list[Mention], list[Rejection]]:
    """Return the mentions and rejections when one name means one thing throughout the article.

    Args:
        mentions: what counts, each place taken by itself.
        rejections: what does not.
        fold: folds a surface into words.
    """
    people = _people_by_context(mentions, fold)
    somebody = {key(item, fold) for item in rejections if item.why.startswith(SOMEBODY)}
    ruled_out = Counter(key(item, fold) for item in rejections if item.why.startswith(RULED_OUT))
    surnames = _lands_in_names(mentions, fold)
    if not (people or somebody or ruled_out or surnames):
        return list(mentions), list(rejections)
    keys = [key(mention, fold) for mention in mentions]
    bare = Counter(keys)
    denied = somebody | {found for found, count in ruled_out.items() if count >= bare[found]}
    proved = {
        mention.entity
        for mention, found in zip(mentions, keys, strict=True)
        if mention.why not in _DEFAULT or found not in denied
    }
    several = {entity for entity, count in Counter(entity for entity, _ in bare).items() if count > 1}
    """Entities that the article names by other words too."""
    kept: list[Mention] = []
    refused = list(rejections)
    for mention, found in zip(mentions, keys, strict=True):
        other = people.get(found[1]) if mention.kind is _PERSON else None
        land, body = mention.kind in _LANDS, mention.kind is _BODY
        if mention.why not in _DEFAULT:
            kept.append(mention)
        elif other and other.entity != mention.entity and mention.entity not in several:
            kept.append(dataclasses.replace(mention, entity=other.entity, alias=other.alias, why=ELSEWHERE))
        elif land and found[1] in surnames and mention.entity not in several:
            why = f"the article has somebody whose name is «{mention.surface}»"
            refused.append(Rejection(entity=mention.entity, span=mention.span, surface=mention.surface, why=why))
        elif found in denied and mention.entity not in proved and (land or body or found in somebody):
            why = f"elsewhere in the article «{mention.surface}» is something else"
            refused.append(Rejection(entity=mention.entity, span=mention.span, surface=mention.surface, why=why))
        else:
            kept.append(mention)
    return kept, refused


def key(item: Mention | Rejection, fold: Callable[[str], Sequence[str]]) -> Key:
    """Return what is named, and by which folded words."""
    return item.entity, " ".join(fold(item.surface))


def _people_by_context(mentions: Sequence[Mention], fold: Callable[[str], Sequence[str]]) -> dict[str, Mention]:
    """Return by surface the people whom their context, not their fame, made out."""
    return {
        key(mention, fold)[1]: mention
        for mention in mentions
        if mention.kind is _PERSON and mention.why not in _DEFAULT
    }


def _lands_in_names(mentions: Sequence[Mention], fold: Callable[[str], Sequence[str]]) -> frozenset[str]:
    """Return halves of names of two words: who is called ٹام ہالینڈ is called ہالینڈ in the next sentence."""
    lands = {mention.surface for mention in mentions if mention.kind in _LANDS}
    names = {mention.surface for mention in mentions if mention.kind is _PERSON}
    halves = {word for name in names if len(words := name.split()) == _FULL_NAME for word in words} & lands
    return frozenset(" ".join(fold(word)) for word in halves)  # as they are printed: to fold every name takes its time
