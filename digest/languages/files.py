"""The form of a language pack's files; msgspec checks every file against its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from digest.languages.fold import FoldRules
from digest.languages.skeleton import SkeletonTable


class Detect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Letters that tell the language from its neighbours."""

    own: str = ""
    never: str = ""


class Clitics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that scrapers glue to a name."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    assimilated: Mapping[str, str] = {}
    """What stands before a name and has swallowed its first letters → those letters: للعراق is ل + العراق."""


class RunOn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinary words that print glues to a long name, besides the clitics."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Personal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that make the name of a country or place beside them part of a person's name."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Private(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside the name of somebody whom nobody has to know, and who may have a famous name."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    """Phrases before a famous name, of offices and lots that the famous do not have: ایس ایچ او, زخمیوں میں."""
    clans: tuple[str, ...] = ()
    """Behind a famous name that has no such part: مریم نواز کھوکھر."""
    otherwise: tuple[str, ...] = ()
    """Between a name and another that somebody goes by: عرف."""


class CalledAfter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words behind a name that make it something called so: a street, a hospital, a prize."""

    streets: tuple[str, ...] = ()
    """Behind the name of a country."""
    addresses: tuple[str, ...] = ()
    """Behind that of a country or a place."""
    shops: tuple[str, ...] = ()
    """Behind the name of a country or a place, but not behind an adjective: a Chinese shop may well be China's."""
    adjectives: tuple[str, ...] = ()
    """Foreign adjectives that stand in names as countries do: امریکن ہسپتال."""
    genitives: tuple[str, ...] = ()
    """Between a country and what it has."""
    kinds: tuple[str, ...] = ()
    """Behind the name of a country or a place, in any form: dishes, sicknesses, breeds, newspapers."""
    tongues: tuple[str, ...] = ()
    """Behind an adjective of a country: its language is spoken by others too."""
    places: tuple[str, ...] = ()
    """Behind that of a person or an organisation."""
    institutions: tuple[str, ...] = ()
    """Behind that of a person only: many organisations have hospitals of their own."""
    between: tuple[str, ...] = ()
    """May stand between the name and one of these."""
    unless_after: tuple[str, ...] = ()
    """Behind one of these they are a place where the person went."""


class HeadlineRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a first line is a headline, and where a derived one is cut."""

    max_words: int = 20
    derived_max_words: int = 25
    clause_breaks: tuple[str, ...] = ()


class HeadingRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a short line is a sub-heading."""

    max_words: int = 12
    stopped_max_words: int = 9
    prose_starts: tuple[str, ...] = ()
    prose_words: tuple[str, ...] = ()


class SummaryRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a standfirst may be."""

    max_words: int = 60


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pack.yml`: the language itself."""

    tag: str
    name: str
    direction: Literal["rtl", "ltr"]
    sentence_end: str
    closing: str = ""
    digits: Literal["western", "extended", "arabic"] = "western"
    words_per_minute: int = 180
    letter_names: tuple[str, ...] = ()
    detect: Detect = Detect()
    clitics: Clitics = Clitics()
    run_on: RunOn = RunOn()
    personal: Personal = Personal()
    private: Private = Private()
    called_after: CalledAfter = CalledAfter()
    titles: tuple[str, ...] = ()
    """Words before a surname that are no given names."""
    headline: HeadlineRules = HeadlineRules()
    heading: HeadingRules = HeadingRules()
    summary: SummaryRules = SummaryRules()


class Characters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`characters.yml`: the tidy table."""

    arabic_letters: Mapping[str, str] = {}
    presentation_forms: tuple[tuple[int, int], ...] = ()
    spaces: tuple[str, ...] = ()
    invisible: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    space_after: str = ""


class FoldTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`fold.yml`."""

    letters: Mapping[str, str]
    drop: tuple[tuple[int, int], ...] = ()
    final: Mapping[str, str] = {}
    final_over: int = 4
    skeleton: SkeletonTable | None = None

    def rules(self) -> FoldRules:
        """Return the table with its ranges spelt out."""
        letters = {chr(code): "" for first, last in self.drop for code in range(first, last + 1)}
        return FoldRules(letters=letters | dict(self.letters), final=self.final, final_over=self.final_over)


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`dates.yml`."""

    months: Mapping[int, tuple[str, ...]]
    weekdays: Mapping[int, tuple[str, ...]] = {}
    ordinals: Mapping[str, int] = {}
    range_words: tuple[str, ...] = ()
    year_marks: tuple[str, ...] = ()
    hijri_months: tuple[str, ...] = ()
    hijri_marks: tuple[str, ...] = ()
    relative: Mapping[str, int] = {}
    line_labels: tuple[str, ...] = ()
    line_ends: tuple[str, ...] = ()
    time_words: tuple[str, ...] = ()
    ago: tuple[str, ...] = ()
    same_day: tuple[str, ...] = ()
    """Between a day and the same day in another calendar."""


def may_match(holds: tuple[str, ...], text: str) -> bool:
    """Return whether a pattern is worth trying on `text`, by what must stand in it (`holds` of a rule)."""
    if not holds:
        return True
    for word in holds:  # noqa: SIM110 - a generator costs more than all these look-ups
        if word in text:
            return True
    return False


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of line that is not the story."""

    id: str
    pattern: str = ""
    scope: Literal["line", "head", "following", "tail", "inline"] = "line"
    lines: int = 0
    max_words: int = 20
    related: bool = False
    holds: tuple[str, ...] = ()
    """One of these stands in every text that the pattern matches; where none does, a slow pattern is not tried."""
    exact: tuple[tuple[str, ...], ...] = ()
    """In place of a pattern: lines, whole; grouped only for who reads the file."""
    words: tuple[str, ...] = ()
    """In place of a pattern: the line has at most `most` words, all of them among these,"""
    anchors: tuple[str, ...] = ()
    """and one of these phrases in it, if there are any."""
    most: int = 0


class SourceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to name the address of the original."""

    id: str
    pattern: str


class BylineRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to say who wrote the article, in a group `byline`."""

    id: str
    pattern: str


class CaptionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to set a caption with its credit."""

    id: str
    role: Literal["source", "photo"]
    pattern: str
    holds: tuple[str, ...] = ()
    """As in `Rule`."""


class Boilerplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`boilerplate.yml`."""

    rules: tuple[Rule, ...] = ()
    source_lines: tuple[SourceRule, ...] = ()
    captions: tuple[CaptionRule, ...] = ()
    byline_lines: tuple[BylineRule, ...] = ()
