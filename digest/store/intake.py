"""What the store knows of the seeds: each file's stamp, what could not be read of it, and the articles in it.

A file whose stamp has not changed is not opened again.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from digest.report import Issue
from digest.store.archive import Archive

_LISTING = "listing"
"""Name of a fact."""
_ASKED = 500
"""Checksums in one question; who has more reads all."""
_FRESH_NS = 2_000_000_000
"""A file changed less than two seconds ago may change again without a new time: it is read once more next time."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SeedArticle:
    """An article as it lies in the seeds: where, and the checksum of its bytes."""

    locator: str
    checksum: str


def stamp(paths: Iterable[str | None], now_ns: int) -> str:
    """Return what tells whether files have changed, from the file system's own records; empty for one that may still.

    Args:
        paths: of the files; None for one that is known not to be there.
        now_ns: the time, in nanoseconds since 1970.

    >>> stamp(["no-such-file", None], 0)
    '- -'
    """
    parts = []
    for path in paths:
        if path is None:
            parts.append("-")
            continue
        try:
            state = os.stat(path)  # noqa: PTH116 - a hundred thousand files are asked
        except OSError:
            parts.append("-")
            continue
        modified, changed = state.st_mtime_ns, state.st_ctime_ns
        if modified > now_ns - _FRESH_NS or changed > now_ns - _FRESH_NS:
            return ""
        parts.append(f"{state.st_size}.{modified}.{changed}.{state.st_ino}")
    return " ".join(parts)


def known_files(archive: Archive) -> dict[str, str]:
    """Return path → stamp of every file that was read."""
    return dict(archive.select("SELECT path, stamp FROM files"))  # type: ignore[arg-type]


def known_beginning(archive: Archive, text: str) -> Iterator[str]:
    """Yield the paths that begin with a text, of files that were read."""
    query = "SELECT path FROM files WHERE path >= ? AND path < ?"
    yield from (path for (path,) in archive.select(query, (text, f"{text}\U0010ffff")))


def known_among(archive: Archive, paths: Iterable[str]) -> dict[str, str]:
    """Return path → stamp of those of some files that were read."""
    found = (archive.select("SELECT path, stamp FROM files WHERE path = ?", (path,)) for path in sorted(paths))
    return {path: stamp for rows in found for path, stamp in rows}


def keep_listing(archive: Archive, issues: Sequence[Issue]) -> None:
    """Keep what was said of the folder of the seeds when it was listed."""
    archive.note(_LISTING, msgspec.json.encode(issues).decode())


def known_listing(archive: Archive) -> list[Issue]:
    """Return what was said of it last."""
    return msgspec.json.decode(archive.fact(_LISTING) or "[]", type=list[Issue])


def articles_of(archive: Archive, paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield (locator, id or None) of the articles that some files had."""
    query = "SELECT r.locator, a.id FROM raws r LEFT JOIN articles a ON a.locator = r.locator WHERE r.path = ?"
    for path in paths:
        yield from ((row[0], row[1]) for row in archive.select(query, (path,)))


def checksums_of(archive: Archive, locators: Iterable[str]) -> Iterator[str]:
    """Yield the checksums of those of some articles that were read, used or refused."""
    for locator in locators:
        yield from (row[0] for row in archive.select("SELECT checksum FROM raws WHERE locator = ?", (locator,)))


def articles_with(archive: Archive, checksums: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (locator, checksum) of the articles that were read, used or refused, and have one of some checksums."""
    few = len(checksums) <= _ASKED
    where = f" WHERE checksum IN ({','.join('?' * len(checksums))})" if few else ""
    rows = archive.select(f"SELECT locator, checksum FROM raws{where}", (*checksums,) if few else ())  # noqa: S608 - marks
    yield from ((locator, checksum) for locator, checksum in rows if few or checksum in checksums)


def known_among_articles(archive: Archive, locators: Iterable[str]) -> set[str]:
    """Return the locators, among some, of articles that were read, used or refused."""
    query = "SELECT locator FROM raws WHERE locator = ?"
    return {row[0] for locator in locators for row in archive.select(query, (locator,))}


def count_articles(archive: Archive) -> int:
    """Return how many articles the seeds have, used or refused."""
    ((count,),) = archive.select("SELECT count(*) FROM raws")
    return int(count)


def known_issues(archive: Archive) -> Iterator[Issue]:
    """Yield what was said of the files when they were read."""
    yield from known_unread(archive)
    yield from _issues(archive, "findings")


def known_unread(archive: Archive) -> Iterator[Issue]:
    """Yield what could not be read of them."""
    yield from _issues(archive, "unread")


def _issues(archive: Archive, column: str) -> Iterator[Issue]:
    decoder = msgspec.msgpack.Decoder(tuple[Issue, ...])
    for (issues,) in archive.select(f"SELECT {column} FROM files WHERE {column} IS NOT NULL ORDER BY path"):  # noqa: S608 - one of two columns
        yield from decoder.decode(issues)


def keep_unread(archive: Archive, issues: Mapping[str, Sequence[Issue]]) -> None:
    """Note what could not be read of files that are being read now, and forget what was said of them before."""
    rows = [(path, _encoded(of_file)) for path, of_file in issues.items()]
    archive.change("INSERT OR REPLACE INTO files VALUES (?, '', ?, NULL)", rows)


def keep_files(archive: Archive, stamps: Mapping[str, str], found: Mapping[str, Sequence[SeedArticle]]) -> None:
    """Note the stamps of files that were read, and the articles in them."""
    archive.change("UPDATE files SET stamp = ? WHERE path = ?", [(state, path) for path, state in stamps.items()])
    archive.change("DELETE FROM raws WHERE path = ?", [(path,) for path in stamps])
    rows = [(article.locator, path, article.checksum) for path, articles in found.items() for article in articles]
    archive.change("INSERT OR REPLACE INTO raws VALUES (?, ?, ?)", rows)


def keep_findings(archive: Archive, issues: Mapping[str, Sequence[Issue]]) -> None:
    """Note which articles of files were refused, and why."""
    rows = [(_encoded(of_file), path) for path, of_file in issues.items()]
    archive.change("UPDATE files SET findings = ? WHERE path = ?", rows)


def _encoded(issues: Sequence[Issue]) -> bytes | None:
    return msgspec.msgpack.encode(tuple(issues)) if issues else None


def forget_files(archive: Archive, paths: Iterable[str]) -> None:
    """Forget files that are gone."""
    rows = [(path,) for path in paths]
    archive.change("DELETE FROM files WHERE path = ?", rows)
    archive.change("DELETE FROM raws WHERE path = ?", rows)
