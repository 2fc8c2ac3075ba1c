"""Lists are cut so that what is sealed stays as it is when new articles come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.write.pagination import Sheet, paginate


def _sheets(count: int, per_page: int) -> dict[int | None, Sheet[int]]:
    return {sheet.number: sheet for sheet in paginate(range(count), per_page)}


sizes = st.integers(min_value=1, max_value=7)
counts = st.integers(min_value=0, max_value=60)


@given(counts, counts, sizes)
def test_sealed_pages_never_change_when_articles_are_appended(count: int, more: int, per_page: int) -> None:
    before, after = _sheets(count, per_page), _sheets(count + more, per_page)
    for number, sheet in before.items():
        if number is None:
            continue
        assert after[number].items == sheet.items
        assert after[number].older == sheet.older
        # Only the youngest sealed page learns, once, that there is a younger one now.
        assert after[number].newer in {sheet.newer, number + 1}
        if number + 1 in before:
            assert after[number] == sheet


@given(counts, sizes)
def test_every_article_is_reached_from_the_open_page(count: int, per_page: int) -> None:
    sheets = _sheets(count, per_page)
    seen: set[int] = set(sheets[None].items)
    number = sheets[None].older
    while number is not None:
        assert len(sheets[number].items) == per_page
        seen |= set(sheets[number].items)
        number = sheets[number].older
    assert seen == set(range(count))


@given(counts, sizes)
def test_the_way_back_leads_to_the_open_page(count: int, per_page: int) -> None:
    sheets = _sheets(count, per_page)
    for number, sheet in sheets.items():
        if number is not None:
            assert sheet.newer is None or sheets[sheet.newer].older == number


@given(counts, sizes)
def test_newest_first(count: int, per_page: int) -> None:
    for sheet in _sheets(count, per_page).values():
        assert list(sheet.items) == sorted(sheet.items, reverse=True)
        assert len(sheet.items) <= per_page


@pytest.mark.parametrize(("count", "pages"), [(0, 0), (1, 0), (100, 0), (101, 1), (199, 1), (200, 2), (201, 2)])
def test_nothing_is_sealed_before_it_must_be(count: int, pages: int) -> None:
    assert len(_sheets(count, 100)) - 1 == pages
