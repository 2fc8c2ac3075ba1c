"""Keeps short names from people who only share them: سنیل مودی is not the prime minister, محمد پیرس خان no city.

A surname alone is somebody else's when a known given name that is not his stands before it, or when another known
surname stands behind the name. The given names and surnames are those of the gazetteer's own people, so the rule grows
with it. A country or place whose name stands inside a person's name is none: what shows that is data (`personal`).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Words
from digest.languages.memo import Memo
from digest.languages.pack import LanguagePack
from digest.link.asked import asked_family, asked_given, asked_own
from digest.link.match import Match
from digest.model import Entity, EntityKind

_LANDS = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})
_PERSON, _BODY = EntityKind.PERSON, EntityKind.ORGANISATION
"""Named here, for they are asked for at each name: to look up a member of an enumeration takes a while."""

_NATIONAL = frozenset({"institution", "body", "agency", "party"})
"""Types of organisations that each country has of its own."""

SOMEBODY = "somebody else: "
"""What a reason begins with when the name is that of a person nobody has to know."""

_MOST_PEOPLE = 20_000
"""People whose words are kept at hand."""

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
        self._clans = frozenset(map(pack.folder.word, private.clans))
        self._otherwise = frozenset(map(pack.folder.word, private.otherwise))
        offices = [tuple(pack.folder.phrase(office)) for office in private.offices]
        self._offices = {last: [office for office in offices if office[-1] == last] for *_, last in offices}
        called = pack.language.called_after
        addresses = frozenset(map(pack.folder.word, (*called.addresses, *called.kinds)))
        self._tongues = frozenset(map(pack.folder.word, called.tongues))
        self._shops = frozenset(map(pack.folder.word, called.shops))
        self._adjectives = frozenset(map(pack.folder.word, called.adjectives))
        places = frozenset(map(pack.folder.word, called.places))
        self._institutions = frozenset(map(pack.folder.word, called.institutions))
        self._heads = {
            EntityKind.PERSON: places | self._institutions,
            EntityKind.ORGANISATION: places,
            EntityKind.COUNTRY: addresses | frozenset(map(pack.folder.word, called.streets)),
            EntityKind.PLACE: addresses,
        }
        self._named = {kind: self._heads[kind] | self._shops for kind in _LANDS}
        self._adjective_heads = self._named[EntityKind.COUNTRY] | self._institutions
        self._genitives = frozenset(map(pack.folder.word, called.genitives))
        self._between = frozenset(map(pack.folder.word, called.between))
        self._not_behind = frozenset(map(pack.folder.word, called.unless_after))
        self._words_of = Memo(self._own_words, most=_MOST_PEOPLE)
        self.asked: set[str] = set()
        """Which words were asked for among all people's names, and whose own names were: grows until it is cleared."""

    def around(self, candidate: Candidate, match: Match, words: Words) -> str | None:
        """Return in words why `match` is part of somebody else's name, or None."""
        entity = candidate.entity
        if entity is None:
            return None
        before = words.forms[match.first - 1] if match.first and words.joined(match.first) else ""
        after = words.forms[match.last] if match.last < len(words.forms) and words.joined(match.last) else ""
        if thing := self._called_after(candidate, match, words):
            return f"something is called so: «{thing}»"
        if candidate.alias.form == "demonym" and after in self._tongues:
            return f"the language, not the land: «{after}»"
        if entity.kind in _LANDS and match.last - match.first == 1:
            return self._in_a_name(before, after)
        if entity.kind is _BODY:
            return self._of_another_country(candidate, match, words, before)
        return self._somebody_else(candidate, match, words, (before, after)) if entity.kind is _PERSON else None

    def _somebody_else(self, candidate: Candidate, match: Match, words: Words, around: tuple[str, str]) -> str | None:
        """Return why the name of somebody famous is that of somebody whom nobody has to know."""
        assert candidate.entity is not None  # noqa: S101 - a phrase is nobody
        entity, (before, after) = candidate.entity.id, around
        if before and (office := self._office(match, words)):
            return f"{SOMEBODY}«{office}»"
        if after in self._otherwise and self.own(entity).isdisjoint(words.forms[match.last + 1 : match.last + 2]):
            return f"{SOMEBODY}«{after}»"
        if bystander := ({before} & self._private_before or {after} & self._private_after):
            return f"{SOMEBODY}«{next(iter(bystander))}»"
        if after in self._clans and after not in self.own(entity):
            return f"{SOMEBODY}«{after}» behind it is no part of the name"
        return self._longer(entity, before, after) if candidate.alias.form == "short" else None

    def _longer(self, entity: str, before: str, after: str) -> str | None:
        """Return why a surname is somebody else's."""
        self.asked |= {asked_given(before), asked_family(after)}
        own = self.own(entity)
        if before in self._given and before not in own:
            return f"«{before}» before it is another's given name"
        if after in self._family and after not in own:
            return f"«{after}» behind it is another's surname"
        return None

    def _in_a_name(self, before: str, after: str) -> str | None:
        """Return why the name of a country or place is that of a person."""
        if after in self._after:
            return f"{SOMEBODY}a person's name goes on with «{after}»"
        if before in self._before or before in self._otherwise:
            return f"{SOMEBODY}a person's name begins with «{before}»"
        return None

    def _office(self, match: Match, words: Words) -> str | None:
        """Return the office before a name that nobody famous holds."""
        for office in self._offices.get(words.forms[match.first - 1], ()):
            if tuple(words.forms[max(0, match.first - len(office)) : match.first]) == office:
                return " ".join(office)
        return None

    def _of_another_country(self, candidate: Candidate, match: Match, words: Words, before: str) -> str | None:
        """Return why a body is another country's: امریکی قومی ادارہ صحت. Acronyms are known in every country."""
        entity = candidate.entity
        if entity is None or entity.type not in _NATIONAL or not entity.country or candidate.alias.form == "acronym":
            return None
        if entity.type == "party" and before in self._genitives and match.first > 1:
            before = words.forms[match.first - 2]  # تھائی لینڈ کی پیپلز پارٹی; bodies are spoken of by others too
        country = self._countries.get(before, entity.country)
        return f"that of another country: «{before}»" if country != entity.country else None

    @functools.cached_property
    def _countries(self) -> dict[str, str]:
        return words_of_countries(self._lexicon.entities.values(), self._pack)

    def _called_after(self, candidate: Candidate, match: Match, words: Words) -> str | None:
        """Return the word behind a name that makes it a street, a hospital or a prize: فاطمہ جناح ٹی بی سینیٹوریم."""
        kind = candidate.entity.kind if candidate.entity else EntityKind.TOPIC
        heads = self._heads.get(kind)
        if not heads:
            return None
        if kind in _LANDS and candidate.alias.form not in ("demonym", "metonym"):
            heads = self._named[kind]
        elif kind in _LANDS and words.forms[match.first] in self._adjectives:
            heads = self._adjective_heads
        for index in range(match.last, min(match.last + _NAMED_AFTER_WORDS, len(words.forms))):
            if not words.joined(index):
                return None
            form = words.forms[index]
            if form in heads:
                behind = words.forms[index + 1] if index + 1 < len(words.forms) else ""
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

    def own(self, entity: str) -> frozenset[str]:
        """Return every folded word of every name of an entity."""
        self.asked.add(asked_own(entity))
        return self._words_of[entity]

    def _own_words(self, entity: str) -> frozenset[str]:
        return own_words(self._lexicon.entities[entity], self._pack)


def words_of_countries(entities: Iterable[Entity], pack: LanguagePack) -> dict[str, str]:
    """Return names and adjectives of countries that are one word, folded, and their countries."""
    named = (
        (pack.folder.phrase(alias.text), land.id)
        for land in entities
        if land.kind is EntityKind.COUNTRY
        for alias in land.aliases
        if alias.language == pack.tag and (alias.strong or alias.form == "demonym")
    )
    return {words[0]: land for words, land in named if len(words) == 1}


def given_and_family(entities: Collection[Entity], pack: LanguagePack) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded first and last words of people's names, but for ordinary words of the language."""
    fold, tag = pack.folder.phrase, pack.tag
    people = (entity for entity in entities if entity.kind is EntityKind.PERSON and tag in entity.names)
    full = [words for person in people if len(words := fold(person.names[tag])) > 1]
    ordinary = pack.folded_stopwords | frozenset(map(pack.folder.word, pack.language.titles))
    ordinary |= words_of_countries(entities, pack).keys()  # «ٹرمپ واشنگٹن پہنچے», «مودی چینی صدر سے ملے»: the land
    return frozenset(words[0] for words in full) - ordinary, frozenset(words[-1] for words in full) - ordinary


def own_words(entity: Entity, pack: LanguagePack) -> frozenset[str]:
    """Return every folded word of every alias of an entity."""
    return frozenset(word for alias in entity.aliases for word in pack.folder.phrase(alias.text))
