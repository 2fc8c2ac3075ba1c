"""An article that has arrived: its text, what its source says of it, and where it came from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re

from digest.model import Hints

_LONGEST = 1_000
"""Characters of a field; a headline has a hundred."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the bytes of an article came from."""

    address: str
    """Address, after redirects; or the name of the file it was read from, `dump.jsonl#17` for one of many."""
    retrieved: dt.datetime | None
    """When it was retrieved, in UTC; of a dump, when the dump says so; None of a file, because nobody knows."""
    sha256: str
    """Checksum of what was retrieved, before decoding, in hexadecimal."""
    media_type: str
    encoding: str
    feed: str | None = None
    """The feed that named it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One article, on its way to be a seed."""

    text: str
    """As it came, decoded; of a web page, the text of the article, a line a paragraph."""
    hints: Hints
    """What the source says of the article in fields of its own."""
    origin: Origin
    name: str | None = None
    """What its file was called, when a person chose the name."""
    addresses: tuple[str, ...] = ()
    """All addresses it is known under: as asked for, after redirects, the canonical one."""
    overrides: Hints | None = None
    """What a maintainer wrote into a sidecar that lay beside the file."""


def checksum(body: bytes) -> str:
    """Return the SHA-256 of `body`, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


_UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd\ufffe\uffff]+"
)


def one_line(text: object) -> str | None:
    r"""Return a field as one line without controls, and None when nothing is left.

    >>> one_line(" a\n b\u202e "), one_line("\x00"), one_line({"not": "text"})
    ('a b', None, None)
    """
    if not isinstance(text, str):
        return None
    return " ".join(_UNWANTED.sub(" ", text[: _LONGEST * 2]).split())[:_LONGEST].strip() or None
