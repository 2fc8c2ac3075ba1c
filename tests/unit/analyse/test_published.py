"""The day of publication: what it rests on, and that none is ever invented."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from digest.languages.dates import parse_stated
from digest.languages.pack import LanguagePack
from digest.model import Basis, Hints, PublishedAt, RawArticle
from digest.pipeline import Analyst
from digest.sources.folder import read_file

STORY = "صدر نے 27 سے 28 نومبر 2024 تک دورہ کیا اور کہا کہ تعلقات اچھے ہیں۔"
UNKNOWN = PublishedAt(value=None, basis=Basis.UNKNOWN)


def _published(
    analyst: Analyst, text: str = STORY, hints: Hints | None = None, overrides: Hints | None = None
) -> PublishedAt:
    raw = RawArticle(
        locator="a",
        media_type="text/plain",
        body=text.encode(),
        hints=hints or Hints(),
        overrides=overrides or Hints(basis=Basis.SIDECAR),
    )
    return analyst(raw, "x").story.published


def test_a_date_in_the_text_is_the_date_of_an_event(analyst: Analyst) -> None:
    assert _published(analyst) == UNKNOWN


def test_a_line_of_its_own(analyst: Analyst) -> None:
    assert _published(analyst, f"28 دسمبر 2021\n{STORY}") == PublishedAt(
        value=dt.date(2021, 12, 28), basis=Basis.DATELINE
    )


def test_a_dateline_without_a_year_needs_the_day_of_retrieval(analyst: Analyst) -> None:
    text = f"ڈھاکہ ۔ یکم دسمبر (اے پی پی) {STORY}"
    assert _published(analyst, text) == UNKNOWN
    retrieved = Hints(retrieved=dt.date(2019, 11, 28), basis=Basis.SIDECAR)
    assert _published(analyst, text, overrides=retrieved) == PublishedAt(
        value=dt.date(2018, 12, 1), basis=Basis.DATELINE
    )


def test_metadata_beats_the_text_and_a_sidecar_beats_both(analyst: Analyst) -> None:
    text = f"28 دسمبر 2021\n{STORY}"
    metadata = Hints(published="2021-12-30T08:00:00+05:00")
    assert _published(analyst, text, metadata) == PublishedAt(value=dt.date(2021, 12, 30), basis=Basis.METADATA)
    sidecar = Hints(published="31 دسمبر 2021", basis=Basis.SIDECAR)
    assert _published(analyst, text, metadata, sidecar) == PublishedAt(value=dt.date(2021, 12, 31), basis=Basis.SIDECAR)


def test_a_sidecar_may_say_that_a_date_is_none(analyst: Analyst) -> None:
    sidecar = Hints(published="unknown", basis=Basis.SIDECAR)
    assert _published(analyst, f"28 دسمبر 2021\n{STORY}", Hints(published="2021-12-30"), sidecar) == UNKNOWN


@pytest.mark.parametrize(
    "stated", ["", "   ", "yesterday", "0000-00-00", "2021-02-30", "0001-01-01T00:00:00", "1443-05-24"]
)
def test_metadata_that_is_no_date_hides_nothing(stated: str, analyst: Analyst, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": f"28 دسمبر 2021\n{STORY}", "published": stated}))
    (raw,) = read_file(path, "a.jsonl", 10_000)
    assert isinstance(raw, RawArticle)
    assert _published(analyst, raw.body.decode(), raw.hints).value == dt.date(2021, 12, 28)
    assert _published(analyst, STORY, raw.hints) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-12-28", dt.date(2021, 12, 28)),
        (" 2021-12-28 ", dt.date(2021, 12, 28)),
        ("2021-12-28T23:59:59Z", dt.date(2021, 12, 28)),
        ("2021-12-28 10:00", dt.date(2021, 12, 28)),
        ("یکم دسمبر 2021ء", dt.date(2021, 12, 1)),
        ("12 ربیع الاول 1443ھ", None),
        ("28 دسمبر", None),
        ("", None),
    ],
)
def test_what_a_stated_date_may_look_like(text: str, date: dt.date | None, pack: LanguagePack) -> None:
    assert parse_stated(text, pack) == date


def test_a_dateline_run_together_with_the_standfirst(analyst: Analyst) -> None:
    hints = Hints(retrieved=dt.date(2024, 11, 30))
    buried = f"دونوں وفود کل روانہ ہوں گے اسلام آباد۔ 28 نومبر(اے پی پی) {STORY}"
    assert _published(analyst, buried, hints).value == dt.date(2024, 11, 28)
    assert _published(analyst, buried.replace("(اے پی پی)", " (جمعرات)"), hints) == UNKNOWN
