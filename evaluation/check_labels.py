"""Checks the labels of our own articles: what can be checked without reading them. Exit status 1 on a finding.

Every surface stands in the story, every line that is labelled is a line of the article, codes and topics exist,
a person or organisation of the gazetteer is labelled by its id there, and the articles have the promised length.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from labels import Named, OwnLabel, Sample, own_samples

from digest.clean.article import tidy_of
from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import load_pack
from digest.model import EntityKind

WORDS = range(120, 351)
SPLIT = {"dev": 86, "test": 62}


def findings(sample: Sample, label: OwnLabel, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what is wrong with the label of one article."""
    tidy = tidy_of(load_pack("ur"))
    text = sample.raw.body.decode()
    lines = text.splitlines()
    other = {*label.boilerplate, *label.date_lines, *label.byline_lines}
    story = "\n".join(tidy(line)[0] for line in lines if line not in other)
    if len(text.split()) not in WORDS:
        yield f"{len(text.split())} words"
    yield from _missing_surfaces(label, story, tidy(" ".join(text.split()))[0])
    for line in (*other, *label.headings, *(caption.line for caption in label.captions)):
        if line not in lines:
            yield f"{line!r} is no line"
    if label.headline_basis == "found" and label.headline not in lines:
        yield "the headline is no line"
    codes = {entity.iso for entity in gazetteer.of_kind(EntityKind.COUNTRY)}
    yield from (f"no code {code}" for code in {*label.countries, *label.countries_optional} - codes)
    topics = {entity.id for entity in gazetteer.of_kind(EntityKind.TOPIC)}
    yield from (f"no topic {topic}" for topic in {label.topics.main, *label.topics.also} - topics)
    for kind, items in (
        (EntityKind.PERSON, (*label.people, *label.people_optional)),
        (EntityKind.ORGANISATION, (*label.organisations, *label.organisations_optional)),
    ):
        yield from _wrong_ids(kind, items, gazetteer)
    if (label.published is None) != (label.published_basis == "unknown"):
        yield "a published date and its basis do not agree"


def _missing_surfaces(label: OwnLabel, story: str, text: str) -> Iterator[str]:
    """Yield names that do not stand in the story, and look-alikes that do not even stand in the clutter."""
    named = (*label.people, *label.people_optional, *label.organisations, *label.organisations_optional)
    for surface in (surface for item in named for surface in item.surfaces):
        if surface not in story:
            yield f"{surface!r} does not stand in the story"
    for trap in label.traps:
        if trap.surface not in text:
            yield f"{trap.surface!r} does not stand in the article"


def _wrong_ids(kind: EntityKind, items: tuple[Named, ...], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield ids that are given twice, or to something of another kind."""
    for item, count in Counter(item.id for item in items).items():
        if count > 1:
            yield f"{item} is labelled twice"
        if item in gazetteer.entities and gazetteer.entities[item].kind is not kind:
            yield f"{item} is a {gazetteer.entities[item].kind} in the gazetteer, not a {kind}"


def main() -> None:
    """Print every finding."""
    gazetteer = load_gazetteer()
    found = []
    split: Counter[str] = Counter()
    for sample in own_samples():
        if isinstance(sample.label, OwnLabel):
            split[sample.label.split] += 1
            found += [f"{sample.name}: {finding}" for finding in findings(sample, sample.label, gazetteer)]
    if split != SPLIT:
        found.append(f"{dict(split)} articles, not {SPLIT}")
    sys.exit("\n".join(found) if found else 0)


if __name__ == "__main__":
    main()
