"""One protocol for every source format, and one registry: the `digest.readers` entry points."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, runtime_checkable

from digest.model import RawArticle
from digest.report import Issue

GROUP = "digest.readers"


@runtime_checkable
class Reader(Protocol):
    """Reads files of some formats into articles."""

    suffixes: tuple[str, ...]
    """Endings of file names, with the dot, in lower case."""
    media_types: tuple[str, ...]

    def read(self, path: Path, locator: str) -> Iterator[RawArticle | Issue]:
        """Yield the articles in the file at `path`; what cannot be read is an issue, and reading goes on."""
        ...


@functools.cache
def readers() -> Mapping[str, Reader]:
    """Return the installed readers by suffix; ours are registered in the same way as anybody's."""
    found: dict[str, Reader] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        reader: Reader = entry.load()()
        for suffix in reader.suffixes:
            found.setdefault(suffix, reader)
    return found
