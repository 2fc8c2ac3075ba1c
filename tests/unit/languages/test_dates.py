"""Dates as Urdu newspapers write them, in three sets of digits; nothing is invented."""

from __future__ import annotations

import datetime as dt
import random

import dateparser
import pytest

from digest.languages.dates import DateReader, date_reader
from digest.languages.pack import LanguagePack

DIGITS = {"western": "0123456789", "extended": "۰۱۲۳۴۵۶۷۸۹", "arabic": "٠١٢٣٤٥٦٧٨٩"}


@pytest.fixture(scope="module")
def reader(pack: LanguagePack) -> DateReader:
    return date_reader(pack)


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("28 دسمبر 2021", dt.date(2021, 12, 28)),
        ("3 مئی 2020", dt.date(2020, 5, 3)),
        ("03 مئی، 2020", dt.date(2020, 5, 3)),
        ("28 دسمبر 2021ء", dt.date(2021, 12, 28)),
        ("28 دسمبر 2021 ء", dt.date(2021, 12, 28)),
        ("29 فروری 2024", dt.date(2024, 2, 29)),
    ],
)
def test_day_month_year_in_three_sets_of_digits(reader: DateReader, text: str, date: dt.date, digits: str) -> None:
    written = text.translate(str.maketrans(DIGITS["western"], DIGITS[digits]))
    (found,) = reader.find(f"یہ معاہدہ {written} کو ہوا")
    assert found.date() == date
    assert reader.line_date(written) is not None


def test_the_first_of_a_month_has_a_word_of_its_own(reader: DateReader) -> None:
    assert [found.date() for found in reader.find("یکم جنوری 2022 سے یکم مارچ 2022ء تک")] == [
        dt.date(2022, 1, 1),
        dt.date(2022, 3, 1),
    ]


@pytest.mark.parametrize("between", [" سے ", "-", " تا ", "–", " تک "])
def test_a_range_keeps_both_ends(reader: DateReader, between: str) -> None:
    (found,) = reader.find(f"صدر نے 27{between}28 نومبر 2024 کو دورہ کیا")
    assert (found.day, found.last_day, found.month, found.year) == (27, 28, 11, 2024)


def test_without_a_year_there_is_no_date(reader: DateReader) -> None:
    (found,) = reader.find("صدر نے 27 سے 28 نومبر تک دورہ کیا")
    assert (found.day, found.month, found.year) == (27, 11, None)
    assert found.date() is None


@pytest.mark.parametrize(
    ("text", "limit", "date"),
    [
        ("27 نومبر", dt.date(2024, 11, 28), dt.date(2024, 11, 27)),
        ("27 نومبر", dt.date(2024, 11, 27), dt.date(2024, 11, 27)),
        ("27 نومبر", dt.date(2024, 11, 25), dt.date(2024, 11, 27)),  # papers are dated ahead
        ("27 نومبر", dt.date(2024, 11, 24), dt.date(2023, 11, 27)),
        ("29 فروری", dt.date(2023, 3, 1), dt.date(2020, 2, 29)),
        ("27 نومبر 2019", dt.date(2024, 11, 26), dt.date(2019, 11, 27)),
    ],
)
def test_with_a_known_day_of_retrieval_the_year_is_the_latest_possible(
    reader: DateReader, text: str, limit: dt.date, date: dt.date
) -> None:
    assert reader.find(text)[0].date_before(limit) == date


@pytest.mark.parametrize(
    "text",
    [
        "31 نومبر 2021",
        "29 فروری 2023",
        "32 جنوری 2021",
        "0 مارچ 2021",
        "12 ربیع الاول 1443ھ",
        "10 محرم الحرام 1445 ہجری",
        "یکم رمضان",
        "نومبر 2021 میں",
        "اس نے 28 افراد کو",
        "128 دسمبر 2021",
        "3.28 دسمبر",
        "28 دسمبروں کی",
    ],
)
def test_what_is_no_day_of_our_calendar_is_not_read(reader: DateReader, text: str) -> None:
    assert reader.find(text) == []
    assert reader.line_date(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "28 دسمبر 2021",
        "شائع 28 دسمبر 2021",
        "تاریخ اشاعت: 28 دسمبر 2021",
        "اپ ڈیٹ 28 دسمبر 2021 10:30am",
        "منگل 28 دسمبر 2021",
        "منگل، 28 دسمبر، 2021",
        "28 دسمبر 2021 | 18:05",
        "28 دسمبر 2021ء۔",
    ],
)
def test_a_line_of_publication(reader: DateReader, line: str) -> None:
    found = reader.line_date(line)
    assert found is not None
    assert found.date() == dt.date(2021, 12, 28)


@pytest.mark.parametrize("line", ["28 دسمبر 2021 کو کابل میں", "کابل 28 دسمبر 2021", "جنوری 28 2021", ""])
def test_a_line_that_says_more_is_no_line_of_publication(reader: DateReader, line: str) -> None:
    assert reader.line_date(line) is None


def test_dateparser_agrees_where_it_can_read(reader: DateReader, pack: LanguagePack) -> None:
    chance = random.Random(2021)  # noqa: S311 - a sample, not a secret
    names = [(number, name) for number, names in pack.dates.months.items() for name in names if name != "جولائ"]
    for number, name in names:
        for digits in DIGITS.values():
            day, year = chance.randint(1, 28), chance.randint(1990, 2030)
            text = f"{day} {name} {year}".translate(str.maketrans(DIGITS["western"], digits))
            theirs = dateparser.parse(text, languages=["ur"])
            ours = reader.line_date(text)
            assert theirs is not None, text
            assert ours is not None, text
            assert ours.date() == theirs.date() == dt.date(year, number, day)


def test_spans_point_at_the_date(reader: DateReader) -> None:
    text = "پہلے یکم دسمبر، پھر 27 سے 28 نومبر 2024ء تک"
    assert [text[slice(*found.span)].strip() for found in reader.find(text)] == ["یکم دسمبر", "27 سے 28 نومبر 2024ء"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("اپ ڈیٹ 04 جون 2025 | شائع 03 جون 2025 06:12pm", dt.date(2025, 6, 3)),
        ("مئی 06, 2025", dt.date(2025, 5, 6)),
        ("2025-06-03", dt.date(2025, 6, 3)),
        ("تاریخ اشاعت: 23/06/2025", dt.date(2025, 6, 23)),
        ("بدھ، 3 جون 2025، رات 8 بجے", dt.date(2025, 6, 3)),
        ("3 جون 2025 کو شائع ہوئی", dt.date(2025, 6, 3)),
    ],
)
def test_a_line_of_publication_in_other_forms(reader: DateReader, line: str, day: dt.date) -> None:
    found = reader.line_date(line)
    assert found is not None
    assert found.date() == day


@pytest.mark.parametrize("line", ["03/06/2025", "شائع ہوئی 3 گھنٹے قبل", "29 صفر المظفر 1447ھ", "99-99-2025"])
def test_a_line_that_says_when_and_no_day_that_could_be_read(reader: DateReader, line: str) -> None:
    assert reader.line_date(line) is None
    assert reader.is_date_line(line)


@pytest.mark.parametrize("line", ["3 گھنٹے قبل حملہ ہوا", "مئی 06", "دو دن قبل وہ لاہور پہنچے"])
def test_a_line_that_says_more_than_when_stays(reader: DateReader, line: str) -> None:
    assert not reader.is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "شائع نومبر 12, 2025 اپ ڈیٹ نومبر 13, 2025 12:05am",
        "12.11.202512 نومبر 2025",
        "آخری تجدید: 12 نومبر 2025، 06:12 (GMT)",
        "2025-11-12T10:30:00+05:00",
        "November 12th, 2025",
        "12 نومبر 2025 (بدھ)",
        "12-نومبر-2025",
        "12نومبر2025",
        "12 نومبر 2025ء بمطابق 20 جمادی الاول 1447ھ",
        "12 نومبر 2025 صبح 10 بجکر 20 منٹ",
        "Wed, 12 Nov 2025 10:20:00 +0500",
        "12 نومبر 2025 کو شائع کیا گیا",
    ],
)
def test_lines_of_publication_as_pages_print_them(reader: DateReader, line: str) -> None:
    found = reader.line_date(line)
    assert found is not None
    assert found.date() == dt.date(2025, 11, 12)


@pytest.mark.parametrize("line", ["12 نومبر 2025ء کو پولیس نے کارروائی کی", "نومبر 2025", "12 نومبر 2025 کا دن"])
def test_a_sentence_with_a_date_is_no_line_of_publication(reader: DateReader, line: str) -> None:
    assert not reader.is_date_line(line)
