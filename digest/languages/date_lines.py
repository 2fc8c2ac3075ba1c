"""The patterns of lines that say no more than when a text was published, from a pack's `dates.yml`.

Each is compiled when the first line comes that may be one: together they take as long as reading ten articles, and most
builds read one or two, in which few lines hold the name of a month.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

from digest.languages.files import Dates

LATIN_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Newspapers of every language print `May 21, 2025` above an article; months by their first three letters."""

_LATIN_MONTH = rf"(?P<latin>{'|'.join(LATIN_MONTHS)})[a-z]*\.?"
_TH = "(?:st|nd|rd|th)?"
_LATIN_LAST = rf"(?P<before>\d{{1,2}}){_TH}[\s-]+{_LATIN_MONTH.replace('latin', 'month')}"
_LATIN = rf"(?:{_LATIN_MONTH}[\s-]+(?P<after>\d{{1,2}}){_TH}|{_LATIN_LAST})"
_LATIN_DATE = rf"{_LATIN}(?:\s*,\s*|[\s-]+)(?P<year>\d{{4}})"

NUMBERS = re.compile(
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})|(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<z>\d{4})"
)
"""A day in numbers."""
_NUMBERS_IN_LINE = re.compile(r"\d[-/.]\d{1,2}[-/.]\d")


class LinePattern:
    """A pattern that is tried where something short is found that stands in whatever it matches."""

    def __init__(self, held: re.Pattern[str], make: Callable[[], str], flags: re.RegexFlag = re.IGNORECASE) -> None:
        self.held = held
        self._make = make
        self._flags = flags

    def fullmatch(self, line: str) -> re.Match[str] | None:
        """Return what the pattern finds in a line, if it matches the whole of it."""
        return self.whole.fullmatch(line) if self.held.search(line) else None

    @functools.cached_property
    def whole(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self._make(), self._flags)


class LinePatterns:
    """What lines of one language look like that give a day, and perhaps a label, a weekday and a time."""

    def __init__(self, words: Dates, date: str) -> None:
        """Take the words of a pack, and the pattern of a date in running text."""
        self._date = date
        self._months = either(name for names in words.months.values() for name in names)
        weekday = either(name for names in words.weekdays.values() for name in names)
        # The day in another calendar may stand beside it (۷ دی ۱۴۰۰ - ۲۸ دسامبر ۲۰۲۱): passed over, never converted.
        months, marks = either(words.hijri_months) or "(?!)", either(words.hijri_marks) or "(?!)"
        self._other = rf"\d{{1,2}}\s+(?:{months})(?:\s+\w+)?\s*[,،]?\s*\d{{4}}\s*(?:{marks})?"
        label = either(words.line_labels) or "(?!)"
        # A few of them: where one label is the beginning of another, each doubles the ways to read a line.
        self._labels = rf"(?:(?:{label})\s*+(?:[:：|،-]\s*+)?){{0,6}}"
        self._day_name = rf"(?:(?:{weekday})\s*[,،/-]?\s*)?"
        end = either((*words.line_ends, *words.line_labels)) or "(?!)"
        day_behind = rf"(?:\s*\(\s*(?:{weekday or '(?!)'})\s*\))?"
        self._ends = rf"{day_behind}(?:\s*+(?:[|،,–-]\s*+)?(?:{end})){{0,6}}\s*[۔|]?"
        self._same = either(words.same_day) or "(?!)"
        self._time = _time(words.time_words)
        ago = either(words.ago) or "(?!)"
        self._ago = rf"(?:\d{{1,3}}|\w+)\s+(?:{ago})"
        named, others = re.compile(self._months, re.IGNORECASE), re.compile(months)
        self.written = (LinePattern(named, self._day_first), LinePattern(named, self._month_first))
        """The patterns of dates with the name of a month: the day before it, and behind it."""
        self.latin = LinePattern(re.compile("|".join(LATIN_MONTHS), re.IGNORECASE), self._in_english)
        """The pattern of a date in English."""
        self.numbers = LinePattern(_NUMBERS_IN_LINE, self._in_numbers)
        """The pattern of a date in numbers."""
        self.other = LinePattern(others, self._of_other_calendar, re.RegexFlag(0))
        """The pattern of a date of another calendar."""
        self.ago = LinePattern(re.compile(ago, re.IGNORECASE), self._before_now)
        """The pattern of a time before now."""

    def _day_first(self) -> str:
        other = self._other
        same = rf"(?:\s*(?:[-–/|،]|{self._same})?\s*{other})?"
        date = rf"(?:{other}\s*[-–/|،]\s*)?{self._date}{same}{self._time}{self._again(unnamed(self._date))}"
        return rf"{self._labels}{self._day_name}{date}{self._ends}"

    def _month_first(self) -> str:
        date = rf"(?P<month>{self._months})\s+(?P<day>\d{{1,2}})\s*[,،]\s*(?P<year>\d{{4}})"
        again = self._again(rf"(?:{self._months})\s+\d{{1,2}}\s*[,،]\s*\d{{4}}")
        return rf"{self._labels}{self._day_name}{date}{self._time}{again}{self._ends}"

    def _again(self, date: str) -> str:
        """Return the pattern of an update that may stand beside the day of publication; the earlier day is read."""
        return rf"(?:\s*[|،,/–-]?\s*{self._labels}{self._day_name}{date}{self._time})?"

    def _in_english(self) -> str:
        return rf"{self._labels}(?:[a-z]{{3,9}},?\s+)?{_LATIN_DATE}{self._time}{self._ends}"

    def _in_numbers(self) -> str:
        date = rf"(?P<numbers>{unnamed(NUMBERS.pattern)})"
        return rf"{self._labels}{self._day_name}{date}{self._time}{self._ends}"

    def _of_other_calendar(self) -> str:
        return rf"{self._labels}{self._day_name}{self._other}{self._ends}"

    def _before_now(self) -> str:
        return rf"{self._labels}{self._ago}{self._ends}"


def _time(words: Iterable[str]) -> str:
    """Return the pattern of a time of day that may stand beside a date: 10:45, 06:12pm, رات 8 بجے."""
    word = either(words) or "(?!)"
    zone = r"(?:\s*\(?(?:(?:PKT|PST|GMT|UTC|IST)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|Z)\)?)?"
    half = rf"(?:[ap]\.?m\.?|{word})"
    clock = rf"(?:\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\s*{half}?|\d{{1,2}}\s*{half}(?:\s*\d{{1,2}}\s*(?:{word}))?)"
    return rf"(?:\s*[,،|–-]?\s*(?:T(?=\d))?(?:(?:at|{word})\s*)*{clock}(?:\s*(?:{word}))*{zone})?"


def unnamed(pattern: str) -> str:
    """Return `pattern` with its named groups made plain, so that it may stand beside itself."""
    return re.sub(r"\(\?P<\w+>", "(?:", re.sub(r"\(\?P=\w+\)", "[-/.]", pattern))


def either(words: Iterable[str]) -> str:
    """Return the pattern of one of some words, the longest first; empty for none."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
