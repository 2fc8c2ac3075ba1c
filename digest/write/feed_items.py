"""What stands in a feed: which articles, and what is said of each."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TypeVar

from digest.languages.pack import available_languages, load_pack
from digest.model import BlockKind, LinkedStory, Story
from digest.store.archive import Archive, Entry
from digest.store.catalogue import some_entries
from digest.store.layout import Place
from digest.store.lookups import Outline, newest, outline, story
from digest.store.shelves import term_shelf
from digest.store.spool import Spool
from digest.write.feed_formats import FeedItem, json_item, rss_item
from digest.write.permalinks import article_path
from digest.write.publication import Publication, is_shown_whole, stable_id

FEED_LENGTH = 30
UNDATED = 10
"""Places that are kept for articles without a date: else those of an old archive would never reach a reader."""
_T = TypeVar("_T")
_TAGS = {BlockKind.HEADING: "h2", BlockKind.PARAGRAPH: "p", BlockKind.CAPTION: "p"}


class FeedItems:
    """Makes items in both formats, RSS and JSON Feed; each once: an article stands in the feeds of all its terms."""

    def __init__(self, archive: Archive, publication: Publication) -> None:
        """Take the store, complete, and the site."""
        self._archive = archive
        self._publication = publication
        self._in_rss = Spool(archive.folder)
        self._in_json = Spool(archive.folder)

    def of_site(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the items of the feed of the site, which alone carries whole texts.

        A text in every feed of its terms would make the feeds ten times as large as the archive.
        """
        dated, undated = (newest(self._archive, FEED_LENGTH, dated=dated) for dated in (True, False))
        for entry in chosen(dated, undated):
            linked = story(self._archive, entry.id)
            text = story_html(linked) if is_shown_whole(linked, self._publication) else None
            item = self._item(entry, linked, text)
            yield rss_item(item), json_item(item)

    def of_term(self, kind: str, entity: str) -> list[tuple[bytes, bytes]]:
        """Return the items of the feed of a term."""
        dated, undated = (
            term_shelf(kind, entity, dated=dated).newest(self._archive, FEED_LENGTH) for dated in (True, False)
        )
        numbers = [place.sequence for place in self._made(chosen(dated, undated))]
        return [(self._in_rss[number], self._in_json[number]) for number in numbers]

    def _made(self, places: list[Place]) -> list[Place]:
        """Make the items of articles that were in no feed yet."""
        missing = [place.id for place in places if place.sequence not in self._in_rss]
        for entry in some_entries(self._archive, missing):
            self.keep(entry, outline(self._archive, entry.id))
        return places

    def keep(self, entry: Entry, known: LinkedStory | Outline) -> None:
        """Make the item of an article, for whom its story is at hand."""
        item = self._item(entry, known)
        self._in_rss.keep(entry.sequence, rss_item(item))
        self._in_json.keep(entry.sequence, json_item(item))

    def _item(self, entry: Entry, known: LinkedStory | Outline, text: str | None = None) -> FeedItem:
        words = self._publication.words
        return FeedItem(
            id=stable_id(entry.permalink),
            url=self._publication.address(article_path(entry.permalink)) or "",
            original=known.story.source.url,
            title=entry.headline,
            summary=entry.summary,
            published=entry.published,
            byline=known.story.byline,
            outlet=known.story.source.name,
            language=entry.language,
            tags=tuple(dict.fromkeys(words.name(term.entity) for term in known.terms)),
            text=text,
        )


def chosen(dated: list[_T], undated: list[_T]) -> list[_T]:
    """Return what a feed shows: the newest articles, then those without a date, the last added first.

    >>> len(chosen([1] * 30, [2] * 30)), chosen([1] * 30, [2] * 30).count(2), chosen([1] * 5, [2] * 30).count(2)
    (30, 10, 25)
    """
    dated = dated[: FEED_LENGTH - min(len(undated), UNDATED)]
    return dated + undated[: FEED_LENGTH - len(dated)]


def story_html(linked: LinkedStory) -> str:
    """Return the text of an article as HTML that says its own direction: a feed reader knows nothing of it."""
    text = linked.story
    direction = load_pack(text.language).language.direction if text.language in available_languages() else "auto"
    parts = [f"<{_TAGS[block.kind]}>{html.escape(_shown(block.text, text, number))}</{_TAGS[block.kind]}>"
             for number, block in enumerate(text.blocks)]  # fmt: skip
    return f'<div lang="{html.escape(text.language)}" dir="{direction}">{"".join(parts)}</div>'


def _shown(text: str, of: Story, number: int) -> str:
    credit = of.blocks[number].credit
    return f"{text} — {credit.text}" if credit else text
