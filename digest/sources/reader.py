"""One protocol for every source format, and one registry: the `digest.readers` entry points."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from digest.installed import entry_points_of, imported
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
    return registered(GROUP)


class HasSuffixes(Protocol):
    """Something that is for files with some endings."""

    suffixes: tuple[str, ...]


T = TypeVar("T", bound=HasSuffixes)


def registered(group: str) -> Mapping[str, T]:
    """Return what is installed under an entry point group, by suffix; of two for one suffix, the first by name."""
    found: dict[str, T] = {}
    for _, value in entry_points_of(group):
        made: T = imported(value)()
        for suffix in made.suffixes:
            found.setdefault(suffix, made)
    return found
