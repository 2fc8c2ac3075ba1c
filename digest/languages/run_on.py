"""Ordinary words that print glues to a name: صدرحسنی مبارک, شعیب ملکجو (`run_on` and `clitics` of a language pack)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.languages.fold import Folder

LEAST_LEFT = 3
"""Letters of a name that must be left of its first word when a word before it is taken off."""


class RunOnWords:
    """Takes ordinary words off a folded word.

    Args:
        folder: the fold of the language.
        before: what may be glued to the beginning of a name.
        after: what may be glued to its end.
    """

    def __init__(self, folder: Folder, before: Iterable[str], after: Iterable[str]) -> None:
        self.before = frozenset(form for word in before for form in folder.within(folder.word(word)))
        self.after = frozenset(form for word in after for form in (folder.word(word), folder.ending(folder.word(word))))
        self.words = self.before | self.after
        self._before_lengths = _lengths(self.before)
        self._after_lengths = _lengths(self.after)

    def off_start(self, form: str) -> Iterator[int]:
        """Yield 0, and how many first letters of a folded word may be those of an ordinary word."""
        yield 0
        for length in self._before_lengths:  # the shortest first
            if len(form) - length < LEAST_LEFT:
                return
            if form[:length] in self.before:
                yield length

    def off_end(self, form: str) -> Iterator[int]:
        """Yield 0, and how many last letters of a folded word may be those of an ordinary word."""
        yield 0
        for length in self._after_lengths:
            if len(form) <= length:
                return
            if form[-length:] in self.after:
                yield length

    def may_end(self, form: str) -> bool:
        """Return whether last letters of a folded word may be those of an ordinary word."""
        return any(self.off_end(form))

    def rests(self, form: str) -> Iterator[str]:
        """Yield what may be left of a folded word, as a piece of a name."""
        for start in self.off_start(form):
            for end in self.off_end(form):
                if (start or end) and start + end < len(form):
                    yield form[start : len(form) - end]


def _lengths(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(set(map(len, words))))
