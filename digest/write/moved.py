"""The pages that stand where a term's pages were: its entity was renamed, or merged into another."""

from __future__ import annotations

from collections.abc import Iterator

from digest.gazetteer.redirects import Redirects
from digest.model import Page
from digest.store.archive import Archive
from digest.store.shelves import term_shelf
from digest.write.front_matter import label
from digest.write.markdown import blocks, escape, heading, join, link
from digest.write.pagination import sealed_sheets
from digest.write.permalinks import SECTIONS, term_path
from digest.write.publication import Publication


def moved_pages(archive: Archive, redirects: Redirects, publication: Publication) -> Iterator[Page]:
    """Yield a page at every old address of a term that has articles under its new id."""
    for (kind, old), new in sorted(redirects.items()):
        if kind not in SECTIONS or old == new or not archive.term_count(kind, new):
            continue
        yield _moved(kind, old, new, None, publication, undated=False)
        for undated in (False, True):
            count = term_shelf(kind, new, dated=not undated).count(archive)
            for number in range(1, sealed_sheets(count, publication.settings.per_page) + 1):
                yield _moved(kind, old, new, number, publication, undated=undated)


def _moved(kind: str, old: str, new: str, number: int | None, publication: Publication, *, undated: bool) -> Page:
    words = publication.words
    path = term_path(kind, old, number, undated=undated)
    target = term_path(kind, new, number, undated=undated)
    name = words.name(new)
    parts = [
        heading(1, escape(words("moved"))),
        join(": ", [escape(words("moved_text")), link(escape(name), target)]),
    ]
    depth = publication.path(path).count("/")
    matter = {
        "title": label(f"{words('moved')}: {name}"),
        "description": words("moved"),
        "kind": "moved",
        "entity": old,
        "moved_to": "../" * depth + publication.path(target),
        "search": {"exclude": True},
        "hide": ["navigation", "toc"],
    }
    return Page(path=path, front_matter=matter, body=blocks(parts))
