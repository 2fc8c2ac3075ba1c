"""What is remembered of the archive is what the archive says, in whatever way it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.store import catalogue
from digest.store.archive import Archive
from digest.store.catalogue import beside, lay_out, some_entries, terms_of
from digest.store.layout import Place
from digest.store.readers import company, days_of_term
from digest.store.shelves import term_shelf
from tests.unit.store.test_archive import STORIES, _put


def test_rows_in_memory_are_the_rows_of_the_store(tmp_path: Path) -> None:
    with Archive(tmp_path / "store.sqlite") as archive:
        _put(archive, *STORIES)
        terms = list(archive.select("SELECT DISTINCT kind, entity FROM terms"))
        marks = list(archive.select("SELECT published, sequence FROM articles"))
        marks += [("2021-12-15", 0), (None, 0), (None, 99), ("2022-01-01", 99)]  # where nothing stands

        def answers() -> list[tuple[list[Place], list[Place]]]:
            return [
                beside(archive, (kind, entity), (day, place), back, ahead)
                for kind, entity in [*terms, ("country", "nowhere")]
                for day, place in marks
                for back, ahead in ((1, 1), (9, 2), (2, 9))
            ]

        asked = answers()
        assert any(len(before) > 1 and behind for before, behind in asked)
        lay_out(archive)
        assert answers() == asked


def test_shelves_in_memory_are_the_shelves_of_the_store(tmp_path: Path) -> None:
    with Archive(tmp_path / "store.sqlite") as archive:
        _put(archive, *STORIES)
        found_terms = archive.select("SELECT DISTINCT kind, entity FROM terms")
        terms = [*((kind, entity) for kind, entity in found_terms), ("country", "nowhere")]
        shelves = [term_shelf(*term, dated=dated) for term in terms for dated in (True, False)]

        def answers() -> list[object]:
            found: list[object] = [shelf.count(archive) for shelf in shelves]
            found += [shelf.slice(archive, skip, limit) for shelf in shelves for skip in (0, 1, 5) for limit in (1, 9)]
            found += [shelf.newest(archive, limit) for shelf in shelves for limit in (1, 2, 9)]
            found += [days_of_term(archive, *term) for term in terms] + [company(archive, *term) for term in terms]
            return [*found, terms_of(archive, ["a", "b", "c", "d"])]

        asked = answers()
        lay_out(archive)
        assert answers() == asked


def test_what_is_remembered_is_forgotten_when_an_article_goes(tmp_path: Path) -> None:
    with Archive(tmp_path / "store.sqlite") as archive:
        _put(archive, *STORIES)
        lay_out(archive)
        assert [entry.id for entry in some_entries(archive, ["b", "a", "none"])] == ["b", "a"]
        (before,) = terms_of(archive, ["b"])
        assert ("country", "kz") in before
        assert "b" in [place.id for place in beside(archive, ("country", "kz"), (None, 0), 0, 9)[1]]
        archive.drop("b")
        assert [entry.id for entry in some_entries(archive, ["b", "a"])] == ["a"]
        assert terms_of(archive, ["b"]) == [()]
        assert "b" not in [place.id for place in beside(archive, ("country", "kz"), (None, 0), 0, 9)[1]]


def test_memory_is_bounded_and_answers_stay_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(tmp_path / "store.sqlite") as archive:
        _put(archive, *STORIES)
        ids = ["a", "b", "c", "d"]
        whole, terms = some_entries(archive, ids), terms_of(archive, ids)
        monkeypatch.setattr(catalogue, "_MOST", 2)
        monkeypatch.setattr(catalogue, "_MOST_ASKED", 3)
        archive.changes.clear()  # another state
        for asked in (["a"], ["a", "b"], ["c", "a"], ids, ["d", "b"]):
            assert some_entries(archive, asked) == [whole[ids.index(one)] for one in asked]
            assert terms_of(archive, asked) == [terms[ids.index(one)] for one in asked]
