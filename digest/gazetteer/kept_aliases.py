"""Aliases as they are kept: those of an entity are taken apart when somebody asks for them.

Pages ask for the names of three thousand entities, and a run over one article for the aliases of a few hundred.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from digest.model import Alias, Entity

_decode = msgspec.msgpack.Decoder(tuple[Alias, ...]).decode


class KeptAliases(Sequence[Alias]):
    """The aliases of one entity: like the tuple that was kept, and equal to it."""

    __slots__ = ("_aliases",)

    def __init__(self, kept: bytes) -> None:
        self._aliases: bytes | tuple[Alias, ...] = kept

    def _taken_apart(self) -> tuple[Alias, ...]:
        if isinstance(self._aliases, bytes):
            self._aliases = _decode(self._aliases)
        return self._aliases

    @overload
    def __getitem__(self, index: int) -> Alias: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Alias, ...]: ...
    def __getitem__(self, index: int | slice) -> Alias | tuple[Alias, ...]:
        return self._taken_apart()[index]

    def __iter__(self) -> Iterator[Alias]:
        return iter(self._taken_apart())

    def __len__(self) -> int:
        return len(self._taken_apart())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | KeptAliases):
            return NotImplemented
        return self._taken_apart() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._taken_apart())


def without_aliases(entities: Iterable[Entity]) -> tuple[dict[str, Entity], list[bytes]]:
    """Return entities by id, and their aliases, as both are kept."""
    entities = list(entities)
    bare = {entity.id: dataclasses.replace(entity, aliases=()) for entity in entities}
    return bare, [msgspec.msgpack.encode(tuple(entity.aliases)) for entity in entities]


def give_aliases(entities: Iterable[Entity], kept: Iterable[bytes]) -> None:
    """Give entities the aliases that were kept beside them.

    Raises:
        ValueError: there are more of the one than of the other.
    """
    for entity, aliases in zip(entities, kept, strict=True):
        object.__setattr__(entity, "aliases", KeptAliases(aliases))  # frozen, and not shown to anybody yet
