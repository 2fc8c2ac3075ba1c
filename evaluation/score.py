"""Scores the digest against gold labels: figures per field, with every miss listed.

python evaluation/score.py                              # articles/, which we wrote ourselves
python evaluation/score.py ../shared/corpus/counter     # and labels/, on a copy of the COUNTER corpus
python evaluation/score.py --check                      # exit status 1 when a figure fell below scores.json
python evaluation/score.py --write                      # after a wanted change: make scores.json anew
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from comparison import compare_dates, compare_entities, compare_page
from figures import Tally, fallen
from labels import HERE, SPLITS, OwnLabel, Sample, counter_samples, own_samples

from digest.gazetteer.load import load_gazetteer
from digest.pipeline import Analyst

COMMITTED = HERE / "scores.json"


def measure(samples: Iterable[Sample]) -> dict[str, Tally]:
    """Analyse every article and compare it with its label; return a tally for each split."""
    gazetteer = load_gazetteer()
    analyst = Analyst(gazetteer, ("ur",))
    tallies = {split: Tally() for split in SPLITS}
    for sample in samples:
        tally = tallies[sample.label.split]
        tally.articles += 1
        linked = analyst(sample.raw, sample.name)
        blind = analyst(sample.without_retrieval(), sample.name) if sample.raw.hints.retrieved else linked
        compare_entities(sample, linked, gazetteer.entities, tally)
        compare_dates(sample, linked, blind, tally)
        if isinstance(sample.label, OwnLabel):
            compare_page(sample, sample.label, linked, tally)
    return tallies


def show(title: str, tallies: dict[str, Tally], *, misses: bool) -> None:
    """Print figures side by side, and then what is behind them."""
    figures = {split: tally.figures() for split, tally in tallies.items() if tally.articles}
    print(f"\n{title}: " + ", ".join(f"{tallies[split].articles} {split}" for split in figures))
    names = list(dict.fromkeys(name for found in figures.values() for name in found))
    print(f"{'':<36}" + "".join(f"{split:>10}" for split in figures))
    for name in names:
        print(f"{name:<36}" + "".join(f"{found.get(name, float('nan')):>10.4f}" for found in figures.values()))
    if misses:
        for split in figures:
            print(f"\n{title}, {split}: what is not as labelled")
            for line in tallies[split].misses():
                print(line)


def main() -> None:
    """Score, print, and compare with the committed figures or make them anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", help="folder of the COUNTER corpus")
    parser.add_argument("--split", choices=SPLITS)
    parser.add_argument("--quiet", action="store_true", help="figures only, no misses")
    parser.add_argument("--write", action="store_true", help=f"write the figures of articles/ to {COMMITTED.name}")
    parser.add_argument("--check", action="store_true", help=f"fail when one is worse than in {COMMITTED.name}")
    args = parser.parse_args()
    sets = {"own articles": own_samples()}
    if args.corpus:
        sets["COUNTER"] = counter_samples(args.corpus)
    measured = {title: measure(samples) for title, samples in sets.items()}
    for title, tallies in measured.items():
        chosen = {split: tally for split, tally in tallies.items() if args.split in (None, split)}
        show(title, chosen, misses=not args.quiet)
    own = {split: tally.figures() for split, tally in measured["own articles"].items()}
    if args.write:
        COMMITTED.write_text(json.dumps(own, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if args.check:
        committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
        worse = [f"{split}: {line}" for split in SPLITS for line in fallen(own[split], committed[split])]
        sys.exit("\n".join(["", "worse than the committed figures:", *worse]) if worse else 0)


if __name__ == "__main__":
    main()
