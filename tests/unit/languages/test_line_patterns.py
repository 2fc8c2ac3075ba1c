"""What is asked of a line before a pattern of dates is compiled never rules out a line that the pattern matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.languages.date_lines import LATIN_MONTHS, LinePattern
from digest.languages.dates import date_reader
from digest.languages.pack import available_languages, load_pack


def _patterns(tag: str) -> list[LinePattern]:
    lines = date_reader(load_pack(tag)).lines
    return [*lines.written, lines.latin, lines.numbers, lines.other, lines.ago]


@pytest.mark.parametrize("tag", available_languages())
@given(data=st.data())
def test_a_line_that_matches_is_tried(tag: str, data: st.DataObject) -> None:
    words = load_pack(tag).dates
    months = [name for names in words.months.values() for name in names]
    days = [name for names in words.weekdays.values() for name in names]
    pieces = [
        *(months[:6] + list(words.hijri_months[:4]) + list(words.ago) + days[:3] + list(words.line_labels[:4])),
        *(name.title() for name in LATIN_MONTHS[:4]),
        *(name.upper() for name in LATIN_MONTHS[4:6]),
        *("3", "28", "2021", "1447", "28-12-2021", "2021/12/28", "10:30am", ",", "،", "-", "|", "th", "ھ"),
    ]
    parts = data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=6))
    line = data.draw(st.sampled_from(("", " "))).join(parts)
    for number, pattern in enumerate(_patterns(tag)):
        assert (pattern.whole.fullmatch(line) is None) == (pattern.fullmatch(line) is None), (number, line)


def test_a_pattern_that_nothing_calls_for_is_not_compiled() -> None:
    def make() -> str:
        raise AssertionError

    numbers = date_reader(load_pack("ur")).lines.numbers
    assert LinePattern(numbers.held, make).fullmatch("یہ 28 دسمبر 2021 ہے") is None
