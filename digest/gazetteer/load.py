"""Reads the gazetteer's folders into entities, and says with file and line what is wrong in them.

The format is described in `README.md` beside this file.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.errors import ConfigurationError
from digest.gazetteer.files import FILE_TYPES, AliasFile, EntityFile, PhraseFile
from digest.model import Alias, Entity, EntityKind
from digest.report import Issue
from digest.reviewed_yaml import load_typed

FOLDER = Path(__file__).parent
KINDS: Mapping[str, EntityKind] = {
    "countries": EntityKind.COUNTRY,
    "places": EntityKind.PLACE,
    "people": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
    "historical": EntityKind.HISTORICAL,
    "topics": EntityKind.TOPIC,
}
"""Folder → kind of its entities. The first four, and topics, have pages under the folder's name."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GROUP = re.compile(r"\(([^()]*\|[^()]*)\)")
_MAX_EXPANSIONS = 400


@dataclasses.dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """All entities by id, the phrases that are none, and a fingerprint of the files they came from."""

    entities: Mapping[str, Entity]
    phrases: Mapping[str, tuple[str, ...]]
    fingerprint: str
    folded: Mapping[str, tuple[tuple[str, ...], ...]] = dataclasses.field(default_factory=dict)
    """Per language, the folded words of every alias (`lexicon.fold_aliases`), where a cache has kept them."""

    def of_kind(self, kind: EntityKind) -> tuple[Entity, ...]:
        """Return the entities of one kind, by id."""
        return tuple(entity for entity in self.entities.values() if entity.kind is kind)


def expand(pattern: str) -> tuple[str, ...]:
    """Spell out the alternatives of an alias.

    >>> expand("(پوٹن|پوتن) صاحب")
    ('پوٹن صاحب', 'پوتن صاحب')
    """
    parts = _GROUP.split(pattern)
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return tuple(" ".join("".join(choice).split()) for choice in itertools.product(*choices))


def load_gazetteer(folders: Iterable[Path] = (FOLDER,)) -> Gazetteer:
    """Read every file of `folders`; an id in a later folder replaces one in an earlier folder.

    Raises:
        ConfigurationError: with every finding of every file.
    """
    entities: dict[str, Entity] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    issues: list[Issue] = []
    marks = hashlib.sha256()
    for folder in folders:
        for path, kind in _files(folder):
            marks.update(f"{path.parent.name}/{path.name}\0".encode() + path.read_bytes() + b"\0")
            try:
                if kind is None:
                    listed = load_typed(path, tuple[PhraseFile, ...])
                    texts = tuple(text for phrase in listed for text in expand(phrase.text))
                    phrases[path.stem] = phrases.get(path.stem, ()) + texts
                    continue
                entity = _entity(path, kind)
                twin = entities.get(entity.id)
                if twin and Path(twin.path).parent.parent == folder:
                    issues.append(_twin_issue(entity, twin))
                entities[entity.id] = entity
            except ConfigurationError as error:
                issues.extend(error.issues)
    if issues:
        raise ConfigurationError(issues)
    return Gazetteer(entities=dict(sorted(entities.items())), phrases=phrases, fingerprint=marks.hexdigest())


def _files(folder: Path) -> Iterator[tuple[Path, EntityKind | None]]:
    for name, kind in KINDS.items():
        for path in sorted((folder / name).glob("*.yml")):
            yield path, kind
    for path in sorted((folder / "phrases").glob("*.yml")):
        yield path, None


def _entity(path: Path, kind: EntityKind) -> Entity:
    if not _ID.fullmatch(path.stem):
        raise ConfigurationError([_bad_id(path)])
    file = load_typed(path, FILE_TYPES[kind])
    return Entity(
        id=path.stem,
        kind=kind,
        names=file.names,
        aliases=tuple(_aliases(path, file)),
        qid=file.qid,
        description=file.description,
        iso=getattr(file, "iso", None),
        country=getattr(file, "country", None),
        countries=getattr(file, "countries", ()),
        parent=getattr(file, "parent", None),
        type=getattr(file, "type", None),
        domains=getattr(file, "domains", ()),
        lexicon=getattr(file, "lexicon", {}),
        evidence=getattr(file, "entities", {}),
        iptc=getattr(file, "iptc", None),
        path=str(path),
    )


def _aliases(path: Path, file: EntityFile) -> Iterator[Alias]:
    """Yield the listed aliases, then the canonical names that are not among them."""
    listed = set()
    for language, aliases in file.aliases.items():
        for number, alias in enumerate(aliases):
            spec = AliasFile(text=alias) if isinstance(alias, str) else alias
            texts = expand(spec.text)
            if len(texts) > _MAX_EXPANSIONS or any("(" in text or "|" in text or not text for text in texts):
                raise ConfigurationError([_bad_pattern(path, language, number, spec.text, len(texts))])
            for text in texts:
                listed.add((language, text))
                is_name = text == file.names.get(language) and spec.form == "variant"
                yield Alias(
                    text=text,
                    language=language,
                    form="name" if is_name else spec.form,
                    strong=spec.strength == "strong",
                    alone=spec.alone,
                    needs=spec.needs.plain() or None,
                    unless=spec.unless.plain() or None,
                )
    for language, text in file.names.items():
        if (language, text) not in listed:
            yield Alias(text=text, language=language, form="name")


def _bad_id(path: Path) -> Issue:
    return Issue(
        code="bad-id",
        where=str(path),
        message=f"{path.stem!r} is no id: the file's name becomes the address of a page",
        hint="Use lower-case ASCII letters, digits and single hyphens",
    )


def _bad_pattern(path: Path, language: str, number: int, text: str, count: int) -> Issue:
    return Issue(
        code="bad-alias",
        where=str(path),
        message=f"alias {number + 1} under {language!r} cannot be spelt out ({count} forms): {text!r}",
        hint=f"Use unnested groups (a|b), at most {_MAX_EXPANSIONS} combinations",
    )


def _twin_issue(entity: Entity, twin: Entity) -> Issue:
    return Issue(
        code="id-twice",
        where=entity.path,
        message=f"the id {entity.id!r} is taken by {twin.path}",
        hint="Ids are unique over all kinds: rename one of the files",
    )
