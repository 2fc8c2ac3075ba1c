"""Ways to an article: links between pages, and the search box."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import search
from tests.browser.served import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("seed", "spelling"), [("000_", "قازقستان"), ("001_", "قزاقستان")])
def test_each_spelling_leads_to_the_country_that_lists_both_articles(
    site: Site, desktop: Page, seed: str, spelling: str
) -> None:
    desktop.goto(site.url + site.article(seed))
    desktop.locator(".dg > p:not([class]) a").get_by_text(spelling, exact=True).first.click()
    expect(desktop).to_have_url(site.url + "countries/kazakhstan/")
    expect(desktop.locator("h1")).to_have_text("قازقستان")
    links = desktop.locator(".dg > h3 > a").evaluate_all("links => links.map(link => link.href)")
    assert {urljoin(site.url, site.article(seed)) for seed in ("000_", "001_")} <= set(links)


@pytest.mark.parametrize("spelling", ["پوٹن", "پوتن", "پیوٹن", "پوتین", "قازقستان", "قزاقستان"])
def test_search_finds_every_spelling(site: Site, desktop: Page, spelling: str) -> None:
    desktop.goto(site.url)
    assert search(desktop, spelling)


def test_a_result_leads_to_its_page(site: Site, phone: Page) -> None:
    phone.goto(site.url)
    titles = search(phone, "قازقستان")
    number = next(number for number, title in enumerate(titles) if title.startswith("قازقستان —"))
    phone.locator(".md-search-result__link").nth(number).click()
    expect(phone.locator("article h1")).to_have_text("قازقستان")
