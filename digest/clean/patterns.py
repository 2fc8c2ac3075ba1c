"""Many patterns tried as one: of most lines one call says that they are nothing of what the patterns look for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence

from digest.languages.files import CaptionRule, Rule
from digest.languages.pack import REFERS_BACK

LONGEST_OF_WORDS = 160
"""Characters of a line that may consist of the words of the page."""

_NAME = re.compile(r"\(\?P<\w+>")
_WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: many are never tried by themselves.

    Raises:
        re.error: it is wrong, or empty.
    """
    if not pattern:
        raise re.error("it is empty")
    return re.compile(pattern)


class Alternatives:
    r"""Patterns joined into one. They may neither refer back to their groups nor set flags for themselves as a whole.

    >>> kinds = Alternatives([r"صفحہ (?P<number>\d+)", r".*\d"])
    >>> kinds.first("صفحہ 12"), kinds.first("سال 12"), kinds.first("سال")
    (0, 1, None)
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Compile them.

        Raises:
            re.error: one of them is wrong, or empty.
        """
        if not all(patterns) or any(map(REFERS_BACK.search, patterns)):
            raise re.error("one is empty or refers back to a group")
        # The name stands behind: a pattern that begins with a letter is passed over at once where another one stands.
        named = (f"(?:{_NAME.sub('(?:', pattern)})(?P<n{number}>)" for number, pattern in enumerate(patterns))
        self._any = re.compile("|".join(named) or "(?!)")

    def first(self, text: str) -> int | None:
        """Return the number of the first pattern that matches the whole of a text, if one does."""
        match = self._any.fullmatch(text)
        return int(match.lastgroup[1:]) if match and match.lastgroup else None


def held_words(rules: Iterable[Rule | CaptionRule]) -> tuple[str, ...]:
    """Return words of which one stands in whatever one of the rules matches; none if a rule may do without."""
    held = [rule.holds for rule in rules]
    words = dict.fromkeys(word for of_rule in held for word in of_rule)
    # Where a word stands, what is part of it stands too.
    fewest = (word for word in words if not any(other in word for other in words if other != word))
    return tuple(fewest) if all(held) else ()


def matcher_of(rule: Rule) -> Callable[[str], object]:
    """Return a test whether a line is what a rule looks for."""
    return _line_of_words(rule) if rule.words else compiled(rule.pattern).fullmatch


def _line_of_words(rule: Rule) -> Callable[[str], bool]:
    """Return a test whether a line consists of the words of a rule."""
    words = frozenset(rule.words)
    anchors = tuple(f" {anchor} " for anchor in rule.anchors)

    def consists(text: str) -> bool:
        if len(text) > LONGEST_OF_WORDS:
            return False
        first = _WORD.search(text)
        if first is None or first[0].casefold() not in words:
            return False
        found = _WORD.findall(text.casefold())
        if not 0 < len(found) <= rule.most or not words.issuperset(found):
            return False
        joined = f" {' '.join(found)} "
        return not anchors or any(anchor in joined for anchor in anchors)

    return consists
