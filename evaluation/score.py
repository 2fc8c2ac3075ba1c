"""Scores the digest against gold labels: precision, recall and F1 per field, with every miss listed.

python evaluation/score.py ../shared/corpus/counter     # labels/ on the COUNTER corpus
python evaluation/score.py --split test FOLDER          # only the held-out part
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import unicodedata
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

import msgspec

from digest.gazetteer.load import load_gazetteer
from digest.model import Hints, LinkedStory, RawArticle
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed

HERE = Path(__file__).parent


class Named(msgspec.Struct):
    """A labelled person or organisation."""

    id: str
    surfaces: list[str] = []


class Topics(msgspec.Struct):
    """The main topic, and others that are right too."""

    main: str
    also: list[str] = []


class Trap(msgspec.Struct, rename={"wrong": "not"}):
    """A look-alike, and what it must not become."""

    surface: str
    wrong: str


class DatelineLabel(msgspec.Struct):
    """The dateline as printed."""

    place: str | None = None
    agency: str | None = None
    date: str | None = None


class Label(msgspec.Struct):
    """What a careful reader says is in an article."""

    article: str
    split: str
    countries: list[str]
    topics: Topics
    people: list[Named] = []
    organisations: list[Named] = []
    countries_optional: list[str] = []
    people_optional: list[Named] = []
    organisations_optional: list[Named] = []
    dateline: DatelineLabel | None = None
    boilerplate: list[str] = []
    traps: list[Trap] = []


@dataclasses.dataclass
class Score:
    """Counts of one field."""

    right: int = 0
    wrong: list[str] = dataclasses.field(default_factory=list)
    missed: list[str] = dataclasses.field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / max(1, self.right + len(self.missed))

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def read_counter(path: Path) -> tuple[str, str, dt.date | None]:
    """Return headline, body and newspaper date of a COUNTER file."""
    text = path.read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314 - a corpus that the maintainer names on the command line
    day = root.get("newsdate", "")
    try:
        date = dt.datetime.strptime(day, "%d.%m.%y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        date = None
    return (root.findtext("headline") or "").strip(), (root.findtext("body") or "").strip(), date


def compare(score: Score, name: str, found: set[str], wanted: set[str], optional: set[str]) -> None:
    """Count one article's field."""
    score.right += len(found & wanted)
    score.wrong += [f"{name}: {item}" for item in sorted(found - wanted - optional)]
    score.missed += [f"{name}: {item}" for item in sorted(wanted - found)]


def score_article(name: str, label: Label, linked: LinkedStory, known: set[str], scores: dict[str, Score]) -> None:
    """Compare one article with its label."""
    from digest.inspect import facts  # noqa: PLC0415

    shown = facts(linked, GAZETTEER.entities, name)
    compare(scores["countries"], name, set(shown["countries"]), set(label.countries), set(label.countries_optional))
    for field in ("people", "organisations"):
        wanted = {item.id for item in getattr(label, field)}
        optional = {item.id for item in getattr(label, f"{field}_optional")}
        found = set(shown[field])
        compare(scores[f"{field} (listed)"], name, found, wanted & known, optional | (wanted - known))
        missing = wanted - known
        scores[f"{field} (all)"].right += len(found & wanted)
        scores[f"{field} (all)"].wrong += [f"{name}: {item}" for item in sorted(found - wanted - optional)]
        scores[f"{field} (all)"].missed += [f"{name}: {item}" for item in sorted(wanted - found)]
        scores[f"{field} (unlisted)"].missed += [f"{name}: {item}" for item in sorted(missing)]
    topics = shown["topics"]
    hit = label.topics.main in topics
    scores["main topic"].right += hit
    if not hit:
        scores["main topic"].missed.append(f"{name}: {label.topics.main} not in {topics} (also {label.topics.also})")
    accepted = {label.topics.main, *label.topics.also}
    compare(scores["topics accepted"], name, set(topics), accepted & set(topics), set())
    for trap in label.traps:
        surfaces = {m.surface: m.entity for m in linked.mentions}
        entity = surfaces.get(trap.surface)
        target = GAZETTEER.entities[entity].iso if entity and GAZETTEER.entities[entity].iso else entity
        if target == trap.wrong:
            scores["traps"].wrong.append(f"{name}: {trap.surface} is not {trap.wrong}")
        else:
            scores["traps"].right += 1


GAZETTEER = load_gazetteer()


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--quiet", action="store_true", help="figures only, no misses")
    args = parser.parse_args()
    analyst = Analyst(GAZETTEER, ("ur",))
    scores: dict[str, Score] = defaultdict(Score)
    predicted = articles = 0
    for path in sorted((HERE / "labels").glob("*.yml")):
        label = load_typed(path, Label)
        if args.split and label.split != args.split:
            continue
        headline, body, date = read_counter(args.corpus / f"{path.stem}.xml")
        raw = RawArticle(
            locator=path.stem,
            media_type="text/plain",
            body=unicodedata.normalize("NFC", body).encode(),
            hints=Hints(headline=unicodedata.normalize("NFC", headline) or None, retrieved=date),
        )
        linked = analyst(raw, path.stem)
        score_article(path.stem, label, linked, set(GAZETTEER.entities), scores)
        predicted += len([term for term in linked.terms if term.kind == "topic"])
        articles += 1
    print(f"{articles} articles; {predicted / max(1, articles):.2f} topics an article")
    print(f"{'field':<24}{'precision':>10}{'recall':>10}{'F1':>10}")
    for name, score in scores.items():
        print(f"{name:<24}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}")
    if not args.quiet:
        for name, score in scores.items():
            for item in score.wrong:
                print(f"wrong  {name}: {item}")
            for item in score.missed:
                print(f"missed {name}: {item}")


if __name__ == "__main__":
    main()
