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
        tidied, made = tidy(raw)
        fixes.update(made)
        if tidied:
            lines.append(Line(number, tidied, len(tidied.split())))
    return lines, tuple(sorted(fixes.items()))
