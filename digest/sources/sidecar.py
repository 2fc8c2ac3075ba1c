"""The sidecar: `NAME.yml` beside `NAME.txt`, where a maintainer overrides any field without touching the seed."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from digest.errors import ConfigurationError
from digest.languages.dates import parse_stated
from digest.languages.pack import available_languages, load_pack
from digest.model import Basis, Entity, EntityKind, Hints
from digest.report import Issue, Severity
from digest.reviewed_yaml import load_typed
from digest.sources.address import safe_url

SUFFIX = ".yml"
NO_DATE = "unknown"
"""What `published` says when somebody looked, and there is no date."""

LISTS = {
    "topics": EntityKind.TOPIC,
    "countries": EntityKind.COUNTRY,
    "people": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
}
"""The lists of ids, and what kind each names."""

_HINTS = {EntityKind.COUNTRY: "Use an ISO code like KZ, or the name of a file of the gazetteer without .yml"}


class SidecarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sidecar, as written. Every field is optional; a list replaces what was found."""

    headline: str | None = None
    summary: str | None = None
    byline: str | None = None
    published: str | None = None
    """The day of publication, or `unknown` to say that a date that was found is none."""
    retrieved: dt.date | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    topics: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None


def sidecar_path(seed: Path) -> Path:
    """Return where the sidecar of `seed` is, if it has one."""
    return seed.with_suffix(SUFFIX)


def read_sidecar(path: Path, locator: str) -> Hints:
    """Return what the sidecar says.

    Raises:
        ConfigurationError: it is not YAML, has unknown fields, or a date, address or language that is none; with file
            and line.
    """
    try:
        file = load_typed(path, SidecarFile, shown=locator)
    except ConfigurationError as error:
        raise ConfigurationError([_with_fields(issue) for issue in error.issues]) from error
    if bad := list(_bad_values(file)):
        lines = path.read_text(encoding="utf-8").splitlines()
        raise ConfigurationError([_bad_value(field, wanted, file, lines, locator) for field, wanted in bad])
    return Hints(**msgspec.structs.asdict(file), basis=Basis.SIDECAR)


def unknown_ids(stated: Hints, entities: Mapping[str, Entity], locator: str) -> Iterator[Issue]:
    """Yield what a sidecar names and the gazetteer does not hold: nothing is filed under it.

    Args:
        stated: what the sidecar says.
        entities: the gazetteer, by id; a country may be named by its ISO code too.
        locator: the sidecar, as people see it.
    """
    codes = {entity.iso for entity in entities.values() if entity.iso}
    for field, kind in LISTS.items():
        for name in getattr(stated, field) or ():
            entity = entities.get(name)
            if (entity and entity.kind is kind) or (kind is EntityKind.COUNTRY and name in codes):
                continue
            what = f"is a {entity.kind}" if entity else "is not in the gazetteer"
            yield Issue(
                code="unknown-id",
                where=locator,
                message=f"`{field}` names {name!r}, which {what}, so the article is not filed under it",
                hint=_HINTS.get(kind, "Use the name of a file of the gazetteer, without .yml"),
                severity=Severity.WARNING,
            )


def _with_fields(issue: Issue) -> Issue:
    if "unknown field" not in issue.message:
        return issue
    return dataclasses.replace(issue, hint=f"The fields are: {', '.join(SidecarFile.__struct_fields__)}")


def _bad_values(file: SidecarFile) -> Iterator[tuple[str, str]]:
    """Yield the fields whose value could not be used, and what they may hold."""
    languages = available_languages()
    if file.language is not None and file.language not in languages:
        yield "language", f"Use one of: {', '.join(languages)}"
    elif file.published is not None and not _is_date(file.published, [file.language] if file.language else languages):
        yield "published", f"Write a full date like 2021-12-28 or 28 دسمبر 2021, or `{NO_DATE}`"
    if file.url is not None and not safe_url(file.url):
        yield "url", "Write a whole address like https://example.org/news/1, without spaces or quotation marks"


def _is_date(text: str, languages: Iterable[str]) -> bool:
    return text.strip() == NO_DATE or any(_reads(tag, text) for tag in languages)


def _reads(tag: str, text: str) -> bool:
    with contextlib.suppress(ConfigurationError):  # a broken pack is said elsewhere, and concerns no sidecar
        return parse_stated(text, load_pack(tag)) is not None
    return False


def _bad_value(field: str, wanted: str, file: SidecarFile, lines: Sequence[str], locator: str) -> Issue:
    starts = re.compile(rf"\s*[{{\"']?{field}[\"']?\s*:")
    line = next((number for number, line in enumerate(lines, 1) if starts.match(line)), 1)
    return Issue(
        code="bad-value",
        where=f"{locator}:{line}",
        message=f"`{field}` cannot be {getattr(file, field)!r}",
        hint=wanted,
    )
