"""Takes out what is not the story: related links, share buttons, comment counts, addresses of the original.

The rules are data (`boilerplate.yml` of the language pack); this is their reading. Nothing is taken out in
silence: every line, with the rule that named it, is in the article's record.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable

from digest.clean.lines import Line
from digest.languages.files import Rule
from digest.languages.pack import LanguagePack
from digest.model import Removal, Span

_FULL_STOPS = ("۔", ".")
"""Titles do not end so; with a question mark they often do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is left of an article's lines, and what was learnt from those that went."""

    lines: tuple[Line, ...]
    removals: tuple[Removal, ...]
    related: tuple[str, ...]
    source_url: str | None


class Boilerplate:
    """The boilerplate rules of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        rules = pack.boilerplate
        self._rules = tuple((rule, re.compile(rule.pattern)) for rule in rules.rules if rule.scope != "inline")
        self._inline = tuple(re.compile(rule.pattern) for rule in rules.rules if rule.scope == "inline")
        self._sources = tuple((rule.id, re.compile(rule.pattern)) for rule in rules.source_lines)

    def take_out(self, lines: Iterable[Line]) -> Kept:
        """Return the lines of the story, and a record of the others."""
        kept: list[Line] = []
        removals: list[Removal] = []
        related: list[str] = []
        source_url = None
        following = 0
        following_rule: Rule | None = None
        tail: Rule | None = None
        for line in lines:
            found = self._source(line)
            if found:
                rule_id, source_url = found
                removals.append(Removal(rule=rule_id, line=line.number, text=line.text))
                continue
            matched = (tail, None) if tail else self._match(line)
            if matched:
                rule, match = matched
                removals.append(Removal(rule=rule.id, line=line.number, text=line.text))
                if match and rule.related and match["related"]:
                    related.append(match["related"].strip())
                tail = tail or (rule if rule.scope == "tail" else None)
                following, following_rule = (rule.lines, rule) if rule.scope == "following" else (0, None)
            elif following_rule and following and self._title_like(line, following_rule):
                following -= 1
                removals.append(Removal(rule=following_rule.id, line=line.number, text=line.text))
                related.append(line.text)
            else:
                following = 0
                kept.append(line)
        return Kept(lines=tuple(kept), removals=tuple(removals), related=tuple(related), source_url=source_url)

    def aside(self, text: str) -> Span | None:
        """Return where a related link stands inside running text: from its words to the end of the paragraph.

        It has no mark at its end, so it is not cut; it is only left out of tagging and of the summary.
        """
        starts = [match.start() for pattern in self._inline if (match := pattern.search(text))]
        return (min(starts), len(text)) if starts else None

    def _match(self, line: Line) -> tuple[Rule, re.Match[str] | None] | None:
        for rule, pattern in self._rules:
            if match := pattern.fullmatch(line.text):
                return rule, match
        return None

    def _source(self, line: Line) -> tuple[str, str] | None:
        for rule_id, pattern in self._sources:
            if match := pattern.fullmatch(line.text):
                return rule_id, match["url"]
        return None

    def _title_like(self, line: Line, rule: Rule) -> bool:
        return line.words <= rule.max_words and not line.text.endswith(_FULL_STOPS)


@functools.cache
def boilerplate_of(pack: LanguagePack) -> Boilerplate:
    """Return the compiled rules of a pack."""
    return Boilerplate(pack)
