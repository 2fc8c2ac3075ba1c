"""Which generated files there are, and which unit of the site each was written for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.store.archive import Archive

_MANY = 20_000
_START = "index.md"
_PAGE = ".md"
_COUNTS = "files"
"""The fact under which is kept how many there are: it is asked in each build, and the files are many."""


def paths_of(archive: Archive, unit: str) -> set[str]:
    """Return the files that were written for a unit."""
    return {path for (path,) in archive.select("SELECT path FROM pages WHERE unit = ?", (unit,))}


def all_paths(archive: Archive) -> set[str]:
    """Return every generated file."""
    return {path for (path,) in archive.select("SELECT path FROM pages")}


def owners(archive: Archive, paths: Iterable[str]) -> Iterator[str]:
    """Yield those of some files that another unit has already."""
    for path in paths:
        yield from (row[0] for row in archive.select("SELECT path FROM pages WHERE path = ?", (path,)))


def keep_paths(archive: Archive, written: Iterable[tuple[str, str]]) -> None:
    """Note files, each with its unit."""
    _change(archive, "INSERT INTO pages VALUES (?, ?)", written, 1)


def forget_paths(archive: Archive, paths: Iterable[str]) -> None:
    """Forget files that nothing writes any more."""
    _change(archive, "DELETE FROM pages WHERE path = ?", ((path,) for path in paths), -1)


def _change(archive: Archive, statement: str, rows: Iterable[tuple[str, ...]], step: int) -> None:
    """Change what is noted, and how much there is of it."""
    rows = list(rows)
    pages, others = page_counts(archive)
    pages += step * archive.change(statement, [row for row in rows if row[0].endswith(_PAGE)])
    others += step * archive.change(statement, [row for row in rows if not row[0].endswith(_PAGE)])
    archive.note(_COUNTS, f"{pages} {others}")


def telling_paths(archive: Archive) -> list[str]:
    """Return the generated files that tell whether somebody cleared the folder: all, or of very many the start page."""
    return sorted(all_paths(archive)) if sum(page_counts(archive)) <= _MANY else [_START]


def page_counts(archive: Archive) -> tuple[int, int]:
    """Return how many generated files are pages, and how many are not."""
    pages, _, others = (archive.fact(_COUNTS) or "").partition(" ")
    if pages.isdecimal() and others.isdecimal():
        return int(pages), int(others)
    ((counted, everything),) = archive.select("SELECT coalesce(sum(path LIKE '%.md'), 0), count(*) FROM pages")
    return int(counted), int(everything) - int(counted)
