"""Folded names as they are kept: those of a first word are taken apart when that word is first met.

A run over one article meets a few hundred of the forty thousand names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import msgspec

from digest.gazetteer.load import Gazetteer
from digest.model import Alias, Entity

Name: TypeAlias = tuple[tuple[str, ...], Entity | None, Alias]
"""The folded words of a name, and what it stands for; no entity for a phrase that is no name."""

_Row: TypeAlias = tuple[tuple[str, ...], str, int]
"""Its words, the id of the entity or nothing, and which of its aliases, or of the phrases, it is."""

_rows = msgspec.msgpack.Decoder(list[_Row])


def phrase(text: str, language: str) -> Alias:
    """Return a phrase that is no name as an alias of nobody."""
    return Alias(text=text, language=language, form="phrase")


def encode_names(names: Mapping[str, Iterable[Name]], gazetteer: Gazetteer, language: str) -> dict[str, bytes]:
    """Return the names of every first word as they are kept."""
    places = {id(alias): place for entity in gazetteer.entities.values() for place, alias in enumerate(entity.aliases)}
    phrases = {text: place for place, text in enumerate(gazetteer.phrases.get(language, ()))}

    def row(name: Name) -> _Row:
        words, entity, alias = name
        return (words, entity.id, places[id(alias)]) if entity else (words, "", phrases[alias.text])

    return {word: msgspec.msgpack.encode(list(map(row, some))) for word, some in names.items()}


def names_decoder(gazetteer: Gazetteer, language: str) -> Callable[[bytes], list[Name]]:
    """Return what takes apart the names that were kept for a gazetteer of the same entities."""
    entities, phrases = gazetteer.entities, gazetteer.phrases.get(language, ())

    def decode(kept: bytes) -> list[Name]:
        return [
            (words, entities[entity], entities[entity].aliases[place])
            if entity
            else (words, None, phrase(phrases[place], language))
            for words, entity, place in _rows.decode(kept)
        ]

    return decode
