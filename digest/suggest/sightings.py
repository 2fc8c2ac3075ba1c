"""What reading an article for names gives: sightings, each a place where an unknown name may stand and why."""

from __future__ import annotations

import dataclasses
import enum

from digest.languages.fold import Words
from digest.model import EntityKind
from digest.suggest.cues import Name


class Reason(enum.StrEnum):
    """Why something was taken for a name, as it is told to editors."""

    ROLE = "after a title"
    AGENT = "somebody who says or does something"
    LIST = "beside a known person or one with a title"
    SCORE = "in a scorecard"
    ORIGIN = "behind a country"
    RARE = "rare words that stand together"
    HEAD = "with a word for a body"
    DESCRIPTION = "ordinary words with a word for a body"
    ACRONYM = "letters that stand for a body"
    PLACE = "with a word for a place"
    DATELINE = "place of a dateline"
    PLAIN = "a word that looks like a name"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage ready for reading: its words, and which of them the gazetteer knows."""

    words: Words
    known: tuple[bool, ...]
    """Per word: part of a known name, or of a phrase that is none."""
    people: frozenset[int]
    """Words (first and last of a mention) that belong to a known person."""
    bodies: frozenset[int]
    """Words that belong to a known organisation."""
    places: frozenset[int]
    """Words that belong to a known country or place."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name at a place: words `first` to `last` (exclusive) of `words`."""

    kind: EntityKind
    words: Words
    first: int
    last: int
    reasons: tuple[Reason, ...]
    cue: str = ""
    """The title or head word, as printed."""

    @property
    def name(self) -> Name:
        """The folded words."""
        return tuple(self.words.forms[self.first : self.last])

    @property
    def surface(self) -> str:
        """The name as printed, with one space between its words and nothing else."""
        words = self.words
        return " ".join(words.text[words.starts[n] : words.ends[n]] for n in range(self.first, self.last))

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the passage."""
        return self.words.starts[self.first], self.words.ends[self.last - 1]
