"""Renames an entity, or merges one into another: file, references, sidecars, and a redirect for the old address.

Everything is tried on a copy of the gazetteer first, and checked as `digest check` does.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from digest.errors import ConfigurationError, DigestError
from digest.gazetteer.check import check_gazetteer
from digest.gazetteer.load import FOLDER, Gazetteer, load_gazetteer
from digest.gazetteer.redirects import add_redirect, read_redirects
from digest.languages.pack import available_languages, load_pack
from digest.model import Entity
from digest.report import Severity
from digest.settings import Settings
from digest.sources.sidecar import LISTS, SUFFIX, load_sidecar
from digest.suggest.alias_line import add_alias
from digest.upkeep.sidecars import edit_sidecar

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def rename_entity(root: Path, settings: Settings, gazetteer: Gazetteer, old: str, new: str) -> list[str]:
    """Give an entity another id; return what was done, line by line.

    Raises:
        DigestError: it cannot be renamed; nothing was changed.
    """
    entity = _entity(gazetteer, old)
    folders = [root / folder for folder in settings.gazetteer]
    if not _ID.fullmatch(new):
        message = f"{new!r} is no id: use lower-case ASCII letters, digits and single hyphens"
        raise DigestError(message)
    taken = {earlier for _, earlier in read_redirects([FOLDER, *folders])}
    if new in gazetteer.entities or new in taken:
        where = f"by {gazetteer.entities[new].path}" if new in gazetteer.entities else "by an old address that leads on"
        message = f"the id {new!r} is taken {where}: choose another, or merge: digest merge {old} {new}"
        raise DigestError(message)
    folder = _folder_of(entity, folders)

    def change(place: Path) -> Iterator[str]:
        path = place / Path(entity.path).parent.name / f"{old}.yml"
        path.rename(path.with_name(f"{new}.yml"))
        yield f"{path.parent.name}/{old}.yml → {path.parent.name}/{new}.yml"
        yield from _redirected(place, entity, old, new)

    return _carry_out(root, settings, gazetteer, folder, change, (old, new))


def merge_entities(root: Path, settings: Settings, gazetteer: Gazetteer, gone: str, kept: str) -> list[str]:
    """Let one entity become a part of another, with its names and aliases; return what was done, line by line.

    Raises:
        DigestError: they cannot be merged; nothing was changed.
    """
    entity, target = _entity(gazetteer, gone), _entity(gazetteer, kept)
    folders = [root / folder for folder in settings.gazetteer]
    if entity is target:
        raise DigestError(f"{gone} is {kept} already: name two entities")
    if entity.kind is not target.kind:
        message = f"{gone} is a {entity.kind} and {kept} a {target.kind}: only two of one kind can become one"
        raise DigestError(message)
    folder = _folder_of(entity, folders)
    if _folder_of(target, folders) != folder:
        message = f"{entity.path} and {target.path} are in two gazetteers: copy {kept} into {folder} first, then merge"
        raise DigestError(message)

    def change(place: Path) -> Iterator[str]:
        file = place / Path(entity.path).parent.name / f"{gone}.yml"
        path = place / Path(target.path).parent.name / f"{kept}.yml"
        path.write_text(_with_names(file, path), encoding="utf-8")
        file.unlink()
        yield f"{file.parent.name}/{gone}.yml is a part of {path.parent.name}/{kept}.yml now"
        yield from _redirected(place, entity, gone, kept)

    return _carry_out(root, settings, gazetteer, folder, change, (gone, kept))


def _with_names(file: Path, path: Path) -> str:
    """Return the text of `path` with the names and aliases of `file` that it does not have."""
    own: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    for tag, aliases in _names(own).items():
        for alias in aliases:
            known = _names(yaml.safe_load(text)).get(tag, [])
            texts = {one["text"] if isinstance(one, dict) else one for one in known}
            if (alias["text"] if isinstance(alias, dict) else alias) not in texts:
                text = add_alias(text, tag, alias)
    return text


def _names(file: dict[str, Any]) -> dict[str, list[Any]]:
    names = {tag: [name] for tag, name in (file.get("names") or {}).items()}
    for tag, aliases in (file.get("aliases") or {}).items():
        names[tag] = [*names.get(tag, []), *aliases]
    return names


def _redirected(place: Path, entity: Entity, old: str, new: str) -> Iterator[str]:
    """Change what refers to the old id in the gazetteer, and note where its address leads."""
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    keys = re.compile(r"^\s*(country|countries|parent|successors|entities)\s*:|[{,]\s*entities\s*:")
    for path in sorted(place.rglob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        changed, listed = [], False
        for line in lines:
            listed = bool(keys.search(line)) or (listed and bool(re.match(r"\s*(- |[\w-]+: *\d)", line)))
            changed.append(word.sub(new, line) if listed else line)
        if changed != lines:
            path.write_text("".join(changed), encoding="utf-8")
            yield f"{path.parent.name}/{path.name}: {old} → {new}"
    add_redirect(place, entity.kind, old, new)
    yield f"redirects.tsv: {entity.kind} {old} → {new}"


def _carry_out(
    root: Path, settings: Settings, gazetteer: Gazetteer, folder: Path, change: Any, ids: tuple[str, str]
) -> list[str]:
    """Try a change on a copy of the folder, check it, then make it, in the sidecars too."""
    others = [place for place in (FOLDER, *(root / own for own in settings.gazetteer)) if place != folder]
    packs = tuple(map(load_pack, available_languages()))
    with tempfile.TemporaryDirectory(prefix="digest-") as temporary:
        staged = Path(temporary) / folder.name
        shutil.copytree(folder, staged, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        list(change(staged))
        with_it = load_gazetteer([*others, staged])
        before = {(issue.code, issue.message) for issue in check_gazetteer(gazetteer, packs)}
        found = [
            str(issue).replace(str(staged), str(folder))
            for issue in check_gazetteer(with_it, packs)
            if issue.severity is Severity.ERROR and (issue.code, issue.message) not in before
        ]
    if found:
        message = f"nothing was changed, for it would not pass `digest check`: {'; '.join(found)}"
        raise DigestError(message)
    return [*change(folder), *_in_sidecars(root / settings.seeds, *ids)]


def _in_sidecars(seeds: Path, old: str, new: str) -> Iterator[str]:
    for path in sorted(seeds.rglob(f"*{SUFFIX}")):
        if old.encode() not in path.read_bytes():
            continue
        try:
            told = load_sidecar(path, path.name)
        except ConfigurationError:  # the build says what is wrong with it
            yield f"{path.name}: left as it is, for it cannot be read; it may name {old}"
            continue
        fields: dict[str, Any] = {
            field: list(dict.fromkeys(new if item == old else item for item in items))
            for field in LISTS
            if old in (items := getattr(told, field) or ())
        }
        if told.outlet == old:
            fields["outlet"] = new
        if fields:
            edit_sidecar(path, fields)
            yield f"{path.name}: {', '.join(fields)}: {old} → {new}"


def _entity(gazetteer: Gazetteer, wanted: str) -> Entity:
    if wanted not in gazetteer.entities:
        near = _similar(wanted, gazetteer.entities)
        message = f"there is no entity {wanted!r}" + (f"; is it {' or '.join(near)}?" if near else "")
        raise DigestError(message)
    return gazetteer.entities[wanted]


def _similar(wanted: str, known: Iterable[str]) -> Sequence[str]:
    import difflib  # noqa: PLC0415 - for a message only

    return difflib.get_close_matches(wanted, list(known), 3)


def _folder_of(entity: Entity, own: Sequence[Path]) -> Path:
    """Return the gazetteer folder that an entity's file is in, if it may be changed.

    Raises:
        DigestError: it ships with the package, and that is not a working copy.
    """
    path = Path(entity.path)
    for folder in own:
        if path.is_relative_to(folder):
            return folder
    if (FOLDER.parent.parent / "pyproject.toml").is_file() and os.access(FOLDER, os.W_OK):
        return FOLDER
    message = f"{entity.id} ships with the package, and only entities of the site's own gazetteer can be renamed here"
    raise DigestError(message)
