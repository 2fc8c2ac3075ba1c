"""Takes out what is not the story: related links, share buttons, comment counts, addresses of the original.

The rules are data (`boilerplate.yml` of the language pack); this is their reading. Nothing is taken out in
silence: every line, with the rule that named it, is in the article's record.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

from digest.clean.lines import Line
from digest.clean.patterns import LONGEST_OF_WORDS, Alternatives, compiled, held_words, matcher_of
from digest.languages.files import BylineRule, CaptionRule, Rule, SourceRule, may_match
from digest.languages.pack import LanguagePack, check_patterns
from digest.model import Removal, Span

_FULL_STOPS = ("۔", ".")
"""Titles do not end so; with a question mark they often do."""

_LONGEST_LINE = 400
"""Characters; a longer line is prose, and patterns are not tried on it: that would cost its length over and over."""

_SENTENCES_OF_A_STORY = 2
"""Lines that end in a full stop; with fewer, nobody can say where the story ends."""

_SENTENCES_OF_A_LONG_STORY = 4
"""With so many, a line without a full stop under them is not the story's, whatever it says."""

_BUTTON_WORDS = 10
"""Words of a line that may be one of the `exact` ones."""

_MARKS = " \t:：.…»«>|،*•()[]۔!?؟"

_HEADING_WORDS = 7
_PROSE_WORDS = 20
"""A short line above a paragraph of so many words is its sub-heading."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is left of an article's lines, and what was learnt from those that went."""

    lines: tuple[Line, ...]
    removals: tuple[Removal, ...]
    related: tuple[str, ...]
    source_url: str | None
    byline: str | None


class Boilerplate:
    """The boilerplate rules of one language.

    Most lines are the story's, and no rule names them: what says so must cost little. The patterns are tried as one,
    but for the slow ones (`holds`), which are tried by themselves where a word stands that they need.
    """

    def __init__(self, pack: LanguagePack) -> None:
        """Compile the rules.

        Raises:
            re.error: a pattern is wrong.
        """
        rules = pack.boilerplate
        self._exact = {_bare(line): rule for rule in rules.rules for lines in rule.exact for line in lines}
        tried = [(place, rule) for place, rule in enumerate(rules.rules) if rule.scope != "inline" and not rule.exact]
        self._quick = [(place, rule) for place, rule in tried if not (rule.holds or rule.words)]
        self._any_quick = Alternatives([rule.pattern for _, rule in self._quick])
        self._slow = [(place, rule, matcher_of(rule)) for place, rule in tried if rule.holds or rule.words]
        self._held = held_words(rule for _, rule in tried if rule.holds)
        self._inline = tuple((rule, compiled(rule.pattern)) for rule in rules.rules if rule.scope == "inline")
        self._captions = tuple((rule, compiled(rule.pattern)) for rule in rules.captions)
        self._held_by_captions = held_words(rules.captions)
        self._facts: tuple[SourceRule | BylineRule, ...] = (*rules.source_lines, *rules.byline_lines)
        self._any_fact = Alternatives([rule.pattern for rule in self._facts])

    def take_out(self, lines: Sequence[Line]) -> Kept:
        """Return the lines of the story, and a record of the others."""
        kept: list[Line] = []
        removals: list[Removal] = []
        related: list[str] = []
        facts: dict[str, str] = {}
        titles_of: Rule | None = None  # the rule after which titles of other stories stand, while they may go on
        titles = 0
        tail: Rule | None = None
        head = True
        for index, line in enumerate(lines):
            rule = tail or self._match(line)
            if rule and rule.scope == "head" and not head:
                rule = None
            if fact := self._fact(line):
                name, found = fact
                facts |= found
            elif rule:
                name = rule.id
                if rule.related and not tail and (headline := _related(rule, line.text)):
                    related.append(headline)
                tail = tail or (rule if rule.scope == "tail" else None)
                titles_of, titles = (rule if rule.scope == "following" else None), 0
            elif titles_of and titles < titles_of.lines and self._is_title(lines, index, titles_of, titles):
                name, titles = titles_of.id, titles + 1
                related.append(line.text)
            else:
                titles_of = None
                kept.append(line)
                head = head and line.words < _PROSE_WORDS and not line.text.endswith(_FULL_STOPS)
                continue
            removals.append(Removal(rule=name, line=line.number, text=line.text))
        return Kept(
            lines=tuple(kept),
            removals=tuple(removals),
            related=tuple(related),
            source_url=facts.get("url"),
            byline=facts.get("byline"),
        )

    def aside(self, text: str) -> Span | None:
        """Return where a related link stands inside running text: from its words to the end of the paragraph.

        It has no mark at its end, so it is not cut; it is only left out of tagging and of the summary.
        """
        starts = [
            match.start()
            for rule, pattern in self._inline
            if may_match(rule.holds, text) and (match := pattern.search(text))
        ]
        return (min(starts), len(text)) if starts else None

    def caption(self, text: str) -> tuple[CaptionRule, re.Match[str]] | None:
        """Return the rule by which a line is a caption, and what that found in it."""
        if may_match(self._held_by_captions, text):  # seldom: it spares the look at each rule
            for rule, pattern in self._captions:
                if may_match(rule.holds, text) and (match := pattern.fullmatch(text)):
                    return rule, match
        return None

    def _match(self, line: Line) -> Rule | None:
        """Return the first rule that names a line."""
        if len(line.text) > _LONGEST_LINE:
            return None
        number = self._any_quick.first(line.text)
        found = self._quick[number] if number is not None else None
        if len(line.text) <= LONGEST_OF_WORDS or may_match(self._held, line.text):
            for place, rule, test in self._slow:
                if found and found[0] < place:
                    break
                if may_match(rule.holds, line.text) and test(line.text):
                    return rule
        if found:
            return found[1]
        return self._exact.get(_bare(line.text)) if line.words <= _BUTTON_WORDS else None

    def _fact(self, line: Line) -> tuple[str, dict[str, str]] | None:
        """Return what a line says of the article (`url`, `byline`), with the rule that read it."""
        number = self._any_fact.first(line.text) if len(line.text) <= _LONGEST_LINE else None
        if number is None:
            return None
        fact = self._facts[number]
        match = compiled(fact.pattern).fullmatch(line.text)
        named = match.groupdict() if match else {}
        return fact.id, {name: value.strip() for name, value in named.items() if value}

    def _is_title(self, lines: Sequence[Line], index: int, rule: Rule, taken: int) -> bool:
        """Return whether a line is the title of another story; behind the first one it may be a sub-heading again."""
        line = lines[index]
        if line.words > rule.max_words or line.text.endswith(_FULL_STOPS):
            return False
        below = lines[index + 1] if index + 1 < len(lines) else None
        above_prose = below is not None and below.words >= _PROSE_WORDS and below.text.endswith(_FULL_STOPS)
        return not (taken and line.words <= _HEADING_WORDS and above_prose)


def split_footer(kept: Kept, closing: str) -> tuple[tuple[Line, ...], tuple[Removal, ...]]:
    """Return the lines of the story, and the titles that stand between the words of the page under it.

    Under the last sentence of a story, the first words of the page begin the page's own foot: what stands there without
    a full stop is a link of somebody else's. Where no full stops are used, long lines are what the story consists of.

    Args:
        kept: the lines that no rule names.
        closing: marks that may stand behind the full stop: those of a quotation.
    """
    lines = kept.lines
    sentences = [number for number, line in enumerate(lines) if line.text.rstrip(closing).endswith(_FULL_STOPS)]
    stopped = len(sentences) >= _SENTENCES_OF_A_STORY
    if not stopped:
        sentences = [number for number, line in enumerate(lines) if line.words >= _PROSE_WORDS]
        if len(sentences) < _SENTENCES_OF_A_STORY:
            return lines, ()
    last = sentences[-1]
    foot = next((removal.line for removal in kept.removals if removal.line > lines[last].number), None)
    if stopped and len(sentences) >= _SENTENCES_OF_A_LONG_STORY:
        foot = lines[last].number  # whatever stands there; a heading with nothing under it is no heading
    if foot is None:
        return lines, ()
    cut = [
        line for line in lines[last + 1 :] if line.number > foot and line.words <= _PROSE_WORDS and line.text[0] != "("
    ]
    gone = {line.number for line in cut}
    removals = tuple(Removal(rule="page-foot", line=line.number, text=line.text) for line in cut)
    return tuple(line for line in lines if line.number not in gone), removals


def _bare(line: str) -> str:
    """Return a line without the marks around it, and without capitals."""
    return " ".join(line.strip(_MARKS).casefold().split())


def _related(rule: Rule, line: str) -> str | None:
    """Return the headline of another story that a line names, by the pattern of a rule."""
    match = compiled(rule.pattern).fullmatch(line) if not (rule.exact or rule.words) else None
    return match["related"].strip() if match and match["related"] else None


@functools.cache
def boilerplate_of(pack: LanguagePack) -> Boilerplate:
    """Return the compiled rules of a pack.

    Raises:
        ConfigurationError: one of them is wrong.
    """
    try:
        return Boilerplate(pack)
    except re.error:
        check_patterns(pack)  # says which one
        raise
