"""What is wrong in the gazetteer beyond the form of its files: names that collide, entities that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.gazetteer.lexicon import Lexicon, build_lexicon
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.model import Alias, Entity, EntityKind
from digest.report import Issue, Severity

_SHORTEST = 2
"""Letters of the shortest alias that may link without any context."""


def check_gazetteer(gazetteer: Gazetteer, packs: tuple[LanguagePack, ...]) -> list[Issue]:
    """Return every finding, errors first."""
    issues = [issue for entity in gazetteer.entities.values() for issue in _references(entity, gazetteer)]
    issues += _same_twice(gazetteer, "qid", "Wikidata id")
    issues += _same_twice(gazetteer, "iso", "ISO code")
    for pack in packs:
        lexicon = build_lexicon(gazetteer, pack.folder, pack.tag)
        issues += _collisions(lexicon)
        issues += _unused_contexts(gazetteer, pack)
    return sorted(set(issues), key=lambda issue: (issue.severity is not Severity.ERROR, issue))


def check_filing(gazetteer: Gazetteer) -> list[Issue]:
    """Return the entities whose mention counts for a country that is not there: nothing could be filed."""
    known = {country.id for country in gazetteer.of_kind(EntityKind.COUNTRY)}
    entities = gazetteer.entities.values()
    return [_missing(e, name, "country", "countries/") for e in entities for name in e.countries if name not in known]


def _references(entity: Entity, gazetteer: Gazetteer) -> Iterator[Issue]:
    """Yield what names an entity that is not there, or one of the wrong kind."""
    entities = gazetteer.entities
    countries = [*entity.countries, *([entity.country] if entity.country else [])]
    for country in countries:
        if country not in entities or entities[country].kind is not EntityKind.COUNTRY:
            yield _missing(entity, country, "country", "countries/")
    if entity.parent and (entity.parent not in entities or entities[entity.parent].kind is not EntityKind.TOPIC):
        yield _missing(entity, entity.parent, "parent topic", "topics/")
    for name in entity.evidence:
        if name not in entities:
            yield _missing(entity, name, "entity", "any folder")
    for alias in entity.aliases:
        for rule in (alias.needs, alias.unless):
            for name in (rule or {}).get("entities", ()):
                if name not in entities:
                    yield _missing(entity, name, f"entity (context of {alias.text!r})", "any folder")


def _same_twice(gazetteer: Gazetteer, field: str, what: str) -> Iterator[Issue]:
    seen: dict[Any, Entity] = {}
    for entity in gazetteer.entities.values():
        value = getattr(entity, field)
        if value is None:
            continue
        if value in seen:
            yield Issue(
                code=f"{field}-twice",
                where=_place(entity, str(value)),
                message=f"{what} {value} is also that of {seen[value].path}",
                hint="Two files for one thing? Merge them, or correct the id",
            )
        seen.setdefault(value, entity)


def _collisions(lexicon: Lexicon) -> Iterator[Issue]:
    """Yield strong aliases of different entities that fold alike: nobody could tell which is meant."""
    for words, candidates in lexicon.items():
        strong = [c for c in candidates if c.entity and c.alias.strong and not c.alias.unless]
        owners = {c.entity.id: c for c in strong if c.entity}
        if len(owners) > 1:
            names = " and ".join(sorted(owners))
            first = min(owners.values(), key=lambda candidate: candidate.alias.text)
            where = _place(first.entity, first.alias.text, *first.alias.text.split()) if first.entity else ""
            yield Issue(
                code="alias-collision",
                where=where,
                message=f"strong aliases of {names} fold alike: «{' '.join(words)}»",
                hint="Make all but one `strength: weak` with `needs`, or remove it",
            )
        if strong and len(words) == 1 and len(words[0]) < _SHORTEST:
            yield Issue(
                code="alias-too-short",
                where=_place(strong[0].entity, strong[0].alias.text) if strong[0].entity else "",
                message=f"the alias «{strong[0].alias.text}» is a single letter and would link everywhere",
                hint="Make it `strength: weak` with `needs`",
            )


def _unused_contexts(gazetteer: Gazetteer, pack: LanguagePack) -> Iterator[Issue]:
    """Yield aliases and rules that can never decide anything, and words of topics that fold to nothing."""
    for entity in gazetteer.entities.values():
        for alias in entity.aliases:
            if alias.language in (pack.tag, "en") and (why := _never_decides(alias, pack)):
                yield _useless(entity, alias, why)
        for text in entity.lexicon.get(pack.tag, {}):
            if not pack.folder.phrase(text):
                yield Issue(
                    code="empty-word", where=_place(entity, text), message=f"the word {text!r} folds to nothing"
                )


def _never_decides(alias: Alias, pack: LanguagePack) -> str | None:
    if not pack.folder.phrase(alias.text):
        return "has no letters that matching could see"
    if alias.strong and alias.needs:
        return "is strong, so its `needs` are never read"
    if not alias.strong and not alias.alone and not alias.needs:
        return "is weak, has `alone: false` and no `needs`: it can never link"
    for rule in (alias.needs, alias.unless):
        for kind, texts in (rule or {}).items():
            if kind != "entities" and not all(map(pack.folder.phrase, texts)):
                return f"has a word under `{kind}` that folds to nothing"
            for text in texts if kind != "entities" else ():
                folded = pack.folder.phrase(text)
                if len(folded) == 1 and folded[0] in pack.folded_stopwords and text not in pack.stopwords:
                    return f"has «{text}» under `{kind}`, which folds to the common word «{folded[0]}»"
    return None


def _place(entity: Entity, *texts: str) -> str:
    """Return the file of an entity, with the line where the first of `texts` stands that can be found."""
    lines = Path(entity.path).read_text(encoding="utf-8").splitlines() if entity.path else []
    for text in texts:
        for number, line in enumerate(lines, 1):
            if text in line:
                return f"{entity.path}:{number}"
    return entity.path


def _missing(entity: Entity, name: str, what: str, folder: str) -> Issue:
    return Issue(
        code="no-such-entity",
        where=_place(entity, name),
        message=f"there is no {what} {name!r}",
        hint=f"Correct the id, or add its file under {folder}",
    )


def _useless(entity: Entity, alias: Alias, why: str) -> Issue:
    return Issue(
        code="useless-rule",
        where=_place(entity, alias.text, *alias.text.split()),
        message=f"the alias «{alias.text}» {why}",
        hint="Correct the alias, or remove the rule",
    )
