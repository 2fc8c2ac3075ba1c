"""The sidecar: `NAME.yml` beside `NAME.txt`, where a maintainer overrides any field without touching the seed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from digest.model import Basis, Hints
from digest.reviewed_yaml import load_typed

SUFFIX = ".yml"


class SidecarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sidecar, as written. Every field is optional; a list replaces what was found."""

    headline: str | None = None
    summary: str | None = None
    byline: str | None = None
    published: str | None = None
    """The day of publication, or `unknown` to say that a date that was found is none."""
    retrieved: dt.date | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    topics: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None


def sidecar_path(seed: Path) -> Path:
    """Return where the sidecar of `seed` is, if it has one."""
    return seed.with_suffix(SUFFIX)


def read_sidecar(path: Path, locator: str) -> Hints:
    """Return what the sidecar says.

    Raises:
        ConfigurationError: it is not YAML or has unknown fields; with file and line.
    """
    file = load_typed(path, SidecarFile, shown=locator)
    return Hints(**msgspec.structs.asdict(file), basis=Basis.SIDECAR)
