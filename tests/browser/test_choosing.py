"""The reader's own choices, pictures that lead somewhere, and reading without a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DIGEST_PAGES
from tests.browser.pages import NASTALIQ, Seen, clipped, fonts, overflow, watch
from tests.browser.served import Site

pytestmark = pytest.mark.browser

NASKH = "Noto Naskh Arabic"
TEXT = ".dg > p:not([class])"


def _open_panel(page: Page) -> None:
    page.locator(".dg-reader summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".dg-reader__panel")).to_be_visible()


def _font_size(page: Page) -> float:
    return float(page.locator(TEXT).first.evaluate("element => parseFloat(getComputedStyle(element).fontSize)"))


@pytest.fixture
def online(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page in a browser of its own, whose network can be cut."""
    with browser.new_context(viewport={"width": 360, "height": 740}, service_workers="allow") as context:
        yield watch(context, seen)


def test_script_is_chosen_with_the_keyboard_and_kept(site: Site, desktop: Page, seen: Seen) -> None:
    desktop.goto(site.url + site.article("000_"))
    assert not [url for url in seen.requests if "naskh" in url]
    _open_panel(desktop)
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("ArrowDown")
    expect(desktop.get_by_role("radio", name="نسخ")).to_be_checked()
    desktop.wait_for_function(f"document.fonts.check('16px \"{NASKH}\"', 'خبر')")
    assert NASKH in fonts(desktop, TEXT)
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".dg-reader__panel")).to_be_hidden()
    expect(desktop.locator(".dg-reader summary")).to_be_focused()
    desktop.goto(site.url)
    desktop.evaluate("() => document.fonts.ready")
    assert NASTALIQ not in fonts(desktop, ".dg-standfirst")
    expect(desktop.locator("input[value=naskh]")).to_be_checked()


def test_text_grows_and_shrinks(site: Site, phone: Page) -> None:
    phone.goto(site.url + site.article("001_"))
    usual = _font_size(phone)
    _open_panel(phone)
    phone.locator("input[value=largest]").check()
    assert _font_size(phone) == pytest.approx(usual * 1.3)
    assert overflow(phone) == 0
    assert clipped(phone) == []
    phone.locator("input[value=smaller]").check()
    assert _font_size(phone) == pytest.approx(usual * 0.9)


@pytest.mark.parametrize("script", ["nastaliq", "naskh"])
def test_the_largest_letters_are_not_cut_either(busy_site: Site, phone: Page, script: str) -> None:
    phone.goto(busy_site.url)
    choice = f'{{"dgScript": "{script}", "dgSize": "largest"}}'
    phone.evaluate("choice => localStorage.setItem('dg-reader', choice)", choice)
    for address in ["", "countries/russia/", *DIGEST_PAGES]:
        phone.goto(busy_site.url + address)
        assert clipped(phone) == [], address
        assert overflow(phone) == 0, address


def test_the_switch_is_not_there_without_javascript(site: Site, plain: Page) -> None:
    plain.goto(site.url)
    expect(plain.locator(".dg-reader")).to_be_hidden()


def test_rubbish_in_the_storage_breaks_nothing(site: Site, desktop: Page, seen: Seen) -> None:
    desktop.goto(site.url)
    for rubbish in ("{", "3", '"x"', "null"):
        desktop.evaluate("rubbish => localStorage.setItem('dg-reader', rubbish)", rubbish)
        desktop.reload()
        expect(desktop.locator("input[value=normal]")).to_be_checked()
    assert seen.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_country_on_the_map_leads_to_its_page(
    busy_site: Site, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(busy_site.url + "countries/")
        shape = page.locator(".dg-map a[href$='/kazakhstan/'] path")
        assert shape.evaluate("path => getComputedStyle(path).fill") != page.locator(".dg-map .dg-land").first.evaluate(
            "path => getComputedStyle(path).fill"
        )
        shape.click()
        expect(page).to_have_url(busy_site.url + "countries/kazakhstan/")


def test_every_link_of_every_picture_leads_to_a_page(busy_site: Site, desktop: Page) -> None:
    addresses = ["countries/", "archive/", "countries/russia/", "people/joe-biden/", "topics/diplomacy/"]
    found: set[str] = set()
    for address in addresses:
        desktop.goto(busy_site.url + address)
        links = desktop.locator(".dg-figure a").evaluate_all("links => links.map(link => link.href.baseVal)")
        assert links, address
        found |= {urljoin(busy_site.url + address, link) for link in links}
    for url in found:
        response = desktop.request.get(url)
        assert response.ok, url


def test_a_small_country_can_be_hit(busy_site: Site, desktop: Page) -> None:
    desktop.goto(busy_site.url + "countries/")
    desktop.locator(".dg-map a[href$='/bahrain/'] circle").click()
    expect(desktop).to_have_url(busy_site.url + "countries/bahrain/")


def test_time_runs_from_right_to_left(busy_site: Site, desktop: Page) -> None:
    desktop.goto(busy_site.url + "archive/")
    bars = desktop.locator(".dg-timeline a .dg-bar").evaluate_all(
        "bars => bars.map(bar => bar.getBoundingClientRect().left)"
    )
    assert bars == sorted(bars, reverse=True)


def test_latin_names_and_numbers_stand_in_the_order_of_reading(busy_site: Site, desktop: Page) -> None:
    desktop.goto(busy_site.url + busy_site.first("article"))
    words = desktop.evaluate(
        r"""() => {
            const found = [], walker = document.createTreeWalker(document.querySelector(".dg"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) for (const m of walker.currentNode.data.matchAll(/KazMunayGas|28|CSTO|NATO/g)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, m.index);
                range.setEnd(walker.currentNode, m.index + m[0].length);
                const box = range.getBoundingClientRect();
                found.push([m[0], Math.round(box.top / 30), -box.right]);
            }
            return found.sort((a, b) => a[1] - b[1] || a[2] - b[2]).map(word => word[0]);
        }"""
    )
    assert words[:4] == ["KazMunayGas", "28", "CSTO", "NATO"]


def test_pages_read_are_there_without_a_network(site: Site, online: Page) -> None:
    article = site.url + site.article("001_")
    online.goto(site.url)
    online.evaluate("() => navigator.serviceWorker.ready")
    online.goto(article)
    online.wait_for_load_state("networkidle")
    online.wait_for_function("async address => !!(await caches.match(address))", arg=article)
    online.context.set_offline(True)
    online.goto(article)
    expect(online.locator("h1")).to_be_visible()
    assert online.locator(TEXT).first.evaluate("element => getComputedStyle(element).textAlign") in {"start", "right"}
    assert online.evaluate("() => document.styleSheets.length") > 3
    online.context.set_offline(False)


def test_no_more_than_thirty_pages_are_kept(busy_site: Site, online: Page) -> None:
    online.goto(busy_site.url)
    online.evaluate("() => navigator.serviceWorker.ready")
    for address in busy_site.addresses()[:34]:
        online.goto(busy_site.url + address, wait_until="commit")
    online.wait_for_function("async () => (await (await caches.open('dg-pages-1')).keys()).length === 30")
