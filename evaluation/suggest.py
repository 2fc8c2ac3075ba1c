"""Measures `digest suggest`: how many labelled people and organisations that the gazetteer lacks it finds in a corpus.

python evaluation/suggest.py ../shared/corpus/counter               # the held-out labels; exit status 1 under the bar
python evaluation/suggest.py --split dev FOLDER                     # the labels to tune on
python evaluation/suggest.py --hide FOLDER                          # as if none of the labelled names were listed
python evaluation/suggest.py --read 100 FOLDER                      # 100 random ones of the first 300, to be read

The whole corpus is surveyed. A name counts as found when a spelling or short form of a suggestion equals one of its
surfaces after folding, or when one contains the other and they share at least two words.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from labels import HERE, Label, Named, read_counter

from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.fold import Folder
from digest.languages.pack import load_pack
from digest.model import Hints, RawArticle
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed
from digest.suggest.rank import Suggestion
from digest.suggest.survey import survey

BAR = 0.5
FIRST = 300
SHARED_WORDS = 2


def articles(corpus: Path) -> Iterator[RawArticle]:
    """Yield every article of the corpus."""
    for path in sorted(corpus.glob("*.xml")):
        headline, body, date = read_counter(path)
        yield RawArticle(
            locator=path.stem,
            media_type="text/plain",
            body=unicodedata.normalize("NFC", body).encode(),
            hints=Hints(headline=unicodedata.normalize("NFC", headline) or None, retrieved=date),
        )


class Found:
    """Every spelling that was suggested, folded."""

    def __init__(self, suggestions: list[Suggestion], folder: Folder) -> None:
        self._folder = folder
        self._forms = {
            folder.phrase(form) for s in suggestions for form in (s.name, *s.tally.surfaces, *s.tally.shorts)
        }

    def holds(self, surface: str) -> bool:
        """Return whether a labelled surface is among the suggestions."""
        wanted = self._folder.phrase(surface)
        return wanted in self._forms or any(self._overlap(wanted, form) for form in self._forms)

    @staticmethod
    def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        shared = set(one) & set(other)
        return len(shared) >= SHARED_WORDS and shared in (set(one), set(other))


def unlisted(labels: list[Label], field: str, gazetteer: Gazetteer) -> dict[str, set[str]]:
    """Return the surfaces of the labelled names that the gazetteer does not hold, by id."""
    found: dict[str, set[str]] = {}
    for label in labels:
        named: list[Named] = getattr(label, field)
        for item in named:
            if item.id not in gazetteer.entities:
                found.setdefault(item.id, set()).update(item.surfaces)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--hide", action="store_true", help="take the labelled names out of the gazetteer first")
    parser.add_argument("--read", type=int, default=0, metavar="N", help=f"print N random ones of the first {FIRST}")
    args = parser.parse_args()
    labels = [load_typed(path, Label) for path in sorted((HERE / "labels").glob("*.yml"))]
    labels = [label for label in labels if label.split == args.split]
    gazetteer = load_gazetteer()
    if args.hide:
        hidden = {item.id for label in labels for item in (*label.people, *label.organisations)}
        entities = {name: entity for name, entity in gazetteer.entities.items() if name not in hidden}
        gazetteer = Gazetteer(entities=entities, phrases=gazetteer.phrases, fingerprint="")
    started = time.perf_counter()
    suggestions = survey(lambda: articles(args.corpus), Analyst(gazetteer, ("ur",)), gazetteer, "ur")
    print(f"{len(suggestions)} suggestions in {time.perf_counter() - started:.1f} s")
    found = Found(suggestions, load_pack("ur").folder)
    shares = {}
    for field in ("people", "organisations"):
        names = unlisted(labels, field, gazetteer)
        missed = [name for name, surfaces in names.items() if not any(map(found.holds, surfaces))]
        shares[field] = 1 - len(missed) / max(1, len(names))
        print(f"unlisted {field} ({args.split}): {len(names) - len(missed)} of {len(names)} = {shares[field]:.3f}")
        print(*(f"missed {field}: {name} {sorted(names[name])}" for name in missed), sep="\n")
    random.seed(20260101)
    for suggestion in random.sample(suggestions[:FIRST], min(args.read, FIRST, len(suggestions))):
        of = f" = {suggestion.variant.entity.id}" if suggestion.variant else ""
        print(f"{suggestion.kind}{of}: {suggestion.name} ({'; '.join(suggestion.why)})")
    sys.exit(shares["people"] < BAR)


if __name__ == "__main__":
    main()
