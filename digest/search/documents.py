"""What the index needs to know of an article, and how a stored article becomes that."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Literal

from digest.model import Basis, LinkedStory
from digest.store.archive import Entry, outlet_id

Content = Literal["full", "excerpt"]
"""What the site shows of an article: all of it, or its standfirst."""
HEADLINE_WEIGHT = 3
"""What a word or name in the headline counts for beyond its place in the text."""

_EPOCH = dt.date(1970, 1, 1)
_LONG_AGO = 100_000
"""Makes the numbers of days before 1970 positive."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One article as the index sees it. Any iterable of these can be indexed."""

    sequence: int
    """Its place in the ledger: decides the segment, never changes."""
    address: str
    """Below the site, as a link: `articles/…/`."""
    headline: str
    summary: str
    date: dt.date | None
    outlet: str
    """Name of the outlet, as shown; may be empty."""
    passages: tuple[str, ...]
    """The displayed text. A phrase is found within one passage, never across two."""
    unshown: tuple[str, ...] = ()
    """What the site does not show. Its words are found, but their places are not kept: nobody can put it together."""
    text: str
    """What excerpts are cut from: the paragraphs, a line each. Empty: the summary is the excerpt."""
    entities: Mapping[str, int]
    """Entity → how often it is named, the headline counting for more."""
    first_named: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """Entity → where it is first named below the headline, in letters of the passages joined by newlines."""
    filters: tuple[str, ...]
    """`kind:id` of everything it is filed under: `country:russia`, `language:ur`."""


def document(entry: Entry, linked: LinkedStory, content: Content = "full") -> SearchDocument:
    """Return a stored article as the index sees it."""
    story = linked.story
    named: dict[str, int] = {}
    first: dict[str, int] = {}
    derived = story.headline.basis is Basis.DERIVED  # then the headline is no passage, but the start of the first one
    for mention in linked.mentions:
        in_headline = mention.surface in story.headline.text if derived else mention.span[1] <= len(story.headline.text)
        named[mention.entity] = named.get(mention.entity, 0) + (1 + HEADLINE_WEIGHT if in_headline else 1)
        if derived or not in_headline:
            first.setdefault(mention.entity, mention.span[0])
    filters = {f"{term.kind}:{term.entity}" for term in linked.terms if ":" not in term.entity}
    filters.add(f"language:{story.language}")
    if outlet := outlet_id(linked):
        filters.add(f"outlet:{outlet}")
    passages = tuple(passage.text for passage in story.passages())
    full = content == "full"
    shown = passages if full else (*(() if derived else passages[:1]), story.summary)
    return SearchDocument(
        sequence=entry.sequence,
        address=f"{entry.permalink}/",
        headline=story.headline.text,
        summary=story.summary,
        date=entry.published,
        outlet=story.source.name or "",
        passages=shown,
        unshown=() if full else passages[0 if derived else 1 :],
        text="\n".join(block.text for block in story.blocks) if full else "",
        entities=named,
        first_named=first,
        filters=tuple(sorted(filters)),
    )


def day_number(date: dt.date | None) -> int:
    """Return a day as a number; 0 is no day."""
    return max(1, (date - _EPOCH).days + _LONG_AGO) if date else 0


def order(document: SearchDocument) -> tuple[int, int]:
    """Return where an article stands in its segment."""
    return day_number(document.date), document.sequence
