"""`names.yml` of a language pack: what suggests that an unknown word is a name. Only `digest suggest` reads it."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from digest.reviewed_yaml import load_typed

FOLDER = Path(__file__).parent
FILE = "names.yml"


class NameCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file. Every entry is a word or a phrase, in which (a|b) stands for either."""

    roles: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    score_units: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    list_marks: str = ""
    genitives: tuple[str, ...] = ()
    never_first: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    organisation_heads: tuple[str, ...] = ()
    organisation_starts: tuple[str, ...] = ()
    organisation_joints: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    place_before: tuple[str, ...] = ()
    place_after: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    determiners: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    stem_finals: str = ""
    ordinary: tuple[tuple[str, ...], ...] = ()


@functools.cache
def load_name_cues(tag: str) -> NameCues:
    """Return the cues of a language; none when its pack has no such file: a language can do without.

    Raises:
        ConfigurationError: the file is wrong; with file and line.
    """
    path = FOLDER / tag / FILE
    return load_typed(path, NameCues) if path.is_file() else NameCues()
