"""From tallies to suggestions: forms of one name become one, spellings of known names are told apart, best first."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Mapping

from digest.languages.pack import LanguagePack
from digest.languages.romanise import romanise
from digest.model import EntityKind
from digest.suggest.cues import Name
from digest.suggest.sightings import Reason
from digest.suggest.tally import Tally
from digest.suggest.variants import BOTH, Spellings, Variant
from digest.suggest.vocabulary import Vocabulary

_WEIGHTS: Mapping[Reason, float] = {
    Reason.ROLE: 3.0,
    Reason.LIST: 1.5,
    Reason.SCORE: 2.0,
    Reason.AGENT: 1.0,
    Reason.HEAD: 2.0,
    Reason.DESCRIPTION: 0.5,
    Reason.ACRONYM: 1.5,
    Reason.PLACE: 1.0,
    Reason.DATELINE: 3.0,
    Reason.ORIGIN: 1.0,
    Reason.RARE: 0.0,
    Reason.PLAIN: 0.0,
}
_SAYS_NO_KIND = frozenset({Reason.RARE, Reason.PLAIN, Reason.AGENT, Reason.ORIGIN})
_SHARE_OF_SHORT = 0.5
"""A longer form that is in this share of a shorter one's articles is the full name."""
_TIMES_LONGER = 3
"""A form that is in so many times more articles than a longer one is the name, and the rest was chance."""

_SMALL_ARCHIVE = 50
"""Articles below which the archive says little of its words."""
_SURELY_NAMES = 1.5
_PART_OF_NAME = -0.5
"""A word below this beside a name that also stands without it is no part of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A name to be added to the gazetteer, or (with `variant`) a spelling to be added to an entity."""

    id: str
    """Short, the same in every run while the name is suggested: what `--accept` takes."""
    kind: EntityKind
    tally: Tally
    score: float
    variant: Variant | None = None

    @property
    def name(self) -> str:
        """The name as it is printed most."""
        return self.tally.surface

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons in words, with counts and the commonest cues."""
        reasons = [f"{reason} ({count})" for reason, count in self.tally.reasons.most_common()]
        cues = [f"«{cue}»" for cue, _ in self.tally.cues.most_common(3)]
        told = [*reasons, "with " + " ".join(cues)] if cues else reasons
        if self.variant:
            told.insert(0, f"{self.variant.why}: «{self.variant.alias}» of {self.variant.entity.id}")
        return tuple(told)


def rank(
    tallies: Iterable[Tally], vocabulary: Vocabulary, spellings: Spellings, pack: LanguagePack
) -> list[Suggestion]:
    """Return the suggestions, the most useful first."""
    merged = _one_spelling(_merged([tally for tally in tallies if tally.surfaces], vocabulary), spellings)
    variants = spellings.find(tally.name for tally in merged)
    suggestions = []
    for tally in merged:
        variant = _credible(variants.get(tally.name), tally)
        if variant is None and _too_little(tally, vocabulary):
            continue
        score = _score(tally, vocabulary)
        suggestions.append(Suggestion(id="", kind=tally.kind, tally=tally, score=score, variant=variant))
    suggestions.sort(key=lambda suggestion: (-suggestion.score, suggestion.tally.name))
    return _with_ids(suggestions, pack)


def _too_little(tally: Tally, vocabulary: Vocabulary) -> bool:
    """Return whether nothing but chance speaks for a name."""
    reasons = set(tally.reasons)
    if len(tally.name) == 1:
        return reasons <= _SAYS_NO_KIND
    if reasons == {Reason.DESCRIPTION}:
        return tally.articles == 1
    if vocabulary.total_articles < _SMALL_ARCHIVE and reasons <= _SAYS_NO_KIND:
        # What is rare cannot be told yet: only words that are names elsewhere count.
        return min(map(vocabulary.nameness, tally.name)) < _SURELY_NAMES
    return reasons <= {Reason.PLAIN}


def _credible(variant: Variant | None, tally: Tally) -> Variant | None:
    """Return `variant` unless what is around the name speaks against it: a bowler is not a country."""
    if variant is None:
        return None
    told = set(tally.reasons) - _SAYS_NO_KIND
    kinds = {tally.kind, EntityKind.COUNTRY} if tally.kind is EntityKind.PLACE else {tally.kind}
    if told and variant.entity.kind not in kinds:
        return None
    if len(tally.name) == 1 and not told and variant.why != BOTH:
        return None
    return variant


def _score(tally: Tally, vocabulary: Vocabulary) -> float:
    names = [vocabulary.nameness(word) for word in tally.name]
    score = sum(_WEIGHTS[reason] * (1 + math.log(count)) for reason, count in tally.reasons.items())
    score += 1.5 * math.log(tally.articles)
    if tally.kind is EntityKind.ORGANISATION:
        return score + (0.5 if len(names) > 2 else 0.0)  # noqa: PLR2004
    score += 0.8 * min(3.0, sum(names) / len(names))
    if len(names) == 1:
        plain = tally.reasons[Reason.PLAIN] / tally.mentions
        score -= 1.5 + 4 * plain + 1.5 * bool(vocabulary.bearers(tally.name[0]))
    return score


def _merged(tallies: list[Tally], vocabulary: Vocabulary) -> list[Tally]:
    """Let forms of one name be one: surnames join full names, chance additions fall away."""
    by_name = {(tally.kind, tally.name): tally for tally in tallies}
    for tally in sorted(tallies, key=lambda tally: (-len(tally.name), tally.name)):
        for part in _parts(tally.name):
            shorter = by_name.get((tally.kind, part))
            if shorter is None or (tally.kind, tally.name) not in by_name:
                continue
            rest = [vocabulary.nameness(word) for word in tally.name if word not in part]
            chance = tally.kind is EntityKind.PERSON and min(rest, default=0.0) < _PART_OF_NAME
            if len(part) > 1 and tally.articles * (1 if chance else _TIMES_LONGER) <= shorter.articles:
                shorter.absorb(tally, as_short=False)
                del by_name[tally.kind, tally.name]
            elif len(part) > 1 and tally.articles >= _SHARE_OF_SHORT * shorter.articles:
                tally.absorb(shorter, as_short=tally.kind is EntityKind.PERSON)
                del by_name[tally.kind, part]
    return list(by_name.values())


def _one_spelling(tallies: list[Tally], spellings: Spellings) -> list[Tally]:
    """Let spellings of one unknown name be one, under the commonest: ریجس چکابا, ریگس چکابوا."""
    groups: dict[tuple[EntityKind, tuple[str, ...]], list[Tally]] = {}
    kept = []
    for tally in sorted(tallies, key=lambda tally: (-tally.articles, -tally.mentions, tally.name)):
        bones = spellings.bones(tally.name) if len(tally.name) > 1 else ()
        group = groups.setdefault((tally.kind, bones), []) if bones else []
        main = next((other for other in group if spellings.alike(other.name, tally.name)), None)
        if main:
            main.absorb(tally, as_short=False)
            main.surfaces += Counter(dict.fromkeys(tally.surfaces, 1))
        else:
            group.append(tally)
            kept.append(tally)
    return kept


def _parts(name: Name) -> Iterable[Name]:
    """Yield every shorter run of the words of a name, longest first."""
    for length in range(len(name) - 1, 0, -1):
        for start in range(len(name) - length + 1):
            yield name[start : start + length]


def _with_ids(suggestions: list[Suggestion], pack: LanguagePack) -> list[Suggestion]:
    """Give each an id made of its name; names that are written alike in Latin letters get a number, in their order."""
    taken: dict[str, int] = {}
    ids: dict[tuple[EntityKind, Name], str] = {}
    for suggestion in sorted(suggestions, key=lambda suggestion: (suggestion.tally.name, suggestion.kind)):
        slug = romanise(" ".join(suggestion.tally.name), pack.romanise, {})[:40].strip("-") or "name"
        taken[slug] = taken.get(slug, 0) + 1
        number = taken[slug]
        ids[suggestion.kind, suggestion.tally.name] = slug if number == 1 else f"{slug}-{number}"
    return [dataclasses.replace(s, id=ids[s.kind, s.tally.name]) for s in suggestions]
