"""Keeps short names from people who only share them: سنیل مودی is not the prime minister, محمد پیرس خان no city.

A surname alone is somebody else's when a known given name that is not his stands before it, or when another known
surname stands behind the name. The given names and surnames are those of the gazetteer's own people, so the rule grows
with it. A country or place whose name stands inside a person's name is none: what shows that is data (`personal`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Words
from digest.languages.pack import LanguagePack
from digest.link.asked import asked_family, asked_given, asked_own
from digest.link.match import Match
from digest.model import Entity, EntityKind

_LANDS = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})

SOMEBODY = "somebody else: "
"""What a reason begins with when the name is that of a person nobody has to know."""

_NAMED_AFTER_WORDS = 3
"""How far behind a name the word may stand that makes it a building, a street or a prize."""


class Namesakes:
    """Recognises longer names around a match, in one language."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._lexicon = lexicon
        self._pack = pack
        self._before = frozenset(map(pack.folder.word, pack.language.personal.before))
        self._after = frozenset(map(pack.folder.word, pack.language.personal.after))
        private = pack.language.private
        self._private_before = frozenset(map(pack.folder.word, private.before))
        self._private_after = frozenset(map(pack.folder.word, private.after))
        called = pack.language.called_after
        places = frozenset(map(pack.folder.word, called.places))
        self._institutions = frozenset(map(pack.folder.word, called.institutions))
        self._heads = {
            EntityKind.PERSON: places | self._institutions,
            EntityKind.ORGANISATION: places,
            EntityKind.COUNTRY: frozenset(map(pack.folder.word, called.streets)),
        }
        self._between = frozenset(map(pack.folder.word, called.between))
        self._not_behind = frozenset(map(pack.folder.word, called.unless_after))
        self.asked: set[str] = set()
        """Which words were asked for among all people's names, and whose own names were: grows until it is cleared."""

    def around(self, candidate: Candidate, match: Match, words: Words) -> str | None:
        """Return in words why `match` is part of somebody else's name, or None."""
        entity = candidate.entity
        if entity is None:
            return None
        before = words.forms[match.first - 1] if match.first and words.joined(match.first) else ""
        after = words.forms[match.last] if match.last < len(words) and words.joined(match.last) else ""
        if thing := self._called_after(entity.kind, match, words):
            return f"something is called so: «{thing}»"
        if entity.kind in _LANDS and match.last - match.first == 1:
            return self._in_a_name(before, after)
        if entity.kind is not EntityKind.PERSON:
            return None
        if bystander := ({before} & self._private_before or {after} & self._private_after):
            return f"{SOMEBODY}«{next(iter(bystander))}»"
        return self._longer(entity.id, before, after) if candidate.alias.form == "short" else None

    def _longer(self, entity: str, before: str, after: str) -> str | None:
        """Return why a surname is somebody else's."""
        self.asked |= {asked_given(before), asked_family(after), asked_own(entity)}
        own = self._own_words(entity)
        if before in self._given and before not in own:
            return f"«{before}» before it is another's given name"
        if after in self._family and after not in own:
            return f"«{after}» behind it is another's surname"
        return None

    def _in_a_name(self, before: str, after: str) -> str | None:
        """Return why the name of a country or place is that of a person."""
        if after in self._after:
            return f"{SOMEBODY}a person's name goes on with «{after}»"
        if before in self._before:
            return f"{SOMEBODY}a person's name begins with «{before}»"
        return None

    def _called_after(self, kind: EntityKind, match: Match, words: Words) -> str | None:
        """Return the word behind a name that makes it a street, a hospital or a prize: فاطمہ جناح ٹی بی سینیٹوریم."""
        heads = self._heads.get(kind)
        if not heads:
            return None
        for index in range(match.last, min(match.last + _NAMED_AFTER_WORDS, len(words))):
            if not words.joined(index):
                return None
            form = words.forms[index]
            if form in heads:
                behind = words.forms[index + 1] if index + 1 < len(words) else ""
                went = index == match.last and form in self._institutions and behind in self._not_behind
                return None if went else form
            if form not in self._between:
                return None
        return None

    @functools.cached_property
    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return first and last words of the names of all people, but for words of the language itself."""
        return given_and_family(self._lexicon.entities.values(), self._pack)

    @property
    def _given(self) -> frozenset[str]:
        return self._names[0]

    @property
    def _family(self) -> frozenset[str]:
        return self._names[1]

    @functools.cache  # noqa: B019 - one instance a language, for the life of the process
    def _own_words(self, entity: str) -> frozenset[str]:
        """Return every word of every alias of a person."""
        return own_words(self._lexicon.entities[entity], self._pack)


def given_and_family(entities: Iterable[Entity], pack: LanguagePack) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded first and last words of people's names, but for ordinary words of the language."""
    fold, tag = pack.folder.phrase, pack.tag
    people = (entity for entity in entities if entity.kind is EntityKind.PERSON and tag in entity.names)
    full = [words for person in people if len(words := fold(person.names[tag])) > 1]
    ordinary = pack.folded_stopwords | frozenset(map(pack.folder.word, pack.language.titles))
    return frozenset(words[0] for words in full) - ordinary, frozenset(words[-1] for words in full) - ordinary


def own_words(entity: Entity, pack: LanguagePack) -> frozenset[str]:
    """Return every folded word of every alias of a person."""
    return frozenset(word for alias in entity.aliases for word in pack.folder.phrase(alias.text))
