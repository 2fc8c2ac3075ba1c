"""How far a change of the gazetteer reaches: which articles could be understood otherwise than before.

Everything that linking looks up is among the marks of an article (`asked.py`). Here a difference between two gazetteers
is turned into clues: combinations of marks, one of which every article holds that the difference concerns. An article
may hold one and not be concerned, and is read again for nothing; the other way round is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from digest.analyse.topics import phrases_of
from digest.gazetteer.differences import Difference
from digest.gazetteer.lexicon import Lexicon, joined_form, speaks
from digest.languages.pack import LanguagePack
from digest.link.asked import asked_family, asked_given, asked_mention, asked_name, asked_own
from digest.link.clues import Clue, Reach
from digest.link.match import Matcher
from digest.link.namesakes import given_and_family, own_words
from digest.link.splits import Vocabulary, other_spaces, other_splits
from digest.model import Alias, Entity, EntityKind

Name = tuple[str, ...]
"""Folded words."""
Key = TypeVar("Key", str, Name)


def reach_of(difference: Difference, lexicon: Lexicon, pack: LanguagePack, vocabulary: Vocabulary) -> Reach:
    """Return how far a difference reaches among the articles of a language.

    Args:
        difference: what changed.
        lexicon: the gazetteer as it is now, compiled for the language.
        pack: of the language.
        vocabulary: returns the words of a skeleton that articles have.
    """
    matcher = Matcher(lexicon, pack.folder, pack.language.clitics)
    clues: list[Clue] = []
    for name in sorted(_changed_names(difference, pack)):
        clues += _clues_of_name(name, matcher)
        clues += map(Clue.of, other_splits(name, pack, vocabulary))
        clues += map(Clue.of, other_spaces(name, pack, vocabulary))
    clues += _clues_of_people(difference, lexicon.entities, pack)
    clues += _clues_of_own_words(difference, pack)
    clues += [Clue.of([{question}]) for question in sorted(_changed_answers(difference))]
    for _, before, after in difference.pairs():
        phrases, evidence = _topic_changes(before, after, pack)
        clues += [Clue.of([{word} for word in phrase]) for phrase in phrases]
        clues += [Clue.of([{asked_mention(entity)}]) for entity in sorted(evidence)]
    return Reach(clues)


def naming(entities: Iterable[str]) -> Reach:
    """Return what tells the articles that name one of some entities."""
    return Reach([Clue.of([set(map(asked_mention, entities))])] if entities else [])


def _changed_names(difference: Difference, pack: LanguagePack) -> set[Name]:
    """Return the names that stand for something else now, or under other conditions."""
    fold = pack.folder.phrase
    found = {fold(text) for text in difference.phrases.get(pack.tag, ())} - {()}
    for _, before, after in difference.pairs():
        old, new = _names(before, pack), _names(after, pack)
        same = _filing(before) == _filing(after)
        found.update(name for name in old.keys() | new.keys() if not same or old.get(name) != new.get(name))
    return found


def _names(entity: Entity | None, pack: LanguagePack) -> dict[Name, list[Alias]]:
    """Return the folded names of an entity, as the trie has them, with the aliases that fold so in their order."""
    found: dict[Name, list[Alias]] = {}
    for alias in entity.aliases if entity and entity.kind is not EntityKind.TOPIC else ():
        if speaks(alias, pack.tag):
            words = pack.folder.phrase(alias.text)
            for name in (words, (joined,)) if (joined := joined_form(words, alias)) else (words,):
                found.setdefault(name, []).append(alias)
    found.pop((), None)
    return found


def _filing(entity: Entity | None) -> tuple[object, ...] | None:
    """Return what linking asks of an entity besides its names; that the countries are countries, was checked before."""
    return (entity.kind, entity.countries, entity.country, entity.type) if entity else None


def _clues_of_name(name: Name, matcher: Matcher) -> Iterator[Clue]:
    """Yield the clues of a name as it stands, and with a clitic glued to it."""
    first, *rest = name
    if not rest:
        yield Clue.of([{first, *matcher.glued_to(first)}])
    else:
        yield Clue.of([{first}, *({word} for word in rest[:-1]), set(matcher.ending_in(rest[-1]))])
        if matcher.glued(first):  # a first word of names is not looked at for a clitic
            yield Clue.of([{first}])


def _clues_of_people(difference: Difference, entities: Mapping[str, Entity], pack: LanguagePack) -> Iterator[Clue]:
    """Yield the clues of given names and surnames: they tell somebody known from somebody else."""
    people = [pair for pair in difference.pairs() if any(e and e.kind is EntityKind.PERSON for e in pair[1:])]
    lands = any(e and e.kind is EntityKind.COUNTRY for pair in difference.pairs() for e in pair[1:])
    if not people and not lands:  # a word for a country is nobody's name
        return
    was = {**entities, **difference.before}
    for gone in difference.after.keys() - difference.before.keys():
        del was[gone]
    before, after = given_and_family(was.values(), pack), given_and_family(entities.values(), pack)
    for old, new, asked in zip(before, after, (asked_given, asked_family), strict=True):
        yield from (Clue.of([{asked(word)}]) for word in sorted(old ^ new))


def _clues_of_own_words(difference: Difference, pack: LanguagePack) -> Iterator[Clue]:
    """Yield the clues of words that an entity's names have: what stands beside a name may be its own."""
    for entity, one, other in difference.pairs():
        if (own_words(one, pack) if one else None) != (own_words(other, pack) if other else None):
            yield Clue.of([{asked_own(entity)}])


def _changed_answers(difference: Difference) -> set[str]:
    """Return the questions of ids, codes, domains and outlets that are answered otherwise."""
    found: set[str] = set()
    for _, before, after in difference.pairs():
        if _answer(before) != _answer(after):
            for entity in filter(None, (before, after)):
                found |= {entity.id, *entity.names.values(), *entity.domains}
                found |= {entity.iso} if entity.iso else set()
    return set(map(asked_name, found))


def _answer(entity: Entity | None) -> tuple[object, ...]:
    """Return what is made of an entity that an article names by other things than its aliases."""
    if entity is None:
        return ()
    outlet = (dict(entity.names), entity.domains) if entity.kind is EntityKind.ORGANISATION else ()
    return entity.kind, entity.iso, outlet


def _topic_changes(
    before: Entity | None, after: Entity | None, pack: LanguagePack
) -> tuple[list[Name], AbstractSet[str]]:
    """Return the phrases that speak otherwise for a topic, and the entities that do."""
    topics = [one if one and one.kind is EntityKind.TOPIC else None for one in (before, after)]
    old, new = (phrases_of(topic, pack.folder, pack.tag) if topic else {} for topic in topics)
    here, there = (topic.evidence if topic else {} for topic in topics)
    whole = (topics[0] and topics[0].parent) != (topics[1] and topics[1].parent)
    phrases = _differing(old, new, whole=whole)
    return sorted(phrases), _differing(here, there, whole=whole)


def _differing(one: Mapping[Key, int], other: Mapping[Key, int], *, whole: bool) -> set[Key]:
    return {key for key in one.keys() | other.keys() if whole or one.get(key) != other.get(key)}
