"""An article full of markup: readers see it as text, and nothing runs."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Seen, search
from tests.browser.served import Site

pytestmark = pytest.mark.browser


def _nothing_ran(page: Page, seen: Seen) -> None:
    assert seen.dialogs == []
    assert seen.errors == []
    assert [url for url in seen.requests if urlsplit(url).path.endswith("/x")] == []
    assert page.locator("img[onerror], svg[onload], a[href^='javascript:alert']").count() == 0


def test_nothing_runs_on_any_page(hostile_site: Site, desktop: Page, seen: Seen) -> None:
    for address in hostile_site.kinds().values():  # its article is the only one of its kind
        desktop.goto(hostile_site.url + address, wait_until="networkidle")
        _nothing_ran(desktop, seen)


def test_the_article_shows_its_markup_as_text(hostile_site: Site, desktop: Page) -> None:
    desktop.goto(hostile_site.url + hostile_site.article("hostile"), wait_until="networkidle")
    text = desktop.locator(".dg").inner_text()
    for part in (
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(3)>",
        "[یہ](javascript:alert(4))",
        "{{ alert(5) }}",
    ):
        assert part in text


@pytest.mark.parametrize("word", ["خبر", "onerror", "script", "جواب"])
def test_nothing_runs_in_search_results(hostile_site: Site, desktop: Page, seen: Seen, word: str) -> None:
    desktop.goto(hostile_site.url, wait_until="networkidle")
    assert search(desktop, word)
    _nothing_ran(desktop, seen)
    desktop.locator(".md-search-result__item a").first.click()
    expect(desktop.locator("article h1")).to_be_visible()
    desktop.wait_for_load_state("networkidle")
    _nothing_ran(desktop, seen)
