"""Compares what the digest understands of an article with its label, field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from figures import Tally
from labels import OwnLabel, Sample, Trap

from digest.clean.article import tidy_of
from digest.languages.pack import load_pack
from digest.link.terms import filed_as, named_countries
from digest.model import Basis, BlockKind, Entity, EntityKind, LinkedStory

_SHORTEST_DERIVED = 5
"""Words that a headline made from the lede has at least."""


def compare_entities(sample: Sample, linked: LinkedStory, entities: Mapping[str, Entity], tally: Tally) -> None:
    """Compare countries, people, organisations, topics and look-alikes."""
    name, label = sample.name, sample.label
    countries = {entities[country].iso or "" for country in linked.term_ids(EntityKind.COUNTRY)}
    tally.scores["countries"].compare(name, countries, set(label.countries), set(label.countries_optional))
    for field, kind, named, optional in (
        ("people", EntityKind.PERSON, label.people, label.people_optional),
        ("organisations", EntityKind.ORGANISATION, label.organisations, label.organisations_optional),
    ):
        found = set(linked.term_ids(kind))
        wanted, free = {item.id for item in named}, {item.id for item in optional}
        tally.scores[f"{field} (listed)"].compare(name, found, wanted & entities.keys(), free | wanted)
        tally.scores[f"{field} (all)"].compare(name, found, wanted, free)
    topics = set(linked.term_ids(EntityKind.TOPIC))
    hit = label.topics.main in topics
    note = "" if hit else f"{name}: {label.topics.main} not in {sorted(topics)}"
    tally.shares["main topic predicted"].add(hit, 1, note)
    accepted = {label.topics.main, *label.topics.also}
    tally.scores["topics accepted"].compare(name, topics, accepted & topics)
    tally.shares["topics per article"].add(len(topics), 1, "")
    for trap in label.traps:
        broken = _broken(trap, linked, entities)
        note = f"{name}: {trap.surface} is not {trap.wrong}" if broken else ""
        tally.shares["look-alikes linked wrongly"].add(broken, 1, note)


def _broken(trap: Trap, linked: LinkedStory, entities: Mapping[str, Entity]) -> bool:
    """Return whether the look-alike, or a part of it, was linked to what it must not become."""
    spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(trap.surface)}(?!\w)", linked.story.text)]
    named = named_countries(linked.mentions, entities)
    for mention in linked.mentions:
        start, end = mention.span
        if any(first <= start and end <= last for first, last in spans):
            targets = filed_as(entities[mention.entity], named)
            if trap.wrong in {mention.entity, *targets, *(entities[target].iso for target in targets)}:
                return True
    return False


def compare_dates(sample: Sample, linked: LinkedStory, blind: LinkedStory, tally: Tally) -> None:
    """Compare the day of publication, also as found by somebody who does not know when the article was fetched."""
    found = linked.story.published.value
    if sample.published:
        tally.check("published date exact", sample.name, found, sample.published)
    elif found:
        tally.shares["invented dates"].add(1, 1, f"{sample.name}: {found} stands for no date")
    guessed = blind.story.published.value
    if guessed and not _states_year(sample, guessed):
        tally.shares["invented dates"].add(1, 1, f"{sample.name}: {guessed}, with no year in the text")
    tally.shares["invented dates"].add(0, 1, "")


def _states_year(sample: Sample, day: dt.date) -> bool:
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
    return str(day.year) in sample.raw.body.decode().translate(digits)


def compare_page(sample: Sample, label: OwnLabel, linked: LinkedStory, tally: Tally) -> None:
    """Compare headline, source, boilerplate, captions and sub-headings."""
    name, story, tidy = sample.name, linked.story, _tidy
    wanted = tidy(label.headline)
    if label.headline_basis == Basis.FOUND:
        tally.check("headline exact", name, story.headline.text, wanted)
    else:
        made = story.headline.text.rstrip("…")
        right = wanted.startswith(made) and len(made.split()) >= _SHORTEST_DERIVED
        tally.check("headline exact", name, made if not right else wanted, wanted)
    tally.check("headline basis", name, str(story.headline.basis), label.headline_basis)
    tally.check("published basis", name, str(story.published.basis), label.published_basis)
    if label.source_outlet:
        tally.check("source outlet", name, story.source.outlet or story.source.name, label.source_outlet)
    displayed = Counter(block.text for block in story.blocks)
    if story.headline.basis is not Basis.DERIVED:
        displayed[story.headline.text] += 1
    for field, lines in (("boilerplate removed", label.boilerplate), ("date lines removed", label.date_lines)):
        for line in lines:
            left = tidy(line) in displayed
            tally.shares[field].add(not left, 1, f"{name}: {line}" if left else "")
    for line in _content(sample, label):
        lost = _lost(line, displayed)
        note = f"{name}: {lost} of {line}" if lost else ""
        tally.shares["content lost"].add(lost, len(line), note)
    captions = {block.text: block.credit for block in story.blocks if block.kind is BlockKind.CAPTION}
    tally.scores["captions"].compare(name, captions.keys(), {tidy(caption.text) for caption in label.captions})
    for caption in label.captions:
        if caption.credit and tidy(caption.text) in captions:
            credit = captions[tidy(caption.text)]
            tally.check("caption credits", name, credit.text if credit else None, tidy(caption.credit))
    headings = {block.text for block in story.blocks if block.kind is BlockKind.HEADING}
    tally.scores["headings"].compare(name, headings, {tidy(heading) for heading in label.headings})


def _content(sample: Sample, label: OwnLabel) -> Iterator[str]:
    """Yield the tidied lines of the story: whatever is not labelled as something else."""
    captions = {_tidy(caption.line): _tidy(caption.text) for caption in label.captions}
    other = {_tidy(line) for line in (*label.boilerplate, *label.date_lines, *label.byline_lines)}
    for raw in sample.raw.body.decode().splitlines():
        line = _tidy(raw)
        if line and line not in other:
            yield captions.get(line, line)


def _lost(line: str, displayed: Counter[str]) -> int:
    """Return how many characters of a line are not displayed: all but the longest displayed part of it."""
    if any(line in text for text in displayed):
        return 0
    return len(line) - max((len(text) for text in displayed if text in line), default=0)


def _tidy(text: str) -> str:
    return tidy_of(load_pack("ur"))(text)[0]
