"""Measures same-story detection on COUNTER: WD and PD pairs are one story, ND pairs and all other pairs are not.

python evaluation/same_story.py ../shared/corpus/counter          # figures at the thresholds of digest/link/stories.py
python evaluation/same_story.py FOLDER --fit                      # weights and thresholds anew, from the dev half only
python evaluation/same_story.py FOLDER --misses                   # what is not as labelled, dev half
python evaluation/same_story.py --time                            # seconds for made-up archives of three sizes

The halves are made by a seeded hash of the pairs; pairs that contain the same text fall into the same half.
ND pairs are
reports of one event that were written independently: a reader would call them the same story, the corpus does not.
So a third figure, «one event», counts them as right.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import math
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from labels import read_counter
from same_story_time import show_times

from digest.gazetteer.load import load_gazetteer
from digest.link.stories import Signature, features, is_same_story, same_story, signature
from digest.model import Hints, RawArticle
from digest.pipeline import Analyst

SEED = "khabarnama"
BAR_PRECISION, BAR_F1 = 0.95, 0.90
_STEPS = 60
_RIDGE = 0.01


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """An article of the corpus."""

    name: str
    pair: str
    label: str
    group: str
    """Pairs that contain the same text are one group."""
    half: str
    headline: str
    signature: Signature


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pair:
    """Two articles and what the corpus says of them: WD, PD, ND; or X, when it says nothing."""

    one: Told
    other: Told
    label: str

    @property
    def positive(self) -> bool:
        """Whether they are one story by the label."""
        return self.label in ("WD", "PD")


def read(corpus: Path, *, bare: bool) -> Iterator[Told]:
    """Yield the articles with their signatures; `bare` hides dates and newspapers, as a folder of texts does."""
    analyst = Analyst(load_gazetteer(), ("ur",))
    paths = sorted(corpus.glob("*.xml"))
    groups = _groups(paths)
    for path in paths:
        headline, body, date = read_counter(path)
        root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - a corpus the maintainer names
        hints = Hints(
            headline=unicodedata.normalize("NFC", headline) or None,
            published=date.isoformat() if date and not bare else None,
            outlet=None if bare else root.get("newspaper"),
            language="ur",
        )
        raw = RawArticle(
            locator=path.name, media_type="text/plain", body=unicodedata.normalize("NFC", body).encode(), hints=hints
        )
        linked = analyst(raw, path.stem)
        yield Told(
            name=path.stem,
            pair=path.stem[:4],
            label=root.get("classification", ""),
            group=groups[path.stem[:4]],
            half=_half(groups[path.stem[:4]]),
            headline=linked.story.headline.text,
            signature=signature(linked),
        )


def _groups(paths: Sequence[Path]) -> dict[str, str]:
    """Return pair → group. Pairs that share a text are one group, so that no half has seen the other's articles."""
    group: dict[str, str] = {}
    first_with: dict[str, str] = {}

    def root(pair: str) -> str:
        while group.setdefault(pair, pair) != pair:
            pair = group[pair]
        return pair

    for path in paths:
        text = read_counter(path)[1].strip()
        mine, earlier = root(path.stem[:4]), root(first_with.setdefault(text, path.stem[:4]))
        group[max(mine, earlier)] = min(mine, earlier)
    return {pair: root(pair) for pair in list(group)}


def _half(group: str) -> str:
    return ("dev", "test")[int(hashlib.sha256(f"{SEED}{group}".encode()).hexdigest(), 16) % 2]


def pairs_of(articles: Sequence[Told], half: str) -> Iterator[Pair]:
    """Yield all pairs of articles of one half; of one group only the labelled ones: copies make the others the same."""
    for one, other in combinations((article for article in articles if article.half == half), 2):
        if one.pair == other.pair or one.group != other.group:
            yield Pair(one=one, other=other, label=one.label if one.pair == other.pair else "X")


def figures(pairs: Sequence[Pair], found: Sequence[bool]) -> str:
    """Return precision, recall and F1 of the labels, and precision when ND counts as the same event."""
    right = sum(pair.positive for pair, hit in zip(pairs, found, strict=True) if hit)
    events = sum(pair.label != "X" for pair, hit in zip(pairs, found, strict=True) if hit)
    positives, hits = sum(pair.positive for pair in pairs), sum(found)
    precision, recall = right / max(1, hits), right / max(1, positives)
    f1 = 2 * right / max(1, hits + positives)
    wrong = f"{events - right} ND, {hits - events} others"
    return (
        f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   wrong: {wrong:<20} one event: P {events / max(1, hits):.3f}"
    )


def best(pairs: Sequence[Pair], scores: Sequence[float], least: float) -> str:
    """Return the best F1 that any threshold reaches with a precision of at least `least`."""
    order = sorted(zip(scores, pairs, strict=True), key=lambda row: -row[0])
    positives = sum(pair.positive for pair in pairs)
    right, top = 0, (0.0, 0.0, 0.0, 0.0)
    for hits, (score, pair) in enumerate(order, 1):
        right += pair.positive
        if right / hits >= least:
            top = max(top, (2 * right / (hits + positives), right / hits, right / positives, score))
    return f"F1 {top[0]:.3f}  P {top[1]:.3f}  R {top[2]:.3f}  at a likelihood of {top[3]:.3f}"


def show(articles: Sequence[Told], *, misses: bool) -> bool:
    """Print the figures of both halves; return whether the test half meets the bar."""
    for half in ("dev", "test"):
        everything = list(pairs_of(articles, half))
        labelled = [pair for pair in everything if pair.label != "X"]
        print(f"\n{half}: {len(labelled)} labelled pairs, {len(everything):,} pairs")
        for title, pairs in (("labelled pairs", labelled), ("all pairs", everything)):
            found = [is_same_story(pair.one.signature, pair.other.signature) for pair in pairs]
            print(f"  {title:<15} {figures(pairs, found)}")
        scores = [same_story(pair.one.signature, pair.other.signature) for pair in labelled]
        print(f"  labelled pairs, any threshold: {best(labelled, scores, 0.0)}")
        print(f"  … at a precision of {BAR_PRECISION}:     {best(labelled, scores, BAR_PRECISION)}")
        if misses and half == "dev":
            _show_misses(everything)
    found = [is_same_story(pair.one.signature, pair.other.signature) for pair in labelled]
    right = sum(pair.positive for pair, hit in zip(labelled, found, strict=True) if hit)
    positives = sum(pair.positive for pair in labelled)
    return right >= BAR_PRECISION * sum(found) and 2 * right >= BAR_F1 * (sum(found) + positives)


def _show_misses(pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        if is_same_story(pair.one.signature, pair.other.signature) != pair.positive:
            told = same_story(pair.one.signature, pair.other.signature)
            headlines = f"{pair.one.name} {pair.one.headline} | {pair.other.name} {pair.other.headline}"
            print(f"  {pair.label} {told:.2f} {headlines}")


def fit(articles: Sequence[Told]) -> None:
    """Print weights for `digest/link/stories.py`: logistic regression on the dev half, by Newton's method."""
    pairs = [pair for pair in pairs_of(articles, "dev") if pair.label != "X" or _comparable(pair)]
    told = [features(pair.one.signature, pair.other.signature) for pair in pairs]
    names = list(told[0])
    rows = [[1.0, *(row[name] for name in names)] for row in told]
    weights = [0.0] * (len(names) + 1)
    for _ in range(_STEPS):
        weights = _newton(rows, [pair.positive for pair in pairs], weights)
    print(f"_BIAS = {weights[0]:.3f}")
    print("_WEIGHTS =", {name: round(weight, 3) for name, weight in zip(names, weights[1:], strict=True)})
    scores = [1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True)))) for row in rows]
    print(f"{len(pairs)} pairs; best F1: {best(pairs, scores, 0.0)}")
    events = [dataclasses.replace(pair, label="WD" if pair.label == "ND" else pair.label) for pair in pairs]
    print(f"one event at a precision of {BAR_PRECISION}: {best(events, scores, BAR_PRECISION)}")
    strict = [pair for pair in pairs_of(articles, "dev") if pair.label != "X" or _alike(pair)]
    unsure = [same_story(pair.one.signature, pair.other.signature) for pair in strict]
    told_apart = [dataclasses.replace(pair, label="WD" if pair.label == "ND" else pair.label) for pair in strict]
    print(f"without dates and outlets (with the weights in force): {best(told_apart, unsure, BAR_PRECISION)}")


def _alike(pair: Pair) -> bool:
    one, other = pair.one.signature, pair.other.signature
    return 10 * len(one.words & other.words) >= max(len(one.words), len(other.words))


def _comparable(pair: Pair) -> bool:
    """Return whether only the likelihood can tell that two articles are not one story."""
    one, other = pair.one.signature, pair.other.signature
    days = abs(one.day - other.day) if one.day and other.day else 0
    return _alike(pair) and one.outlet != other.outlet and days <= 4  # noqa: PLR2004 - as in digest/link/stories.py


def _newton(rows: Sequence[Sequence[float]], right: Sequence[bool], weights: Sequence[float]) -> list[float]:
    """Return the weights after one step of Newton's method, with a ridge on all but the first."""
    size = len(weights)
    gradient = [0.0] + [-_RIDGE * weight for weight in weights[1:]]
    curve = [[_RIDGE * (i == j and i > 0) for j in range(size)] for i in range(size)]
    for row, truth in zip(rows, right, strict=True):
        likely = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
        for i, x in enumerate(row):
            gradient[i] += (truth - likely) * x
            for j in range(size):
                curve[i][j] += likely * (1 - likely) * x * row[j]
    step = _solve(curve, gradient)
    return [weight + change for weight, change in zip(weights, step, strict=True)]


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small system of linear equations by Gauss and Jordan."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(len(rows)):
        _, pivot = max((abs(rows[row][column]), row) for row in range(column, len(rows)))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for other, row in enumerate(rows):
            if other != column:
                rows[other] = [x - row[column] * y for x, y in zip(row, rows[column], strict=True)]
    return [row[-1] for row in rows]


def main() -> None:
    """Measure, fit or time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", help="folder of the COUNTER corpus")
    parser.add_argument("--fit", action="store_true", help="print weights and thresholds from the dev half")
    parser.add_argument("--bare", action="store_true", help="as if neither dates nor newspapers were known")
    parser.add_argument("--misses", action="store_true", help="list what is not as labelled in the dev half")
    parser.add_argument("--time", action="store_true", help="time made-up archives instead")
    args = parser.parse_args()
    if args.time:
        show_times()
    elif args.corpus is None:
        parser.error("name the folder of the corpus, or --time")
    else:
        articles = list(read(args.corpus, bare=args.bare))
        if args.fit:
            fit(articles)
        else:
            sys.exit(0 if show(articles, misses=args.misses) else 1)


if __name__ == "__main__":
    main()
