"""Files a linked story under its terms: countries, people, organisations, topics.

A mention of a place counts for its country, a mention of a state body for its state. A sidecar overrides
each kind. An organisation or person that only a related headline names is a term with that basis, and only
when the headline is plainly about the same affair: it names at least two things that the story names too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from digest.link.mentions import Linker
from digest.model import Entity, EntityKind, Hints, Mention, Story, Term

_SHARED_FOR_RELATED = 2
_FILED = (EntityKind.COUNTRY, EntityKind.PERSON, EntityKind.ORGANISATION)


def file_under(
    story: Story, mentions: Iterable[Mention], topics: Iterable[Term], linker: Linker, overrides: Hints
) -> tuple[Term, ...]:
    """Return the terms of `story`, by kind, most mentioned first (first named first on ties)."""
    entities = linker.lexicon.entities
    named: Counter[str] = Counter()
    mentions = tuple(mentions)
    countries = named_countries(mentions, entities)
    for mention in mentions:
        for entity in filed_as(entities[mention.entity], countries):
            named[entity] += 1
    terms = [
        Term(entity=entity, kind=entities[entity].kind, count=count)
        for entity, count in named.most_common()
        if entities[entity].kind in _FILED
    ]
    terms += _from_related(story, linker, frozenset(named))
    return _overridden([*terms, *topics], overrides, entities)


def named_countries(mentions: Iterable[Mention], entities: Mapping[str, Entity]) -> AbstractSet[str]:
    """Return the countries that an article names without doubt: itself, or by a place that is in one country only."""
    named: set[str] = set()
    for entity in {mention.entity for mention in mentions}:
        if entities[entity].kind is EntityKind.COUNTRY:
            named.add(entity)
        if len(countries := entities[entity].countries) == 1:
            named.update(countries)
    return named


def filed_as(entity: Entity, named: AbstractSet[str]) -> tuple[str, ...]:
    """Return the terms that one mention of `entity` counts for.

    A place with two countries (پنجاب) counts for those that the article names otherwise, else for the first.
    """
    own = (entity.id,) if entity.kind in _FILED else ()
    countries = entity.countries
    if entity.kind is EntityKind.PLACE and len(countries) > 1:
        countries = tuple(country for country in countries if country in named) or countries[:1]
    return (*own, *countries)


def _from_related(story: Story, linker: Linker, named: AbstractSet[str]) -> list[Term]:
    found: dict[str, EntityKind] = {}
    for headline in story.related:
        names = linker.names_in(headline)
        if len(names & named) >= _SHARED_FOR_RELATED:
            for entity in sorted(names - named):
                kind = linker.lexicon.entities[entity].kind
                if kind in (EntityKind.PERSON, EntityKind.ORGANISATION):
                    found[entity] = kind
    return [Term(entity=entity, kind=kind, count=0, basis="related-headline") for entity, kind in found.items()]


def _overridden(terms: list[Term], overrides: Hints, entities: Mapping[str, Entity]) -> tuple[Term, ...]:
    """Let the sidecar's lists stand in place of what was found."""
    for kind, wanted in (
        (EntityKind.COUNTRY, overrides.countries),
        (EntityKind.PERSON, overrides.people),
        (EntityKind.ORGANISATION, overrides.organisations),
        (EntityKind.TOPIC, overrides.topics),
    ):
        if wanted is not None:
            terms = [term for term in terms if term.kind is not kind]
            by_iso = {entity.iso: entity.id for entity in entities.values() if entity.iso}
            ids = dict.fromkeys(by_iso.get(name, name) for name in wanted)
            known = [name for name in ids if name in entities and entities[name].kind is kind]
            terms += [Term(entity=name, kind=kind, count=0, basis="sidecar") for name in known]
    order = list(EntityKind)
    return tuple(sorted(terms, key=lambda term: order.index(term.kind)))
