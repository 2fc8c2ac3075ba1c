"""What is installed beside this package: entry points and versions, remembered until something else is installed.

`importlib.metadata` takes a thirtieth of a second to say it, a twentieth of the build of one new article.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import sys
from typing import Any

from digest.kept import kept

_KNOWN_AS = (".dist-info", ".egg-info", "egg-info")
_ARCHIVES = (".zip", ".egg", ".whl")


def entry_points_of(group: str) -> list[tuple[str, str]]:
    """Return (name, what is to be imported) of the entry points of a group, by name."""
    return kept(f"entry-points-{group}", _state(tuple(sys.path)), list[tuple[str, str]], lambda: _entry_points(group))


def version_of(name: str) -> str:
    """Return the version of a distribution; empty when it is not installed."""
    return kept(f"version-{name}", _state(tuple(sys.path)), str, lambda: _version(name))


def imported(value: str) -> Any:
    """Return what an entry point names: `module:object`.

    >>> imported("pathlib:Path.home [extra]").__name__
    'home'
    """
    module, _, name = value.partition("[")[0].partition(":")
    steps = filter(None, name.strip().split("."))
    return functools.reduce(getattr, steps, importlib.import_module(module.strip()))


def _entry_points(group: str) -> list[tuple[str, str]]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - see above

    return sorted(((entry.name, entry.value) for entry in entry_points(group=group)), key=lambda entry: entry[0])


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - see above

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@functools.cache
def _state(places: tuple[str, ...]) -> dict[str, tuple[int, int] | None]:
    """Return what changes when something is installed or removed: every distribution, and its list of entry points."""
    found: dict[str, tuple[int, int] | None] = {}
    for place in dict.fromkeys(places):
        if place.endswith(_ARCHIVES):
            found[place] = _stamp(place)
        for folder in _distributions(place or "."):
            found[folder] = _stamp(f"{folder}/entry_points.txt")
    return found


def _distributions(place: str) -> list[str]:
    with contextlib.suppress(OSError), os.scandir(place) as entries:  # no folder, or not there: Python lets it be
        return sorted(entry.path for entry in entries if entry.name.lower().endswith(_KNOWN_AS))
    return []


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        state = os.stat(path)  # noqa: PTH116 - of some hundred files in each run
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns
