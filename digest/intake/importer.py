"""One protocol for every format that `digest add` reads, and one registry: the `digest.importers` entry points.

They are no `digest.readers`: what lies in the seeds folder is read at every build, twice, so it is text. A page is
taken apart once, when it comes in, and another version of the extractor changes no article that was published.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from digest.intake.arrival import Arrival
from digest.report import Issue
from digest.sources.reader import registered

GROUP = "digest.importers"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a maintainer wants of a source."""

    languages: Sequence[str]
    """Tags of languages; articles in others are left out, where `filtered` says so."""
    filtered: bool = False
    """Whether every source is filtered by language; dumps of the web always are."""
    max_bytes: int = 1_000_000
    """Of one article's text; larger ones are refused."""
    max_page_bytes: int = 10_000_000
    """Of one page before its text is taken out."""
    left_out: Callable[[str], Issue | None] = lambda _: None
    """Says of an address why its page need not be taken apart: because it is there already, or was deleted."""


@runtime_checkable
class Importer(Protocol):
    """Reads files of some formats into arrivals."""

    suffixes: tuple[str, ...]
    """Endings of file names, with the dot, in lower case."""

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the articles in the file at `path`, called `shown` in messages.

        What cannot be read is an issue, and reading goes on; a note is something that was left out as wanted.

        Raises:
            ConfigurationError: a library that the format needs is not installed.
            OSError: the file cannot be read.
        """
        ...


@functools.cache
def importers() -> Mapping[str, Importer]:
    """Return the installed importers by suffix; ours are registered in the same way as anybody's."""
    return registered(GROUP)


def importer_for(path: Path) -> Importer | None:
    """Return the importer of a file, by the longest ending that is known: `.warc.gz` before `.gz`."""
    name = path.name.lower()
    known = [suffix for suffix in importers() if name.endswith(suffix)]
    return importers()[max(known, key=len)] if known else None
