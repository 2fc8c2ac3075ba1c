"""What stands in a feed: which articles, and what is said of each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import html

from digest.languages.pack import available_languages, load_pack
from digest.model import BlockKind, LinkedStory, Story
from digest.store.archive import Archive, Entry
from digest.store.lookups import newest, outline, story
from digest.write.permalinks import article_path
from digest.write.publication import Publication, is_shown_whole, stable_id

FEED_LENGTH = 30
UNDATED = 10
"""Places that are kept for articles without a date: else those of an old archive would never reach a reader."""
_REMEMBERED = 6000
_TAGS = {BlockKind.HEADING: "h2", BlockKind.PARAGRAPH: "p", BlockKind.CAPTION: "p"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article in a feed."""

    id: str
    url: str
    original: str | None
    title: str
    summary: str
    published: dt.date | None
    byline: str | None
    outlet: str | None
    language: str
    tags: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed before it is put into a format."""

    path: str
    """Where its files are, without suffix: `countries/india/feed`."""
    title: str
    description: str
    page: str
    """The page that it is the feed of."""
    items: tuple[tuple[FeedItem, str | None], ...]
    """Each with its text as HTML, where the feed carries it."""
    links: tuple[tuple[str, str], ...] = ()
    """Relation and path of the feeds that it continues (RFC 5005)."""
    sealed: bool = False
    """Whether it is an older part, which does not change."""


class FeedItems:
    """Makes items, each once: an article stands in the feeds of all its terms."""

    def __init__(self, archive: Archive, publication: Publication) -> None:
        self._archive = archive
        self._publication = publication
        self._item = functools.lru_cache(_REMEMBERED)(self._made)

    def of(self, term: tuple[str, str] | None) -> tuple[tuple[FeedItem, str | None], ...]:
        """Return the items of the feed of a term, or of the site, which alone carries whole texts.

        A text in every feed of its terms would make the feeds ten times as large as the archive.
        """
        entries = chosen(
            newest(self._archive, term, FEED_LENGTH, dated=True), newest(self._archive, term, FEED_LENGTH, dated=False)
        )
        if term:
            return tuple((self._item(entry), None) for entry in entries)
        return tuple((self._item(entry), self._text(entry)) for entry in entries)

    def _made(self, entry: Entry) -> FeedItem:
        known = outline(self._archive, entry.id)
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
        )

    def _text(self, entry: Entry) -> str | None:
        linked = story(self._archive, entry.id)
        return story_html(linked) if is_shown_whole(linked, self._publication) else None


def chosen(dated: list[Entry], undated: list[Entry]) -> list[Entry]:
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
