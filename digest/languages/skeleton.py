"""The consonant skeleton of folded words: what is left when the letters are gone in which spellings differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from digest.languages.memo import Memo


class SkeletonTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`skeleton:` of a pack's `fold.yml`."""

    drop: str = ""
    same: Mapping[str, str] = {}


class Skeletons:
    """Makes skeletons by the table of one language.

    >>> from digest.languages.pack import load_pack
    >>> bones = load_pack("ur").skeletons
    >>> bones.word("پٹیل") == bones.word("پاٹیل")
    True
    """

    def __init__(self, table: SkeletonTable) -> None:
        self._drop = frozenset(table.drop)
        self._same = str.maketrans(dict(table.same))
        self._known = Memo(self.made, most=_MOST_KNOWN)
        self.word: Callable[[str], str] = self._known.__getitem__
        """Returns the skeleton of a folded word: its first letter, then consonants, doubled ones once."""

    def words(self, forms: Iterable[str]) -> list[str]:
        """Return the skeletons of folded words."""
        return list(map(self._known.__getitem__, forms))

    def made(self, form: str) -> str:
        """Return the skeleton of a folded word without keeping it at hand: for who asks for each word once."""
        kept: list[str] = []
        for index, letter in enumerate(self.letters(form)):
            if (index == 0 or letter not in self._drop) and (not kept or kept[-1] != letter):
                kept.append(letter)
        found = "".join(kept)
        return form if found == form else found

    def letters(self, form: str) -> str:
        """Return a folded word with letters that sound alike written alike."""
        return form.translate(self._same)


_MOST_KNOWN = 100_000
"""Words kept at hand."""
