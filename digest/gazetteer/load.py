"""Reads the gazetteer's folders into entities, and says with file and line what is wrong in them.

The format is described in `README.md` beside this file.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from digest.errors import ConfigurationError
from digest.gazetteer.derived import Derived
from digest.gazetteer.files import FILE_TYPES, AliasFile, EntityFile, PhraseFile
from digest.gazetteer.spelling_out import spelt_out
from digest.model import Alias, Entity, EntityKind
from digest.report import Issue

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


@dataclasses.dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """All entities by id, the phrases that are none, and a fingerprint of the files they came from."""

    entities: Mapping[str, Entity]
    phrases: Mapping[str, tuple[str, ...]]
    fingerprint: str
    folded: dict[str, tuple[tuple[str, ...], ...]] = dataclasses.field(default_factory=dict)
    """Per language, the folded words of every alias (`lexicon.fold_aliases`), where a cache has kept them."""
    derived: dict[str, Derived] = dataclasses.field(default_factory=dict)
    """Per language, what is worked out of its names, where a cache has kept it."""
    checksums: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Path → checksum of the content of every file, where the files were read."""

    def of_kind(self, kind: EntityKind) -> tuple[Entity, ...]:
        """Return the entities of one kind, by id."""
        return tuple(entity for entity in self.entities.values() if entity.kind is kind)

    def forget_derived(self) -> None:
        """Let go of what only analyses ask for, ten megabytes and more; who asks again has it worked out again."""
        self.folded.clear()
        self.derived.clear()


Known = Callable[[str], tuple[str, Entity] | None]
"""Returns checksum and entity of a file, by its path, that need not be read again."""


def load_gazetteer(folders: Iterable[Path] = (FOLDER,), known: Known = lambda _: None) -> Gazetteer:
    """Read every file of `folders`; an id in a later folder replaces one of the same kind in an earlier folder.

    Args:
        folders: the package's gazetteer and those of the site.
        known: what was read before.

    Raises:
        ConfigurationError: with every finding of every file.
    """
    from digest.reviewed_yaml import load_typed  # noqa: PLC0415 - most runs find what an earlier one has read

    entities: dict[str, Entity] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    issues: list[Issue] = []
    checksums: dict[str, str] = {}
    marks = hashlib.sha256()
    for folder in folders:
        issues.extend(_misplaced(folder))
        for path, kind in _files(folder):
            checksum, found = known(str(path)) or (hashlib.sha256(path.read_bytes()).hexdigest(), None)
            checksums[str(path)] = checksum
            marks.update(f"{path.parent.name}/{path.name} {checksum}\n".encode())
            try:
                if kind is None:
                    listed = load_typed(path, tuple[PhraseFile, ...])
                    spelt = (spelt_out(path, f"phrase {n}", phrase.text) for n, phrase in enumerate(listed, 1))
                    texts = tuple(itertools.chain.from_iterable(spelt))
                    phrases[path.stem] = phrases.get(path.stem, ()) + texts
                    continue
                entity = found or _entity(path, kind)
                twin = entities.get(entity.id)
                if twin and (twin.kind is not entity.kind or Path(twin.path).parent.parent == folder):
                    issues.append(_twin_issue(entity, twin))
                entities[entity.id] = entity
            except ConfigurationError as error:
                issues.extend(error.issues)
    if issues:
        raise ConfigurationError(issues)
    entities = dict(sorted(entities.items()))
    return Gazetteer(entities=entities, phrases=phrases, fingerprint=marks.hexdigest(), checksums=checksums)


def _misplaced(folder: Path) -> Iterator[Issue]:
    """Yield what nobody would read: a folder that is not there, folders of no kind, files with another ending."""
    if not folder.is_dir():
        yield Issue(
            code="no-gazetteer",
            where=str(folder),
            message="there is no such folder, and `gazetteer:` in mkdocs.yml names it",
            hint="Make the folder, or correct the setting",
        )
        return
    known = (*KINDS, "phrases")
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")):
            continue
        if path.is_dir() and path.name not in known:
            yield Issue(
                code="unknown-folder",
                where=str(path),
                message=f"{path.name!r} is no kind of entity, so nothing in it is read",
                hint=f"Move or rename it; the folders are: {', '.join(known)}",
            )
        elif path.suffix in (".yml", ".yaml"):
            yield Issue(
                code="misplaced-file",
                where=str(path),
                message="a file directly in the gazetteer is not read: the folder says what kind an entity is",
                hint=f"Move it into one of: {', '.join(known)}",
            )
    for path in sorted(path for name in known for path in (folder / name).glob("*.yaml")):
        yield Issue(
            code="bad-ending",
            where=str(path),
            message="this file is not read: files of the gazetteer end in .yml",
            hint=f"Rename it to {path.stem}.yml",
        )


def _files(folder: Path) -> Iterator[tuple[Path, EntityKind | None]]:
    for name, kind in KINDS.items():
        yield from ((path, kind) for path in _yaml(folder / name))
    yield from ((path, None) for path in _yaml(folder / "phrases"))


def _yaml(folder: Path) -> list[Path]:
    """Return the YAML files of a folder, without what editors and file systems hide there."""
    return [path for path in sorted(folder.glob("[!.]*.yml")) if path.is_file()]


def _entity(path: Path, kind: EntityKind) -> Entity:
    if not _ID.fullmatch(path.stem):
        raise ConfigurationError([_bad_id(path)])
    from digest.reviewed_yaml import load_typed  # noqa: PLC0415 - see above

    file = load_typed(path, FILE_TYPES[kind])
    if not file.names:
        raise ConfigurationError([_nameless(path)])
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
        for number, alias in enumerate(aliases, 1):
            spec = AliasFile(text=alias) if isinstance(alias, str) else alias
            for text in spelt_out(path, f"alias {number} under {language!r}", spec.text):
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


def _nameless(path: Path) -> Issue:
    return Issue(
        code="no-name",
        where=str(path),
        message="`names` is empty, so there is nothing to call the page",
        hint="Give the canonical form in at least one language, as in `names: {ur: روس, en: Russia}`",
    )


def _twin_issue(entity: Entity, twin: Entity) -> Issue:
    return Issue(
        code="id-twice",
        where=entity.path,
        message=f"the id {entity.id!r} is taken by {twin.path}",
        hint="Ids are unique over all kinds: rename one of the files",
    )
