"""`names.yml` of a language pack: what suggests that an unknown word is a name. Only `digest suggest` reads it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from digest.reviewed_yaml import load_typed

FILE = "names.yml"


class Skeleton(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How spellings are compared: letters left out, and groups of letters that sound alike."""

    drop: str = ""
    alike: tuple[str, ...] = ()
    shortest: int = 3


class NameCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file. Every entry is a word or a phrase, in which (a|b) stands for either."""

    roles: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    score_units: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
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
    ordinary: tuple[tuple[str, ...], ...] = ()
    skeleton: Skeleton = Skeleton()


def read_name_cues(folder: Path) -> NameCues | None:
    """Return the cues of the pack in `folder`, or None: a language can do without.

    Raises:
        ConfigurationError: the file is wrong; with file and line.
    """
    path = folder / FILE
    return load_typed(path, NameCues) if path.is_file() else None
