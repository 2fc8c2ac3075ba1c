"""Walks the seeds folder: every file that a reader knows, with its sidecar."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from digest.errors import ConfigurationError
from digest.model import Entity, RawArticle
from digest.report import Issue, Severity
from digest.sources.reader import readers
from digest.sources.sidecar import SUFFIX, read_sidecar, sidecar_path, unknown_ids

_UNNAMEABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no locator may hold: the ledger keeps one to a line, and people have to read it."""


def read_folder(
    folder: Path, max_bytes: int, entities: Mapping[str, Entity] | None = None
) -> Iterator[RawArticle | Issue]:
    """Yield the articles under `folder` in the order of their names, and what could not be read.

    Hidden files are left alone. Links that lead out of the folder are not followed.

    Args:
        folder: the seeds.
        max_bytes: the largest article that is read.
        entities: the gazetteer, by id, to say which ids of a sidecar it does not hold; None says nothing of them.
    """
    if not folder.is_dir():
        yield Issue(
            code="no-seeds",
            where=str(folder),
            message="there is no such folder, so there is nothing to publish",
            hint="Make it and put articles in, or set `seeds:` in mkdocs.yml",
        )
        return
    root = folder.resolve()
    paths = [path for path in sorted(folder.rglob("*")) if not _hidden(path.relative_to(folder)) and not path.is_dir()]
    yield from _sidecar_findings(folder, paths, entities)
    for path in paths:
        relative = path.relative_to(folder)
        if path.suffix == SUFFIX:
            continue
        locator = f"{folder.name}/{relative.as_posix()}"
        if _UNNAMEABLE.search(locator):
            yield _unnameable(locator)
        elif not path.is_file():  # a broken link, a link to itself, a pipe
            yield Issue(code="unreadable", where=locator, message="this is no file that could be read")
        elif not path.resolve().is_relative_to(root):
            yield Issue(
                code="outside",
                where=locator,
                message="this link leads out of the seeds folder and is not followed",
                hint="Copy the article into the folder",
            )
        else:
            for item in read_file(path, locator, max_bytes):
                if isinstance(item, RawArticle) and _UNNAMEABLE.search(item.locator):  # the id of a .jsonl line
                    yield _unnameable(item.locator)
                else:
                    yield item


def read_file(path: Path, locator: str, max_bytes: int) -> Iterator[RawArticle | Issue]:
    """Yield the articles of one file, each with what its sidecar says."""
    reader = readers().get(path.suffix.lower())
    if reader is None:
        yield Issue(
            code="unknown-format",
            where=locator,
            message=f"no reader for {path.suffix or 'files without an ending'!r}",
            hint=f"Known endings: {', '.join(sorted(readers()))}",
            severity=Severity.WARNING,
        )
        return
    try:
        sidecar = sidecar_path(path)
        overrides = read_sidecar(sidecar, str(Path(locator).with_suffix(SUFFIX))) if sidecar.is_file() else None
        for item in reader.read(path, locator):
            if isinstance(item, RawArticle):
                if len(item.body) > max_bytes:
                    yield _too_large(item, max_bytes)
                    continue
                yield dataclasses.replace(item, overrides=overrides) if overrides else item
            else:
                yield item
    except ConfigurationError as error:  # a bad sidecar concerns this article only
        yield from error.issues
    except OSError as error:
        yield Issue(code="unreadable", where=locator, message=f"the file cannot be read: {error.strerror or error}")


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _sidecar_findings(folder: Path, paths: Sequence[Path], entities: Mapping[str, Entity] | None) -> Iterator[Issue]:
    """Yield sidecars that no article reads, that several read, and that name what the gazetteer does not hold."""
    seeds: dict[Path, list[Path]] = {}
    for path in paths:
        if path.suffix.lower() in readers():
            seeds.setdefault(sidecar_path(path), []).append(path)
    for path in paths:
        if path.suffix != SUFFIX:
            continue
        locator = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        served = seeds.get(path, [])
        if not served:
            yield _orphan(locator)
        elif len(served) > 1:
            yield _shared(locator, served)
        if served and entities is not None:
            with contextlib.suppress(ConfigurationError, OSError):  # said where the article is read
                yield from unknown_ids(read_sidecar(path, locator), entities, locator)


def _orphan(locator: str) -> Issue:
    return Issue(
        code="orphan-sidecar",
        where=locator,
        message="there is no article of this name, so nobody reads this sidecar",
        hint="Give it the name of its article, or remove it",
        severity=Severity.WARNING,
    )


def _shared(locator: str, served: Sequence[Path]) -> Issue:
    names = ", ".join(path.name for path in served)
    return Issue(
        code="shared-sidecar",
        where=locator,
        message=f"this sidecar holds for several files: {names}",
        hint="Rename all but one of them if that is not meant",
        severity=Severity.WARNING,
    )


def _unnameable(locator: str) -> Issue:
    return Issue(
        code="bad-name",
        where=_UNNAMEABLE.sub(lambda match: ascii(match[0])[1:-1], locator),
        message="the name holds characters that cannot be printed, so the article can have no line in the ledger",
        hint="Rename the file, or give the line of the .jsonl file another id",
    )


def _too_large(article: RawArticle, max_bytes: int) -> Issue:
    return Issue(
        code="too-large",
        where=article.locator,
        message=f"{len(article.body):,} bytes are more than an article has (at most {max_bytes:,})",
        hint="Split it, or raise `max_article_bytes` in mkdocs.yml",
    )
