"""Answers about single words, kept at hand: an archive asks the same of the same words again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Memo(dict[str, Answer]):
    """A dictionary that works out what it does not hold yet.

    It is a `dict` and no `functools.cache`, so that `map(memo.__getitem__, words)` asks for a whole text without
    running Python code for the words that are known. It is bounded, for hostile input must not fill the memory: when
    it is full, it starts anew, which costs less than to keep count of what was asked last.

    >>> lengths = Memo(len, most=2)
    >>> lengths["روس"], dict(lengths)
    (3, {'روس': 3})
    """

    __slots__ = ("_make", "_most")

    def __init__(self, make: Callable[[str], Answer], *, most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, word: str) -> Answer:
        answer = self._make(word)
        if len(self) >= self._most:
            self.clear()
        self[word] = answer
        return answer
