"""Reads dates as newspapers write them, from the words in a pack's `dates.yml`.

Its own, because dateparser reads `27 نومبر` as 1927-11-12 and misses یکم دسمبر, 2023ء and ranges; it serves
the tests as an oracle where it is right. A date without a year stays without one here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re

from digest.languages.date_lines import LATIN_MONTHS, NUMBERS, LinePatterns, either, unnamed
from digest.languages.memo import Memo
from digest.languages.pack import LanguagePack
from digest.model import Span

_MONTHS = 12
_LONGEST_LINE = 120
"""Characters of a line that says no more than when."""
_MOST_KEPT = 1_000
"""Lines whose date is kept at hand: it is asked for more than once of each."""


_DATED_AHEAD = 2
"""Days by which a paper may be dated after it was retrieved."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a text; `year` is None when the text gives none."""

    span: Span
    year: int | None
    month: int
    day: int
    last_day: int | None = None
    """The end of a range: 27 سے 28 نومبر."""

    def date(self) -> dt.date | None:
        """Return the full date, if there is a year and the day exists."""
        return None if self.year is None else _date(self.year, self.month, self.day)

    def date_before(self, limit: dt.date) -> dt.date | None:
        """Return the latest such day that is not after `limit`, for dates without a year.

        A day or two after it are accepted: papers are dated ahead, and clocks stand in other zones.
        """
        if self.year is not None:
            return self.date()
        limit += min(dt.timedelta(days=_DATED_AHEAD), dt.date.max - limit)
        days = (_date(year, self.month, self.day) for year in range(limit.year, limit.year - 5, -1))
        return next((day for day in days if day and day <= limit), None)


class DateReader:
    """Finds dates in one language.

    >>> from digest.languages.pack import load_pack
    >>> reader = DateReader(load_pack("ur"))
    >>> [found.date() for found in reader.find("یہ معاہدہ یکم دسمبر 2021ء کو ہوا")]
    [datetime.date(2021, 12, 1)]
    >>> [(found.day, found.last_day, found.year) for found in reader.find("27 سے 28 نومبر تک")]
    [(27, 28, None)]
    """

    def __init__(self, pack: LanguagePack) -> None:
        words = pack.dates
        self._months = {name: number for number, names in words.months.items() for name in names}
        self._ordinals = dict(words.ordinals)
        ordinals = either(self._ordinals)
        day = rf"(?:\d{{1,2}}|{ordinals})" if ordinals else r"\d{1,2}"
        year = rf"(?:\s*[,،-]?\s*(?P<year>\d{{4}})(?!\d)\s*(?:{either(words.year_marks) or '(?!)'})?)?"
        date = (
            rf"(?<![\w.])(?P<day>{day})(?:\s*(?:{either(words.range_words)})\s*(?P<last>{day}))?"
            rf"(?:\s*|-)(?P<month>{either(self._months)})(?![^\W\d]){year}"
        )
        self._date = re.compile(date)
        # Deutsche Welle gives the day in numbers first, without a space between: 15.12.202515 دسمبر 2025.
        self._doubled = re.compile(rf"(?:{unnamed(NUMBERS.pattern)})(?=\d{{1,2}}\s*(?:{either(self._months)}))")
        last_words = {phrase.split()[-1] for phrase in words.ago} | self._ordinals.keys()
        self._may_be = re.compile(rf"\d|{either(last_words) or '(?!)'}", re.IGNORECASE)
        self.lines = LinePatterns(words, date)
        self._dates = Memo(self._line_date, most=_MOST_KEPT)

    def find(self, text: str) -> list[FoundDate]:
        """Return the dates in `text`, in order."""
        return [found for match in self._date.finditer(text) if (found := self._read(match))]

    def line_date(self, line: str) -> FoundDate | None:
        """Return the date of a line that holds nothing else, perhaps a label, a weekday and a time.

        >>> from digest.languages.pack import load_pack
        >>> reader = DateReader(load_pack("ur"))
        >>> reader.line_date("شائع 28 دسمبر 2021 10:30am").date(), reader.line_date("May 21, 2025").date()
        (datetime.date(2021, 12, 28), datetime.date(2025, 5, 21))
        """
        if len(line) > _LONGEST_LINE or self._may_be.search(line) is None:
            return None  # most lines
        return self._dates[line]

    def _line_date(self, line: str) -> FoundDate | None:
        if doubled := self._doubled.match(line):
            line = line[doubled.end() :]
        for pattern in self.lines.written:
            if match := pattern.fullmatch(line):
                full = [(date, found) for found in self.find(line) if (date := found.date())]
                return min(full, key=lambda pair: pair[0])[1] if len(full) > 1 else self._read(match)
        if match := self.lines.numbers.fullmatch(line):
            return _read_numbers(match)
        if match := self.lines.latin.fullmatch(line):
            month = LATIN_MONTHS.index((match["latin"] or match["month"]).lower()) + 1
            day = int(match["after"] or match["before"])
            year = int(match["year"])
            return FoundDate(span=match.span(), year=year, month=month, day=day) if _date(year, month, day) else None
        return None

    def is_date_line(self, line: str) -> bool:
        """Return whether a line says no more than when, even if that is no date of publication that could be read.

        >>> from digest.languages.pack import load_pack
        >>> reader = DateReader(load_pack("ur"))
        >>> reader.is_date_line("شائع ہوئی 3 گھنٹے قبل"), reader.is_date_line("29 صفر المظفر 1447ھ")
        (True, True)
        """
        if len(line) > _LONGEST_LINE or self._may_be.search(line) is None:
            return False  # most lines
        return (
            self.line_date(line) is not None
            or self.lines.numbers.fullmatch(line) is not None
            or self.lines.other.fullmatch(line) is not None
            or self.lines.ago.fullmatch(line) is not None
        )

    def _read(self, match: re.Match[str]) -> FoundDate | None:
        found = match.groupdict()
        day = self._day(match["day"])
        month = self._months[match["month"]]
        year = int(match["year"]) if match["year"] else None
        if _date(year or 2000, month, day) is None:  # 2000 is a leap year: 29 February is a day
            return None
        last = self._day(found["last"]) if found.get("last") else None
        return FoundDate(span=match.span(), year=year, month=month, day=day, last_day=last)

    def _day(self, text: str) -> int:
        return self._ordinals[text] if text in self._ordinals else int(text)


@functools.cache
def date_reader(pack: LanguagePack) -> DateReader:
    """Return the reader of a pack, compiled once."""
    return DateReader(pack)


def parse_stated(text: str, pack: LanguagePack) -> dt.date | None:
    """Read a date that somebody stated: ISO 8601, with or without a time, or as the language writes it.

    >>> from digest.languages.pack import load_pack
    >>> parse_stated("2021-12-28T10:00:00Z", load_pack("ur"))
    datetime.date(2021, 12, 28)
    >>> parse_stated("unknown", load_pack("ur"))
    """
    text = text.strip()
    for parse in (dt.date.fromisoformat, lambda value: dt.datetime.fromisoformat(value).date()):
        try:
            return parse(text)
        except ValueError:
            continue
    return next((day for found in date_reader(pack).find(text) if (day := found.date())), None)


def _read_numbers(match: re.Match[str]) -> FoundDate | None:
    """Read a day in numbers; 03/06/2025 is the third of June here and the sixth of March there, so it is no date."""
    numbers = NUMBERS.fullmatch(match["numbers"])
    if numbers is None:
        return None
    year, month, day = (numbers["y"], numbers["m"], numbers["d"])
    if year is None:
        year, month, day = numbers["z"], numbers["b"], numbers["a"]
        if int(day) <= _MONTHS and day != month:
            return None
    if _date(int(year), int(month), int(day)) is None:
        return None
    return FoundDate(span=match.span("numbers"), year=int(year), month=int(month), day=int(day))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
