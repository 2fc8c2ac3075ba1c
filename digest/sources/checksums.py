"""What tells whether an article is the one that was read before."""

from __future__ import annotations

import hashlib

import msgspec

from digest.model import RawArticle


def seed_checksum(raw: RawArticle) -> str:
    """Return the checksum of the seed alone: what the ledger knows an article by when its file is renamed."""
    return hashlib.sha256(raw.body).hexdigest()


def article_checksum(raw: RawArticle) -> str:
    """Return the checksum of everything that an analysis depends on: seed, hints and sidecar."""
    return hashlib.sha256(msgspec.msgpack.encode(raw)).hexdigest()
