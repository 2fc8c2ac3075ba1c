"""Cuts a decoded text into tidied, numbered lines."""

from __future__ import annotations

import dataclasses
from collections import Counter

from digest.clean.characters import Tidy


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One tidied line that is not empty."""

    number: int
    """Line of the source, counted from 1."""
    text: str
    words: int

    def __str__(self) -> str:
        return self.text


def tidy_lines(text: str, tidy: Tidy) -> tuple[list[Line], tuple[tuple[str, int], ...]]:
    """Return the lines of `text` that hold something, and all tidy fixes with their counts."""
    fixes: Counter[str] = Counter()
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw:
            continue
        tidied, made = tidy(raw)
        if made:
            fixes.update(made)
        if tidied:
            lines.append(Line(number, tidied, count_words(tidied)))
    return lines, tuple(sorted(fixes.items()))


def count_words(text: str) -> int:
    r"""Return how many pieces of a text white space separates, which is the length of `text.split()`.

    >>> count_words(" ایک  دو\tتین "), count_words("ایک دو"), count_words(" ")
    (3, 2, 0)
    """
    if text.isprintable() and "  " not in text:  # a plain space is the only white space that is printable
        bare = text.strip(" ")
        return bare.count(" ") + 1 if bare else 0
    return len(text.split())
