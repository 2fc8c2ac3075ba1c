"""Articles as lists show them. One stands on some fifteen lists: it is made once a run, and copied to all of them."""

from __future__ import annotations

from collections.abc import Sequence

from digest.store.archive import Archive
from digest.store.catalogue import some_entries, terms_of
from digest.store.entry import Entry
from digest.store.layout import Place, Term
from digest.store.readers import chips_of
from digest.store.spool import Spool
from digest.write.chips import chip_line
from digest.write.entries import card
from digest.write.markdown import Markdown, classed, escape
from digest.write.wording import Wording


class Listed:
    """Cards of articles, each with the chips of its countries and topics, encoded."""

    def __init__(self, archive: Archive, words: Wording) -> None:
        """Take the store, complete, and the site's wording."""
        self._archive = archive
        self._words = words
        self._made = Spool(archive.folder)

    def cards(self, articles: Sequence[Place | Entry]) -> list[bytes]:
        """Return the cards of articles, in their order."""
        missing = [article.id for article in articles if article.sequence not in self._made]
        self.make(some_entries(self._archive, missing))
        return [self._made[article.sequence] for article in articles]

    def make(self, entries: Sequence[Entry]) -> None:
        """Make the cards of articles that have none yet."""
        filed = terms_of(self._archive, [entry.id for entry in entries])
        for entry, terms in zip(entries, filed, strict=True):
            self._made.keep(entry.sequence, card_with_chips(entry, terms, self._words).encode())


def card_with_chips(entry: Entry, terms: Sequence[Term], words: Wording, sources: int | None = None) -> Markdown:
    """Return an article as a list shows it, with the chips of the countries and topics that it names most.

    Args:
        entry: the article.
        terms: all that it is filed under.
        words: the site's wording.
        sources: in how many sources its story is told, where that is to be said.
    """
    told = escape(words("same_story", count=words.number(sources))) if sources else Markdown("")
    parts = (*card(entry, words), classed(told, "dg-same"), chip_line(chips_of(terms), words))
    return Markdown("\n\n".join(part for part in parts if part))
