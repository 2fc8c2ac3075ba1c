"""Other reports of a story: on the page of an article, and where digests and the home page show stories."""

from __future__ import annotations

from collections.abc import Sequence

from digest.store.archive import Archive, Entry
from digest.store.same_story_lookups import ToldStory, source_counts
from digest.write.entries import dated
from digest.write.listed import Listed
from digest.write.markdown import Markdown, bullets, classed, escape, heading, join, link
from digest.write.permalinks import article_path, term_path
from digest.write.wording import Wording

_BESIDE = "dg-related"
_NAMED = 5
"""Other reports that a card leads to."""


def elsewhere(archive: Archive, entry: Entry, reports: Sequence[Entry], words: Wording) -> list[Markdown]:
    """Return a heading and the other reports of an article's story; nothing when it is told once."""
    items = []
    for other in reports:
        facts = [link(escape(other.headline), article_path(other.permalink))]
        if other.outlet and other.outlet_name:
            facts.append(link(escape(other.outlet_name), term_path("outlet", other.outlet)))
        facts.append(dated(other.published, words))
        items.append(join(" · ", facts))
    if not items:
        return []
    count = source_counts(archive, [entry])[entry.id]
    return [heading(2, escape(words("same_story", count=words.number(count)))), bullets(items, _BESIDE)]


def story_cards(stories: Sequence[ToldStory], listed: Listed, words: Wording) -> list[Markdown | bytes]:
    """Return stories that several sources tell: the leading report, and links to the others."""
    parts: list[Markdown | bytes] = []
    for story, lead in zip(stories, listed.cards([story.lead for story in stories]), strict=True):
        parts.append(lead)
        by_source = {entry.outlet or entry.outlet_name or entry.id: entry for entry in reversed(story.others)}
        by_source.pop(story.lead.outlet or "", None)
        others = (
            link(escape(other.outlet_name or other.headline), article_path(other.permalink))
            for other in list(reversed(by_source.values()))[:_NAMED]
        )
        told = escape(words("same_story", count=words.number(story.sources)))
        parts.append(classed(Markdown(f"{told}: {join(words('list_separator'), others)}"), "dg-same"))
    return parts
