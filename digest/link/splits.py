"""How a name may stand in articles misspelt or wrongly split, in words that articles have (`similar.py`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from digest.languages.pack import LanguagePack
from digest.link.similar import LEAST_CONSONANTS, MOST_WORDS

Vocabulary = Callable[[str], Iterable[str]]
"""Returns the folded words with a skeleton that articles of a language have."""
Split = tuple[AbstractSet[str], ...]
"""Words, one of each set, that may stand for a name."""


def other_splits(name: tuple[str, ...], pack: LanguagePack, vocabulary: Vocabulary) -> Iterator[Split]:
    """Yield the words that may be taken for a name, or are no longer because it is one: never too few.

    Args:
        name: its folded words.
        pack: of the language.
        vocabulary: words that articles have.
    """
    if pack.skeletons is None:
        return
    bones, known, stopwords = pack.skeletons, functools.cache(vocabulary), pack.folded_stopwords
    first = bones.word(name[0])
    whole = "".join(map(bones.word, name))
    shown = bones.letters("".join(name))
    # A text that is compared is at most a quarter longer than the name, and one letter in five may differ.
    most = max(1, len(shown) // 4)

    @functools.cache
    def alike(start: int, end: int) -> frozenset[str]:
        """Return the words that may be a piece of the name."""
        if start == 0 and end != len(first):
            return frozenset()
        edges = {"at_start": start == 0, "at_end": end == len(whole)}
        words = (word for word in known(whole[start:end]) if not (any(edges.values()) and word in stopwords))
        return frozenset(word for word in words if distance_to_part(bones.letters(word), shown, **edges) <= most)

    if len(name) > 1 and len(whole) >= LEAST_CONSONANTS:
        yield from _cut(len(whole), alike)
    letters = "".join(name)

    @functools.cache
    def exact(start: int, end: int) -> frozenset[str]:
        piece = letters[start:end]
        return frozenset({piece}) if piece in known(bones.word(piece)) else frozenset()

    # What the gazetteer has as it stands is not taken for something misspelt, however it is split.
    yield from _cut(len(letters), exact)


def _cut(
    length: int, words: Callable[[int, int], frozenset[str]], start: int = 0, pieces: int = MOST_WORDS
) -> Iterator[Split]:
    """Yield every cut of a text into two or a few pieces that are words."""
    if start and (last := words(start, length)):
        yield (last,)
    for end in range(start + 1, length) if pieces > 1 else ():
        if piece := words(start, end):
            yield from ((piece, *rest) for rest in _cut(length, words, end, pieces - 1))


def distance_to_part(word: str, whole: str, *, at_start: bool, at_end: bool) -> int:
    """Return how many letters differ between a word and the part of a text that is nearest to it.

    >>> distance_to_part("bd", "abcde", at_start=False, at_end=False)
    1

    Args:
        word: the word.
        whole: the text.
        at_start: whether the part must begin where the text does.
        at_end: whether it must end there.
    """
    row = list(range(len(whole) + 1)) if at_start else [0] * (len(whole) + 1)
    for number, letter in enumerate(word, 1):
        previous, row[0] = row[0], number
        for index, wanted in enumerate(whole, 1):
            changed = previous + (letter != wanted)
            previous = row[index]
            row[index] = min(row[index] + 1, row[index - 1] + 1, changed)
    return row[-1] if at_end else min(row)
