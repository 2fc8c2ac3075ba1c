"""What readers' pages ask of the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.store.archive import Archive, Entry
from digest.store.catalogue import terms_of
from digest.store.readers import (
    around,
    chips_of,
    company,
    days,
    days_of_term,
    most_named,
    newest_day,
    stories_of,
)
from tests.unit.store.test_archive import STORIES, _put

FIRST, LAST = dt.date(2021, 12, 1), dt.date(2021, 12, 31)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "store.sqlite") as opened:
        _put(opened, *STORIES)
        yield opened


@pytest.fixture
def entries(archive: Archive) -> dict[str, Entry]:
    return {entry.id: entry for entry in archive.latest(9)}


def test_chips_are_countries_and_topics_the_most_named_first(archive: Archive, entries: dict[str, Entry]) -> None:
    found = dict(zip(entries, terms_of(archive, list(entries)), strict=True))
    assert {story_id: chips_of(terms) for story_id, terms in found.items()} == {
        "a": [("country", "kz"), ("country", "ru")],
        "b": [("country", "kz")],
        "c": [("country", "ru"), ("topic", "sport")],
        "d": [("country", "kz"), ("country", "ru")],
    }
    assert chips_of([]) == []
    assert len(chips_of([("country", name) for name in "abcdef"])) == 3


def test_neighbours_in_time_and_among_those_without_a_date(archive: Archive, entries: dict[str, Entry]) -> None:
    def neighbours(ident: str, country: str) -> list[str | None]:
        return [other.id if other else None for other in around(archive, entries[ident].mark, "country", country)]

    assert neighbours("a", "kz") == [None, "b"]
    assert neighbours("b", "kz") == ["a", "d"]
    assert neighbours("d", "kz") == ["b", None]
    assert neighbours("c", "ru") == [None, None]


def test_what_a_period_is_about(archive: Archive) -> None:
    assert newest_day(archive) == dt.date(2021, 12, 28)
    assert most_named(archive, "country", FIRST, LAST, 9) == [("kz", 3), ("ru", 2)]
    assert most_named(archive, "country", FIRST, LAST, 1) == [("kz", 3)]
    assert most_named(archive, "country", FIRST, FIRST, 9) == [("kz", 1), ("ru", 1)]


def test_main_stories_share_most_with_the_others_of_their_period(archive: Archive) -> None:
    of_december = stories_of(archive, FIRST, LAST)
    assert [entry.id for entry in of_december.main(archive, 9)] == ["d", "a", "b"]
    assert [entry.id for entry in of_december.main(archive, 1)] == ["d"]
    assert stories_of(archive, LAST, LAST).main(archive, 9) == []
    assert of_december.most_named("country", 9) == most_named(archive, "country", FIRST, LAST, 9)
    assert of_december.most_named("country", 1) == [("kz", 3)]


def test_days_with_articles(archive: Archive) -> None:
    assert days(archive) == [(dt.date(2021, 12, 1), 1), (dt.date(2021, 12, 28), 2)]
    assert days_of_term(archive, "country", "ru") == [(dt.date(2021, 12, 1), 1), (dt.date(2021, 12, 28), 1)]
    assert days_of_term(archive, "topic", "sport") == []


def test_what_stands_beside_a_term_by_kind(archive: Archive) -> None:
    assert company(archive, "country", "ru").beside(9) == {
        "country": [("kz", 2)],
        "person": [("putin", 2)],
        "topic": [("sport", 1)],
    }
    assert company(archive, "country", "ru").pairs([("country", "kz"), ("person", "putin")]) == [("kz", "putin", 2)]
    assert company(archive, "country", "ru").pairs([]) == []
