"""The write stage on one screen: the archive becomes pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from digest.model import Entity, Page
from digest.settings import Settings
from digest.store.archive import Archive
from digest.store.ledger import Ledger
from digest.write.archive_pages import archive_pages, home_page
from digest.write.article_page import article_page
from digest.write.permalinks import SECTIONS
from digest.write.search_page import search_page
from digest.write.term_pages import section_page, term_pages
from digest.write.tombstone import tombstone_page
from digest.write.wording import Wording


def all_pages(
    archive: Archive,
    ledger: Ledger,
    entities: Mapping[str, Entity],
    words: Wording,
    settings: Settings,
    site_name: str,
) -> Iterator[Page]:
    """Yield every generated page of the site, one at a time."""
    present = set()
    for entry, linked in archive.stories():
        present.add(entry.id)
        yield article_page(linked, entry, archive.related(entry.id, settings.related), entities, words)
    for gone in ledger:
        if gone.id not in present:
            yield tombstone_page(gone, words)
    for kind in SECTIONS:
        yield section_page(kind, archive, words)
        for entity, _ in archive.term_counts(kind):
            yield from term_pages(kind, entity, archive, words, settings.per_page)
    yield from archive_pages(archive, words, settings.per_page)
    yield search_page(words)
    yield home_page(archive, words, site_name, settings.latest)
