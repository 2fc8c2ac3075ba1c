"""The home page: what is most in the news, the latest articles, and the ways on."""

from __future__ import annotations

import datetime as dt

from digest.model import EntityKind, Page
from digest.store.archive import Archive
from digest.store.catalogue import terms_of
from digest.store.readers import most_named, newest_day
from digest.store.same_story_lookups import source_counts
from digest.write.chips import term_chip
from digest.write.entries import listing, newest
from digest.write.front_matter import label
from digest.write.listed import card_with_chips
from digest.write.markdown import Markdown, blocks, chip, classed, escape, heading, join, link, strong
from digest.write.periods import UNITS, period_of
from digest.write.permalinks import SECTIONS, section_path
from digest.write.wording import Wording

_MOST_IN_THE_NEWS = 10
_RECENT = dt.timedelta(days=29)
"""With the newest day, thirty days. They end with the newest article and not today: a build depends on no clock."""
_KINDS = (EntityKind.COUNTRY, EntityKind.TOPIC, EntityKind.PERSON)


def home_page(archive: Archive, words: Wording, site_name: str, latest: int) -> Page:
    """Return the home page."""
    path = "index.md"
    day = newest_day(archive)
    parts = [heading(1, escape(site_name)), classed(escape(words("search_hint")), "dg-lead")]
    for kind in _KINDS:
        if chips := [term_chip(kind, entity, words) for entity in _in_the_news(archive, kind, day)]:
            title = link(strong(escape(words(SECTIONS[kind]))), section_path(kind))
            parts.append(classed(Markdown(f"{title} {join(' ', chips)}"), "dg-news"))
    entries = archive.latest(latest)
    parts.append(heading(2, escape(words("latest"))))
    sources = source_counts(archive, entries)
    filed = terms_of(archive, [entry.id for entry in entries])
    for entry, terms in zip(entries, filed, strict=True):
        parts.append(card_with_chips(entry, terms, words, sources.get(entry.id)))
    if not entries:
        parts.append(escape(words("empty")))
    parts.append(_ways_on(day, words))
    return listing(path=path, kind="home", title=label(site_name), body=blocks(parts), updated=newest(entries))


def _in_the_news(archive: Archive, kind: EntityKind, day: dt.date | None) -> list[str]:
    """Return the terms of the thirty days that end with `day`; of the whole archive when no article has a date."""
    if day is None:
        counts = archive.term_counts(kind)[:_MOST_IN_THE_NEWS]
    else:
        counts = most_named(archive, kind, max(day, dt.date.min + _RECENT) - _RECENT, day, _MOST_IN_THE_NEWS)
    return [entity for entity, _ in counts]


def _ways_on(day: dt.date | None, words: Wording) -> Markdown:
    """Digests of the newest day, week and month, the map, the archive."""
    periods = [period_of(day, unit) for unit in UNITS] if day else []
    ways = [chip(escape(words("digest_of", period=period.name(words))), period.path) for period in periods]
    ways.append(chip(escape(words("map_of")), section_path(EntityKind.COUNTRY)))
    ways.append(chip(escape(words("archive")), "archive/index.md"))
    return classed(join(" ", ways), "dg-ways")
