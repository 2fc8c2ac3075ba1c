"""Counts right, wrong and missed, and turns them into figures that can be compared with the committed ones."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

DIGITS = 4
LOWER_IS_BETTER = ("look-alikes linked wrongly", "content lost", "invented dates", "topics per article")
NO_MATTER_BELOW = {"topics per article": 2.5}
"""Figures that may rise freely up to this."""


@dataclasses.dataclass
class Score:
    """What was found, against what is there."""

    right: int = 0
    wrong: list[str] = dataclasses.field(default_factory=list)
    missed: list[str] = dataclasses.field(default_factory=list)

    def compare(
        self, name: str, found: AbstractSet[str], wanted: AbstractSet[str], optional: AbstractSet[str] = frozenset()
    ) -> None:
        """Count one article; what is optional is neither rewarded nor punished."""
        self.right += len(found & wanted)
        self.wrong += [f"{name}: {item}" for item in sorted(found - wanted - optional)]
        self.missed += [f"{name}: {item}" for item in sorted(wanted - found)]

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return _share(self.right, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return _share(self.right, self.right + len(self.missed))

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


@dataclasses.dataclass
class Share:
    """How many of all: characters lost, dates found, lines removed."""

    count: float = 0
    total: float = 0
    notes: list[str] = dataclasses.field(default_factory=list)

    def add(self, count: float, total: float, note: str) -> None:
        """Count `count` of `total`; `note` says what is behind a miss, and is empty when there is none."""
        self.count += count
        self.total += total
        if note:
            self.notes.append(note)

    @property
    def value(self) -> float:
        """The share; of nothing, none."""
        return self.count / self.total if self.total else 0.0


class Tally:
    """All fields of a set of articles."""

    def __init__(self) -> None:
        self.scores: dict[str, Score] = defaultdict(Score)
        self.shares: dict[str, Share] = defaultdict(Share)
        self.articles = 0

    def check(self, field: str, name: str, found: object, wanted: object) -> None:
        """Count whether a field with one value has the right one."""
        right = found == wanted
        self.shares[field].add(right, 1, "" if right else f"{name}: {found!r}, not {wanted!r}")

    def figures(self) -> dict[str, float]:
        """Return every figure by name."""
        found = {}
        for name, score in self.scores.items():
            found[f"{name}: precision"] = round(score.precision, DIGITS)
            found[f"{name}: recall"] = round(score.recall, DIGITS)
            found[f"{name}: F1"] = round(score.f1, DIGITS)
        for name, share in self.shares.items():
            value = share.count if name == "invented dates" else share.value
            found[name] = round(value, DIGITS)
        return found

    def misses(self) -> Iterable[str]:
        """Yield everything that is not as labelled."""
        for name, score in self.scores.items():
            yield from (f"wrong  {name}: {item}" for item in score.wrong)
            yield from (f"missed {name}: {item}" for item in score.missed)
        for name, share in self.shares.items():
            yield from (f"{name}: {note}" for note in share.notes)


def fallen(figures: dict[str, float], committed: dict[str, float]) -> list[str]:
    """Return the figures that are worse than the committed ones, or gone.

    >>> fallen({"a: recall": 0.9, "content lost": 0.0}, {"a: recall": 0.95, "content lost": 0.1})
    ['a: recall: 0.9 is worse than 0.95']
    """
    found = []
    for name, before in committed.items():
        now = figures.get(name)
        if now is None:
            found.append(f"{name}: is measured no more")
        elif (now > max(before, NO_MATTER_BELOW.get(name, 0))) if name in LOWER_IS_BETTER else (now < before):
            found.append(f"{name}: {now} is worse than {before}")
    return found


def _share(count: int, total: int) -> float:
    return count / total if total else 1.0
