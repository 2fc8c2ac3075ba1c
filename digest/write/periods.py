"""Days, ISO weeks and months: their bounds, their pages and what they are called."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable
from typing import Literal

from digest.write.wording import Wording

Unit = Literal["day", "week", "month"]
UNITS: tuple[Unit, ...] = ("day", "week", "month")


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, a week from Monday to Sunday, or a month."""

    first: dt.date
    last: dt.date
    unit: Unit

    @property
    def year(self) -> int:
        """The year that its digest is filed in: a week belongs to the year that ISO 8601 counts it in."""
        return self.first.isocalendar().year if self.unit == "week" else self.first.year

    @property
    def path(self) -> str:
        """Where its digest is: a week belongs to the year that ISO 8601 counts it in."""
        if self.unit == "week":
            year, week, _ = self.first.isocalendar()
            return f"digests/{year}/w{week:02}/index.md"
        day = f"/{self.first.day:02}" if self.unit == "day" else ""
        return f"digests/{self.first.year}/{self.first.month:02}{day}/index.md"

    def name(self, words: Wording) -> str:
        """Return what it is called."""
        if self.unit == "day":
            return words.date(self.first)
        if self.unit == "month":
            return words.month(f"{self.first:%Y-%m}")
        year, week, _ = self.first.isocalendar()
        return words("week", number=words.number(week), year=words.number(year))


@functools.lru_cache(4096)
def period_of(day: dt.date, unit: Unit) -> Period:
    """Return the period that a day belongs to.

    >>> period_of(dt.date(2022, 1, 1), "week").path, period_of(dt.date(2021, 12, 28), "day").path
    ('digests/2021/w52/index.md', 'digests/2021/12/28/index.md')
    """
    if unit == "day":
        return Period(day, day, unit)
    if unit == "week":
        first = day - dt.timedelta(days=day.weekday())
        return Period(first, first + min(dt.timedelta(days=6), dt.date.max - first), unit)
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]), unit)


def periods(days: Iterable[tuple[dt.date, int]], unit: Unit) -> list[tuple[Period, int]]:
    """Return the periods that some days with articles belong to, with counts, oldest first."""
    counts: dict[Period, int] = {}
    for day, count in days:
        period = period_of(day, unit)
        counts[period] = counts.get(period, 0) + count
    return sorted(counts.items())
