"""Loads a language pack: a folder of YAML, checked against types when it is read.

A wrong pack stops the build with the file, the line and the reason. Packs are found by listing this
folder, so that adding `languages/fa/` needs no Python.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from digest.errors import ConfigurationError
from digest.languages.fold import Folder, FoldRules
from digest.languages.name_cues import NameCues, read_name_cues
from digest.languages.romanise import RomaniseTable
from digest.languages.skeleton import Skeletons, SkeletonTable
from digest.report import Issue
from digest.reviewed_yaml import load_typed

FOLDER = Path(__file__).parent


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


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of line that is not the story."""

    id: str
    pattern: str
    scope: Literal["line", "following", "tail", "inline"] = "line"
    lines: int = 0
    max_words: int = 20
    related: bool = False


class SourceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to name the address of the original."""

    id: str
    pattern: str


class CaptionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to set a caption with its credit."""

    id: str
    role: Literal["source", "photo"]
    pattern: str


class Boilerplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`boilerplate.yml`."""

    rules: tuple[Rule, ...] = ()
    source_lines: tuple[SourceRule, ...] = ()
    captions: tuple[CaptionRule, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class LanguagePack:
    """Everything the pipeline knows of one language. There is one of each, compared by identity."""

    language: Language
    characters: Characters
    dates: Dates
    boilerplate: Boilerplate
    ui: Mapping[str, Any]
    stopwords: frozenset[str]
    folder: Folder
    skeletons: Skeletons | None
    """None for a language whose spellings are not compared by consonants."""
    romanise: RomaniseTable

    @property
    def tag(self) -> str:
        """BCP 47 tag of the language."""
        return self.language.tag

    @functools.cached_property
    def folded_stopwords(self) -> frozenset[str]:
        """Stop words as the fold sees them."""
        return frozenset(map(self.folder.word, self.stopwords))

    @functools.cached_property
    def name_cues(self) -> NameCues | None:
        """What suggests a name (`names.yml`), read when `digest suggest` first asks for it."""
        return read_name_cues(FOLDER / self.tag)

    def text(self, key: str, /, **values: object) -> str:
        """Return a piece of the pages' own wording, filled in.

        >>> load_pack("ur").text("page", number=2)
        'صفحہ 2'
        """
        return str(self.ui[key]).format(**values)


def available_languages() -> tuple[str, ...]:
    """Return the tags of all packs, found by listing.

    >>> "ur" in available_languages()
    True
    """
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/pack.yml")))


@functools.cache
def load_pack(tag: str) -> LanguagePack:
    """Load and check the pack of one language.

    Raises:
        ConfigurationError: there is no such pack, or one of its files is wrong.
    """
    folder = FOLDER / tag
    if tag not in available_languages():
        issue = Issue(
            code="unknown-language",
            where="settings",
            message=f"there is no language pack for {tag!r}",
            hint=f"Use one of: {', '.join(available_languages())}",
        )
        raise ConfigurationError([issue])
    boilerplate = load_typed(folder / "boilerplate.yml", Boilerplate)
    _check_patterns(folder / "boilerplate.yml", boilerplate)
    fold = load_typed(folder / "fold.yml", FoldTable)
    lines = (folder / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return LanguagePack(
        language=load_typed(folder / "pack.yml", Language),
        characters=load_typed(folder / "characters.yml", Characters),
        dates=load_typed(folder / "dates.yml", Dates),
        boilerplate=boilerplate,
        ui=load_typed(folder / "ui.yml", dict[str, Any]),
        stopwords=frozenset(line for line in lines if line and not line.startswith("#")),
        folder=Folder(fold.rules()),
        skeletons=Skeletons(fold.skeleton) if fold.skeleton else None,
        romanise=load_typed(folder / "romanise.yml", RomaniseTable),
    )


def _check_patterns(path: Path, boilerplate: Boilerplate) -> None:
    issues = []
    rules: tuple[Rule | SourceRule | CaptionRule, ...] = (
        *boilerplate.rules,
        *boilerplate.source_lines,
        *boilerplate.captions,
    )
    for rule in rules:
        try:
            re.compile(rule.pattern)
        except re.error as error:
            issues.append(Issue(code="bad-pattern", where=str(path), message=f"rule {rule.id!r}: {error}"))
    if issues:
        raise ConfigurationError(issues)
