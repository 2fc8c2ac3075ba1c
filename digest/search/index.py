"""The whole index: which articles are in which segment, what can be kept, and the root file.

Segments are runs of the ledger whose bounds depend on nothing but the number of articles in it. So a clean build and
any sequence of small ones make the same segments, and a new article touches the youngest one: the older are sealed.
A segment's folder is named after a hash of everything that it depends on; while that is the same, it is kept.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from digest.languages.pack import LanguagePack
from digest.search.aliases import NameBook
from digest.search.documents import SearchDocument
from digest.search.encoding import compress
from digest.search.folding import SearchFolder, fold_table
from digest.search.segment import LIMITS, SegmentWriter, block_size
from digest.store.files import write_if_changed

FORMAT = 1
"""Version of the format; a browser that knows another one asks for a reload."""
ROOT = "root.bin"
_STEPS = (65_536, 2048, 64)
"""A segment ends where the ledger's length can be divided by one of these: sealed, old, grown; the rest is young."""
_PACKAGE = Path(__file__).parent
_HEAD = "head.json"
Marks = Iterable[tuple[int, str]]
Read = Callable[[int, int], Iterable[SearchDocument]]


def plan(count: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the segments of a ledger with `count` lines, the oldest first.

    >>> list(plan(10_000)), list(plan(3))
    ([(0, 8192), (8192, 9984), (9984, 10000)], [(0, 3)])
    """
    start = 0
    while start + _STEPS[0] <= count:
        yield start, start + _STEPS[0]
        start += _STEPS[0]
    for step in (*_STEPS[1:], 1):
        if (end := count - count % step) > start:
            yield start, end
            start = end


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Indexer:
    """What an index is made with."""

    pack: LanguagePack
    names: NameBook
    fingerprint: str
    """Changes with the gazetteer."""
    extra: Mapping[str, Any]
    """What the site adds to the root file: wording, sections."""

    def update(self, folder: Path, marks: Marks, read: Read) -> int:
        """Bring the index in `folder` up to date; return how many segments were made.

        Args:
            folder: of the index, kept between builds.
            marks: sequence and fingerprint of every article there is.
            read: gives the articles whose sequence is within bounds, in the order of their segment (`segment.order`).
        """
        known = sorted(marks)
        count = known[-1][0] + 1 if known else 0
        heads: list[dict[str, Any]] = []
        made, place = 0, 0
        for start, end in plan(count):
            own = []
            while place < len(known) and known[place][0] < end:
                own.append(known[place])
                place += 1
            if not own:
                continue
            name = f"{start}-{self._fingerprint(own)}"
            if not (folder / name / _HEAD).exists():
                self._make(folder, name, len(own), read(start, end))
                made += 1
            heads.append(msgspec.json.decode((folder / name / _HEAD).read_bytes()))
        root = compress(msgspec.json.encode(self._root(heads)))
        write_if_changed(folder / ROOT, root)
        _remove_others(folder, {head["path"] for head in heads})
        return made

    def _root(self, heads: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "language": self.pack.tag,
            "documents": sum(head["docs"] for head in heads),
            "limits": LIMITS,
            "fold": fold_table(self.pack),
            "segments": heads,
            **self.extra,
        }

    def _fingerprint(self, marks: Marks) -> str:
        digest = hashlib.sha256(f"{FORMAT} {self.fingerprint} {_code()} {self.pack.tag}".encode())
        for sequence, mark in marks:
            digest.update(f"{sequence} {mark}\n".encode())
        return digest.hexdigest()[:12]

    def _make(self, folder: Path, name: str, count: int, documents: Iterable[SearchDocument]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".next-", dir=folder))
        try:
            writer = SegmentWriter(staged, SearchFolder(self.pack), self.names, block_size(count))
            with _without_gc():
                for document in documents:
                    writer.add(document)
                head = {"path": name, **writer.finish()}
            (staged / _HEAD).write_bytes(msgspec.json.encode(head))
            staged.chmod(0o755)
            shutil.rmtree(folder / name, ignore_errors=True)
            staged.rename(folder / name)
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def published_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name below the published folder, and the file, of everything that a browser may ask for."""
    yield ROOT, folder / ROOT
    for segment in sorted(path for path in folder.iterdir() if path.is_dir()):
        for file in sorted(segment.iterdir()):
            if file.name != _HEAD:
                yield f"{segment.name}/{file.name}", file


@contextlib.contextmanager
def _without_gc() -> Iterator[None]:
    """Build without the cyclic collector: there are no cycles, and it would look at every row again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _remove_others(folder: Path, kept: set[str]) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


@functools.cache
def _code() -> str:
    """Return a hash of the code that makes segments."""
    marks = hashlib.sha256()
    for path in sorted([*_PACKAGE.glob("*.py"), *_PACKAGE.glob("*.yml")]):
        marks.update(path.name.encode() + path.read_bytes())
    return marks.hexdigest()
