"""Articles over time: a row of bars, oldest where reading begins, each leading to its day, month or year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from digest.write.figures import drawing, figure, linked, shape
from digest.write.markdown import Markdown
from digest.write.periods import Period, Unit, period_of, periods
from digest.write.permalinks import year_path
from digest.write.wording import Wording
from digest.write.xml import Xml

_HEIGHT = 100
_STEP = 10
_FEWEST = 2
_LOW = 4
"""Articles that a full bar stands for at least: one article is not a peak."""
_MOST_DAYS = 31
_MOST_WEEKS = 26
_MOST_MONTHS = 36
_ROOM = 12
"""Bars that there is room for at least: a few bars across a whole page would be walls."""
Bar = tuple[Period | int, int]
"""The period or year, and how many articles it stands for."""


def timeline(days: Sequence[tuple[dt.date, int]], words: Wording, *, base: str) -> Markdown:
    """Return the picture of days with articles; nothing when they make fewer than two bars.

    Args:
        days: the days and their counts, oldest first.
        words: the site's wording.
        base: the page that the picture stands on.
    """
    bars = list(_bars(days))
    most = max(bars, key=lambda bar: bar[1], default=None)
    if most is None or sum(count > 0 for _, count in bars) < _FEWEST:
        return Markdown("")
    room = max(len(bars), _ROOM)
    columns: list[Xml] = []
    for number, (time, count) in enumerate(bars):
        if not count:
            continue
        place = room - 1 - number if words.pack.language.direction == "rtl" else number
        height = max(3, round(count / max(most[1], _LOW) * _HEIGHT))
        bar = (
            shape("rect", "dg-bar-room", x=place * _STEP, y=0, width=_STEP, height=_HEIGHT),
            shape("rect", "dg-bar", x=place * _STEP + 1, y=_HEIGHT - height, width=_STEP - 2, height=height),
        )
        target = year_path(f"{time:04}") if isinstance(time, int) else time.path
        columns.append(linked(target, f"{_name(time, words)}: {words.articles(count)}", bar, base=base))
    svg = drawing(room * _STEP, _HEIGHT, columns, stretched=True)
    first, last, highest = (_name(time, words) for time, _ in (bars[0], bars[-1], most))
    caption = words("over_time_text", first=first, last=last, most=highest, count=words.articles(most[1]))
    return figure(svg, "timeline", f"{words('over_time')}: {caption}")


def _name(time: Period | int, words: Wording) -> str:
    return words.number(time) if isinstance(time, int) else time.name(words)


def _bars(days: Sequence[tuple[dt.date, int]]) -> Iterator[Bar]:
    """Yield bars of days, weeks, months or years, whichever are few enough; those without articles too."""
    if not days:
        return
    first, last = days[0][0], days[-1][0]
    span = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > _MOST_MONTHS:
        yield from _years(days)
        return
    unit: Unit = "day" if span < _MOST_DAYS else "week" if span < _MOST_WEEKS * 7 else "month"
    counts = dict(periods(days, unit))
    period = period_of(first, unit)
    yield period, counts.get(period, 0)
    while period.last < last:  # nothing is asked of the day after: the last day may be the last that Python knows
        period = period_of(period.last + dt.timedelta(days=1), unit)
        yield period, counts.get(period, 0)


def _years(days: Sequence[tuple[dt.date, int]]) -> Iterator[Bar]:
    counts: dict[int, int] = {}
    for day, count in days:
        counts[day.year] = counts.get(day.year, 0) + count
    for year in range(days[0][0].year, days[-1][0].year + 1):
        yield year, counts.get(year, 0)
