"""Which batches a segment is merged from: those that are kept from the last time, and new ones for what lies between.

Where one batch ends and the next begins shows nowhere in the segment. So an edit leaves all batches but one as they
are, and new articles are put into a batch behind the others.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from digest.search.batch import Batch, mark_of, unpacked
from digest.search.batch_file import write_batch
from digest.search.documents import SearchDocument
from digest.search.folding import SearchFolder
from digest.search.vocabulary import Vocabulary

FOLDER = "batches"
"""Below the folder of the index. It may be removed at any time."""
MOST = 512
"""Articles of a batch: that many are read again when one of them is edited."""


class Articles(Protocol):
    """Where the articles come from."""

    def length(self) -> int:
        """Return the sequence of the last article there is, plus one."""

    def marks(self, start: int, end: int) -> Iterable[tuple[int, str]]:
        """Return sequence and fingerprint of each article of a run of the ledger, by sequence."""

    def order(self, start: int, end: int) -> Sequence[int]:
        """Return the sequences of a run in the order of its segment (`documents.order`)."""

    def documents(self, sequences: Sequence[int]) -> Iterable[SearchDocument]:
        """Return articles, in the order in which they are asked for."""


class Batches:
    """The batches of one segment.

    Args:
        folder: of the index.
        basis: hash of everything that batches depend on besides their articles.
    """

    def __init__(self, folder: Path, basis: str) -> None:
        self._folder = folder / FOLDER
        self._basis = basis

    def gather(
        self,
        articles: Articles,
        bounds: tuple[int, int],
        marks: Mapping[int, str],
        kept: Iterable[str],
        fold: SearchFolder,
    ) -> list[Batch]:
        """Return the batches of a segment, in order.

        Args:
            articles: all there are.
            bounds: of the segment.
            marks: sequence → fingerprint, of the articles in the segment.
            kept: names of the batches that it may have been made of.
            fold: folds their words.
        """
        order = articles.order(*bounds)
        vocabulary = Vocabulary(fold)
        found: list[Batch] = []
        end = 0
        for start, batch in self._usable(order, marks, kept):
            if start < end:  # a batch of an earlier bound, whose articles another one has too
                batch.close()
                continue
            found += self._made(articles, order, range(end, start), marks, vocabulary)
            batch.moved = start - batch.head.first
            found.append(batch)
            end = start + len(batch)
        found += self._made(articles, order, range(end, len(order)), marks, vocabulary)
        vocabulary.forget()
        return found

    def remove_others(self, kept: Iterable[str]) -> None:
        """Remove all batches but those of these names."""
        names = frozenset(kept)
        for path in self._folder.glob("*"):
            if path.name not in names and not path.is_dir():
                path.unlink()

    def _usable(
        self, order: Sequence[int], marks: Mapping[int, str], kept: Iterable[str]
    ) -> Iterator[tuple[int, Batch]]:
        """Yield the batches whose articles still stand side by side, unchanged, by place."""
        places = {sequence: place for place, sequence in enumerate(order)}
        found: list[tuple[int, int, Batch]] = []
        for number, name in enumerate(sorted(set(kept))):
            batch = Batch.kept(self._folder / name)
            if batch is None:
                continue
            sequences = unpacked(batch.head.sequences).tolist()
            start = places.get(sequences[0], -1)
            same = list(order[start : start + len(sequences)]) == sequences
            if start >= 0 and same and batch.head.mark == self._mark(sequences, marks):
                found.append((start, number, batch))
            else:
                batch.close()
        return ((start, batch) for start, _, batch in sorted(found))

    def _made(
        self,
        articles: Articles,
        order: Sequence[int],
        places: range,
        marks: Mapping[int, str],
        vocabulary: Vocabulary,
    ) -> Iterator[Batch]:
        """Yield new batches of the articles of some places, all of about the same size."""
        parts = -(-len(places) // MOST)
        for part in range(parts):
            here = places[len(places) * part // parts : len(places) * (part + 1) // parts]
            some = order[here.start : here.stop]
            mark = self._mark(some, marks)
            if len(some) < MOST // 2:  # soon there will be one that these are a part of
                file = io.BytesIO()
                write_batch(file, articles.documents(some), mark, here.start, vocabulary)
                yield Batch(file)
                continue
            self._folder.mkdir(exist_ok=True)
            name = f"{some[0]}-{mark[:16]}"
            path = self._folder / f".next-{name}"
            with path.open("wb") as target:
                write_batch(target, articles.documents(some), mark, here.start, vocabulary)
            path.rename(self._folder / name)
            yield Batch((self._folder / name).open("rb"), name)

    def _mark(self, sequences: Iterable[int], marks: Mapping[int, str]) -> str:
        return mark_of(((-1, self._basis), *((sequence, marks.get(sequence, "")) for sequence in sequences)))
