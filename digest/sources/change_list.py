"""A list of what changed among the seeds, as `git diff --name-only` gives it: then nothing else is looked at."""

from __future__ import annotations

import codecs
import dataclasses
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from digest.report import Issue, Severity
from digest.sources.folder import SeedFile, look_at, printable, walk
from digest.sources.line_sidecars import ENDINGS, line_sidecars, lines_served
from digest.sources.reader import readers
from digest.sources.sidecar import SUFFIX
from digest.sources.sidecar_use import sidecar_findings

_ESCAPE = re.compile(rb'\\([0-7]{3}|[abfnrtv"\\])')
_ESCAPES = dict(zip(b"abfnrtv", b"\a\b\f\n\r\t\v", strict=True))
_SHOWN = 3
"""Paths that are no seeds, of which the first are named."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """Names below the seeds folder, and what else was listed."""

    names: tuple[str, ...]
    others: tuple[str, ...] = ()

    def findings(self) -> Iterator[Issue]:
        """Yield what there is to say of paths that are no seeds."""
        if self.others:
            named = ", ".join(map(printable, self.others[:_SHOWN])) + (", …" if len(self.others) > _SHOWN else "")
            yield Issue(
                code="not-a-seed",
                where="--changed",
                message=f"{len(self.others)} of the listed paths are no seeds and were passed over: {named}",
                hint="Changes of settings, gazetteer and hand-written pages are found without a list",
                severity=Severity.NOTE,
            )


def parse_change_list(content: bytes, *, seeds: Path, bases: Sequence[Path]) -> ChangeList:
    r"""Return the seeds of a list.

    >>> parse_change_list(b'seeds/a.txt\0README.md', seeds=Path("/x/seeds"), bases=[Path("/x")])
    ChangeList(names=('a.txt',), others=('README.md',))

    Args:
        content: one path a line, quoted as git does, or plain paths with a NUL behind each (`git diff -z`).
        seeds: the seeds folder, absolute.
        bases: folders that the paths may be relative to, the likeliest first.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and 0 in content[2:4]:  # PowerShell's >
        content = content.decode("utf-16", "replace").encode("utf-8")
    content = content.removeprefix(codecs.BOM_UTF8)
    parts = content.split(b"\0") if b"\0" in content else map(_unquoted, content.splitlines())
    names, others = dict[str, None](), dict[str, None]()
    for path in (os.fsdecode(part) for part in parts if part.strip()):
        name = next(filter(None, (_below(seeds, base / path) for base in bases)), None)
        (names if name else others)[name or path] = None
    return ChangeList(names=tuple(names), others=tuple(others))


def _below(seeds: Path, path: Path) -> str | None:
    """Return the name of a path below the seeds folder; None for one that is not, or that no walk would find."""
    whole = Path(os.path.normpath(path))
    if whole == seeds or not whole.is_relative_to(seeds):
        return None
    name = whole.relative_to(seeds)
    return None if any(part.startswith(".") for part in name.parts) else name.as_posix()


def _unquoted(line: bytes) -> bytes:
    r"""Return a path that git quotes, because it has letters beyond ASCII: "seeds/\331\206.txt"."""
    line = line.rstrip(b"\r")
    if len(line) < 2 or not (line.startswith(b'"') and line.endswith(b'"')):  # noqa: PLR2004 - two quotation marks
        return line
    return _ESCAPE.sub(lambda found: bytes([_byte(found[1])]), line[1:-1])


def _byte(escape: bytes) -> int:
    return int(escape, 8) & 0xFF if len(escape) > 1 else _ESCAPES.get(escape[0], escape[0])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is at the places of a list."""

    places: frozenset[str]
    """Locators of all that was looked at, there or not."""
    folders: tuple[str, ...]
    """Beginnings of the locators of all that is in something listed, if that is or was a folder."""
    found: tuple[SeedFile | Issue, ...]

    def covers(self, where: str) -> bool:
        """Return whether a place was looked at: what was said of it before does not hold any more."""
        return where in self.places or where.startswith(self.folders)


def look_at_listed(folder: Path, names: Iterable[str], known: Callable[[str], Iterable[str]]) -> Looked:
    """Look at what is listed: files, their sidecars, and files that a sidecar belongs to.

    Args:
        folder: of the seeds.
        names: below it; a folder stands for all that is in it.
        known: returns the locators that begin with a text, of files that were read before.
    """
    names = list(names)
    root, found, places = folder.resolve(), list[SeedFile | Issue](), set[str]()
    stems: dict[PurePosixPath, set[str]] = {}
    for name in names:
        path, locator = folder / name, f"{folder.name}/{name}"
        places.update(known(f"{locator}/"))
        if path.is_dir() and not path.is_symlink() and not _through_link(folder, PurePosixPath(name)):
            found += walk(path, locator, root)
        else:
            stems.setdefault(PurePosixPath(locator).with_suffix(""), set()).add(locator)
            for lines in lines_served(locator):
                stems.setdefault(PurePosixPath(lines).with_suffix(""), set()).add(lines)
    places |= {item.locator if isinstance(item, SeedFile) else item.where for item in found}
    for stem, listed in stems.items():
        of_stem = listed | {f"{stem}{suffix}" for suffix in (*readers(), SUFFIX)}
        of_stem |= {locator for locator in known(f"{stem}.") if PurePosixPath(locator).with_suffix("") == stem}
        files = [folder.parent / locator for locator in of_stem if locator.lower().endswith(ENDINGS)]
        of_lines = {f"{stem.parent}/{path.name}" for file in files for path in line_sidecars(file)}
        places |= of_stem | of_lines | set(map(printable, of_stem))
        if not _through_link(folder, stem.relative_to(folder.name)):
            found += _of_stem(folder.parent, stem, sorted(of_stem), root)
    folders = tuple(printable(f"{folder.name}/{name}/") for name in names)
    return Looked(places=frozenset(places), folders=folders, found=tuple(found))


def _of_stem(base: Path, stem: PurePosixPath, locators: Sequence[str], root: Path) -> Iterator[SeedFile | Issue]:
    """Yield the files of one name, whatever their endings are, and what there is to say of their sidecar."""
    there = [locator for locator in locators if os.path.lexists(base / locator)]
    lines = {lines for locator in there for lines in lines_served(locator) if os.path.lexists(base / lines)}
    names = [PurePosixPath(locator).name for locator in sorted(lines.union(there))]
    yield from sidecar_findings(names, str(stem.parent))
    for locator in there:
        path = base / locator
        linked = path.is_symlink()
        if not locator.endswith(SUFFIX) and (linked or not path.is_dir()):
            yield from look_at(path, locator, root, linked=linked)


def _through_link(folder: Path, name: PurePosixPath) -> bool:
    """Return whether a name below the seeds leads through a linked folder, where no walk goes."""
    return any((folder / parent).is_symlink() for parent in name.parents if parent.name)
