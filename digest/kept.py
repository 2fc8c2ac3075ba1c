"""Keeps what was worked out of some files for the next run, in the user's cache folder.

A cache belongs to a basis: everything that its content depends on, in words. Whatever goes wrong with it (it is
damaged, of another basis, may not be written), the content is worked out again, and nothing else happens.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from digest import __version__

T = TypeVar("T")
_KEPT = 4
"""Caches of one name that stay: one for each of a few sites."""
_MARK = 4
"""Bytes of a checksum, before the content."""


def kept(name: str, basis: object, wanted: type[T], make: Callable[[], T]) -> T:
    """Return what `make` returns, without calling it if that is kept from a run with the same basis.

    Args:
        name: what it is, as part of a file's name.
        basis: what its content depends on besides the version of this package and of Python; its `repr` counts.
        wanted: its type; one that msgspec gives back equal.
        make: works it out. What it raises is raised, and nothing is kept.
    """
    mark = hashlib.sha256(f"{__version__} {sys.version} {basis!r}".encode("utf-8", "surrogateescape")).hexdigest()[:24]
    path = cache_folder() / f"{name}.{mark}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        content = path.read_bytes()
        if content[:_MARK] == checksum(content[_MARK:]):
            return msgspec.msgpack.decode(content[_MARK:], type=wanted)
    made = make()
    with contextlib.suppress(OSError):  # a read-only home costs some time in every run, and nothing else
        _keep(path, name, msgspec.msgpack.encode(made))
    return made


def checksum(content: bytes | memoryview) -> bytes:
    """Return what stands before kept content, and tells whether it is whole."""
    return zlib.crc32(content).to_bytes(_MARK, "big")


def _keep(path: Path, name: str, content: bytes) -> None:
    import tempfile  # noqa: PLC0415 - most runs keep nothing new

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{name}-", delete=False) as file:
        try:
            file.write(checksum(content) + content)
            file.close()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    others = sorted(path.parent.glob(f"{name}.*.msgpack"), key=lambda file: file.stat().st_mtime, reverse=True)
    for other in others[_KEPT:]:
        other.unlink(missing_ok=True)


def cache_folder() -> Path:
    """Return the folder of caches that all sites of a user share; it may not be there yet."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # a user without a home: a container with a bare number for a user
        import tempfile  # noqa: PLC0415 - see above

        base = Path(tempfile.gettempdir()) / f"khabarnama-{os.getuid()}"
    return base / "khabarnama"


def file_stamps(places: Iterable[Path], endings: tuple[str, ...] = (".yml", ".py")) -> dict[str, tuple[int, int]]:
    """Return path → size and time of change of the files of some folders, from the file system's own records."""
    found: dict[str, tuple[int, int]] = {}
    for place in places:
        if place.is_dir():
            with os.scandir(place) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if entry.name.endswith(endings) and not entry.name.startswith(".") and entry.is_file():
                        state = entry.stat()
                        found[entry.path] = state.st_size, state.st_mtime_ns
    return found
