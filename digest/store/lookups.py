"""What feeds, sitemaps and open data ask of the archive: a few rows at a time, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from digest.model import LinkedStory
from digest.store.archive import Archive
from digest.store.catalogue import asked_once, some_entries
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of
from digest.store.seal import story_of, unseal


class _Source(msgspec.Struct, frozen=True):
    url: str | None
    name: str | None


class _Told(msgspec.Struct, frozen=True):
    byline: str | None
    source: _Source


class _Term(msgspec.Struct, frozen=True):
    entity: str


class Outline(msgspec.Struct, frozen=True):
    """What feeds say of a `LinkedStory` besides its line in the archive; text and mentions are passed over unread."""

    story: _Told
    terms: tuple[_Term, ...]


_outline = msgspec.msgpack.Decoder(Outline).decode


def story(archive: Archive, story_id: str) -> LinkedStory:
    """Return one article."""
    (row,) = archive.select("SELECT payload FROM articles WHERE id = ?", (story_id,))
    return story_of(row[0])


class Texts:
    """Articles with their texts; the last ones are remembered, for whatever else is written of them."""

    def __init__(self, archive: Archive, most: int) -> None:
        """Take the store, and how many are remembered: one takes some fifty kilobytes."""
        self._archive = archive
        self._most = most
        self._known: dict[str, LinkedStory] = {}

    def of(self, story_id: str) -> LinkedStory:
        """Return one article."""
        if story_id not in self._known:
            if len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[story_id] = story(self._archive, story_id)
        return self._known[story_id]


def outline(archive: Archive, story_id: str) -> Outline:
    """Return what feeds say of an article."""
    (row,) = archive.select("SELECT payload FROM articles WHERE id = ?", (story_id,))
    return _outline(unseal(row[0]))


def entry(archive: Archive, story_id: str) -> Entry | None:
    """Return one article as lists show it; None when there is none."""
    return next(iter(some_entries(archive, [story_id])), None)


def entries(archive: Archive) -> Iterator[Entry]:
    """Yield every article as lists show it, in the order of the ledger."""
    for row in archive.select(f"SELECT {ENTRY_COLUMNS} FROM articles a ORDER BY a.sequence"):  # noqa: S608 - a constant
        yield entry_of(row)


def newest(archive: Archive, limit: int, *, dated: bool) -> list[Entry]:
    """Return the newest articles, newest first: `limit` of those with a date, or of those without.

    Those without a date come in the order of their first publication here: it is all that is known of them.
    """
    where = f"a.published IS {'NOT ' if dated else ''}NULL"
    query = f"SELECT {ENTRY_COLUMNS} FROM articles a WHERE {where} ORDER BY a.published DESC, a.sequence DESC LIMIT ?"  # noqa: S608 - constants
    return [entry_of(row) for row in archive.select(query, (limit,))]


def term_days(archive: Archive, kind: str) -> Sequence[tuple[str, int, str | None]]:
    """Return (entity, articles, day of its newest article) of every term of a kind, by entity."""
    return asked_once(archive, ("days of terms", str(kind)), lambda: _term_days(archive, kind))


def _term_days(archive: Archive, kind: str) -> list[tuple[str, int, str | None]]:
    query = (
        "SELECT c.entity, c.n, (SELECT max(t.published) FROM terms t WHERE t.kind = c.kind AND t.entity = c.entity) "
        "FROM totals c WHERE c.kind = ? ORDER BY c.entity"
    )
    return list(archive.select(query, (kind,)))  # type: ignore[arg-type]


def months(archive: Archive) -> list[tuple[str, int]]:
    """Return the months (`2021-12`) that have articles, with counts, newest first."""
    return [(month, count) for month, count, _ in reversed(months_with_days(archive)) if month]


def months_with_days(archive: Archive) -> Sequence[tuple[str | None, int, str | None]]:
    """Return (month, articles, its newest day), oldest first; the month None, for those without a date, comes last."""
    return asked_once(archive, "months with days", lambda: _months_with_days(archive))


def _months_with_days(archive: Archive) -> list[tuple[str | None, int, str | None]]:
    found: dict[str | None, tuple[int, str | None]] = {}
    for day, count in archive.select("SELECT day, n FROM days ORDER BY day = '', day"):
        month = day[:7] or None
        found[month] = (found.get(month, (0, None))[0] + count, day or None)
    return [(month, *facts) for month, facts in found.items()]
