"""What two gazetteers differ in. Of the older one a snapshot is enough, and of most entities no more than its bytes."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator, Mapping

import msgspec

from digest.gazetteer.load import Gazetteer
from digest.model import Entity


class _Snapshot(msgspec.Struct, array_like=True):
    """A gazetteer as it is kept."""

    entities: dict[str, bytes]
    """By id, each encoded by itself."""
    phrases: dict[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Entities that came, went or changed, and phrases that came or went."""

    before: Mapping[str, Entity]
    """By id, as they were; those that are new are missing."""
    after: Mapping[str, Entity]
    """By id, as they are; those that are gone are missing."""
    phrases: Mapping[str, frozenset[str]]
    """Phrases that are no names and that only one of the two has, by language."""

    def pairs(self) -> Iterator[tuple[str, Entity | None, Entity | None]]:
        """Yield id, state before and state after of everything that differs."""
        for entity in sorted(self.before.keys() | self.after.keys()):
            yield entity, self.before.get(entity), self.after.get(entity)

    def shown(self) -> frozenset[str]:
        """Return the entities of which pages say something else: not those that only have other aliases."""
        return frozenset(entity for entity, before, after in self.pairs() if _shown(before) != _shown(after))


def take_snapshot(gazetteer: Gazetteer) -> bytes:
    """Return what `difference` needs of a gazetteer later."""
    return zlib.compress(msgspec.msgpack.encode(_snapshot(gazetteer)), 1)


def difference(snapshot: bytes, gazetteer: Gazetteer) -> Difference | None:
    """Return what differs between an older gazetteer and this one; None when the snapshot is damaged."""
    try:
        old = msgspec.msgpack.decode(zlib.decompress(snapshot), type=_Snapshot)
        now = _snapshot(gazetteer)
        other = {
            one for one in old.entities.keys() | now.entities.keys() if old.entities.get(one) != now.entities.get(one)
        }
        before = {one: msgspec.msgpack.decode(old.entities[one], type=Entity) for one in other & old.entities.keys()}
    except (zlib.error, msgspec.DecodeError):
        return None
    after = {one: gazetteer.entities[one] for one in other & now.entities.keys()}
    phrases = {
        language: frozenset(old.phrases.get(language, ())) ^ frozenset(now.phrases.get(language, ()))
        for language in sorted(old.phrases.keys() | now.phrases.keys())
    }
    return Difference(before=before, after=after, phrases=phrases)


def _snapshot(gazetteer: Gazetteer) -> _Snapshot:
    encode = msgspec.msgpack.Encoder().encode
    # Where its file lies says nothing of an entity, and a site may be moved.
    entities = {entity.id: encode(_plain(entity)) for entity in gazetteer.entities.values()}
    return _Snapshot(entities, dict(gazetteer.phrases))


def _plain(entity: Entity) -> Entity:
    return dataclasses.replace(entity, path="", aliases=tuple(entity.aliases))


def _shown(entity: Entity | None) -> Entity | None:
    """Return an entity without what only analysis asks for."""
    return entity and dataclasses.replace(entity, aliases=(), lexicon={}, evidence={}, domains=(), path="")
