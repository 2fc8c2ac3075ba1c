"""Reads a passage: its words, and everything that may stand in it, before anything is decided."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from itertools import compress

import msgspec

from digest.gazetteer.lexicon import END, Lexicon
from digest.languages.fold import Folder, Words
from digest.languages.memo import Memo
from digest.languages.pack import LanguagePack
from digest.link.match import Glued, Match, Matcher, Opening
from digest.link.misspaced import LOOKED_AT, Beginning, MisspacedNames
from digest.link.similar import Bucket, SimilarNames
from digest.model import EntityKind, Mention, Passage, Rejection, Span, Story

_MOST_KEPT = 200_000
"""Words whose sense is kept at hand."""
_NOTHING: list[Match] = []
_BODIES = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION})
"""What a misspaced name may be though it has the name of a land in it: انگلش کر کٹ بورڈ."""


@dataclasses.dataclass(slots=True)
class Reading:
    """A passage and its words."""

    passage: Passage
    words: Words


@dataclasses.dataclass(slots=True)
class Text:
    """A passage, its words, and everything that may stand in it; and what has been decided of that so far."""

    passage: Passage
    words: Words
    matches: list[list[Match]]
    """What stands at a word, the longest first; in the order of words."""
    similar: list[Match]
    taken: set[int] = dataclasses.field(default_factory=set)
    """Numbers of the words that names and phrases have used up."""
    found: list[Mention | Rejection] | None = None
    settled: dict[Match, Mention | Rejection] = dataclasses.field(default_factory=dict)
    """What was decided for good: no further round can change it."""
    waits: bool = False
    """Whether a decision here may change when more is known of the article."""
    doubts: dict[Span, str] = dataclasses.field(default_factory=dict)
    """Where a name may be part of a longer one, in the displayed text, and why."""

    def names(self, index: int) -> bool:
        """Return whether a name that needs no context begins at a word."""
        place = bisect_left(self.matches, index, key=lambda matches: matches[0].first)
        return any(
            candidate.alias.strong and candidate.entity is not None
            for matches in self.matches[place : place + 1]
            if matches[0].first == index
            for match in matches
            for candidate in match.candidates
        )


class _Sense(msgspec.Struct, frozen=True, gc=False):
    """What may begin at a folded word."""

    opening: Opening | None
    is_name: bool
    """Whether that is a name by itself. Many words begin some name, and its second word hardly ever follows."""
    misspelt: Bucket | None
    """The names that may begin with it, misspelt."""
    stems: frozenset[str]
    """What the word may be without a clitic, as the last word of a longer name."""
    tails: frozenset[str] | None
    """How the next word begins with which both may begin a misspaced name."""
    misspaced: Beginning | None


class Reader:
    """Finds what may stand in the passages of one language."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._matcher = Matcher(lexicon, pack.folder, pack.language.clitics)
        self._similar = SimilarNames(lexicon, pack)
        self._misspaced = MisspacedNames(lexicon, pack)
        # Everything that depends on the word alone comes with one look-up: it is the look-ups that take the time.
        self._senses = Memo(self._sense, most=_MOST_KEPT)

    def read(self, reading: Reading) -> Text:
        """Return a passage with everything that may stand in it."""
        words = reading.words
        forms = words.forms
        skeleton = self._similar.skeleton
        matches: list[list[Match]] = []
        similar: list[Match] = []
        senses = [*map(self._senses.__getitem__, forms), None]
        forms = [*forms, END]  # behind the last word is no word
        for index in compress(range(len(senses)), senses):
            sense, following, found = senses[index], forms[index + 1], _NOTHING
            assert sense is not None  # noqa: S101 - see above
            opening, tails, misspelt = sense.opening, sense.tails, sense.misspelt
            if opening is not None and (
                sense.is_name
                or following in opening  # type: ignore[operator]
                or ((behind := senses[index + 1]) and behind.stems and not opening.keys().isdisjoint(behind.stems))  # type: ignore[union-attr]
            ):
                found = self._matcher.at(words, index, opening)
            if tails is not None and following[:LOOKED_AT] in tails:
                found = self._with_misspaced(found, similar, words, index, sense.misspaced)
            if found:
                matches.append(found)
            if misspelt is not None and skeleton(following) in misspelt.seconds:
                similar += self._similar.at(words, index, misspelt)
        similar.sort(key=lambda match: (match.first, -match.last))
        return Text(reading.passage, words, matches, similar)

    def _sense(self, form: str) -> _Sense | None:
        opening, misspelt, stems = self._matcher.opening(form), self._similar.beginning(form), self._matcher.stems(form)
        misspaced = self._misspaced.beginning(form)
        if not (opening or misspelt or stems or misspaced):
            return None
        is_name = isinstance(opening, Glued) or (opening is not None and END in opening)
        tails = misspaced.tails if misspaced else None
        return _Sense(opening, is_name, misspelt, stems, tails, misspaced)

    def _with_misspaced(
        self, found: list[Match], similar: list[Match], words: Words, index: int, beginning: Beginning | None
    ) -> list[Match]:
        """Return what stands at a word, with a misspaced name if it is longer; a land is put to the similar ones."""
        if beginning is None or (found and found[0].last > index + 1):
            return found
        if not self._misspaced.may_begin(words, index, beginning):
            return found
        match = self._misspaced.at(words, index, beginning)
        if match is None or (found and match.last <= found[0].last):
            return found
        if all(candidate.entity and candidate.entity.kind in _BODIES for candidate in match.candidates):
            return [match, *found]
        similar.append(match)
        return found


def read_passages(story: Story, folder: Folder) -> tuple[Reading, ...]:
    """Return the words of every passage of a story, once for all who need them."""
    return tuple(Reading(passage, folder.words(passage.text)) for passage in story.passages())
