"""What feeds, sitemaps and open data ask of the archive: a few rows at a time, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from digest.model import LinkedStory
from digest.store.archive import Archive
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of

_decode = msgspec.msgpack.Decoder(LinkedStory).decode


def story(archive: Archive, story_id: str) -> LinkedStory:
    """Return one article."""
    (row,) = archive.select("SELECT payload FROM articles WHERE id = ?", (story_id,))
    return _decode(row[0])


def entries(archive: Archive) -> Iterator[Entry]:
    """Yield every article as lists show it, in the order of the ledger."""
    for row in archive.select(f"SELECT {ENTRY_COLUMNS} FROM articles a ORDER BY a.sequence"):  # noqa: S608 - a constant
        yield entry_of(row)


def newest(archive: Archive, term: tuple[str, str] | None, limit: int, *, dated: bool) -> list[Entry]:
    """Return the newest articles of a term, or of all, newest first; dated ones, or those without a date.

    Those without a date come in the order of their first publication here: it is all that is known of them.

    Args:
        archive: the store.
        term: kind and entity; None asks for the whole archive.
        limit: how many at most.
        dated: which of the two.
    """
    source = "terms t JOIN articles a ON a.id = t.article" if term else "articles a"
    where = f"a.published IS {'NOT ' if dated else ''}NULL" + (" AND t.kind = ? AND t.entity = ?" if term else "")
    query = f"SELECT {ENTRY_COLUMNS} FROM {source} WHERE {where} ORDER BY a.published DESC, a.sequence DESC LIMIT ?"  # noqa: S608 - constants
    return [entry_of(row) for row in archive.select(query, (*(term or ()), limit))]


def stories_of_month(archive: Archive, month: str | None, skip: int, limit: int) -> Iterator[tuple[Entry, LinkedStory]]:
    """Yield articles of a month (`2021-12`), oldest first; None asks for those without a date."""
    where = "a.published IS NULL" if month is None else "a.published >= ? AND a.published < ?"
    values = () if month is None else (month, month + "~")
    query = (
        f"SELECT {ENTRY_COLUMNS}, a.payload FROM articles a WHERE {where} "  # noqa: S608 - constants
        "ORDER BY a.published, a.sequence LIMIT ? OFFSET ?"
    )
    for row in archive.select(query, (*values, limit, skip)):
        yield entry_of(row[:-1]), _decode(row[-1])


def term_days(archive: Archive, kind: str) -> list[tuple[str, int, str | None]]:
    """Return (entity, articles, day of its newest article) of every term of a kind, by entity."""
    query = (
        "SELECT t.entity, count(*), max(a.published) FROM terms t JOIN articles a ON a.id = t.article "
        "WHERE t.kind = ? GROUP BY t.entity ORDER BY t.entity"
    )
    return [(entity, count, day) for entity, count, day in archive.select(query, (kind,))]


def months_with_days(archive: Archive) -> list[tuple[str | None, int, str | None]]:
    """Return (month, articles, its newest day), oldest first; the month None, for those without a date, comes last."""
    query = (
        "SELECT substr(published, 1, 7) AS m, count(*), max(published) FROM articles GROUP BY m ORDER BY m IS NULL, m"
    )
    return [(month, count, day) for month, count, day in archive.select(query)]
