"""Accepts a suggestion: writes the file of a new entity, or adds a spelling to the file of a known one."""

from __future__ import annotations

import dataclasses
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from slugify import slugify

from digest.errors import DigestError
from digest.gazetteer.check import check_gazetteer
from digest.gazetteer.load import FOLDER, KINDS, Gazetteer, load_gazetteer
from digest.languages.pack import LanguagePack
from digest.model import Entity, EntityKind
from digest.report import Issue, Severity
from digest.store.files import write_if_changed
from digest.suggest.alias_line import add_alias
from digest.suggest.rank import Suggestion
from digest.suggest.stub import alias_entry, entity_yaml

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOLDERS = {kind: folder for folder, kind in KINDS.items()}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the editor says about a suggestion; None where nothing was said."""

    slug: str | None = None
    kind: EntityKind | None = None
    name_en: str | None = None
    country: str | None = None


def find_suggestion(suggestions: Iterable[Suggestion], wanted: str) -> Suggestion:
    """Return the suggestion whose id is `wanted`.

    Raises:
        DigestError: there is none.
    """
    for suggestion in suggestions:
        if suggestion.id == wanted:
            return suggestion
    message = (
        f"nothing is suggested under the id {wanted!r}: see the ids in `digest suggest`, or it is accepted already"
    )
    raise DigestError(message)


def take(
    suggestion: Suggestion, decision: Decision, gazetteer: Gazetteer, pack: LanguagePack, own_folders: Sequence[Path]
) -> Path:
    """Write what `suggestion` says, after it has passed the checks of `digest check`; return the file.

    Args:
        suggestion: what is accepted.
        decision: what the editor adds.
        gazetteer: as it is now.
        pack: of the language it was found in.
        own_folders: the site's own gazetteer folders; the first one gets new files.

    Raises:
        DigestError: it cannot be written, or `digest check` would refuse it; nothing was changed.
    """
    if suggestion.variant and not (decision.slug or decision.kind or decision.name_en):
        entity = gazetteer.entities[suggestion.variant.entity.id]
        path = _file_to_change(entity, own_folders)
        text = add_alias(Path(entity.path).read_text(encoding="utf-8"), pack.tag, alias_entry(suggestion))
    else:
        path, text = _new_file(suggestion, decision, gazetteer, pack, own_folders)
    _check(path, text, gazetteer, pack)
    write_if_changed(path, text.encode())
    return path


def _new_file(
    suggestion: Suggestion, decision: Decision, gazetteer: Gazetteer, pack: LanguagePack, own_folders: Sequence[Path]
) -> tuple[Path, str]:
    slug = decision.slug or (slugify(decision.name_en) if decision.name_en else suggestion.id)
    kind = decision.kind or suggestion.kind
    if not _ID.fullmatch(slug):
        message = f"{slug!r} is no id: use lower-case ASCII letters, digits and single hyphens (--id)"
        raise DigestError(message)
    if slug in gazetteer.entities:
        message = f"the id {slug!r} is taken by {gazetteer.entities[slug].path}: choose another with --id"
        raise DigestError(message)
    if kind is EntityKind.PLACE and not decision.country:
        message = "a place counts for its country: say which with --country (an id such as pakistan)"
        raise DigestError(message)
    path = _folder_for_new(own_folders) / _FOLDERS[kind] / f"{slug}.yml"
    if path.exists():
        message = f"{path} exists already: choose another id with --id"
        raise DigestError(message)
    text = entity_yaml(suggestion, pack.tag, kind=decision.kind, name_en=decision.name_en, country=decision.country)
    return path, text


def _folder_for_new(own_folders: Sequence[Path]) -> Path:
    if own_folders:
        return own_folders[0]
    if _is_checkout():
        return FOLDER
    message = (
        "there is no folder to write to: the package's gazetteer is not yours to change. "
        "Make a folder `gazetteer`, set `gazetteer: [gazetteer]` under `plugins: - digest:` in mkdocs.yml, try again"
    )
    raise DigestError(message)


def _file_to_change(entity: Entity, own_folders: Sequence[Path]) -> Path:
    """Return the file that gets a spelling: the entity's, or a copy in the site's own folder, which replaces it."""
    path = Path(entity.path)
    if not path.is_relative_to(FOLDER) or _is_checkout():
        return path
    return _folder_for_new(own_folders) / path.parent.name / path.name


def _is_checkout() -> bool:
    """Return whether the package is a working copy that people may change, not an installed one."""
    return (FOLDER.parent.parent / "pyproject.toml").is_file() and os.access(FOLDER, os.W_OK)


def _check(path: Path, text: str, gazetteer: Gazetteer, pack: LanguagePack) -> None:
    """Read the file where it does no harm, and check the gazetteer with it.

    Raises:
        DigestError: `digest check` would refuse it.
    """
    before = set(check_gazetteer(gazetteer, (pack,)))
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        staged = Path(folder) / path.parent.name / path.name
        write_if_changed(staged, text.encode())
        entity = load_gazetteer([Path(folder)]).entities[path.stem]
        entities = dict(sorted({**gazetteer.entities, entity.id: entity}.items()))
        with_it = Gazetteer(entities=entities, phrases=gazetteer.phrases, fingerprint="")
        found = [issue for issue in check_gazetteer(with_it, (pack,)) if issue not in before and _is_error(issue)]
    if found:
        told = "; ".join(map(str, found)).replace(str(staged), str(path))
        message = f"nothing was written, for it would not pass `digest check`: {told}"
        raise DigestError(message)


def _is_error(issue: Issue) -> bool:
    return issue.severity is Severity.ERROR
