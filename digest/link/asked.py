"""What an article asks of the gazetteer, as marks: whether a changed gazetteer may concern it, they tell.

Linking looks up the words of an article, and a few things besides. Each of these questions is a string, and its mark is
a hash of that. Where no mark of an article is that of a question which is now answered otherwise, the article is
understood as before. Two questions may share a mark; then one article is read again for nothing.
"""

from __future__ import annotations

import itertools
import zlib
from array import array
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

import msgspec

from digest.languages.memo import Memo
from digest.model import RawArticle, Source

_MOST_KEPT = 200_000
"""Words, and other questions, whose marks are kept at hand."""
_BITS = "I"
"""How `array` calls numbers of 32 bits."""


def asked_given(word: str) -> str:
    """Return the question whether a word is somebody's given name."""
    return f"<{word}"


def asked_family(word: str) -> str:
    """Return the question whether a word is somebody's surname."""
    return f">{word}"


def asked_own(entity: str) -> str:
    """Return the question which words the names of a person have."""
    return f"@{entity}"


def asked_name(name: str) -> str:
    """Return the question what has an id, an ISO code, a domain, or the name of an outlet."""
    return f"={name}"


def asked_mention(entity: str) -> str:
    """Return the question what there is to say of an entity that is named."""
    return f"!{entity}"


def mark(question: str) -> int:
    """Return the mark of a question; a folded word is the question what begins with it, and what is glued to it.

    >>> mark("روس") == mark("=روس")
    False
    """
    return zlib.crc32(question.encode("utf-8", "surrogatepass"))


def names_asked(raw: RawArticle, source: Source) -> set[str]:
    """Return the questions of what a sidecar or the source of an article names by id, code, name or address."""
    stated = raw.overrides
    named = {layer.outlet for layer in raw.hint_layers() if layer.outlet}
    for ids in (stated.countries, stated.people, stated.organisations, stated.topics):
        named.update(ids or ())
    host = (urlsplit(source.url).hostname or "").removeprefix("www.") if source.url else ""
    labels = host.split(".")
    named.update(".".join(labels[start:]) for start in range(len(labels) - 1))
    return set(map(asked_name, named))


_marks = Memo(mark, most=_MOST_KEPT)


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """What an article asked."""

    marks: bytes
    """The marks of all its questions, four bytes each."""
    words: tuple[str, ...]
    """Its folded words, each once."""


def asked(words: AbstractSet[str], others: Iterable[str]) -> Asked:
    """Return what an article asked: its folded words, and its other questions."""
    found = set(map(_marks.__getitem__, itertools.chain(words, others)))
    return Asked(array(_BITS, found).tobytes(), tuple(words))


def unpacked(marks: bytes) -> array[int]:
    """Return the marks of an article as numbers.

    >>> list(unpacked(array("I", [1, 2]).tobytes()))
    [1, 2]
    """
    numbers = array(_BITS)
    numbers.frombytes(marks)
    return numbers
