"""What readers see: direction, letters, width, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DIGEST_PAGES
from tests.browser.pages import NASTALIQ, Seen, clipped, fonts, open_search, overflow, search
from tests.browser.served import Site

pytestmark = pytest.mark.browser

ARTICLES = ("000_", "001_", "002_")
# "کسیم" is the tallest word of the seeds: its ink stands higher above the line than the font says.
TALL = "کسیم"
_COUNT_SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts += shift.value;
    }).observe({type: "layout-shift", buffered: true});
"""


def _visit(page: Page, site: Site, address: str) -> None:
    page.goto(site.url + address)
    page.evaluate("() => document.fonts.ready")


def _some_pages(site: Site) -> list[str]:
    return [site.article("000_"), "countries/kazakhstan/", ""]


def test_html_says_language_and_direction(site: Site, desktop: Page) -> None:
    for address in site.kinds().values():
        _visit(desktop, site, address)
        root = desktop.locator("html")
        expect(root).to_have_attribute("dir", "rtl")
        expect(root).to_have_attribute("lang", "ur")


def test_urdu_is_drawn_in_nastaliq(site: Site, desktop: Page) -> None:
    _visit(desktop, site, site.article("000_"))
    assert desktop.evaluate(f"() => document.fonts.check('16px \"{NASTALIQ}\"', 'قازقستان')")
    for selector in (".dg > p:not([class])", "h1", ".dg-facts", ".md-tabs__link"):
        used = fonts(desktop, selector)
        assert used.get(NASTALIQ, 0) > sum(used.values()) / 2, (selector, used)


def test_one_font_file_and_no_other_host(site: Site, desktop: Page, seen: Seen) -> None:
    for address in _some_pages(site):
        seen.requests.clear()
        _visit(desktop, site, address)
        desktop.wait_for_load_state("networkidle")
        assert [url for url in seen.requests if not url.startswith((site.url, "data:", "blob:"))] == []
        asked = [url for url in seen.requests if url.endswith(".woff2") and "country-flags" not in url]
        assert len(asked) == 1


def test_no_page_reports_an_error(site: Site, desktop: Page, seen: Seen) -> None:
    for address in site.kinds().values():
        _visit(desktop, site, address)
        desktop.wait_for_load_state("networkidle")
    search(desktop, "روس")
    assert seen.errors == []


def test_no_page_scrolls_sideways_on_a_phone(site: Site, phone: Page) -> None:
    for address in [*site.kinds().values(), *map(site.article, ARTICLES)]:
        _visit(phone, site, address)
        assert overflow(phone) == 0, address


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_no_letter_is_cut(site: Site, screen: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(screen)
    for address in [*site.kinds().values(), *map(site.article, ARTICLES)]:
        _visit(page, site, address)
        assert clipped(page) == [], address
    search(page, TALL)
    assert clipped(page) == []


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_no_letter_is_cut_on_any_kind_of_page(busy_site: Site, screen: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(screen)
    for address in [*busy_site.kinds().values(), *DIGEST_PAGES]:
        _visit(page, busy_site, address)
        assert clipped(page) == [], address
        assert overflow(page) == 0, address


def test_no_letter_is_cut_in_the_drawer(site: Site, phone: Page) -> None:
    _visit(phone, site, "")
    phone.locator("header label[for=__drawer]").click()
    expect(phone.locator(".md-nav--primary .md-nav__link").last).to_be_in_viewport()
    assert clipped(phone) == []


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_search_box_is_high_enough_for_its_letters(site: Site, screen: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(screen)
    _visit(page, site, "")
    open_search(page)
    room = page.locator(".md-search__input").evaluate(
        """input => {
            const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(input);
            pen.font = `${style.fontSize} ${style.fontFamily}`;
            const ink = pen.measureText("قازقستان");
            return input.clientHeight - ink.actualBoundingBoxAscent - ink.actualBoundingBoxDescent;
        }"""
    )
    assert room > 0


def test_an_article_reads_without_javascript(site: Site, plain: Page) -> None:
    _visit(plain, site, site.article("001_"))
    expect(plain.locator("h1")).to_be_visible()
    paragraphs = plain.locator(".dg-article > p")
    assert paragraphs.count() > 10
    for number in range(paragraphs.count()):
        expect(paragraphs.nth(number)).to_be_visible()
    assert NASTALIQ in fonts(plain, ".dg > p:not([class])")
    expect(plain.locator(".md-search")).to_be_hidden()  # it would be a dead box
    plain.locator(".dg a", has_text="قزاقستان").first.click()
    expect(plain.locator("h1")).to_have_text("قازقستان")


def test_nothing_moves_when_the_font_arrives(site: Site, phone: Page) -> None:
    network = phone.context.new_cdp_session(phone)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
    network.send("Network.emulateNetworkConditions", slow)
    phone.add_init_script(_COUNT_SHIFTS)
    _visit(phone, site, site.article("001_"))
    assert phone.evaluate("() => document.fonts.check('16px \"Noto Nastaliq Urdu\"', 'خبر')")
    assert phone.evaluate("() => new Promise(done => requestAnimationFrame(() => done(window.shifts)))") < 0.1
