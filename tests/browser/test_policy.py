"""Under the headers that every site has in `_headers`, everything of ours works, and nothing else runs."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.pages import Seen, search, watch
from tests.browser.served import Site

pytestmark = pytest.mark.browser

_LISTEN = """addEventListener("securitypolicyviolation", (event) => {
    const told = `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`;
    (window.violations ||= []).push(told);
    console.error(`violation: ${told}`);
});"""
_INJECTED = """<script>window.ran = "script"</script><img src="x" onerror="window.ran = 'handler'">
<a id="link" href="javascript:window.ran='link'">link</a><base href="https://example.org/">
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
<script src="https://example.org/evil.js"></script></body>"""


class _UnderHeaders(http.server.SimpleHTTPRequestHandler):
    """Sends what `_headers` says with every file, as Netlify and Cloudflare Pages do."""

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        for line in Path(self.directory, "_headers").read_text(encoding="utf-8").splitlines()[1:]:
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()


@pytest.fixture(scope="module")
def guarded(busy_site: Site) -> Iterator[Site]:
    """The busy site under its own headers."""
    handler = functools.partial(_UnderHeaders, directory=str(busy_site.root / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield Site(root=busy_site.root, url=f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own that tells what the policy stops."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, service_workers="allow") as context:
        context.add_init_script(_LISTEN)
        yield context
        context.unroute_all(behavior="ignoreErrors")  # the service worker may still be fetching


@pytest.fixture
def page(context: BrowserContext, seen: Seen) -> Page:
    """A page in it."""
    return watch(context, seen)


def _stopped(seen: Seen) -> list[str]:
    return [error for error in seen.errors if "violation" in error or "Content Security Policy" in error]


def test_no_page_of_any_kind_asks_for_what_the_policy_forbids(guarded: Site, page: Page, seen: Seen) -> None:
    for kind, address in guarded.kinds().items():
        page.goto(guarded.url + address, wait_until="networkidle")
        assert page.evaluate("document.documentElement.classList.contains('dg-js')"), kind
        assert page.evaluate("typeof __md_scope") == "object", f"the theme's own scripts run: {kind}"
    assert not _stopped(seen)


def test_search_works(guarded: Site, page: Page, seen: Seen) -> None:
    page.goto(guarded.url)
    assert search(page, "Putin")[0].startswith("ولادیمیر پوتن")
    page.locator(".md-search-result__item a").first.click()
    expect(page.locator("h1").first).to_be_visible()
    page.goto(f"{guarded.url}search/?s=پوتن")
    expect(page.locator(".dg-search__list h2").first).to_be_visible()
    assert not _stopped(seen)


def test_colours_script_and_size_are_switched_and_kept(guarded: Site, page: Page, seen: Seen) -> None:
    page.goto(guarded.url)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".dg-reader summary").click()
    page.locator("input[value=naskh]").check()
    page.locator("input[value=largest]").check()
    page.goto(guarded.url + guarded.first("article"))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate("({...document.documentElement.dataset})")["dgScript"] == "naskh"
    assert "Naskh" in page.locator("article h1").evaluate("element => getComputedStyle(element).fontFamily")
    assert not _stopped(seen)


def test_pages_are_kept_for_when_there_is_no_network(guarded: Site, page: Page, seen: Seen) -> None:
    article = guarded.url + guarded.first("article")
    page.goto(guarded.url)
    page.evaluate("() => navigator.serviceWorker.ready")
    page.goto(article, wait_until="networkidle")
    page.wait_for_function("async address => !!(await caches.match(address))", arg=article)
    assert not _stopped(seen)
    page.context.set_offline(True)
    page.goto(article)
    expect(page.locator("h1").first).to_be_visible()
    assert page.evaluate("() => document.styleSheets.length") > 3
    page.context.set_offline(False)


def _inject(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</body>", _INJECTED))


def test_what_slips_into_a_page_does_not_run(guarded: Site, context: BrowserContext, page: Page) -> None:
    context.route("**/about/", _inject)
    page.goto(f"{guarded.url}about/", wait_until="load")
    page.locator("#link").evaluate("element => element.click()")
    page.wait_for_function("window.violations?.length >= 5")
    assert page.evaluate("window.ran") is None
    stopped: Any = page.evaluate("window.violations")
    for directive in ("script-src-elem inline", "script-src-attr inline", "base-uri", "https://example.org/evil.js"):
        assert any(directive in told for told in stopped), (directive, stopped)
    assert page.evaluate("document.baseURI").startswith(guarded.url)


def test_a_page_cannot_be_framed_by_others(guarded: Site, page: Page) -> None:
    page.goto("about:blank")
    page.evaluate("address => { document.body.innerHTML = `<iframe src='${address}'></iframe>`; }", guarded.url)
    with page.expect_event("framenavigated", predicate=lambda frame: frame.parent_frame is not None):
        pass
    framed = page.frames[1]
    assert framed.url.startswith("chrome-error:")
