"""Suggestions as people and programs read them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from digest.model import EntityKind
from digest.suggest.rank import Suggestion
from digest.suggest.stub import stub


def choose(suggestions: Iterable[Suggestion], kind: EntityKind | None, limit: int | None) -> list[Suggestion]:
    """Return the first `limit` suggestions of one kind, or of all."""
    return [suggestion for suggestion in suggestions if kind in (None, suggestion.kind)][:limit]


def plain(suggestion: Suggestion, tag: str) -> dict[str, Any]:
    """Return a suggestion as plain data, for `--json`."""
    tally, variant = suggestion.tally, suggestion.variant
    return {
        "id": suggestion.id,
        "name": suggestion.name,
        "kind": str(suggestion.kind),
        "alias_of": variant.entity.id if variant else None,
        "articles": tally.articles,
        "mentions": tally.mentions,
        "score": round(suggestion.score, 2),
        "why": list(suggestion.why),
        "spellings": list(tally.surfaces),
        "short_forms": list(tally.shorts),
        "examples": [sentence for _, sentence in tally.examples],
        "yaml": stub(suggestion, tag),
    }


def lines(suggestions: Iterable[Suggestion], total: int, tag: str) -> Iterator[str]:
    """Yield the listing for people, line by line."""
    shown = 0
    for suggestion in suggestions:
        shown += 1
        tally, variant = suggestion.tally, suggestion.variant
        what = f"a spelling of {variant.entity.id}" if variant else f"probably {_article(suggestion.kind)}"
        yield f"{suggestion.id}: {suggestion.name} — {what}; {_count(tally.articles, tally.mentions)}"
        yield f"    why: {'; '.join(suggestion.why)}"
        yield from (f"    e.g. {sentence}" for _, sentence in tally.examples)
        yield textwrap.indent(stub(suggestion, tag).rstrip(), "      ")
        yield ""
    if not total:
        yield "No name was found that the gazetteer does not know."
        return
    yield f"{shown} of {total} suggestions. To accept one: digest suggest --accept ID --name-en NAME"


def _article(kind: EntityKind) -> str:
    return f"an {kind}" if kind is EntityKind.ORGANISATION else f"a {kind}"


def _count(articles: int, mentions: int) -> str:
    return f"{articles} article{'s' * (articles != 1)}, {mentions} mention{'s' * (mentions != 1)}"
