"""Folded names as they are kept: those of a first word are taken apart when that word is first met.

A run over one article meets a few hundred of the forty thousand names.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from digest.gazetteer.load import Gazetteer
from digest.model import Alias, Entity

Name: TypeAlias = tuple[tuple[str, ...], Entity | None, Alias]
"""The folded words of a name, and what it stands for; no entity for a phrase that is no name."""

_Row: TypeAlias = tuple[tuple[str, ...], str, int]
"""Its words, the id of the entity or nothing, and which of its aliases, or of the phrases, it is."""

_IN_A_HEAP = 8
"""First words that are kept together."""
_decode_heap = msgspec.msgpack.Decoder(dict[str, bytes]).decode
_rows = msgspec.msgpack.Decoder(list[_Row])


def phrase(text: str, language: str) -> Alias:
    """Return a phrase that is no name as an alias of nobody."""
    return Alias(text=text, language=language, form="phrase")


class KeptNames(Mapping[str, bytes]):
    """First word → names, as they are kept: in a few thousand heaps, of which a run over one article opens some."""

    def __init__(self, heaps: list[bytes]) -> None:
        """Take what `encode_names` has returned."""
        self._kept = heaps
        self._open: dict[int, dict[str, bytes]] = {}

    def __getitem__(self, word: str) -> bytes:
        return self._heap(_number(word, len(self._kept)))[word]

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._kept)):
            yield from self._heap(number)

    def __len__(self) -> int:
        return sum(len(self._heap(number)) for number in range(len(self._kept)))

    def _heap(self, number: int) -> dict[str, bytes]:
        heap = self._open.get(number)
        if heap is None:
            heap = self._open[number] = _decode_heap(self._kept[number])
        return heap


def _number(word: str, heaps: int) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % heaps


def encode_names(names: Mapping[str, Iterable[Name]], gazetteer: Gazetteer, language: str) -> list[bytes]:
    """Return the names of every first word as they are kept, for `KeptNames`."""
    places = {id(alias): place for entity in gazetteer.entities.values() for place, alias in enumerate(entity.aliases)}
    phrases = {text: place for place, text in enumerate(gazetteer.phrases.get(language, ()))}

    def row(name: Name) -> _Row:
        words, entity, alias = name
        return (words, entity.id, places[id(alias)]) if entity else (words, "", phrases[alias.text])

    heaps: list[dict[str, bytes]] = [{} for _ in range(max(1, len(names) // _IN_A_HEAP))]
    for word, some in names.items():
        heaps[_number(word, len(heaps))][word] = msgspec.msgpack.encode(list(map(row, some)))
    return list(map(msgspec.msgpack.encode, heaps))


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
