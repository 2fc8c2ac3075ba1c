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
from typing import Any

import msgspec

from digest.errors import ConfigurationError
from digest.kept import file_stamps, kept
from digest.languages.companions import Companions, read_companions, read_measured
from digest.languages.files import (
    Boilerplate,
    BylineRule,
    CaptionRule,
    Characters,
    Dates,
    FoldTable,
    Language,
    Rule,
    SourceRule,
)
from digest.languages.fold import Folder
from digest.languages.romanise import RomaniseTable
from digest.languages.run_on import RunOnWords
from digest.languages.skeleton import Skeletons
from digest.report import Issue

FOLDER = Path(__file__).parent


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
    companions: Companions
    """What may stand beside a name that stands for itself; empty for a language of which nobody has said."""
    measured: Mapping[str, str]
    """The same, as counted in real news (`companions.txt`): word → letters that `companions.LETTERS` explains."""

    @property
    def tag(self) -> str:
        """BCP 47 tag of the language."""
        return self.language.tag

    @functools.cached_property
    def folded_stopwords(self) -> frozenset[str]:
        """Stop words as the fold sees them."""
        return frozenset(map(self.folder.word, self.stopwords))

    @functools.cached_property
    def run_on(self) -> RunOnWords:
        """Ordinary words that print glues to a long name."""
        words, clitics = self.language.run_on, self.language.clitics
        return RunOnWords(self.folder, (*words.before, *clitics.before), (*words.after, *clitics.after))

    def text(self, key: str, /, **values: object) -> str:
        """Return a piece of the pages' own wording, filled in.

        >>> load_pack("ur").text("page", number=2)
        'صفحہ 2'
        """
        return str(self.ui[key]).format(**values)


class _Files(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a pack, read and checked."""

    language: Language
    characters: Characters
    dates: Dates
    boilerplate: Boilerplate
    ui: dict[str, Any]
    stopwords: frozenset[str]
    fold: FoldTable
    romanise: RomaniseTable
    companions: Companions
    measured: dict[str, str]


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
    basis = file_stamps([FOLDER, folder], (".py", ".yml", ".txt"))
    files = kept(f"pack-{tag}", basis, _Files, lambda: _read(folder))  # YAML takes ten times as long as all the rest
    return LanguagePack(
        language=files.language,
        characters=files.characters,
        dates=files.dates,
        boilerplate=files.boilerplate,
        ui=files.ui,
        stopwords=files.stopwords,
        folder=Folder(files.fold.rules()),
        skeletons=Skeletons(files.fold.skeleton) if files.fold.skeleton else None,
        romanise=files.romanise,
        companions=files.companions,
        measured=files.measured,
    )


def _read(folder: Path) -> _Files:
    """Read the files of a pack."""
    from digest.reviewed_yaml import load_typed  # noqa: PLC0415 - most runs find what an earlier one has read

    lines = (folder / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return _Files(
        language=load_typed(folder / "pack.yml", Language),
        characters=load_typed(folder / "characters.yml", Characters),
        dates=load_typed(folder / "dates.yml", Dates),
        boilerplate=load_typed(folder / "boilerplate.yml", Boilerplate),
        ui=load_typed(folder / "ui.yml", dict[str, Any]),
        stopwords=frozenset(line for line in lines if line and not line.startswith("#")),
        fold=load_typed(folder / "fold.yml", FoldTable),
        romanise=load_typed(folder / "romanise.yml", RomaniseTable),
        companions=read_companions(folder),
        measured=read_measured(folder),
    )


REFERS_BACK = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\(\?P=|\(\?\()")
"""What in a pattern refers to a group by its number or name; only to such, and not to an escaped stroke and a digit."""


def check_patterns(pack: LanguagePack) -> None:
    """See to it that the patterns of a pack can be used. That takes its time, and most builds use none of them.

    Raises:
        ConfigurationError: one is wrong, or a rule has none.
    """
    boilerplate, where = pack.boilerplate, str(FOLDER / pack.tag / "boilerplate.yml")
    issues = []
    rules: tuple[Rule | SourceRule | CaptionRule | BylineRule, ...] = (
        *boilerplate.rules,
        *boilerplate.source_lines,
        *boilerplate.captions,
        *boilerplate.byline_lines,
    )
    for rule in rules:
        try:
            re.compile(f"(?:{rule.pattern})")  # so that it may stand beside others
        except re.error as error:
            issues.append(Issue(code="bad-pattern", where=where, message=f"rule {rule.id!r}: {error}"))
        if REFERS_BACK.search(rule.pattern):
            message = f"rule {rule.id!r} refers back to a group, and patterns are joined into one"
            issues.append(Issue(code="bad-pattern", where=where, message=message))
        if not rule.pattern and not (isinstance(rule, Rule) and (rule.exact or rule.words)):
            message = f"rule {rule.id!r} has neither a pattern nor lines nor words"
            issues.append(Issue(code="bad-pattern", where=where, message=message))
    if issues:
        raise ConfigurationError(issues)
