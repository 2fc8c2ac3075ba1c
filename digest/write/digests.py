"""Digests: what a day, a week or a month was about. Each page is bounded, whatever happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from digest.model import Page
from digest.store.archive import Archive
from digest.store.readers import days_around, days_between, stories_of
from digest.store.same_story_lookups import told_stories
from digest.write.chips import groups
from digest.write.entries import listing, newest, with_count
from digest.write.front_matter import label
from digest.write.listed import Listed
from digest.write.markdown import Markdown, chip, classed, encoded_blocks, escape, heading, join, link, strong
from digest.write.periods import Period, Unit, period_of
from digest.write.permalinks import month_path
from digest.write.same_story import story_cards
from digest.write.wording import Wording

_STORIES = 20
_NAMED = 6
_NAMED_KINDS = ("country", "topic", "person", "organisation")
_OTHER_UNITS: dict[Unit, tuple[Unit, ...]] = {"day": ("week", "month"), "week": ("month",), "month": ()}
Counted = tuple[Period, int]


def digest_page(period: Period, archive: Archive, listed: Listed, words: Wording) -> Page | None:
    """Return the digest of a day, week or month; None when it has no articles."""
    dated = days_between(archive, period.first, period.last)
    if not dated:
        return None
    of_days = [(period_of(day, "day"), count) for day, count in dated] if period.unit != "day" else []
    before, after = days_around(archive, period.first, period.last)
    beside = (
        period_of(before, period.unit) if before else None,
        period_of(after, period.unit) if after else None,
    )
    return _digest(period, sum(count for _, count in dated), of_days, beside, archive, listed, words)


def _digest(
    period: Period,
    count: int,
    of_days: Sequence[Counted],
    beside: tuple[Period | None, Period | None],
    archive: Archive,
    listed: Listed,
    words: Wording,
) -> Page:
    path = period.path
    title = words("digest_of", period=period.name(words))
    stories = told_stories(archive, period.first, period.last, _STORIES // 2)
    told = {entry.id for story in stories for entry in (story.lead, *story.others)}
    everything = stories_of(archive, period.first, period.last)
    most = everything.main(archive, _STORIES + len(told))
    entries = [entry for entry in most if entry.id not in told][: _STORIES - len(stories)]
    named = {kind: everything.most_named(kind, _NAMED) for kind in _NAMED_KINDS}
    parts: list[Markdown | bytes] = [heading(1, escape(title))]
    parts += [_facts(period, count, of_days, words), _days(of_days, words), *groups(named, words)]
    parts += [heading(2, escape(words("main_stories"))), *story_cards(stories, listed, words)]
    parts += listed.cards(entries)
    parts.append(_ways_on(period, count, of_days, beside, words))
    return listing(
        path=path,
        kind="digest",
        title=label(title),
        description=label(f"{title}: {words.articles(count)}"),
        body=encoded_blocks(parts),
        updated=newest([*entries, *(story.lead for story in stories)]),
    )


def _facts(period: Period, count: int, of_days: Sequence[Counted], words: Wording) -> Markdown:
    """How many articles, when exactly, and the longer periods that those articles are part of."""
    facts = [escape(words.articles(count))]
    if period.unit == "week":
        facts.append(escape(words("from_to", first=words.date(period.first), last=words.date(period.last))))
    for unit in _OTHER_UNITS[period.unit]:
        longer_ones = dict.fromkeys(period_of(day, unit) for day in _with_articles(period, of_days))
        facts += [link(escape(longer.name(words)), longer.path) for longer in longer_ones]
    return classed(join(" · ", facts), "dg-facts")


def _with_articles(period: Period, of_days: Sequence[Counted]) -> list[dt.date]:
    """Return the days of a period that have articles: the month that a week begins in may have none."""
    return [day.first for day, _ in of_days] or [period.first]


def _days(of_days: Sequence[Counted], words: Wording) -> Markdown:
    """The days of a week or month, a chip each."""
    if not of_days:
        return Markdown("")
    shown = (chip(with_count(escape(words.short_date(day.first)), count, words), day.path) for day, count in of_days)
    return classed(Markdown(f"{strong(escape(words('days')))} {join(' ', shown)}"), "dg-group")


def _ways_on(
    period: Period,
    count: int,
    of_days: Sequence[Counted],
    beside: tuple[Period | None, Period | None],
    words: Wording,
) -> Markdown:
    """The periods before and after, and all articles when there are more."""
    before, after = beside
    ways = []
    if before:
        ways.append(link(escape(words("before", name=before.name(words))), before.path))
    if after:
        ways.append(link(escape(words("after", name=after.name(words))), after.path))
    if count > _STORIES or not ways:
        everything = month_path(f"{_with_articles(period, of_days)[0]:%Y-%m}")
        ways.append(link(escape(words("all_articles")), everything))
    return classed(join(" · ", ways), "dg-pages")
