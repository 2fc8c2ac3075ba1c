"""The epoch of a publication: everything, besides the generated pages, that the files of a site are made from."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_OUR_PARTS = ("publish", "theme", "search", "languages")
_BUILT_WITH = ("mkdocs", "material", "markdown", "jinja2", "pymdownx", "yaml")


def epoch_of(config_file: Path, docs: Path, *, tops: frozenset[str], inside: Iterable[str], theme: str | None) -> str:
    """Return a hash of versions, settings, templates and hand-written files.

    Args:
        config_file: `mkdocs.yml`; its text counts.
        docs: the docs folder.
        tops: the entries of the docs folder that are generated; all others are hand-written.
        inside: hand-written files below them.
        theme: the site's own templates (`custom_dir`).
    """
    mark = hashlib.sha256(config_file.read_bytes())
    mark.update("\n".join((sys.version, os.environ.get("SOURCE_DATE_EPOCH", ""), *_installed())).encode())
    folders = [_PACKAGE / part for part in _OUR_PARTS]
    own = sorted(path.name for path in docs.iterdir() if path.name not in tops) if docs.is_dir() else []
    for folder in [*folders, *(docs / name for name in (*own, *inside)), *([Path(theme)] if theme else [])]:
        for path, state in _files(folder):
            mark.update(f"\0{path}\0{state.st_size}\0{state.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return mark.hexdigest()


def _installed() -> Iterator[str]:
    """Yield the names of everything that is installed beside what builds the site; they hold the versions."""
    places = set()
    for name in _BUILT_WITH:
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            places.add(Path(spec.origin).parent.parent)
            yield spec.origin
    for place in sorted(places):
        yield from sorted(path.name for path in place.iterdir() if path.suffix in (".dist-info", ".egg-info"))


def _files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files at or below a path with their state, in one order."""
    if not path.is_dir():
        if path.exists():
            yield str(path), path.stat()
        return
    folders = [str(path)]
    while folders:
        folder = folders.pop()
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    folders.append(entry.path)
            else:
                yield entry.path, entry.stat()
