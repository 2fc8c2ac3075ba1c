"""A seal on what the caches keep: bytes that a disk or somebody's hand has changed are noticed before they are used."""

from __future__ import annotations

import sqlite3
import zlib

import msgspec

from digest.model import LinkedStory

_LENGTH = 4
_decode = msgspec.msgpack.Decoder(LinkedStory).decode


def seal(content: bytes) -> bytes:
    """Return `content` behind its checksum."""
    return zlib.crc32(content).to_bytes(_LENGTH, "big") + content


def unseal(sealed: bytes) -> bytes:
    r"""Return what was sealed.

    >>> unseal(seal(b"x"))
    b'x'

    Raises:
        sqlite3.DatabaseError: it is not what was sealed.
    """
    content = sealed[_LENGTH:]
    if seal(content) != sealed:
        raise sqlite3.DatabaseError("damaged")
    return content


def sealed_story(linked: LinkedStory) -> bytes:
    """Return an article as the store keeps it."""
    return seal(msgspec.msgpack.encode(linked))


def story_of(sealed: bytes) -> LinkedStory:
    """Return the article that the store keeps.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    return _decode(unseal(sealed))


def is_damage(error: Exception) -> bool:
    """Return whether an error says that a database is damaged, and not that it is in use or that the disk is full."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError | sqlite3.ProgrammingError
    )
