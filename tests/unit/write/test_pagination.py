"""Lists are cut so that what is sealed stays as it is when new articles come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.store.archive import Archive
from digest.store.layout import Place
from digest.store.shelves import month_shelf
from digest.write.pagination import Sheet, changed_sheets, changed_slices, open_sheet, sealed_sheet, sealed_sheets

UNDATED = month_shelf(None)
MOST = 60


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return a store with no articles."""
    with Archive(tmp_path_factory.mktemp("pagination") / "store.sqlite") as opened:
        yield opened


def _fill(archive: Archive, places: Iterable[int]) -> None:
    row = "INSERT INTO articles VALUES (?, ?, '', '', ?, '', NULL, '', 0, '', 'ur', NULL, NULL, '')"
    archive.change("DELETE FROM articles WHERE id != ?", [("",)])
    archive.change(row, [(f"{number:03}", f"seeds/{number}.txt", number) for number in places])


def _sheets(archive: Archive, count: int | Iterable[int], per_page: int) -> dict[int | None, Sheet]:
    _fill(archive, range(count) if isinstance(count, int) else count)
    sealed = [sealed_sheet(archive, UNDATED, number, per_page) for number in range(MOST + 2)]
    return {sheet.number: sheet for sheet in (open_sheet(archive, UNDATED, per_page), *sealed) if sheet}


sizes = st.integers(min_value=1, max_value=7)
counts = st.integers(min_value=0, max_value=MOST)


@given(counts, st.integers(0, 9), sizes)
def test_sealed_pages_never_change_when_articles_are_appended(
    archive: Archive, count: int, more: int, per_page: int
) -> None:
    before, after = _sheets(archive, count, per_page), _sheets(archive, count + more, per_page)
    named = changed_sheets(
        archive, UNDATED, [(None, number) for number in range(count, count + more)] or [(None, 0)], per_page
    )
    for number, sheet in before.items():
        if number is None:
            continue
        assert after[number].items == sheet.items
        assert after[number].older == sheet.older
        # Only the youngest sealed page learns, once, that there is a younger one now.
        assert after[number].newer in {sheet.newer, number + 1}
        assert after[number] == sheet or number in named
        if number + 1 in before:
            assert after[number] == sheet
    assert not more or set(after) - set(before) <= set(named)


some = st.sets(st.integers(0, MOST - 1))


@given(some, some, sizes)
def test_only_named_sheets_change_whatever_comes_and_goes(
    archive: Archive, before: set[int], after: set[int], per_page: int
) -> None:
    old, old_parts = _sheets(archive, before, per_page), _parts(archive, per_page)
    new, new_parts = _sheets(archive, after, per_page), _parts(archive, per_page)
    if marks := [(None, place) for place in before ^ after]:
        named = changed_sheets(archive, UNDATED, marks, per_page)
        assert {number for number in old.keys() | new.keys() if number and old.get(number) != new.get(number)} <= {
            *named
        }
        parts = changed_slices(archive, UNDATED, marks, per_page)
        assert {n for n in old_parts.keys() | new_parts.keys() if old_parts.get(n) != new_parts.get(n)} <= {*parts}


def _parts(archive: Archive, size: int) -> dict[int, list[Place]]:
    parts = {number: UNDATED.slice(archive, (number - 1) * size, size) for number in range(1, MOST + 2)}
    return {number: part for number, part in parts.items() if part}


def test_a_new_article_changes_no_sealed_sheet(archive: Archive) -> None:
    _fill(archive, range(50))
    assert not changed_sheets(archive, UNDATED, [(None, 49)], 7)  # seven are sealed, before and now
    assert list(changed_slices(archive, UNDATED, [(None, 49)], 7)) == [8]
    _fill(archive, range(49))
    assert list(changed_sheets(archive, UNDATED, [(None, 48)], 7)) == [6, 7]  # the 49th seals one


@given(counts, sizes)
def test_every_article_is_reached_from_the_open_page(archive: Archive, count: int, per_page: int) -> None:
    sheets = _sheets(archive, count, per_page)
    seen = {entry.sequence for entry in sheets[None].items}
    number = sheets[None].older
    while number is not None:
        assert len(sheets[number].items) == per_page
        seen |= {entry.sequence for entry in sheets[number].items}
        number = sheets[number].older
    assert seen == set(range(count))


@given(counts, sizes)
def test_the_way_back_leads_to_the_open_page(archive: Archive, count: int, per_page: int) -> None:
    sheets = _sheets(archive, count, per_page)
    for number, sheet in sheets.items():
        if number is not None:
            assert sheet.newer is None or sheets[sheet.newer].older == number


@given(counts, sizes)
def test_newest_first(archive: Archive, count: int, per_page: int) -> None:
    for sheet in _sheets(archive, count, per_page).values():
        places = [entry.sequence for entry in sheet.items]
        assert places == sorted(places, reverse=True)
        assert len(places) <= per_page


@pytest.mark.parametrize(("count", "pages"), [(0, 0), (1, 0), (100, 0), (101, 1), (199, 1), (200, 2), (201, 2)])
def test_nothing_is_sealed_before_it_must_be(count: int, pages: int) -> None:
    assert sealed_sheets(count, 100) == pages
