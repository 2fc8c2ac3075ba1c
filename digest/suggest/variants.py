"""Recognises other spellings of known names: the same consonants, or one letter more, less or other.

Skeletons find .92 of the spellings that differ, at a precision of .32: good enough to ask an editor, never to link.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable, Iterator

from digest.gazetteer.lexicon import named_in
from digest.gazetteer.load import Gazetteer
from digest.languages.name_cues import NameCues
from digest.languages.pack import LanguagePack
from digest.model import Entity, EntityKind
from digest.suggest.cues import Name

_SHORTEST_EDITED = 5
"""Letters from which one letter of difference is a spelling and not another word."""
_SHORTEST_SKELETON_ALONE = 4
"""Consonants that a single word must have to be compared by them."""
ONE_LETTER = "one letter differs"
CONSONANTS = "the same consonants"
BOTH = "the same consonants, and one letter differs"
_KINDS = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.COUNTRY})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A known entity that an unknown name may be another spelling of."""

    entity: Entity
    alias: str
    why: str


class Spellings:
    """The known names of a gazetteer, to compare unknown ones with."""

    def __init__(self, pack: LanguagePack, gazetteer: Gazetteer, name_parts: Container[str] = ()) -> None:
        rules = (pack.name_cues or NameCues()).skeleton
        fold = pack.folder.word
        drop = dict.fromkeys(fold(rules.drop), "") if rules.drop else {}
        alike = {letter: group[0] for group in map(fold, rules.alike) for letter in group}
        self._table = str.maketrans(alike | drop)
        self._shortest = rules.shortest
        self._parts = name_parts
        self._letters = frozenset(map(fold, pack.language.letter_names))
        self._known = [
            (pack.folder.phrase(alias.text), entity, alias.text)
            for entity, alias in named_in(gazetteer, pack.tag)
            if entity and entity.kind in _KINDS and alias.strong and alias.language == pack.tag
        ]

    def skeleton(self, word: str) -> str:
        """Return the consonants of a folded word, doubled ones once; its first letter always counts.

        >>> from digest.languages.pack import load_pack
        >>> spellings = Spellings(load_pack("ur"), Gazetteer(entities={}, phrases={}, fingerprint=""))
        >>> spellings.skeleton("پیوٹن") == spellings.skeleton("پوتین")
        True
        """
        bare = word[1:].translate(self._table)
        kept = word[:1].translate({ord(letter): group for letter, group in self._alike()}) + bare
        return "".join(letter for index, letter in enumerate(kept) if index == 0 or letter != kept[index - 1])

    def _alike(self) -> Iterator[tuple[str, str]]:
        yield from ((chr(code), other) for code, other in self._table.items() if other)

    def alike(self, one: Name, other: Name) -> bool:
        """Return whether two names of several words may be spellings of one: the same consonants, and no word
        that differs is a name in its own right in both (صادق is not صدیق).
        """
        if len(one) != len(other) or len(one) == 1 or self.bones(one) != self.bones(other) or not self.bones(one):
            return False
        return not any(a != b and a in self._parts and b in self._parts for a, b in zip(one, other, strict=True))

    def find(self, names: Iterable[Name]) -> dict[Name, Variant]:
        """Return for each of `names` the known name that it is probably another spelling of, where there is one."""
        wanted = set(names)
        by_text: dict[str, list[Name]] = {}
        by_skeleton: dict[tuple[str, ...], list[Name]] = {}
        for name in wanted:
            text = "".join(name)
            if len(text) >= _SHORTEST_EDITED:
                for near in (text, *shortened(text)):
                    by_text.setdefault(near, []).append(name)
            if bones := self.bones(name):
                by_skeleton.setdefault(bones, []).append(name)
        found: dict[Name, Variant] = {}
        for known, entity, alias in self._known:
            text = "".join(known)
            if len(text) >= _SHORTEST_EDITED:
                for near in (text, *shortened(text)):
                    for name in by_text.get(near, ()):
                        if one_apart("".join(name), text) and self._spelt_otherwise(name, known):
                            found.setdefault(name, Variant(entity=entity, alias=alias, why=ONE_LETTER))
            for name in by_skeleton.get(self.bones(known), ()):
                if self._spelt_otherwise(name, known):
                    both = name in found and found[name].entity is entity
                    found.setdefault(name, Variant(entity=entity, alias=alias, why=CONSONANTS))
                    if both:
                        found[name] = Variant(entity=entity, alias=alias, why=BOTH)
        return found

    def _spelt_otherwise(self, name: Name, known: Name) -> bool:
        """Return whether `name` may be a spelling of `known`: no word that differs is some other person's name.

        Letters of an acronym are never spelt otherwise: سی بی ایس is not بی بی ایس.
        """
        if len(name) != len(known) or self._letters.issuperset(name):
            return False
        return not any(a != b and a in self._parts for a, b in zip(name, known, strict=True))

    def bones(self, name: Name) -> tuple[str, ...]:
        """Return the skeleton of a name, or nothing when too little of it is left to compare."""
        bones = tuple(map(self.skeleton, name))
        least = _SHORTEST_SKELETON_ALONE if len(bones) == 1 else 2 * self._shortest - 1
        return bones if sum(map(len, bones)) >= least else ()


def shortened(text: str) -> Iterator[str]:
    """Yield `text` with one letter left out, at every place."""
    for index in range(len(text)):
        yield text[:index] + text[index + 1 :]


def one_apart(one: str, other: str) -> bool:
    """Return whether one letter more, less, other or moved makes `one` of `other`.

    >>> one_apart("پیوٹن", "پوٹن"), one_apart("پوٹن", "پوتن"), one_apart("پوٹن", "بش")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[:start] + one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
        return one[start + 1 :] == other[start + 1 :] or swapped == other
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
