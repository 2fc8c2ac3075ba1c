"""The patterns of lines that say no more than when a text was published, from a pack's `dates.yml`.

Each is compiled when it is first tried: together they take as long as reading ten articles, and most builds read one or
two, whose date the first pattern knows.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

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
        self._ago = rf"(?:\d{{1,3}}|\w+)\s+(?:{either(words.ago) or '(?!)'})"

    def written(self) -> Iterator[re.Pattern[str]]:
        """Yield the patterns of dates with the name of a month: the day before it, and behind it."""
        yield self._day_first
        yield self._month_first

    @functools.cached_property
    def _day_first(self) -> re.Pattern[str]:
        other = self._other
        same = rf"(?:\s*(?:[-–/|،]|{self._same})?\s*{other})?"
        date = rf"(?:{other}\s*[-–/|،]\s*)?{self._date}{same}{self._time}{self._again(unnamed(self._date))}"
        return re.compile(rf"{self._labels}{self._day_name}{date}{self._ends}", re.IGNORECASE)

    @functools.cached_property
    def _month_first(self) -> re.Pattern[str]:
        date = rf"(?P<month>{self._months})\s+(?P<day>\d{{1,2}})\s*[,،]\s*(?P<year>\d{{4}})"
        again = self._again(rf"(?:{self._months})\s+\d{{1,2}}\s*[,،]\s*\d{{4}}")
        return re.compile(rf"{self._labels}{self._day_name}{date}{self._time}{again}{self._ends}", re.IGNORECASE)

    def _again(self, date: str) -> str:
        """Return the pattern of an update that may stand beside the day of publication; the earlier day is read."""
        return rf"(?:\s*[|،,/–-]?\s*{self._labels}{self._day_name}{date}{self._time})?"

    @functools.cached_property
    def latin(self) -> re.Pattern[str]:
        """The pattern of a date in English."""
        return re.compile(rf"{self._labels}(?:[a-z]{{3,9}},?\s+)?{_LATIN_DATE}{self._time}{self._ends}", re.IGNORECASE)

    @functools.cached_property
    def numbers(self) -> re.Pattern[str]:
        """The pattern of a date in numbers."""
        date = rf"(?P<numbers>{unnamed(NUMBERS.pattern)})"
        return re.compile(rf"{self._labels}{self._day_name}{date}{self._time}{self._ends}", re.IGNORECASE)

    @functools.cached_property
    def other(self) -> re.Pattern[str]:
        """The pattern of a date of another calendar."""
        return re.compile(rf"{self._labels}{self._day_name}{self._other}{self._ends}")

    @functools.cached_property
    def ago(self) -> re.Pattern[str]:
        """The pattern of a time before now."""
        return re.compile(rf"{self._labels}{self._ago}{self._ends}", re.IGNORECASE)


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
