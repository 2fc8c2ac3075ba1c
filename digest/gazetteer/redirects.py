"""Ids that entities had before: `redirects.tsv` in a gazetteer's folder, committed like the entities themselves.

One line a change: kind, old id, id now. `digest rename` and `digest merge` add lines; none is ever taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from digest.errors import ConfigurationError
from digest.model import EntityKind
from digest.report import Issue

FILE = "redirects.tsv"
_HEADER = "kind\told\tnew"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Redirects = Mapping[tuple[str, str], str]
"""Kind and old id → id."""


def read_redirects(folders: Iterable[Path]) -> Redirects:
    """Return where every old id leads in the end.

    Raises:
        ConfigurationError: a file or line is not what the commands write, or ids lead to each other in a circle.
    """
    direct: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, str], str] = {}
    for folder in folders:
        path = folder / FILE
        lines = _lines(path) if path.is_file() else [_HEADER]
        if lines[:1] != [_HEADER]:
            raise ConfigurationError([_bad(f"{path}:1", f"the first line must be {_HEADER!r}")])
        for number, line in enumerate(lines[1:], 2):
            fields = line.split("\t")
            if len(fields) != 3 or fields[0] not in set(EntityKind) or not all(map(_ID.fullmatch, fields[1:])):  # noqa: PLR2004 - three columns
                raise ConfigurationError([_bad(f"{path}:{number}", "not kind, old id and new id, with tabs between")])
            direct[fields[0], fields[1]] = fields[2]
            places[fields[0], fields[1]] = f"{path}:{number}"
    return {(kind, old): _end(kind, old, direct, places) for kind, old in direct}


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigurationError([_bad(str(path), f"the file is not UTF-8: {error}")]) from error


def _end(kind: str, old: str, direct: Redirects, places: Mapping[tuple[str, str], str]) -> str:
    seen, now = {old}, direct[kind, old]
    while (kind, now) in direct:
        if now in seen:
            raise ConfigurationError([_bad(places[kind, old], f"{old!r} leads back to itself")])
        seen.add(now)
        now = direct[kind, now]
    return now


def add_redirect(folder: Path, kind: EntityKind, old: str, new: str) -> Path:
    """Add a line to the folder's file and return the file."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else f"{_HEADER}\n"
    path.write_text(f"{text}{kind}\t{old}\t{new}\n", encoding="utf-8")
    return path


def _bad(where: str, message: str) -> Issue:
    return Issue(
        code="bad-redirects",
        where=where,
        message=message,
        hint="Redirects keep old addresses alive: restore the line from version control",
    )
