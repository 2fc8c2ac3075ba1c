"""Articles that were withdrawn, as their sidecars say: not analysed, and gone from all but their own page."""

from __future__ import annotations

from collections.abc import Mapping

from digest.model import RawArticle
from digest.store.archive import Archive
from digest.store.ledger import LedgerEntry


def is_retracted(archive: Archive, entry: LedgerEntry | None, raw: RawArticle) -> bool:
    """Return whether an article is withdrawn, and keep the reason for the page that stands in its place.

    One that was never published leaves nothing: it has no address to keep.
    """
    reason = raw.overrides.retracted
    if entry is not None:
        archive.change("DELETE FROM retractions WHERE article = ?", [(entry.id,)])
        if reason is not None:
            archive.change("INSERT INTO retractions VALUES (?, ?)", [(entry.id, " ".join(reason.split()))])
    return reason is not None


def forget_retraction(archive: Archive, story_id: str) -> None:
    """Forget that an article was withdrawn: its seed is gone, or it is back."""
    archive.change("DELETE FROM retractions WHERE article = ?", [(story_id,)])


def reasons(archive: Archive) -> Mapping[str, str]:
    """Return id → reason of the articles that were withdrawn."""
    return {article: reason for article, reason in archive.select("SELECT article, reason FROM retractions")}  # noqa: C416
