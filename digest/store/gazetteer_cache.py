"""Keeps the loaded gazetteer, because reading some thousand YAML files takes longer than reading an article.

The cache lies in the user's cache folder and belongs to the state of the files: names, sizes and times of change of the
gazetteer, and of the code and packs that read it. Whatever goes wrong with it, the files are read instead.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

import digest
from digest.errors import ConfigurationError
from digest.gazetteer.check import check_filing
from digest.gazetteer.lexicon import fold_aliases
from digest.gazetteer.load import FOLDER, KINDS, Gazetteer, load_gazetteer
from digest.languages.pack import FOLDER as LANGUAGES
from digest.languages.pack import load_pack
from digest.model import Entity
from digest.store.files import write_if_changed

_KEPT = 3
"""Caches that stay: one for each of a few sites."""


class _Kept(msgspec.Struct, array_like=True):
    """The file's content."""

    entities: dict[str, Entity]
    phrases: dict[str, tuple[str, ...]]
    fingerprint: str
    folded: dict[str, tuple[tuple[str, ...], ...]]


def load_cached_gazetteer(folders: Iterable[Path], languages: Iterable[str]) -> Gazetteer:
    """Return what `load_gazetteer` returns, faster the second time.

    Args:
        folders: the package's gazetteer and those of the site.
        languages: tags whose aliases are folded beforehand.

    Raises:
        ConfigurationError: a file is wrong.
    """
    folders, languages = list(folders), sorted(languages)
    path = _cache_folder() / f"gazetteer-{_state(folders, languages)}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        with _without_gc():
            kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
        return Gazetteer(entities=kept.entities, phrases=kept.phrases, fingerprint=kept.fingerprint, folded=kept.folded)
    gazetteer = load_gazetteer(folders)
    if broken := check_filing(gazetteer):
        raise ConfigurationError(broken)
    folded = {tag: fold_aliases(gazetteer, load_pack(tag).folder, tag) for tag in languages}
    _keep(path, gazetteer, folded)
    return Gazetteer(
        entities=gazetteer.entities, phrases=gazetteer.phrases, fingerprint=gazetteer.fingerprint, folded=folded
    )


def _keep(path: Path, gazetteer: Gazetteer, folded: Mapping[str, tuple[tuple[str, ...], ...]]) -> None:
    with contextlib.suppress(OSError):  # a read-only home costs half a second a run, and nothing else
        content = _Kept(dict(gazetteer.entities), dict(gazetteer.phrases), gazetteer.fingerprint, dict(folded))
        write_if_changed(path, msgspec.msgpack.encode(content))
        older = sorted(path.parent.glob("gazetteer-*.msgpack"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in older[_KEPT:]:
            file.unlink(missing_ok=True)


def _cache_folder() -> Path:
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # a user without a home: a container with a bare number for a user
        base = Path(tempfile.gettempdir()) / f"khabarnama-{os.getuid()}"
    return base / "khabarnama"


def _state(folders: Iterable[Path], languages: Iterable[str]) -> str:
    """Return a hash of what the cache depends on, from the file system's own records."""
    marks = hashlib.sha256(f"{digest.__version__} {','.join(languages)}".encode())
    places = [folder / kind for folder in folders for kind in (*KINDS, "phrases")]
    places += [FOLDER, LANGUAGES, *(LANGUAGES / tag for tag in languages), Path(digest.__file__).parent / "model"]
    for place in places:
        if place.is_dir():
            with os.scandir(place) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if entry.name.endswith((".yml", ".py")):
                        stat = entry.stat()
                        marks.update(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return marks.hexdigest()[:24]


@contextlib.contextmanager
def _without_gc() -> Iterator[None]:
    """Decode without the cyclic collector, which would look at every new object again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was decoded lives as long as the run: later collections need not look at it either. Once only: when a
        # site is served, each build would else keep the garbage of the one before.
        if not gc.get_freeze_count():
            gc.freeze()
        if enabled:
            gc.enable()
