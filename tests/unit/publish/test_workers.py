"""Workers share one list of pages: each page is one worker's, and from both ends."""

from __future__ import annotations

import multiprocessing
from itertools import islice

import pytest

from digest.publish import workers
from digest.publish.workers import SharedPages

PAGES = [f"{number}.md" for number in range(23)]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> SharedPages:
    monkeypatch.setattr(workers, "BATCH", 5)
    return SharedPages(PAGES, multiprocessing.get_context("spawn"))


def test_two_workers_take_each_page_once(pages: SharedPages) -> None:
    lists, articles = pages.take(from_front=True), pages.take(from_front=False)
    first, last = list(islice(lists, 7)), list(islice(articles, 6))
    assert first == PAGES[:7]
    assert set(last) < set(PAGES[10:])
    assert sorted([*first, *last, *lists, *articles]) == sorted(PAGES)


def test_one_worker_takes_all(pages: SharedPages) -> None:
    assert sorted(pages.take(from_front=False)) == sorted(PAGES)
    assert list(pages.take(from_front=True)) == []


def test_when_one_fails_the_others_stop_soon(pages: SharedPages) -> None:
    lists = pages.take(from_front=True)
    next(lists)
    pages.drop()
    assert list(lists) == PAGES[1:5]
    assert list(pages.take(from_front=False)) == []
