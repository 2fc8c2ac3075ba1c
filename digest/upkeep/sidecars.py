"""Writes a sidecar: one field changed, everything else in it left as it is, comments too."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_type_hints

import yaml

from digest.errors import DigestError
from digest.reviewed_yaml import parse_typed
from digest.settings import Settings
from digest.sources.line_sidecars import ENDINGS, line_sidecar_path
from digest.sources.locator import split_locator
from digest.sources.sidecar import OVERRIDES, SidecarFile, read_sidecar, sidecar_path
from digest.store.files import write_if_changed
from digest.store.ledger import read_ledger

FIELDS = OVERRIDES
_LISTS = frozenset(name for name, kind in get_type_hints(SidecarFile).items() if "tuple" in str(kind))
Value = str | list[str] | None
"""What a field gets; None takes it out."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a field."""

    field: str
    before: Value
    after: Value

    def __str__(self) -> str:
        return f"{self.field}: {_shown(self.before)} → {_shown(self.after)}"


def find_seed(root: Path, settings: Settings, wanted: str) -> Path:
    """Return the seed of an article by its id, permalink or address, or by the name of the seed.

    Of an article that is a line of a file, its own sidecar is returned.

    Raises:
        DigestError: there is none, there are several, or it is gone.
    """
    seeds = root / settings.seeds
    name = _as_seed(seeds, wanted) or _as_address(wanted)
    at_end = tuple(f"{part}" for part in (name, f"{name}.txt"))
    locators = {
        entry.locator
        for entry in read_ledger(root / settings.ledger)
        if name in (entry.id, entry.permalink, entry.locator) or name.endswith(f"/{entry.permalink}")
    }
    if not locators:
        found = [path for path in sorted(seeds.rglob("*")) if path.is_file() and path.suffix not in (".yml", "")]
        locators = {
            f"{seeds.name}/{path.relative_to(seeds).as_posix()}"
            for path in found
            if name in (path.stem, path.name) or path.relative_to(seeds.parent).as_posix() in at_end
        }
    if len(locators) != 1:
        hint = f"it may be any of {', '.join(sorted(locators))}" if locators else "see the ids in permalinks.tsv"
        message = f"{wanted!r} names no single article: {hint}; an article id, an address or a seed's name is taken"
        raise DigestError(message)
    return _seed_file(seeds, locators.pop())


def _as_seed(seeds: Path, wanted: str) -> str | None:
    """Return the locator of a file that is named by its path, from wherever we are; None when it is no seed."""
    file, line = split_locator(wanted)
    place, above = Path(file).resolve(), seeds.parent.resolve()
    if not place.is_file() or not place.is_relative_to(above / seeds.name):
        return None
    found = place.relative_to(above).as_posix()
    return f"{found}#{line}" if line else found


def _as_address(wanted: str) -> str:
    """Return what an address says below its host, without what browsers put behind it; anything else as it is."""
    path = re.sub(r"^[a-z]+://[^/]*/", "", wanted)
    return (path if path == wanted else re.split(r"[?#]|index\.html$", path)[0]).strip("/")


def _seed_file(seeds: Path, locator: str) -> Path:
    file, line = split_locator(locator)
    path = seeds.parent / file
    if not path.is_file():
        message = f"the seed {file} is not there any more: its page says so already, and there is nothing to correct"
        raise DigestError(message)
    if path.suffix.lower() in ENDINGS and not line:
        message = f"{locator} has many articles: name one of them by its id, or as {locator}#ID"
        raise DigestError(message)
    return line_sidecar_path(path, line) if line else path


def parse_assignments(pairs: Sequence[str]) -> dict[str, Value]:
    """Return field → value of `field=value` arguments; lists are given with commas, and nothing takes a field out.

    >>> parse_assignments(["countries=KZ, RU", "byline="])
    {'countries': ['KZ', 'RU'], 'byline': None}

    Raises:
        DigestError: a field that there is not, or no `=`.
    """
    found: dict[str, Value] = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        field = field.strip()
        if not equals or field not in FIELDS:
            what = f"there is no field {field!r}" if equals else f"{pair!r} is not field=value"
            message = f"{what}; the fields are: {', '.join(FIELDS)}"
            raise DigestError(message)
        if field in _LISTS:
            items = [item.strip() for item in re.split("[,،]", value) if item.strip()]
            found[field] = items or (None if not value.strip() else [])
        else:
            found[field] = value.strip() or None
    return found


def edit_sidecar(seed: Path, fields: Mapping[str, Value]) -> list[Change]:
    """Write fields into the sidecar of `seed` (or into `seed`, if it is one), after the checks of reading it.

    Raises:
        ConfigurationError: a value cannot be used, or the sidecar as it is cannot be read; nothing was written.
    """
    path = sidecar_path(seed)
    old = _text(path)
    new = old
    for field, value in fields.items():
        new = with_field(new, field, value)
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        staged = Path(folder) / path.name
        staged.write_text(new, encoding="utf-8")
        read_sidecar(staged, path.name)
    before, after = _fields(old), _fields(new)
    changes = [Change(field=field, before=before.get(field), after=after.get(field)) for field in fields]
    if after or "#" in new:  # comments stay
        write_if_changed(path, new.encode())
    elif path.exists():
        path.unlink()
    return [change for change in changes if change.before != change.after]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        message = f"the sidecar {path.name} is not UTF-8, and has to be put right by hand first: {error}"
        raise DigestError(message) from error


def with_field(text: str, field: str, value: Value) -> str:
    r"""Return the YAML `text` with one field set, or taken out; other lines stay as they are.

    >>> with_field("headline: x  # found on the page\nbyline: y\n", "byline", "z")
    'headline: x  # found on the page\nbyline: z\n'

    Raises:
        ConfigurationError: the text is no YAML.
    """
    line = "" if value is None else _line(field, value)
    root = _compose(text)
    if root is None or root.flow_style:
        plain = _fields(text)
        kept = {key: told for key, told in plain.items() if key != field}
        head = "".join(comment for comment in text.splitlines(keepends=True) if comment.lstrip().startswith("#"))
        return head + "".join(_line(key, told) for key, told in kept.items()) + line
    for key, node in root.value:
        if key.value == field:
            end = _end(text, key.start_mark.index, node.end_mark.index)
            rest = text[end:]
            if value is None:
                return text[: key.start_mark.index] + rest.partition("\n")[2]
            return text[: key.start_mark.index] + line.rstrip("\n") + (rest or "\n")
    return (text if text.endswith("\n") or not text else f"{text}\n") + line


def _end(text: str, start: int, end: int) -> int:
    """Return where a value really ends: the library counts the comments behind a list as a part of it."""
    lines = text[start:end].splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start + len("".join(lines).rstrip())


def _compose(text: str) -> yaml.MappingNode | None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        message = f"the sidecar is no YAML, and has to be put right by hand first: {str(error).splitlines()[0]}"
        raise DigestError(message) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        message = "the sidecar holds no fields, and has to be put right by hand first"
        raise DigestError(message)
    return node


def _fields(text: str) -> dict[str, Any]:
    found = parse_typed(text, dict[str, Any], where="the sidecar")  # as it is read for a build: NO is Norway
    return {key: str(told) if isinstance(told, int | float) else told for key, told in found.items()}


def _line(field: str, value: Value) -> str:
    if isinstance(value, list):
        return f"{field}: {yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)}"
    dumped: str = yaml.safe_dump({field: value}, allow_unicode=True, width=10_000, default_flow_style=False)
    return dumped


def _shown(value: Value) -> str:
    if value is None:
        return "(nothing)"
    return (", ".join(map(str, value)) if isinstance(value, list) else value) or "(empty)"
