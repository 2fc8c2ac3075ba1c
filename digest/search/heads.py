"""The head of a segment: what it depends on, and its part of the root file. It stays beside the index, unpublished."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

HEAD = "head.json"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A segment as the builder sees it.

    The folder is named after what the segment depends on: a hash of the articles (`marks`), of the names of the
    entities that these name (`names`), and of code, tables and format (`basis`). So an alias added to the gazetteer
    makes only those segments anew in which somebody names its entity.
    """

    start: int
    """First sequence of the run."""
    end: int
    """Sequence behind the last one."""
    basis: str
    marks: str
    names: str = ""
    entities: tuple[str, ...] = ()
    gazetteer: str = ""
    """Fingerprint of the gazetteer under which `names` was last found true; the folder's name does not depend on it."""
    batches: tuple[str, ...] = ()
    """Files that the segment can be merged from again."""
    public: Mapping[str, Any] = {}
    """What the root file says of the segment, but its path."""

    @property
    def path(self) -> str:
        """Return the name of the segment's folder."""
        return f"{self.start}-{hashlib.sha256(f'{self.basis} {self.marks} {self.names}'.encode()).hexdigest()[:12]}"

    def encoded(self) -> bytes:
        """Return the file."""
        return msgspec.json.encode(self)


def read_heads(folder: Path, basis: str) -> Mapping[tuple[int, int], list[Head]]:
    """Return the heads of the segments in a folder that can be kept, by their bounds.

    A head that cannot be read is none: its segment is made anew.
    """
    decode = msgspec.json.Decoder(Head).decode
    found: dict[tuple[int, int], list[Head]] = defaultdict(list)
    for path in sorted(folder.glob(f"[0-9]*/{HEAD}")):
        try:
            head = decode(path.read_bytes())
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
        if head.basis == basis and head.path == path.parent.name:
            found[head.start, head.end].append(head)
    return found
