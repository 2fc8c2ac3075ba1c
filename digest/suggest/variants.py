"""Recognises other spellings of known names: the same consonants, or one letter more, less or other.

Skeletons find .92 of the spellings that differ, at a precision of .32: good enough to ask an editor, never to link.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable, Iterator

from digest.gazetteer.lexicon import named_in
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.model import Entity, EntityKind
from digest.suggest.cues import Name

_SHORTEST_EDITED = 5
"""Letters from which one letter of difference is a spelling and not another word."""
_SHORTEST_ALONE = 4
_SHORTEST_TOGETHER = 5
"""Consonants that a single word, and several words together, must have to be compared by them."""
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
        self._skeletons = pack.skeletons
        self._parts = name_parts
        self._letters = frozenset(map(pack.folder.word, pack.language.letter_names))
        self._known = [
            (pack.folder.phrase(alias.text), entity, alias.text)
            for entity, alias in named_in(gazetteer, pack.tag)
            if entity and entity.kind in _KINDS and alias.strong and alias.language == pack.tag
        ]

    def alike(self, one: Name, other: Name) -> bool:
        """Return whether two names of several words have the same consonants and may be spellings of one.

        Not if a word that differs is a known name in both: صادق is not صدیق.
        """
        if len(one) != len(other) or len(one) == 1 or self.bones(one) != self.bones(other) or not self.bones(one):
            return False
        return not any(a != b and a in self._parts and b in self._parts for a, b in zip(one, other, strict=True))

    def find(self, names: Iterable[Name]) -> dict[Name, Variant]:
        """Return for each of `names` the known name that it is probably another spelling of, where there is one."""
        by_text: dict[str, set[Name]] = {}
        by_bones: dict[tuple[str, ...], list[Name]] = {}
        for name in sorted(set(names)):
            for near in _near("".join(name)):
                by_text.setdefault(near, set()).add(name)
            if bones := self.bones(name):
                by_bones.setdefault(bones, []).append(name)
        found: dict[Name, Variant] = {}
        for known, entity, alias in self._known:
            text = "".join(known)
            edited = {name for near in _near(text) for name in by_text.get(near, ()) if one_apart("".join(name), text)}
            boned = set(by_bones.get(self.bones(known), ()))
            for name in sorted(edited | boned):
                why = BOTH if name in edited & boned else ONE_LETTER if name in edited else CONSONANTS
                better = name not in found or (why == BOTH and found[name].why != BOTH)
                if better and self._spelt_otherwise(name, known):
                    found[name] = Variant(entity=entity, alias=alias, why=why)
        return found

    def _spelt_otherwise(self, name: Name, known: Name) -> bool:
        """Return whether `name` may be a spelling of `known`: no word that differs is some other person's name.

        Letters of an acronym are never spelt otherwise: سی بی ایس is not بی بی ایس.
        """
        if len(name) != len(known) or self._letters.issuperset(name):
            return False
        return not any(a != b and a in self._parts for a, b in zip(name, known, strict=True))

    def bones(self, name: Name) -> tuple[str, ...]:
        """Return the skeletons of a name's words, or nothing when too little is left of it to compare.

        >>> from digest.languages.pack import load_pack
        >>> spellings = Spellings(load_pack("ur"), Gazetteer(entities={}, phrases={}, fingerprint=""))
        >>> spellings.bones(("پیوٹن", "کرملن")) == spellings.bones(("پوتین", "کریملن"))
        True
        """
        if self._skeletons is None:
            return ()
        bones = tuple(self._skeletons.words(name))
        least = _SHORTEST_ALONE if len(bones) == 1 else _SHORTEST_TOGETHER
        return bones if sum(map(len, bones)) >= least else ()


def _near(text: str) -> Iterator[str]:
    """Yield what two texts have in common when a letter differs; nothing for a short one."""
    if len(text) >= _SHORTEST_EDITED:
        yield text
        yield from shortened(text)


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
