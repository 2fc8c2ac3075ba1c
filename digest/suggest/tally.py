"""Counts the sightings of every name over the archive, in bounded memory."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable

from digest.languages.pack import LanguagePack
from digest.languages.sentences import split_sentences
from digest.model import EntityKind
from digest.suggest.cues import Name
from digest.suggest.sightings import Reason, Sighting

_MOST_NAMES = 40_000
"""Names kept; when there are more, those seen once with little reason are forgotten."""
_EXAMPLES = 2
_GOOD_LENGTH = 110
"""Letters of an example sentence that says enough and fits a line."""
_LONGEST_EXAMPLE = 320
_WEAK = frozenset({Reason.RARE, Reason.PLAIN, Reason.AGENT})

Key = tuple[EntityKind, Name]


@dataclasses.dataclass(slots=True, kw_only=True)
class Tally:
    """What is known of one unknown name."""

    kind: EntityKind
    name: Name
    articles: int = 0
    mentions: int = 0
    reasons: Counter[Reason] = dataclasses.field(default_factory=Counter)
    cues: Counter[str] = dataclasses.field(default_factory=Counter)
    surfaces: Counter[str] = dataclasses.field(default_factory=Counter)
    shorts: Counter[str] = dataclasses.field(default_factory=Counter)
    """Shorter forms that the same articles use: a surname alone."""
    countries: Counter[str] = dataclasses.field(default_factory=Counter)
    examples: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    """Distance from a good example, and the sentence."""

    @property
    def surface(self) -> str:
        """The commonest spelling, the first one on ties."""
        return self.surfaces.most_common(1)[0][0]

    def absorb(self, other: Tally, *, as_short: bool) -> None:
        """Count another form of the same name here. Both may be in one article: then it counts once too often."""
        self.mentions += other.mentions
        self.articles = max(self.articles, other.articles)
        self.reasons += other.reasons
        self.cues += other.cues
        self.shorts += other.shorts
        if as_short:
            self.shorts += other.surfaces
        self.countries |= other.countries
        self.examples = sorted({*self.examples, *other.examples})[:_EXAMPLES]


class Tallies:
    """All unknown names met so far."""

    def __init__(self, pack: LanguagePack) -> None:
        self._pack = pack
        self.by_key: dict[Key, Tally] = {}

    def add_article(self, sightings: Iterable[Sighting], countries: Iterable[str]) -> None:
        """Count the sightings of one article, and the countries that it names."""
        sightings = list(sightings)
        longer = _longer_names(sightings)
        countries = tuple(countries)
        met: set[Key] = set()
        for sighting in sightings:
            full = longer.get(sighting.name) if sighting.kind is EntityKind.PERSON else None
            key = (sighting.kind, full or sighting.name)
            tally = self.by_key.get(key)
            if tally is None:
                tally = self.by_key[key] = Tally(kind=sighting.kind, name=key[1])
            if key not in met:
                met.add(key)
                tally.articles += 1
                tally.countries.update(countries)
            self._count(tally, sighting, short=full is not None)
        if len(self.by_key) > _MOST_NAMES:
            self._forget_weak()

    def _count(self, tally: Tally, sighting: Sighting, *, short: bool) -> None:
        tally.mentions += 1
        tally.reasons.update(sighting.reasons)
        if sighting.cue:
            tally.cues[sighting.cue] += 1
        (tally.shorts if short else tally.surfaces)[sighting.surface] += 1
        worst = tally.examples[-1][0] if len(tally.examples) == _EXAMPLES else None
        if worst is None or worst > 0:
            self._note_example(tally, sighting)

    def _note_example(self, tally: Tally, sighting: Sighting) -> None:
        text = sighting.words.text
        start, end = sighting.span
        # Around the name only: splitting a whole article for each of its names would not be linear.
        near = text[max(0, start - _LONGEST_EXAMPLE) : end + _LONGEST_EXAMPLE]
        surface = text[start:end]
        sentence = next((s for s in split_sentences(near, self._pack) if surface in s), None)
        if not sentence or any(sentence == known for _, known in tally.examples):
            return
        weak = set(sighting.reasons) <= _WEAK
        distance = max(0, abs(len(sentence) - _GOOD_LENGTH) - _GOOD_LENGTH // 2) + 200 * weak
        if len(sentence) > _LONGEST_EXAMPLE:
            at = sentence.find(surface)
            sentence = f"… {sentence[max(0, at - _GOOD_LENGTH) : at + len(surface) + _GOOD_LENGTH]} …"
        tally.examples = sorted([*tally.examples, (distance, sentence)])[:_EXAMPLES]

    def _forget_weak(self) -> None:
        weak = [key for key, tally in self.by_key.items() if tally.mentions == 1 and set(tally.reasons) <= _WEAK]
        for key in weak:
            del self.by_key[key]
        if len(self.by_key) > _MOST_NAMES:  # still: keep the commoner half
            ranked = sorted(self.by_key, key=lambda key: -self.by_key[key].mentions)
            for key in ranked[_MOST_NAMES // 2 :]:
                del self.by_key[key]


def _longer_names(sightings: list[Sighting]) -> dict[Name, Name]:
    """Return for each last or first word of an article's unknown people which one it must mean."""
    full: dict[Name, set[Name]] = {}
    for sighting in sightings:
        name = sighting.name
        if sighting.kind is EntityKind.PERSON and len(name) > 1:
            for word in {name[0], name[-1]}:
                full.setdefault((word,), set()).add(name)
    return {short: next(iter(names)) for short, names in full.items() if len(names) == 1}
