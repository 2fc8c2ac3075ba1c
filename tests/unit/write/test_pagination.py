"""Lists are cut so that what is sealed stays as it is when new articles come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.store.archive import Archive
from digest.store.shelves import month_shelf
from digest.write.pagination import Sheet, changed_sheets, open_sheet, sealed_sheet, sealed_sheets

UNDATED = month_shelf(None)
MOST = 60


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return a store with no articles."""
    with Archive(tmp_path_factory.mktemp("pagination") / "store.sqlite") as opened:
        yield opened


def _fill(archive: Archive, count: int) -> None:
    row = "INSERT INTO articles VALUES (?, ?, '', '', ?, '', NULL, '', 0, '', 'ur', NULL, NULL, '')"
    archive.change("DELETE FROM articles WHERE id != ?", [("",)])
    archive.change(row, [(f"{number:03}", f"seeds/{number}.txt", number) for number in range(count)])


def _sheets(archive: Archive, count: int, per_page: int) -> dict[int | None, Sheet]:
    _fill(archive, count)
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
