"""Walks the seeds folder: every file that a reader knows, with its sidecar."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from digest.errors import ConfigurationError
from digest.model import Entity, Hints, RawArticle
from digest.report import Issue, Severity
from digest.sources.line_sidecars import LineSidecars, line_sidecars
from digest.sources.reader import readers
from digest.sources.sidecar import SUFFIX, Sidecar, read_sidecar, sidecar_path, unknown_ids
from digest.sources.sidecar_use import orphan, sidecar_findings

_UNNAMEABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no locator may hold: the ledger keeps one to a line, and people have to read it."""


class SeedFile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A file of the seeds folder that may hold articles, not opened yet. A hundred thousand are made for each build."""

    place: str
    """Its path."""
    locator: str
    alone: bool = False
    """Whether its folder was seen to hold no sidecar of it, so that the file system need not be asked again."""

    @property
    def path(self) -> Path:
        """Its path."""
        return Path(self.place)

    @property
    def parts(self) -> Sequence[str | None]:
        """What its articles depend on: the file, its sidecar, those of its lines; None for one that is not there."""
        if self.alone:
            return self.place, None
        path = self.path
        return self.place, str(sidecar_path(path)), *map(str, line_sidecars(path))

    def read(self, max_bytes: int, entities: Mapping[str, Entity] | None = None) -> Iterator[RawArticle | Issue]:
        """Yield its articles, and what could not be read.

        Args:
            max_bytes: the largest article that is read.
            entities: the gazetteer, by id, to say which ids of its sidecar that does not hold; None says nothing of it.
        """
        path, (_, *sidecars) = self.path, self.parts
        known = entities is not None and path.suffix.lower() in readers()
        for sidecar in map(Path, filter(None, sidecars)) if known else ():
            if sidecar.is_file():
                where = str(Path(self.locator).with_name(sidecar.name))
                with contextlib.suppress(ConfigurationError, OSError):  # said where the article is read
                    yield from unknown_ids(read_sidecar(sidecar, where).overrides, entities or {}, where)
        for item in read_file(path, self.locator, max_bytes):
            if isinstance(item, RawArticle) and _UNNAMEABLE.search(item.locator):  # the id of a .jsonl line
                yield _unnameable(item.locator)
            else:
                yield item


def list_folder(folder: Path) -> Iterator[SeedFile | Issue]:
    """Yield the files under `folder` in the order of their names, and those that could never be read.

    Hidden files are left alone. Links that lead out of the folder are not followed, links to folders never.
    """
    if not folder.is_dir():
        yield Issue(
            code="no-seeds",
            where=str(folder),
            message="there is no such folder, so there is nothing to publish",
            hint="Make it and put articles in, or set `seeds:` in mkdocs.yml",
        )
        return
    yield from walk(folder, folder.name, folder.resolve())


def walk(folder: Path, name: str, root: Path) -> Iterator[SeedFile | Issue]:
    """Yield what `list_folder` does, of a folder below the seeds.

    Args:
        folder: the folder.
        name: its locator.
        root: the seeds folder, resolved.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror or error}"
        yield Issue(code="unreadable", where=name, message=message, hint="Let the one who builds the site read it")
        return
    names = [entry.name for entry in entries]
    yield from sidecar_findings(names, name)
    served = {file.partition(".")[0] for file in names if file.endswith(SUFFIX)}
    nameable = _UNNAMEABLE.search("/".join((name, *names))) is None
    for entry in entries:
        file = entry.name
        locator = f"{name}/{file}"
        if file.startswith(".") or file.endswith(SUFFIX):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), locator, root)
        elif entry.is_file(follow_symlinks=False) and (nameable or not _UNNAMEABLE.search(locator)):
            # as nearly all: nothing more is asked of it
            alone = not served or file.partition(".")[0] not in served
            yield SeedFile(place=entry.path, locator=locator, alone=alone)
        else:
            yield from look_at(Path(entry.path), locator, root, linked=entry.is_symlink())


def look_at(path: Path, locator: str, root: Path, *, linked: bool) -> Iterator[SeedFile | Issue]:
    """Yield a file that may hold articles, or why it could never be read; nothing for a link to a folder.

    Args:
        path: what is no folder.
        locator: how people see it.
        root: the seeds folder, resolved.
        linked: whether it is a symbolic link.
    """
    if linked and path.is_dir():
        return
    if _UNNAMEABLE.search(locator):
        yield _unnameable(locator)
    elif not path.is_file():  # a broken link, a link to itself, a pipe
        yield Issue(code="unreadable", where=locator, message="this is no file that could be read")
    elif linked and not path.resolve().is_relative_to(root):
        yield Issue(
            code="outside",
            where=locator,
            message="this link leads out of the seeds folder and is not followed",
            hint="Copy the article into the folder",
        )
    else:
        yield SeedFile(place=str(path), locator=locator)


def read_folder(
    folder: Path, max_bytes: int, entities: Mapping[str, Entity] | None = None
) -> Iterator[RawArticle | Issue]:
    """Yield the articles under `folder` in the order of their names, and what could not be read (`SeedFile.read`)."""
    for item in list_folder(folder):
        if isinstance(item, SeedFile):
            yield from item.read(max_bytes, entities)
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
            hint=f"Known endings: {', '.join(sorted(readers()))}; `digest add` brings in more",
            severity=Severity.WARNING,
        )
        return
    try:
        sidecar = sidecar_path(path)
        said = read_sidecar(sidecar, str(Path(locator).with_suffix(SUFFIX))) if sidecar.is_file() else None
        of_lines = LineSidecars(path, locator)
        for item in reader.read(path, locator):
            if not isinstance(item, RawArticle):
                yield item
            elif len(item.body) > max_bytes:
                yield _too_large(item, max_bytes)
            else:
                yield from _with_line(_with_sidecar(item, said) if said else item, of_lines)
        yield from map(orphan, of_lines.left())
    except ConfigurationError as error:  # a bad sidecar concerns this article only
        yield from error.issues
    except OSError as error:
        yield Issue(code="unreadable", where=locator, message=f"the file cannot be read: {error.strerror or error}")


def _with_sidecar(article: RawArticle, said: Sidecar) -> RawArticle:
    """Add what the sidecar says; what a file itself states, as a .jsonl line does, beats the sidecar's metadata."""
    hints = article.hints if article.hints != Hints() else said.metadata
    return dataclasses.replace(article, hints=hints, overrides=said.overrides)


def _with_line(article: RawArticle, sidecars: LineSidecars) -> Iterator[RawArticle | Issue]:
    try:
        yield sidecars.apply(article)
    except ConfigurationError as error:  # it concerns this line only
        yield from error.issues
    except OSError as error:
        message = f"its sidecar cannot be read: {error.strerror or error}"
        yield Issue(code="unreadable", where=article.locator, message=message)


def printable(locator: str) -> str:
    r"""Return a locator with what no locator may hold written out.

    >>> printable("seeds/a\nb.txt")
    'seeds/a\\nb.txt'
    """
    return _UNNAMEABLE.sub(lambda match: ascii(match[0])[1:-1], locator)


def nameable(locator: str) -> bool:
    r"""Return whether a locator can be a line of the ledger; joiners are letters of some words.

    >>> nameable("seeds/خبر‌نامه.txt"), nameable("seeds/a\nb.txt")
    (True, False)
    """
    return not _UNNAMEABLE.search(locator)


def _unnameable(locator: str) -> Issue:
    return Issue(
        code="bad-name",
        where=printable(locator),
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
