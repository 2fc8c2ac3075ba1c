"""Reads a passage: its words, and everything that may stand in it, before anything is decided."""

from __future__ import annotations

import dataclasses

import msgspec

from digest.gazetteer.lexicon import Lexicon
from digest.languages.fold import Folder, Words
from digest.languages.memo import Memo
from digest.languages.pack import LanguagePack
from digest.link.match import Match, Matcher, Opening, goes_on
from digest.link.similar import SimilarNames
from digest.model import Mention, Passage, Rejection, Span, Story

_MOST_KEPT = 200_000
"""Words whose sense is kept at hand."""
_NONE: frozenset[str] = frozenset()


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
        return any(
            candidate.alias.strong and candidate.entity is not None
            for matches in self.matches
            if matches[0].first == index
            for match in matches
            for candidate in match.candidates
        )


class _Sense(msgspec.Struct, frozen=True):
    """What may begin at a folded word."""

    opening: Opening | None
    seconds: frozenset[str]
    """Skeletons of the next word with which both may begin a misspelt name."""
    letters: frozenset[str]
    """First letters of such next words: they spare the skeletons of most."""
    stems: frozenset[str]
    """What the word may be without a clitic, as the last word of a longer name."""


class Reader:
    """Finds what may stand in the passages of one language."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._matcher = Matcher(lexicon, pack.folder, pack.language.clitics)
        self._similar = SimilarNames(lexicon, pack)
        # Everything that depends on the word alone comes with one look-up: it is the look-ups that take the time.
        self._senses = Memo(self._sense, most=_MOST_KEPT)

    def read(self, reading: Reading) -> Text:
        """Return a passage with everything that may stand in it."""
        words = reading.words
        forms = words.forms
        matches: list[list[Match]] = []
        similar: list[Match] = []
        senses = list(map(self._senses.__getitem__, forms))
        for index, sense in [(index, sense) for index, sense in enumerate(senses) if sense is not None]:
            last = index + 1 == len(forms)
            following, next_sense = (None, None) if last else (forms[index + 1], senses[index + 1])
            opening = sense.opening
            if (
                opening is not None
                and goes_on(opening, following, next_sense.stems if next_sense else _NONE)
                and (found := self._matcher.at(words, index, opening))
            ):
                matches.append(found)
            if following is None or following[0] not in sense.letters:
                continue
            if self._similar.skeleton(following) in sense.seconds:
                similar += self._similar.at(words, index)
        similar.sort(key=lambda match: (match.first, -match.last))
        return Text(reading.passage, words, matches, similar)

    def _sense(self, form: str) -> _Sense | None:
        opening, seconds, stems = self._matcher.opening(form), self._similar.seconds(form), self._matcher.stems(form)
        if not (opening or seconds or stems):
            return None
        return _Sense(opening, seconds, self._similar.first_letters(seconds), stems)


def read_passages(story: Story, folder: Folder) -> tuple[Reading, ...]:
    """Return the words of every passage of a story, once for all who need them."""
    return tuple(Reading(passage, folder.words(passage.text)) for passage in story.passages())
