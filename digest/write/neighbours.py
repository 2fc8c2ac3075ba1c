"""The articles before and after one, in the country it names most."""

from __future__ import annotations

from digest.model import EntityKind, LinkedStory
from digest.store.archive import Archive, Entry
from digest.store.readers import around
from digest.write.entries import BESIDE
from digest.write.markdown import Markdown, bullets, escape, heading, link, strong
from digest.write.permalinks import article_path
from digest.write.wording import Wording


def country_neighbours(archive: Archive, entry: Entry, linked: LinkedStory, words: Wording) -> list[Markdown]:
    """Return a heading and the articles before and after; nothing for the only one of its country."""
    country = next(iter(linked.term_ids(EntityKind.COUNTRY)), None)
    if country is None:
        return []
    before, after = around(archive, entry.mark, EntityKind.COUNTRY, country)
    items = []
    for other, label in ((before, "before_article"), (after, "after_article")):
        if other:
            shown = link(escape(other.headline), article_path(other.permalink))
            items.append(Markdown(f"{strong(escape(words(label)))}: {shown} · {escape(words.date(other.published))}"))
    title = words("neighbours", name=words.name(country))
    return [heading(2, escape(title)), bullets(items, BESIDE)] if items else []
