"""What the stored analyses depend on in the gazetteer: its state when they were made, and the marks of each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from digest.languages.pack import load_pack
from digest.link.asked import Asked
from digest.model import Story
from digest.store.archive import Archive
from digest.store.entry import Filed
from digest.store.seal import seal

_STALE = ""
"""The epoch of an analysis that is to be made again."""
_MOST_MET = 500_000
_MANY = 500
"""Ids in one question."""


class Questions:
    """Takes what articles asked, and keeps it. Words that were met before in a run are not looked up again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._met: dict[str, set[str]] = {}

    def keep(self, story: Story, asked: Asked) -> None:
        """Keep what an article asked."""
        row = (story.id, story.language, asked.marks)
        self._archive.change("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", [row])
        met = self._met.setdefault(story.language, set())
        if len(met) > _MOST_MET:
            met.clear()
        if new := set(asked.words) - met:
            met.update(new)
            pack = load_pack(story.language)
            bones, rests = pack.skeletons, pack.run_on.rests
            pieces = {*new, *(rest for word in new for rest in rests(word))} if bones else ()
            rows = [(story.language, bones.made(piece), piece) for piece in sorted(pieces)] if bones else []
            self._archive.change("INSERT OR IGNORE INTO vocabulary VALUES (?, ?, ?)", rows)


def words_of(archive: Archive, language: str, skeleton: str) -> list[str]:
    """Return the words of a skeleton that articles of a language have, or had; also glued to an ordinary word."""
    query = "SELECT word FROM vocabulary WHERE language = ? AND skeleton = ?"
    return [word for (word,) in archive.select(query, (language, skeleton))]


def all_marks(archive: Archive, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield id and marks of every article of a language."""
    yield from archive.select("SELECT article, marks FROM asked WHERE language = ?", (language,))  # type: ignore[misc]


def keep_gazetteer(archive: Archive, state: str, snapshot: bytes) -> None:
    """Keep the state of the gazetteer under which all analyses hold from now on."""
    archive.change("INSERT OR REPLACE INTO gazetteer VALUES (1, ?, ?)", [(state, snapshot)])


def kept_state(archive: Archive) -> str | None:
    """Return under which state of the gazetteer the stored analyses hold; None before there are any."""
    return next((state for (state,) in archive.select("SELECT state FROM gazetteer")), None)


def kept_snapshot(archive: Archive) -> bytes:
    """Return the snapshot of that state."""
    return next(snapshot for (snapshot,) in archive.select("SELECT snapshot FROM gazetteer"))  # type: ignore[no-any-return]


def filed_under(archive: Archive, entities: Iterable[str]) -> Iterator[str]:
    """Yield the articles that are filed under one of some entities."""
    kinds = [kind for (kind,) in archive.select("SELECT DISTINCT kind FROM totals")]
    for kind in kinds:
        for some in _batches(sorted(entities)):
            marks = ",".join("?" * len(some))
            query = f"SELECT DISTINCT article FROM terms WHERE kind = ? AND entity IN ({marks})"  # noqa: S608 - question marks
            yield from (article for (article,) in archive.select(query, (kind, *some)))


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + _MANY] for start in range(0, len(items), _MANY))


def make_stale(archive: Archive, articles: Iterable[str]) -> None:
    """See to it that articles are read and analysed again."""
    rows = [(article,) for article in articles]
    archive.change(f"UPDATE articles SET epoch = '{_STALE}' WHERE id = ?", rows)  # noqa: S608 - a constant
    of_article = "(SELECT r.path FROM raws r JOIN articles a ON a.locator = r.locator WHERE a.id = ?)"
    archive.change(f"UPDATE files SET stamp = '' WHERE path IN {of_article}", rows)  # noqa: S608 - a constant


def read_unused_again(archive: Archive) -> None:
    """See to it that files are read again of which something was refused, withdrawn, or said."""
    unused = "SELECT r.path FROM raws r LEFT JOIN articles a ON a.locator = r.locator WHERE a.id IS NULL"
    again = f"unread IS NOT NULL OR findings IS NOT NULL OR path IN ({unused})"
    archive.change(f"UPDATE files SET stamp = '' WHERE {again}", [()])  # noqa: S608 - a constant


def renewed(archive: Archive, article: str, payload: bytes, version: tuple[str, str, str, int]) -> bool:
    """Note that an article is understood as before; return whether it is.

    Args:
        archive: the store.
        article: its id.
        payload: the linked story, encoded.
        version: checksum, epoch, permalink and sequence.
    """
    checksum, epoch, permalink, sequence = version
    if archive.version(article) != (checksum, _STALE, permalink, sequence):
        return False
    ((before,),) = archive.select("SELECT payload FROM articles WHERE id = ?", (article,))
    if before != seal(payload):
        return False
    archive.change("UPDATE articles SET epoch = ? WHERE id = ?", [(epoch, article)])
    return True


def note_shown(archive: Archive, articles: Iterable[str]) -> None:
    """Note articles as changed that did not change themselves: what pages say of their terms did."""
    states: Iterator[Filed | None] = map(archive.filed, articles)
    archive.changes.extend((state, state) for state in states if state)
