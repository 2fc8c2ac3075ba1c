"""What is worked out of all names of a language before the first of them is looked for; a cache keeps it."""

from __future__ import annotations

import msgspec


class Derived(msgspec.Struct, frozen=True, array_like=True):
    """Tables of the names of one language."""

    letters: str = ""
    """The letters of names that may be misspaced, in order, each on a line (`link/letters.py`)."""
    first_words: dict[str, tuple[str, ...]] = {}
    """Skeleton → the first words that have it, of names that may be misspelt (`link/similar.py`)."""
    names: list[bytes] = []
    """The folded names, as they are kept (`kept_names.py`)."""
