"""Recognises long names that are misspelt or wrongly split: اکشر پاٹیل, کیون پیٹر سن, کیربیئن پریمیئر لیگ.

Only names of several words, only where nothing else was recognised, only with the same consonants in the same order,
and only when hardly a letter differs besides. Measured on 1,200 articles without the last condition: 133 forms, a dozen
of them wrong; with it none of the dozen is left. Single words are never compared so: two of three would be wrong.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping

from digest.gazetteer.derived import Derived
from digest.gazetteer.kept_names import Name
from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Words
from digest.languages.memo import Memo
from digest.languages.pack import LanguagePack
from digest.link.letters import Letters
from digest.link.match import Match
from digest.model import EntityKind

LEAST_CONSONANTS = 5
"""Consonants of the shortest name of a person that others are compared with.

In COUNTER, five instead of six found some 40 names more («فلیپ ہیوز», «شلپا شیٹھی»), and none wrongly.
"""
_LEAST_OF_OTHERS = 6
"""The same for bodies and places: «ایس ایس پی» is a policeman's rank and not «ایس ای سی پی»."""
MOST_WORDS = 4
"""Words that may stand for a name that is wrongly split."""
LETTERS_A_DIFFERENCE = 5
"""One letter may differ for this many letters of the name."""
_MOST_BUCKETS = 50_000
_MOST_TEXTS = 2_000
"""First words whose names are kept at hand, as one word each: few are asked for often."""
_KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE)


@dataclasses.dataclass(slots=True)
class Bucket:
    """The names whose first words have one skeleton."""

    names: dict[str, list[tuple[str, Candidate]]] = dataclasses.field(default_factory=dict)
    """Skeleton of the whole name → its letters, and what it stands for."""
    starts: set[str] = dataclasses.field(default_factory=set)
    """Every beginning of those skeletons: what is not in it cannot become a name."""
    seconds: frozenset[str] = frozenset()
    """The same without the skeleton of the first word: what must follow it."""


_NO_NAMES = Bucket()
"""The bucket of most words: no name begins so."""


class SimilarNames:
    """Finds almost-names of one language. It does nothing for a language without a skeleton table."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._lexicon = lexicon
        self._bones = pack.skeletons
        self.skeleton: Callable[[str], str] = pack.skeletons.word if pack.skeletons else str
        """Returns the skeleton of a folded word."""
        self._stopwords = pack.folded_stopwords
        self._buckets = Memo(self._fill, most=_MOST_BUCKETS)
        self._nearest_to = Memo(self._nearest, most=_MOST_BUCKETS)
        self._texts = Memo(self._texts_of, most=_MOST_TEXTS)

    def beginning(self, form: str) -> Bucket | None:
        """Return the names that a folded word may begin, misspelt; None for most words."""
        if self._bones is None or form in self._stopwords:
            return None
        skeleton = self._bones.word(form)
        bucket = self._buckets[skeleton] if skeleton in self._first_words else _NO_NAMES
        return bucket if bucket.seconds else None

    def at(self, words: Words, first: int, bucket: Bucket) -> list[Match]:
        """Return everything that is nearly a name and begins at a word; whether its words are free, who asks knows."""
        forms = words.forms
        skeleton = self.skeleton(forms[first])
        found: list[Match] = []
        for last in range(first + 1, min(first + MOST_WORDS, len(forms))):
            skeleton += self.skeleton(forms[last])
            if skeleton not in bucket.starts:
                break
            if skeleton in bucket.names and forms[last] not in self._stopwords:  # seldom
                if not all(map(words.joined, range(first + 1, last + 1))):
                    break
                text = "".join(forms[first : last + 1])
                if candidate := self._nearest_to[f"{forms[first]} {skeleton} {text}"]:
                    span = (words.starts[first], words.ends[last])
                    found.append(Match(first=first, last=last + 1, span=span, candidates=(candidate,)))
        return found

    def _fill(self, skeleton: str) -> Bucket:
        """Make the bucket of a first word, when that is first met; it is empty when no name begins so."""
        if skeleton not in self._first_words:
            return _NO_NAMES
        bucket = Bucket()
        bones = self._bones
        for first in self._first_words[skeleton]:
            for words, entity, alias in filter(_comparable, self._lexicon.beginning_with(first)):
                whole = "".join(map(bones.word, words)) if bones else ""
                person = entity is not None and entity.kind is EntityKind.PERSON
                if bones and len(whole) >= (LEAST_CONSONANTS if person else _LEAST_OF_OTHERS):
                    candidate = Candidate(entity, alias, self._lexicon.folder)
                    bucket.names.setdefault(whole, []).append((bones.letters("".join(words)), candidate))
                    bucket.starts.update(whole[:length] for length in range(1, len(whole) + 1))
        bucket.seconds = frozenset(start[len(skeleton) :] for start in bucket.starts if len(start) > len(skeleton))
        return bucket

    def _is_exact(self, text: str, first: str) -> bool:
        """Return whether the gazetteer has a text as it stands, under a first word with that skeleton.

        Where such a name was not linked, it was refused for a reason.
        """
        starts = (text[:length] for length in range(1, len(text) + 1))
        return any(
            text in self._texts[start] and self.skeleton(start) == first
            for start in starts
            if self._lexicon.beginning_with(start)
        )

    def _texts_of(self, word: str) -> frozenset[str]:
        """Return the letters of the names that begin with a word."""
        return frozenset("".join(name) for name, _, _ in self._lexicon.beginning_with(word))

    @functools.cached_property
    def _first_words(self) -> Mapping[str, tuple[str, ...]]:
        return self._lexicon.derived.first_words if self._lexicon.derived else self.first_words()

    def first_words(self) -> dict[str, tuple[str, ...]]:
        """Work out the first words of names that others are compared with, by their skeleton."""
        found: dict[str, tuple[str, ...]] = {}
        for word in self._lexicon.first_words() if self._bones else ():
            if self._bones and any(map(_comparable, self._lexicon.beginning_with(word))):
                bones = self._bones.word(word)
                found[bones] = (*found.get(bones, ()), word)
        return found

    def _nearest(self, asked: str) -> Candidate | None:
        """Return the one entity whose name is nearly a text; None when there is none, or more than one.

        Args:
            asked: the first word, the skeleton of all words, and all words as one, with spaces between.
        """
        first, skeleton, text = asked.split(" ")
        if self._is_exact(text, self.skeleton(first)):
            return None
        names = self._buckets[self.skeleton(first)].names[skeleton]
        shown = self._bones.letters(text) if self._bones else text
        most = max(1, len(shown) // LETTERS_A_DIFFERENCE)
        alike = [(other, c) for other, c in names if abs(len(shown) - len(other)) <= most and _same_ends(shown, other)]
        near = [(apart, c) for other, c in alike if (apart := distance(shown, other, most=most)) <= most]
        owners = {candidate.entity.id for _, candidate in near if candidate.entity}
        return min(near, key=_nearness)[1] if len(owners) == 1 else None


def derive(lexicon: Lexicon, pack: LanguagePack) -> Derived:
    """Work out what is kept of the names of a language, so that the first article need not wait for it."""
    letters = "\n".join(Letters(lexicon).worked_out()) if pack.skeletons else ""
    return Derived(letters, SimilarNames(lexicon, pack).first_words())


def _nearness(found: tuple[int, Candidate]) -> tuple[int, str, str, str]:
    """Return what decides between names as near: never what else the gazetteer holds, or in which order."""
    apart, candidate = found
    return apart, candidate.alias.text, candidate.alias.language, candidate.alias.form


def _comparable(name: Name) -> bool:
    """Return whether others are compared with a name: several words, strong, of a kind that is misspelt."""
    words, entity, alias = name
    return len(words) > 1 and alias.strong and entity is not None and entity.kind in _KINDS


_VOWEL_ENDS = "اویے"
_FEMININE_ENDS = "اہ"


def _same_ends(one: str, other: str) -> bool:
    """Return whether two spellings begin alike and do not end in different vowels: بھٹی is not بھٹو.

    Args:
        one: what is printed; with one vowel more at its end it is somebody else: شعیب ملکہ, a woman.
        other: the name.
    """
    if one[0] != other[0] or (one[:-1] == other and one[-1] in _FEMININE_ENDS):
        return False
    ends = one[-1], other[-1]
    return ends[0] == ends[1] or not (ends[0] in _VOWEL_ENDS and ends[1] in _VOWEL_ENDS)


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters must be put in, taken out or changed to make `other` of `one`; over `most`, just that.

    >>> distance("اکشرپاتیل", "اکشرپتیل", most=1), distance("کیون", "سن", most=1) > 1
    (1, True)
    """
    pairs = enumerate(zip(one, other, strict=False))
    start = next((place for place, (letter, wanted) in pairs if letter != wanted), min(len(one), len(other)))
    one, other = one[start:], other[start:]  # alike is mostly half of them, and costs nothing
    if not (one and other):
        return min(max(len(one), len(other)), most + 1)
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        previous, row[0] = row[0], number
        for index, wanted in enumerate(other, 1):
            changed = previous + (letter != wanted)
            previous = row[index]
            row[index] = min(row[index] + 1, row[index - 1] + 1, changed)
        if min(row) > most:  # it never gets less from row to row
            return most + 1
    return row[-1]
