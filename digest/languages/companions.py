"""Words beside names, as a language pack has them: those that somebody thought of, and those that were counted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

LETTERS: Mapping[str, str] = {"lands": "l", "adjectives": "a", "people": "p", "organisations": "o", "common": "c"}
"""What the letters of `companions.txt` say: behind which names a word was met, and whether it is a common word."""


class Companions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a name that stands for itself, and a few beside one that does not."""

    links: tuple[str, ...] = ()
    """Behind these the sentence goes on: postpositions."""
    grammar: tuple[tuple[str, ...], ...] = ()
    """With one of these behind a name no longer name is meant; grouped only for who reads the file."""
    lands: tuple[tuple[str, ...], ...] = ()
    """Behind the name of a country or place."""
    adjectives: tuple[tuple[str, ...], ...] = ()
    """Behind the adjective of a country."""
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    """A word that ends so is no part of a name."""
    called: tuple[str, ...] = ()
    """Before a title: of a film, a book."""
    copulas: tuple[str, ...] = ()
    """The bare name of a country or place with one of these right behind it is hardly ever that."""
    districts: tuple[str, ...] = ()
    """What is smaller than a country, before a name."""
    parts: tuple[str, ...] = ()
    """What lies in a country, before a name."""
    city_states: tuple[str, ...] = ()
    """Countries that are towns too."""
    surnames: tuple[str, ...] = ()
    """Behind the name of a country or place they make it somebody's."""
    offices: tuple[str, ...] = ()
    """Before a name, whose holder's name may stand behind it."""


def read_companions(folder: Path) -> Companions:
    """Read `companions.yml` of a pack; a pack without one says nothing, and nothing is doubted for it.

    Raises:
        ConfigurationError: the file is wrong.
    """
    from digest.reviewed_yaml import load_typed  # noqa: PLC0415 - when a pack is read, and not found as it was kept

    path = folder / "companions.yml"
    return load_typed(path, Companions) if path.exists() else Companions()


def read_measured(folder: Path) -> dict[str, str]:
    """Read `companions.txt` of a pack, which `evaluation/companions.py` makes: word → letters; empty without one."""
    path = folder / "companions.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {word: letters for word, _, letters in rows}
