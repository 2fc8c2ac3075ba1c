"""The write stage on one screen: every unit of the site, and the files that it is written to."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator

from digest.gazetteer.redirects import Redirects
from digest.model import Asset, Page
from digest.store.archive import Archive
from digest.store.ledger import Ledger
from digest.store.lookups import Texts, entry
from digest.store.related import related
from digest.store.retractions import reasons
from digest.store.same_story_lookups import same_story_of
from digest.write.archive_pages import archive_page, month_page, year_page
from digest.write.article_page import article_page
from digest.write.cards import Card, card_of_article, card_of_site, card_path, site_card
from digest.write.digests import digest_page
from digest.write.feed_archive import Rows, sealed_rows
from digest.write.feed_items import FeedItems
from digest.write.feeds import older_feed, site_feed, term_feeds
from digest.write.home_page import home_page
from digest.write.listed import Listed
from digest.write.meta import with_meta
from digest.write.moved import moved_pages
from digest.write.neighbours import country_neighbours
from digest.write.open_data import PER_FILE, data_file, data_overview
from digest.write.periods import Unit, period_of
from digest.write.permalinks import SECTIONS
from digest.write.publication import Publication
from digest.write.same_story import elsewhere
from digest.write.search_page import search_page
from digest.write.signposts import signposts
from digest.write.sitemaps import article_sitemap, digest_sitemap, sitemap_overview
from digest.write.structured import news_article, overview
from digest.write.term_pages import sealed_page, section_page, term_page
from digest.write.tombstone import tombstone_page
from digest.write.units import UNDATED

Written = Page | Asset | Card


class SiteWriter:
    """Makes the files of units from the archive."""

    def __init__(
        self,
        archive: Archive,
        ledger: Ledger,
        publication: Publication,
        own_pages: Iterable[str],
        redirects: Redirects,
        *,
        everything: bool = False,
    ) -> None:
        """Take what units are written from.

        Args:
            archive: the store, complete.
            ledger: where articles without a seed are told apart from those that never were.
            publication: the site.
            own_pages: paths of the hand-written pages.
            redirects: which ids entities had before.
            everything: whether all units will be asked for. What lists and feeds show of an article is made with its
                page then, while its text is at hand.
        """
        self._archive = archive
        self._ledger = ledger
        self._publication = publication
        self._own_pages = own_pages
        self._redirects = redirects
        self._everything = everything
        self._reasons = reasons(archive)
        self._texts = Texts(archive, PER_FILE)
        self._items = FeedItems(archive, publication)
        self._cards = Listed(archive, publication.words)
        self._kinds: dict[str, Callable[..., Iterable[Written | None]]] = {
            "article": self._article,
            "term": self._term,
            "sheet": self._sheet,
            "month": self._month,
            "year": self._year,
            "digest": self._digest,
            "data": self._data,
            "sitemap": self._sitemap,
            "feed": self._feed,
            "site": self._site,
        }

    @functools.cached_property
    def _feed_rows(self) -> Rows:
        return sealed_rows(self._archive)

    def files(self, unit: str) -> Iterator[Written]:
        """Yield the files of a unit; none for one that is gone."""
        kind, *key = unit.split(" ")
        return (file for file in self._kinds[kind](*key) if file is not None)

    def _listed(self, page: Page | None) -> Page | None:
        """Add to a page that lists articles what its head needs."""
        publication = self._publication
        return page and with_meta(page, publication, overview(page, publication), site_card(publication))

    def _article(self, story_id: str) -> Iterator[Written | None]:
        archive, publication, words = self._archive, self._publication, self._publication.words
        known = entry(archive, story_id)
        if known is None:
            gone = self._ledger.of(story_id)
            yield tombstone_page(gone, words, self._reasons.get(story_id)) if gone else None
            return
        linked = self._texts.of(story_id)
        if self._everything:
            self._cards.make([known])
            self._items.keep(known, linked)
        reports = same_story_of(archive, story_id)
        beside = [*elsewhere(archive, known, reports, words), *country_neighbours(archive, known, linked, words)]
        same = {report.id for report in reports}
        limit = publication.settings.related
        near = [found for found in related(archive, known, limit + len(same)) if found[0].id not in same][:limit]
        page = article_page(linked, known, near, publication.entities, words, beside, excerpt=publication.excerpt)
        card = card_path(story_id, publication)
        yield with_meta(page, publication, news_article(linked, known, publication, card), card)
        yield card_of_article(known, publication)

    def _term(self, kind: str, entity: str) -> Iterator[Written | None]:
        archive, publication = self._archive, self._publication
        per_page = publication.settings.per_page
        yield self._listed(term_page(kind, entity, archive, self._cards, publication.words, per_page))
        yield from term_feeds(kind, entity, archive, publication, self._items)

    def _sheet(self, kind: str, entity: str, row: str, number: str) -> Iterator[Written | None]:
        per_page, words = self._publication.settings.per_page, self._publication.words
        page = sealed_page(
            kind, entity, int(number), self._archive, self._cards, words, per_page, undated=row == UNDATED
        )
        yield self._listed(page)

    def _month(self, month: str, number: str) -> Iterator[Written | None]:
        per_page, words = self._publication.settings.per_page, self._publication.words
        yield self._listed(
            month_page(_month_of(month), int(number) or None, self._archive, self._cards, words, per_page)
        )

    def _year(self, year: str) -> Iterator[Written | None]:
        yield self._listed(year_page(year, self._archive, self._publication.words))
        yield digest_sitemap(int(year), self._archive, self._publication)

    def _digest(self, unit: Unit, first: str) -> Iterator[Written | None]:
        period = period_of(dt.date.fromisoformat(first), unit)
        yield self._listed(digest_page(period, self._archive, self._cards, self._publication.words))

    def _data(self, month: str, number: str) -> Iterator[Written | None]:
        yield (
            data_file(_month_of(month), int(number), self._archive, self._texts, self._publication)
            if int(number)
            else None
        )

    def _sitemap(self, month: str, number: str) -> Iterator[Written | None]:
        yield article_sitemap(_month_of(month), int(number), self._archive, self._publication) if int(number) else None

    def _feed(self, month: str, number: str) -> Iterator[Written | None]:
        yield older_feed(_month_of(month), int(number), self._feed_rows, self._archive, self._publication)

    def _site(self) -> Iterator[Written | None]:
        archive, publication, words = self._archive, self._publication, self._publication.words
        for kind in SECTIONS:
            yield self._listed(section_page(kind, archive, words))
        yield self._listed(archive_page(archive, words))
        yield self._listed(search_page(words))
        yield from moved_pages(archive, self._redirects, publication)
        yield self._listed(home_page(archive, words, publication.name, publication.settings.latest))
        yield from site_feed(self._feed_rows, publication, self._items)
        yield from sitemap_overview(archive, publication, self._own_pages)
        yield from data_overview(archive, publication)
        yield from signposts(archive, publication)
        yield card_of_site(publication)


def _month_of(key: str) -> str | None:
    return None if key == UNDATED else key
