"""Lists of articles: the same card on the home page, term pages, digests and the archive."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

from digest.model import Page
from digest.store.archive import Entry
from digest.store.layout import Place
from digest.write.markdown import Markdown, classed, counted, escape, heading, join, link
from digest.write.periods import period_of
from digest.write.permalinks import article_path, term_path
from digest.write.wording import Wording

BESIDE = "dg-related"
"""Class of what stands below a text. Programs that take articles out of pages (Readability) leave out what is called
so; without it the links below a short article outweigh it, and they find none."""


def card(entry: Entry, words: Wording, *, level: int = 3) -> tuple[Markdown, ...]:
    """Return an article as a list shows it: headline, outlet, date, standfirst."""
    headline = link(escape(entry.headline), article_path(entry.permalink))
    facts = [dated(entry.published, words)]
    if entry.outlet and entry.outlet_name:
        facts.insert(0, link(escape(entry.outlet_name), term_path("outlet", entry.outlet)))
    return (
        heading(level, headline),
        classed(join(" · ", facts), "dg-facts"),
        classed(escape(entry.summary), "dg-standfirst"),
    )


def listing(
    *,
    path: str,
    kind: str,
    title: str,
    body: Markdown | bytes,
    description: str = "",
    updated: dt.date | None = None,
    searchable: bool = False,
    **facts: object,
) -> Page:
    """Return a page that lists things; it hides the theme's side columns.

    Args:
        path: where it is, relative to the docs folder.
        kind: what it is, for templates and styles.
        title: its title, as a label.
        body: its Markdown.
        description: one sentence for search engines, as a label.
        updated: the day of the newest article on it, for the sitemap; None when no article has a date.
        searchable: whether search should find the page itself, as the open page of a term.
        facts: more front matter.
    """
    matter = {
        "title": title,
        "description": description or title,
        "kind": str(kind),
        **facts,
        "updated": updated.isoformat() if updated else None,
        "hide": ["navigation", "toc"],
    }
    if not searchable:  # it repeats the cards of articles, which are found themselves
        matter["search"] = {"exclude": True}
    return Page(path=path, front_matter=matter, body=body)


@functools.lru_cache
def dated(day: dt.date | None, words: Wording) -> Markdown:
    """Return a date that leads to the digest of its day; or that it is unknown."""
    shown = escape(words.date(day))
    return link(shown, period_of(day, "day").path) if day else shown


def with_count(block: Markdown, count: int, words: Wording) -> Markdown:
    """Return something and how many articles it has, on one line."""
    return counted(block, short_count(count, words))


@functools.lru_cache
def short_count(count: int, words: Wording) -> Markdown:
    """Return how many articles there are, on a card or chip."""
    return escape(words("count_short", count=words.number(count)))


def newest(articles: Iterable[Entry | Place]) -> dt.date | None:
    """Return the day of the newest article."""
    day = max((article.day for article in articles), default="")
    return dt.date.fromisoformat(day) if day else None
