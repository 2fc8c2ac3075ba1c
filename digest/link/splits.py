"""How a name may stand in articles misspelt or wrongly spaced, in words they have (`similar.py`, `misspaced.py`)."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from digest.languages.pack import LanguagePack
from digest.link.letters import ends_of, spellings
from digest.link.misspaced import MOST_EDITS
from digest.link.similar import LEAST_CONSONANTS, LETTERS_A_DIFFERENCE, MOST_WORDS

Vocabulary = Callable[[str], Iterable[str]]
"""Returns the folded words with a skeleton that articles of a language have."""
Split = tuple[AbstractSet[str], ...]
"""Words, one of each set, that may stand for a name."""
Pieces = Mapping[tuple[int, int], AbstractSet[str]]
"""Letters that differ, and letters, of words that may be a piece of a name → the words."""
_MOST_SPLITS = 500
"""Of a name with more of them every article is taken that has its first word, or one like it."""


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
    most = max(1, len(shown) // 4)  # a text that is compared is at most a quarter longer, and a letter in five differs

    @functools.cache
    def alike(start: int, end: int) -> Pieces:
        """Return the words that may be a piece of the name."""
        found: dict[tuple[int, int], set[str]] = {}
        edges = {"at_start": start == 0, "at_end": end == len(whole)}
        for word in known(whole[start:end]) if start or end == len(first) else ():
            if not (any(edges.values()) and word in stopwords):
                letters = bones.letters(word)
                apart = distance_to_part(letters, shown, **edges)
                found.setdefault((apart, len(letters)), set()).add(word)
        return found

    def near(apart: int, length: int) -> bool:
        return apart <= max(1, length // LETTERS_A_DIFFERENCE)

    if len(name) > 1 and len(whole) >= LEAST_CONSONANTS:
        splits = list(itertools.islice(_cut(len(whole), alike, near, most), _MOST_SPLITS))
        yield from splits if len(splits) < _MOST_SPLITS else [({*known(first)} - stopwords,)]
    letters = "".join(name)

    @functools.cache
    def exact(start: int, end: int) -> Pieces:
        piece = letters[start:end]
        return {(0, 0): {piece}} if piece in known(bones.word(piece)) else {}

    # What the gazetteer has as it stands is not taken for something misspelt, however it is split.
    yield from _cut(len(letters), exact, near, most)


def other_spaces(name: tuple[str, ...], pack: LanguagePack, vocabulary: Vocabulary) -> Iterator[Split]:
    """Yield the words that may be a name with other spaces, or with ordinary words glued to it: never too few.

    Args:
        name: its folded words.
        pack: of the language.
        vocabulary: words that articles have; also what is left of them without such an ordinary word.
    """
    if pack.skeletons is None:
        return
    bones, run_on = pack.skeletons, pack.run_on

    @functools.cache
    def known(piece: str) -> bool:
        return piece in vocabulary(bones.word(piece))

    listed = ends_of(name)
    for letters in spellings(name, pack.folder):
        changes = (itertools.combinations(range(1, len(letters)), count) for count in range(MOST_EDITS + 1))
        for changed in itertools.chain.from_iterable(changes):
            edges = [0, *sorted(listed ^ frozenset(changed)), len(letters)]
            if all(known(letters[start:end]) for start, end in itertools.pairwise(edges)):
                words = [{letters[start:end]} for start, end in itertools.pairwise(edges)]
                first, last = letters[: edges[1]], letters[edges[-2] :]
                words[0].update(word + first for word in run_on.before)
                words[-1].update(last + word for word in run_on.after)
                yield tuple(words)


def _cut(
    length: int, words: Callable[[int, int], Pieces], near: Callable[[int, int], bool], most: int
) -> Iterator[Split]:
    """Yield every cut of a text into two or a few pieces that are words and, taken together, near enough."""

    def after(start: int, pieces: int, apart: int, letters: int) -> Iterator[Split]:
        ends = words(start, length).items() if start else ()
        if last := {word for key, some in ends if near(apart + key[0], letters + key[1]) for word in some}:
            yield (last,)
        for end in range(start + 1, length) if pieces > 1 else ():
            for (more, longer), some in words(start, end).items():
                if apart + more <= most:
                    yield from ((some, *rest) for rest in after(end, pieces - 1, apart + more, letters + longer))

    return after(0, MOST_WORDS, 0, 0)


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
