"""The whole index: which articles are in which segment, what can be kept, and the root file.

Segments are runs of the ledger whose bounds depend on nothing but its length. So a clean build and any sequence of
small ones make the same segments, and a new article touches the youngest one: the older are sealed. What a segment
depends on is written in its head (`heads.py`); while that is the same, the segment is kept.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from digest import model
from digest.languages import fold
from digest.languages.pack import LanguagePack
from digest.search.aliases import NameBook
from digest.search.batch import Batch, mark_of
from digest.search.batches import FOLDER as BATCHES
from digest.search.batches import Articles, Batches
from digest.search.encoding import LIMITS, SWAPPED, compress
from digest.search.folding import SearchFolder, fold_table
from digest.search.heads import HEAD, Head, read_heads
from digest.search.merging import SegmentRows, named_in
from digest.search.segment import SegmentWriter, block_size
from digest.store.collector import give_back, without_gc
from digest.store.files import write_if_changed

FORMAT = 4
"""Version of the format; a browser that knows another one asks for a reload."""
ROOT = "root.bin"
_STEPS = (65_536, 2048, 64)
"""A segment ends where the ledger's length can be divided by one of these: sealed, old, grown; the rest is young."""
_LARGE = 2048
"""Articles of a segment from which on it is worth while to return memory to the system before and after."""
_PACKAGE = Path(__file__).parent
_UNFINISHED = "unfinished"
"""Stands in the folder while an update runs: a killed one leaves heads that nobody vouches for."""


def plan(length: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the segments of a ledger with `length` lines, the oldest first.

    >>> list(plan(10_000)), list(plan(3))
    ([(0, 8192), (8192, 9984), (9984, 10000)], [(0, 3)])
    """
    start = 0
    while start + _STEPS[0] <= length:
        yield start, start + _STEPS[0]
        start += _STEPS[0]
    for step in (*_STEPS[1:], 1):
        if (end := length - length % step) > start:
            yield start, end
            start = end


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Indexer:
    """What an index is made with."""

    pack: LanguagePack
    names: NameBook
    fingerprint: str
    """Changes with the gazetteer: while it is the same, no name need be looked at."""
    extra: Mapping[str, Any]
    """What the site adds to the root file: wording, sections."""
    variant: str = ""
    """Changes with what the site shows of an article."""

    def update(self, folder: Path, articles: Articles, changed: frozenset[int] | None = None) -> int:
        """Bring the index in `folder` up to date; return how many segments were made.

        Args:
            folder: of the index, kept between builds.
            articles: all there are.
            changed: sequences of the articles that were added, edited or removed since the last update; only the
                segments that hold one of them are looked at. None: nobody knows, and all are.
        """
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / _UNFINISHED
        if unfinished.exists():
            changed = None
        unfinished.touch()
        kept = read_heads(folder, self._basis())
        heads: list[Head] = []
        made: list[Head] = []
        for start, end in plan(articles.length()):
            found = kept.get((start, end), [])
            trusted = changed is not None and not any(start <= sequence < end for sequence in changed)
            if found and trusted:
                marks, mark = {}, found[0].marks
            else:
                marks = dict(articles.marks(start, end))
                mark = mark_of(marks.items())
                if not marks:
                    continue
            head = next((head for head in found if head.marks == mark and self._names_are_those(folder, head)), None)
            if head is None:
                marks = marks or dict(articles.marks(start, end))
                parts = _batches(old for olds in kept.values() for old in olds if old.start < end and start < old.end)
                head = Head(start=start, end=end, basis=self._basis(), marks=mark)
                head = self._make(folder, head, articles, marks, parts)
                made.append(head)
            heads.append(head)
        write_if_changed(folder / ROOT, compress(msgspec.json.encode(self._root(heads))))
        _remove_others(folder, {head.path for head in heads})
        Batches(folder, self._basis()).remove_others(_batches(heads))
        unfinished.unlink()
        if any(head.end - head.start > _LARGE for head in made):
            give_back()
        return len(made)

    def _root(self, heads: list[Head]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "language": self.pack.tag,
            "documents": sum(head.public["docs"] for head in heads),
            "limits": LIMITS,
            "swapped": SWAPPED,
            "fold": fold_table(self.pack),
            "segments": [{"path": head.path, **head.public} for head in heads],
            **self.extra,
        }

    def _basis(self) -> str:
        """Return a hash of everything that all segments depend on."""
        table = msgspec.json.encode(fold_table(self.pack))
        return hashlib.sha256(f"{FORMAT} {_code()} {self.pack.tag} {self.variant} ".encode() + table).hexdigest()

    def _names_are_those(self, folder: Path, head: Head) -> bool:
        """Return whether the entities of a segment are still called what they were; note it in its head."""
        if head.gazetteer == self.fingerprint:
            return True
        if head.names != self.names.mark(head.entities):
            return False
        write_if_changed(folder / head.path / HEAD, msgspec.structs.replace(head, gazetteer=self.fingerprint).encoded())
        return True

    def _make(
        self, folder: Path, head: Head, articles: Articles, marks: Mapping[int, str], kept: Iterable[str]
    ) -> Head:
        staged = folder / f".next-{os.urandom(6).hex()}"
        staged.mkdir()
        fold = SearchFolder(self.pack)
        batches: list[Batch] = []
        large = head.end - head.start > _LARGE
        try:
            if large:  # what earlier stages needed, and then what the words took, is not kept beside what is needed now
                give_back()
            with without_gc():
                batches += Batches(folder, head.basis).gather(articles, (head.start, head.end), marks, kept, fold)
                if large:
                    give_back()
                writer = SegmentWriter(staged, block_size(sum(map(len, batches))))
                public = writer.write(batches, SegmentRows(batches, fold, self.names))
            entities = named_in(batches)
            head = msgspec.structs.replace(
                head,
                public=public,
                entities=entities,
                names=self.names.mark(entities),
                gazetteer=self.fingerprint,
                batches=tuple(batch.name for batch in batches if batch.name),
            )
            (staged / HEAD).write_bytes(head.encoded())
            staged.chmod(0o755)
            shutil.rmtree(folder / head.path, ignore_errors=True)
            staged.rename(folder / head.path)
        finally:
            for batch in batches:
                batch.close()
            shutil.rmtree(staged, ignore_errors=True)
        return head


def published_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name below the published folder, and the file, of everything that a browser may ask for."""
    yield ROOT, folder / ROOT
    for segment in sorted(folder.glob("[0-9]*/")):
        yield from ((f"{segment.name}/{name}", path) for name, path in segment_files(segment))


def segment_files(segment: Path) -> Iterator[tuple[str, Path]]:
    """Yield the same for one segment, by the names in its folder."""
    start = len(str(segment)) + 1
    found = [f"{folder}/{name}" for folder, _, names in os.walk(segment) for name in names if name != HEAD]
    for path in sorted(found):
        yield path[start:].replace(os.sep, "/"), Path(path)


def _batches(heads: Iterable[Head]) -> set[str]:
    return {name for head in heads for name in head.batches}


def _remove_others(folder: Path, kept: set[str]) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in (*kept, BATCHES):
            shutil.rmtree(path, ignore_errors=True)


@functools.cache
def _code() -> str:
    """Return a hash of the code that makes segments."""
    marks = hashlib.sha256()
    read = [*_PACKAGE.glob("*.py"), *_PACKAGE.glob("*.yml"), Path(fold.__file__)]
    for path in sorted([*read, *Path(model.__file__).parent.glob("*.py")]):
        marks.update(path.name.encode() + path.read_bytes())
    return marks.hexdigest()
