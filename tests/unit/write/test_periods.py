"""Days, ISO weeks and months, and their bars."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest

from digest.languages.pack import load_pack
from digest.write.periods import Unit, period_of, periods
from digest.write.timeline import timeline
from digest.write.wording import Wording

WORDS = Wording(load_pack("ur"), {})
NEW_YEAR = dt.date(2022, 1, 1)


@pytest.mark.parametrize(
    ("unit", "first", "last", "path", "name"),
    [
        ("day", NEW_YEAR, NEW_YEAR, "digests/2022/01/01/index.md", "1 جنوری 2022"),
        ("week", dt.date(2021, 12, 27), dt.date(2022, 1, 2), "digests/2021/w52/index.md", "2021 کا ہفتہ 52"),
        ("month", NEW_YEAR, dt.date(2022, 1, 31), "digests/2022/01/index.md", "جنوری 2022"),
    ],
)
def test_periods_of_a_day(unit: Unit, first: dt.date, last: dt.date, path: str, name: str) -> None:
    period = period_of(NEW_YEAR, unit)
    assert (period.first, period.last, period.path, period.name(WORDS)) == (first, last, path, name)


def test_counts_of_periods_oldest_first() -> None:
    days = [(dt.date(2021, 12, 26), 1), (dt.date(2021, 12, 31), 2), (NEW_YEAR, 4)]
    assert [count for _, count in periods(days, "week")] == [1, 6]
    assert [count for _, count in periods(days, "month")] == [3, 4]


def _bars(*days: dt.date) -> list[str]:
    """Return where the bars of a timeline lead to, from left to right."""
    block = timeline([(day, 1) for day in days], WORDS, base="archive/index.md")
    if not block:
        return []
    anchors = ET.fromstring(block.replace("&#123;", "{")).iter("a")  # noqa: S314 - our own
    placed = {float(anchor[1].attrib["x"]): anchor.attrib["href"] for anchor in anchors}
    return [placed[x] for x in sorted(placed)]


def test_one_day_is_no_timeline() -> None:
    assert _bars() == _bars(NEW_YEAR) == []


@pytest.mark.parametrize(
    ("later", "address"),
    [
        (dt.timedelta(days=3), "../digests/2022/01/04/"),
        (dt.timedelta(days=60), "../digests/2022/w09/"),
        (dt.timedelta(days=400), "../digests/2023/02/"),
        (dt.timedelta(days=4000), "../archive/2032/"),
    ],
)
def test_bars_are_days_weeks_months_or_years_and_the_newest_is_leftmost(later: dt.timedelta, address: str) -> None:
    bars = _bars(NEW_YEAR, NEW_YEAR + later)
    assert len(bars) == 2
    assert bars[0] == address


def test_a_timeline_of_many_years_stays_small() -> None:
    days = [dt.date(1950, 1, 1) + dt.timedelta(days=30 * number) for number in range(900)]
    assert len(_bars(*days)) < 80
    assert not re.search(r"\n", timeline([(day, 1) for day in days], WORDS, base="archive/index.md"))


def test_the_last_week_that_python_knows() -> None:
    assert period_of(dt.date.max, "week").last == dt.date.max
    assert _bars(dt.date.max - dt.timedelta(days=1), dt.date.max)[0].endswith("/9999/12/31/")
    assert _bars(dt.date.max - dt.timedelta(days=60), dt.date.max)[0].endswith("/9999/w52/")
