"""The sidecar: `NAME.yml` beside `NAME.txt`, where a maintainer overrides any field without touching the seed.

`digest add` writes two more blocks into it: `metadata`, what the source said of the article in fields of its own, and
`provenance`, where it came from. They are no overrides: a field at the top beats them.
"""

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
from digest.sources.address import safe_url

SUFFIX = ".yml"
_WIDTH = 120
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


class Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the source of an article says of it: `digest add` writes it, and it is believed less than a person."""

    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a seed came from; `digest add` writes it."""

    address: str | None = None
    """Address, after redirects, or the name of a file."""
    retrieved: dt.datetime | None = None
    """When the source gave it to us, or to whoever made the dump; a year may be inferred from it."""
    added: dt.datetime | None = None
    """When it was brought in, if nobody knows when it was retrieved; nothing follows from it."""
    sha256: str | None = None
    """Checksum of the bytes that were retrieved."""
    media_type: str | None = None
    encoding: str | None = None
    """The encoding that it was in; seeds are UTF-8."""
    feed: str | None = None


class SidecarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
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
    retracted: str | None = None
    """Why the article is withdrawn; the reason is shown where it was."""
    metadata: Metadata = Metadata()
    provenance: Provenance = Provenance()


OVERRIDES = tuple(field for field in SidecarFile.__struct_fields__ if field not in ("metadata", "provenance"))
"""The fields that people write."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What a sidecar says, by who says it."""

    overrides: Hints
    """What a maintainer wrote."""
    metadata: Hints
    """What the source stated."""


def sidecar_path(seed: Path) -> Path:
    """Return where the sidecar of `seed` is, if it has one."""
    return seed.with_suffix(SUFFIX)


def read_sidecar(path: Path, locator: str) -> Sidecar:
    """Return what the sidecar says.

    Raises:
        ConfigurationError: it is not YAML, has unknown fields, or a date, address or language that is none; with file
            and line.
    """
    file = load_sidecar(path, locator)
    retrieved = file.provenance.retrieved
    return Sidecar(
        overrides=Hints(**{field: getattr(file, field) for field in OVERRIDES}, basis=Basis.SIDECAR),
        metadata=Hints(
            **msgspec.structs.asdict(file.metadata),
            retrieved=retrieved.date() if retrieved else None,
            basis=Basis.METADATA,
        ),
    )


def load_sidecar(path: Path, locator: str) -> SidecarFile:
    """Return a sidecar as written.

    Raises:
        ConfigurationError: as `read_sidecar`.
    """
    from digest.reviewed_yaml import load_typed  # noqa: PLC0415 - most articles have no sidecar

    try:
        file = load_typed(path, SidecarFile, shown=locator)
    except ConfigurationError as error:
        raise ConfigurationError([_with_fields(issue) for issue in error.issues]) from error
    if bad := [(part, *found) for part in (file, file.metadata) for found in _bad_values(part)]:
        lines = path.read_text(encoding="utf-8").splitlines()
        raise ConfigurationError([_bad_value(field, wanted, part, lines, locator) for part, field, wanted in bad])
    return file


def sidecar_text(file: SidecarFile) -> str:
    """Return a sidecar as it is written to disk: plain YAML, without the fields that say nothing."""
    import yaml  # noqa: PLC0415 - see above

    said = {field: value for field, value in msgspec.to_builtins(file).items() if value != {}}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # libyaml, where there is one: ten times as fast
    text: str = yaml.dump(said, Dumper=dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text


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


def _bad_values(file: SidecarFile | Metadata) -> Iterator[tuple[str, str]]:
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


def _bad_value(field: str, wanted: str, file: SidecarFile | Metadata, lines: Sequence[str], locator: str) -> Issue:
    starts = re.compile(rf"\s*[{{\"']?{field}[\"']?\s*:")
    line = next((number for number, line in enumerate(lines, 1) if starts.match(line)), 1)
    return Issue(
        code="bad-value",
        where=f"{locator}:{line}",
        message=f"`{field}` cannot be {getattr(file, field)!r}",
        hint=wanted,
    )
