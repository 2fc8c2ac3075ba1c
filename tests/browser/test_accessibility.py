"""axe-core over one page of every kind: light and dark, on a phone and on a wide screen."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DIGEST_PAGES
from tests.browser.pages import clipped
from tests.browser.served import Site

pytestmark = pytest.mark.browser

ONLY_VIOLATIONS = {"resultTypes": ["violations"]}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(busy_site: Site, browser: Browser, scheme: Literal["light", "dark"], width: int) -> None:
    found = {}
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        digests = {address: address for address in DIGEST_PAGES}
        for kind, address in (busy_site.kinds() | digests).items():
            page.goto(busy_site.url + address)
            page.evaluate("() => document.fonts.ready")
            assert page.locator("body").get_attribute("data-md-color-scheme") == {"dark": "slate"}.get(
                scheme, "default"
            )
            if violations := _violations(page):
                found[kind] = violations
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_in_a_search(
    busy_site: Site, browser: Browser, scheme: Literal["light", "dark"], width: int
) -> None:
    found = {}
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{busy_site.url}search/?s=country:russia")
        expect(page.locator(".dg-search__list h2").first).to_be_visible()
        expect(page.locator(".dg-search__facet").first).to_be_visible()
        page.locator(".dg-search__facet").evaluate_all("all => all.forEach(facet => { facet.open = true; })")
        found["results"] = _violations(page) + clipped(page)
        page.goto(f"{busy_site.url}search/?s=ژقغظ ")
        expect(page.locator(".dg-search__status")).to_contain_text("کچھ نہیں ملا")
        found["nothing"] = _violations(page) + clipped(page)
        page.route("**/root.bin", lambda route: route.abort())
        page.goto(f"{busy_site.url}search/?s=پوتن")
        expect(page.locator(".dg-search__status button")).to_be_visible()
        found["no network"] = _violations(page) + clipped(page)
    assert found == {"results": [], "nothing": [], "no network": []}


def test_axe_finds_nothing_in_the_open_box_of_choices(busy_site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 900}) as context:
        page = context.new_page()
        page.goto(busy_site.url)
        page.locator(".dg-reader summary").click()
        assert _violations(page) == []
