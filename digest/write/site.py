"""The write stage on one screen: the archive becomes pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.gazetteer.redirects import Redirects
from digest.model import Asset, Page
from digest.store.archive import Archive
from digest.store.ledger import Ledger
from digest.store.retractions import reasons
from digest.store.same_story_lookups import same_story_of
from digest.write.archive_pages import archive_pages
from digest.write.article_page import article_page
from digest.write.cards import card_path, site_card
from digest.write.digests import digest_pages
from digest.write.feeds import feeds
from digest.write.home_page import home_page
from digest.write.meta import with_meta
from digest.write.moved import moved_pages
from digest.write.neighbours import country_neighbours
from digest.write.open_data import open_data
from digest.write.permalinks import SECTIONS
from digest.write.publication import Publication
from digest.write.same_story import elsewhere
from digest.write.search_page import search_page
from digest.write.signposts import signposts
from digest.write.sitemaps import sitemaps
from digest.write.structured import news_article, overview
from digest.write.term_pages import section_page, term_pages
from digest.write.tombstone import tombstone_page


def all_pages(archive: Archive, ledger: Ledger, publication: Publication, redirects: Redirects) -> Iterator[Page]:
    """Yield every generated page of the site, one at a time."""
    words, settings = publication.words, publication.settings
    present = set()
    for entry, linked in archive.stories():
        present.add(entry.id)
        reports = same_story_of(archive, entry.id)
        same = {report.id for report in reports}
        related = archive.related(entry.id, settings.related + len(same))
        related = [found for found in related if found[0].id not in same][: settings.related]
        beside = [*elsewhere(archive, entry, reports, words), *country_neighbours(archive, entry, linked, words)]
        page = article_page(linked, entry, related, publication.entities, words, beside, excerpt=publication.excerpt)
        card = card_path(entry.id, publication)
        yield with_meta(page, publication, news_article(linked, entry, publication, card), card)
    retracted = reasons(archive)
    for gone in ledger:
        if gone.id not in present:
            yield tombstone_page(gone, words, retracted.get(gone.id))
    for kind in SECTIONS:
        for page in _of_kind(kind, archive, publication):
            yield with_meta(page, publication, overview(page, publication), site_card(publication))
    yield from moved_pages(archive, redirects, words, settings.per_page)
    for page in _of_archive(archive, publication):
        yield with_meta(page, publication, overview(page, publication), site_card(publication))


def all_assets(archive: Archive, publication: Publication, own_pages: Iterable[str]) -> Iterator[Asset]:
    """Yield every generated file that is no page: the ways in for machines."""
    yield from feeds(archive, publication)
    yield from sitemaps(archive, publication, own_pages)
    yield from open_data(archive, publication)
    yield from signposts(archive, publication)


def _of_kind(kind: str, archive: Archive, publication: Publication) -> Iterator[Page]:
    yield section_page(kind, archive, publication.words)
    for entity, _ in archive.term_counts(kind):
        yield from term_pages(kind, entity, archive, publication.words, publication.settings.per_page)


def _of_archive(archive: Archive, publication: Publication) -> Iterator[Page]:
    yield from archive_pages(archive, publication.words, publication.settings.per_page)
    yield from digest_pages(archive, publication.words)
    yield search_page(publication.words)
    yield home_page(archive, publication.words, publication.name, publication.settings.latest)
