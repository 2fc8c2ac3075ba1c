"""The store: a cache that is made again when it is damaged, and that answers what pages ask."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from digest.model import (
    Basis,
    EntityKind,
    Headline,
    LinkedStory,
    Mention,
    PublishedAt,
    Source,
    Story,
    Term,
)
from digest.store.archive import Archive, outlet_id
from digest.store.entry import Filed
from digest.store.lookups import story
from digest.store.pages import all_paths, forget_paths, keep_paths, owners, page_counts, paths_of
from digest.store.shelves import month_shelf, term_shelf

KINDS = {"kz": EntityKind.COUNTRY, "ru": EntityKind.COUNTRY, "putin": EntityKind.PERSON, "sport": EntityKind.TOPIC}


def _story(ident: str, day: int | None, terms: Mapping[str, int], outlet: str | None = None) -> LinkedStory:
    published = dt.date(2021, 12, day) if day else None
    story = Story(
        id=ident,
        locator=f"seeds/{ident}.txt",
        checksum="",
        language="ur",
        headline=Headline(text=f"سرخی {ident}", basis=Basis.FOUND),
        summary="خلاصہ",
        byline=None,
        dateline=None,
        published=PublishedAt(value=published, basis=Basis.UNKNOWN),
        source=Source(outlet=None, name=outlet, url=None, basis=Basis.METADATA),
        blocks=(),
        related=(),
        removals=(),
        fixes=(),
        words=3,
    )
    mentions = tuple(
        Mention(entity=name, kind=KINDS[name], span=(0, 1), surface=f"{name}-{ident}", form="name", alias="", why="")
        for name, count in terms.items()
        for _ in range(count)
    )
    filed = tuple(Term(entity=name, kind=KINDS[name], count=count) for name, count in terms.items())
    return LinkedStory(story=story, mentions=mentions, rejections=(), terms=filed)


STORIES = (
    _story("a", 1, {"kz": 2, "ru": 1, "putin": 3}, "ڈان"),
    _story("b", 28, {"kz": 1}),
    _story("c", None, {"ru": 1, "sport": 1}, "ڈان"),
    _story("d", 28, {"kz": 1, "ru": 1, "putin": 1}),
)


def _put(archive: Archive, *stories: LinkedStory) -> None:
    for number, linked in enumerate(stories):
        archive.put(linked, checksum="x", epoch="e", permalink=f"articles/{linked.story.id}", sequence=number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".digest/store.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as opened:
        _put(opened, *STORIES)
        yield opened


def test_an_article_comes_out_as_it_went_in(archive: Archive) -> None:
    assert tuple(story(archive, linked.story.id) for linked in STORIES) == STORIES
    assert archive.known()["a"] == ("x", "e", "articles/a", 0)


def test_newest_first_undated_last_and_the_last_added_first_on_ties(archive: Archive) -> None:
    assert [entry.id for entry in archive.latest(9)] == ["d", "b", "a", "c"]
    assert [entry.id for entry in archive.latest(1)] == ["d"]


def test_terms_with_their_articles(archive: Archive) -> None:
    assert archive.term_counts("country") == [("kz", 3), ("ru", 3)]
    assert [count for _, count in archive.term_counts("outlet")] == [2]
    assert [entry.id for entry in term_shelf("country", "ru", dated=True).newest(archive, 9)][::-1] == ["a", "d"]
    assert [entry.id for entry in term_shelf("country", "ru", dated=False).newest(archive, 9)] == ["c"]


def test_months_and_their_articles(archive: Archive) -> None:
    assert archive.months() == [("2021-12", 3)]
    assert [entry.id for entry in month_shelf("2021-12").slice(archive, 0, 9)] == ["a", "b", "d"]
    assert [entry.id for entry in month_shelf(None).slice(archive, 0, 9)] == ["c"]
    assert archive.count() == 4


def test_spellings(archive: Archive) -> None:
    assert archive.spellings("putin", 9) == [("putin-a", 3), ("putin-d", 1)]


def test_an_article_that_is_put_again_takes_its_own_place(archive: Archive) -> None:
    archive.put(_story("a", 2, {"ru": 1}), checksum="y", epoch="e", permalink="articles/a", sequence=0)
    assert archive.count() == 4
    assert [entry.id for entry in term_shelf("country", "kz", dated=True).slice(archive, 0, 9)] == ["b", "d"]
    assert archive.spellings("putin", 9) == [("putin-d", 1)]
    archive.drop("a")
    assert archive.count() == 3
    assert [entry.id for entry in term_shelf("country", "ru", dated=True).newest(archive, 9)][::-1] == ["d"]


def test_an_error_inside_keeps_nothing(path: Path) -> None:
    with contextlib.suppress(RuntimeError), Archive(path) as archive:
        _put(archive, *STORIES)
        raise RuntimeError
    with Archive(path) as archive:
        assert archive.count() == 0


def test_pages_are_remembered_by_unit(path: Path) -> None:
    with Archive(path) as archive:
        keep_paths(archive, [("a.md", "one"), ("b.md", "one")])
        keep_paths(archive, [("c.xml", "other")])
        forget_paths(archive, ["b.md"])
    with Archive(path) as archive:
        assert (paths_of(archive, "one"), paths_of(archive, "other")) == ({"a.md"}, {"c.xml"})
        assert all_paths(archive) == {"a.md", "c.xml"}
        assert page_counts(archive) == (1, 1)
        assert list(owners(archive, ["c.xml", "d.md"])) == ["c.xml"]


@pytest.mark.parametrize("noted", [None, "", "1", "x y", "3 -1"])
def test_files_are_counted_whatever_is_noted_of_them(path: Path, noted: str | None) -> None:
    with Archive(path) as archive:
        keep_paths(archive, [("a.md", "one"), ("b.xml", "one"), ("c.md", "two")])
        forget_paths(archive, ["b.xml", "no-such-file.md", "a.md"])
        keep_paths(archive, [("d.json", "one")])
        assert page_counts(archive) == (1, 1)
        archive.change("DELETE FROM facts", [()])
        if noted is not None:  # a store of an earlier version has none, a damaged one anything
            archive.note("files", noted)
        forget_paths(archive, ["c.md", "c.md"])
        assert page_counts(archive) == (0, 1)


def test_changes_are_told(archive: Archive) -> None:
    archive.changes.clear()
    archive.put(_story("b", 29, {"ru": 1}), checksum="y", epoch="e", permalink="articles/b", sequence=1)
    archive.drop("c")
    archive.drop("no-such-article")
    (before, after), (gone, nothing) = archive.changes
    assert before == Filed(id="b", published="2021-12-28", sequence=1, terms=(("country", "kz"),))
    assert after == Filed(id="b", published="2021-12-29", sequence=1, terms=(("country", "ru"),))
    assert gone is not None
    assert (gone.id, nothing) == ("c", None)


def _filled(path: Path) -> None:
    with Archive(path) as archive:
        _put(archive, *STORIES)


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_another_file_is_made_again(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with Archive(path) as archive:
        assert archive.recreated
        assert archive.count() == 0


def test_a_damaged_store_is_made_again(path: Path) -> None:
    _filled(path)
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\xaa" * (len(content) // 2 - 4096)
    path.write_bytes(content)
    with Archive(path) as archive:
        assert archive.recreated
        assert archive.count() == 0


def test_a_store_of_another_version_is_made_again(path: Path) -> None:
    _filled(path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 999")
    db.close()
    with Archive(path) as archive:
        assert archive.recreated


def test_a_sound_or_new_store_is_not_made_again(path: Path) -> None:
    with Archive(path) as archive:
        assert not archive.recreated
    _filled(path)
    with Archive(path) as archive:
        assert not archive.recreated
        assert archive.count() == 4


@pytest.mark.parametrize(
    ("outlet", "name", "ident"),
    [("dawn", "ڈان", "dawn"), (None, "www.example.org", "www-example-org"), (None, None, None), (None, "۔۔۔", None)],
)
def test_what_an_outlet_is_filed_under(outlet: str | None, name: str | None, ident: str | None) -> None:
    linked = STORIES[0]
    source = Source(outlet=outlet, name=name, url=None, basis=Basis.URL)
    assert outlet_id(dataclasses.replace(linked, story=dataclasses.replace(linked.story, source=source))) == ident


def _indexes(archive: Archive) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in archive.select("SELECT name, sql FROM sqlite_master WHERE type = 'index'")]


def test_a_store_that_is_filled_has_all_its_indexes_behind_it(tmp_path: Path) -> None:
    with Archive(tmp_path / "store.sqlite") as archive:
        indexes = sorted(_indexes(archive), key=str)
        with archive.filling():
            assert len(_indexes(archive)) < len(indexes)
            _put(archive, _story("a", 1, {"ru": 2}))
        assert sorted(_indexes(archive), key=str) == indexes
        with archive.filling():  # there is something in it
            assert sorted(_indexes(archive), key=str) == indexes
    with contextlib.suppress(KeyError), Archive(tmp_path / "other.sqlite") as archive, archive.filling():
        raise KeyError
    with Archive(tmp_path / "other.sqlite") as archive:
        assert sorted(_indexes(archive), key=str) == indexes
