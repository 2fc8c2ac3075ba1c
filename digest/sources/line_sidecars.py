"""Sidecars of single lines: `NAME.jsonl.ID.yml` beside `NAME.jsonl` holds for the line with this id alone."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from digest.model import Hints, RawArticle
from digest.sources.locator import split_locator
from digest.sources.sidecar import SUFFIX, read_sidecar

ENDINGS = (".jsonl", ".ndjson")
"""Of files with an article a line."""
_LONGEST = 120
"""Characters of an id in the name of a file; a longer one is given by its checksum."""


def line_sidecar_path(file: Path, line: str) -> Path:
    """Return where the sidecar of a line is, if it has one.

    >>> line_sidecar_path(Path("a.jsonl"), "17"), line_sidecar_path(Path("a.jsonl"), "../x")
    (PosixPath('a.jsonl.17.yml'), PosixPath('a.jsonl...%2Fx.yml'))
    """
    name = quote(line, safe="", errors="surrogatepass")
    if len(name) > _LONGEST:
        name = hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
    return file.with_name(f"{file.name}.{name}{SUFFIX}")


def lines_served(sidecar: str) -> Iterator[str]:
    """Yield the files of which a sidecar may hold for a line, by its name.

    >>> list(lines_served("seeds/a.jsonl.17.yml")), list(lines_served("seeds/a.yml"))
    (['seeds/a.jsonl'], [])
    """
    folder, slash, name = sidecar.rpartition("/")
    for ending in ENDINGS if name.endswith(SUFFIX) else ():
        place = name.lower().find(f"{ending}.")
        while place > 0:
            yield f"{folder}{slash}{name[: place + len(ending)]}"
            place = name.lower().find(f"{ending}.", place + 1)


def line_sidecars(file: Path) -> list[Path]:
    """Return the sidecars of the lines of a file, by name."""
    if file.suffix.lower() not in ENDINGS:
        return []
    try:
        names = sorted(name for name in os.listdir(file.parent) if name.startswith(f"{file.name}."))  # noqa: PTH208
    except OSError:
        return []
    return [file.with_name(name) for name in names if name.endswith(SUFFIX)]


class LineSidecars:
    """The sidecars of a file's lines, and which of them were asked for."""

    def __init__(self, file: Path, locator: str) -> None:
        self._file = file
        self._folder = locator.rpartition("/")[0]
        self._left = {path.name: path for path in line_sidecars(file)}

    def apply(self, article: RawArticle) -> RawArticle:
        """Return an article with what the sidecar of its line says; that beats what the sidecar of the file says.

        Raises:
            ConfigurationError: as `read_sidecar`.
            OSError: it cannot be read.
        """
        if not self._left:
            return article
        _, line = split_locator(article.locator)
        path = self._left.pop(line_sidecar_path(self._file, line).name, None)
        if path is None:
            return article
        said = read_sidecar(path, self._where(path)).overrides
        fields = (field.name for field in dataclasses.fields(Hints) if getattr(said, field.name) is not None)
        both = dataclasses.replace(article.overrides, **{name: getattr(said, name) for name in fields})
        return dataclasses.replace(article, overrides=both)

    def left(self) -> Iterator[str]:
        """Yield the sidecars of lines that there are not."""
        yield from map(self._where, self._left.values())

    def _where(self, path: Path) -> str:
        return f"{self._folder}/{path.name}"
