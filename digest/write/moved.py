"""The pages that stand where a term's pages were: its entity was renamed, or merged into another."""

from __future__ import annotations

from collections.abc import Iterator

from digest.gazetteer.redirects import Redirects
from digest.model import Page
from digest.store.archive import Archive
from digest.write.front_matter import label
from digest.write.markdown import blocks, escape, heading, join, link
from digest.write.pagination import paginate
from digest.write.permalinks import SECTIONS, term_path
from digest.write.publication import page_address
from digest.write.wording import Wording


def moved_pages(archive: Archive, redirects: Redirects, words: Wording, per_page: int) -> Iterator[Page]:
    """Yield a page at every old address of a term that has articles under its new id."""
    for (kind, old), new in sorted(redirects.items()):
        if kind not in SECTIONS or old == new:
            continue
        numbers = [
            (sheet.number, undated)
            for undated in (False, True)
            for sheet in paginate(archive.filed(kind, new, dated=not undated), per_page)
            if sheet.number is not None
        ]
        if archive.filed(kind, new, dated=True) or archive.filed(kind, new, dated=False):
            for number, undated in [(None, False), *numbers]:
                yield _moved(kind, old, new, number, words, undated=undated)


def _moved(kind: str, old: str, new: str, number: int | None, words: Wording, *, undated: bool) -> Page:
    path = term_path(kind, old, number, undated=undated)
    target = term_path(kind, new, number, undated=undated)
    name = words.name(new)
    parts = [
        heading(1, escape(words("moved"))),
        join(": ", [escape(words("moved_text")), link(escape(name), target, base=path)]),
    ]
    depth = page_address(path).count("/")
    matter = {
        "title": label(f"{words('moved')}: {name}"),
        "description": words("moved"),
        "kind": "moved",
        "entity": old,
        "moved_to": "../" * depth + page_address(target),
        "search": {"exclude": True},
        "hide": ["navigation", "toc"],
    }
    return Page(path=path, front_matter=matter, body=blocks(parts))
