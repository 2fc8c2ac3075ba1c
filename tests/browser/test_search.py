"""The search box and the search page in a real browser: typed into, offline, below a path, under a strict policy."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pages import Seen, clipped, open_search, overflow, search
from tests.browser.served import Site, served_site
from tests.sites import make_site

pytestmark = pytest.mark.browser

_POLICY = (
    "default-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; img-src 'self' data:"
)
_TYPE = """(input, text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", {bubbles: true}));
    input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
}"""


class _Strict(http.server.SimpleHTTPRequestHandler):
    """Serves under a strict policy, and sends parts of files."""

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", _POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not part or not path.is_file():
            super().do_GET()
            return
        content = path.read_bytes()[int(part[1]) : int(part[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {part[1]}-{part[2]}/{path.stat().st_size}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="session")
def below(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a path, under a strict policy, from a server that sends parts of files."""
    root = tmp_path_factory.mktemp("below")
    shutil.copytree(site.root / "site", root / "news" / "urdu")
    handler = functools.partial(_Strict, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/news/urdu/"
    server.shutdown()
    server.server_close()


def _type(page: Page, text: str) -> None:
    page.locator(".md-search__input").evaluate(_TYPE, text)


@pytest.mark.parametrize("spelling", ["پوتن", "پوٹن", "پیوٹن", "پوتین", "ولادیمیر پوتن", "Putin", "putin"])
def test_every_spelling_of_putin_finds_all_three_and_his_page(site: Site, desktop: Page, spelling: str) -> None:
    desktop.goto(site.url)
    titles = search(desktop, spelling)
    assert titles[0].startswith("ولادیمیر پوتن — شخصیت — ")
    links = desktop.locator(".md-search-result__item > a").evaluate_all("links => links.map(link => link.href)")
    assert links[0].partition("?")[0] == f"{site.url}people/vladimir-putin/"
    assert len(links) == 4
    assert {link.partition("?")[0] for link in links[1:]} == {
        site.url + site.article(seed) for seed in ("000_", "001_", "002_")
    }
    assert desktop.locator(".md-search-result__meta").inner_text().startswith("3 "), "his page is no article"


def test_nothing_is_loaded_before_the_first_key(site: Site, desktop: Page, seen: Seen) -> None:
    desktop.goto(site.url)
    open_search(desktop)
    desktop.wait_for_load_state("networkidle")
    loaded = {address.removeprefix(f"{site.url}search/") for address in seen.requests if "/search/" in address}
    assert loaded <= {"worker.js", "search_index.json"}


def test_marks_in_the_list_and_on_the_page(site: Site, desktop: Page) -> None:
    desktop.goto(site.url)
    search(desktop, "Putin")
    item = desktop.locator(".md-search-result__link").nth(1)
    assert set(item.locator("mark").all_inner_texts()) & {"پوتن", "پوٹن", "پیوٹن", "ولادیمیر پوتن", "ولادیمیر پوٹن"}
    item.click()
    expect(desktop.locator("article mark").first).to_be_visible()


def test_a_missing_word_is_shown_as_missing(site: Site, desktop: Page) -> None:
    desktop.goto(site.url)
    search(desktop, "پوتن ژقغظ ")
    assert desktop.locator(".md-search-result__terms del").all_inner_texts()[0] == "ژقغظ"


def test_a_link_opens_the_search(site: Site, desktop: Page) -> None:
    desktop.goto(f"{site.url}?q=پوتن")
    expect(desktop.locator(".md-search-result__item").first).to_be_visible()


def test_hostile_headlines_stay_text(hostile_site: Site, desktop: Page, seen: Seen) -> None:
    desktop.goto(hostile_site.url)
    search(desktop, "پوتن")
    desktop.goto(f"{hostile_site.url}search/?s=پوتن")
    expect(desktop.locator(".dg-search__list h2").first).to_be_visible()
    assert "<img src=x" in "".join(desktop.locator(".dg-search__list").all_inner_texts())
    assert not seen.dialogs


def test_below_a_path_under_a_strict_policy(below: str, desktop: Page, seen: Seen) -> None:
    desktop.goto(f"{below}about/")
    assert search(desktop, "Putin")[0].startswith("ولادیمیر پوتن")
    desktop.locator(".md-search-result__item a").first.click()
    expect(desktop).to_have_url(re.compile(re.escape(f"{below}people/vladimir-putin/")))
    desktop.goto(f"{below}search/?s=پوتن")
    expect(desktop.locator(".dg-search__list h2")).to_have_count(3)
    assert not [error for error in seen.errors if "Content Security Policy" in error]


def test_a_lost_network_is_said_and_recovered_from(site: Site, desktop: Page) -> None:
    desktop.goto(site.url)
    desktop.context.set_offline(True)
    titles = search(desktop, "پوتن")
    assert titles == ["تلاش کے لیے رابطہ نہ ہو سکا؛ دوبارہ کوشش کیجیے"]
    desktop.context.set_offline(False)
    _type(desktop, "پوٹن")
    expect(desktop.locator(".md-search-result__item h1").first).to_contain_text("ولادیمیر پوتن")


def test_the_page_recovers_at_a_button(site: Site, desktop: Page) -> None:
    desktop.route("**/root.bin", lambda route: route.abort())
    desktop.goto(f"{site.url}search/?s=پوتن")
    expect(desktop.locator(".dg-search__status")).to_contain_text("رابطہ نہ ہو سکا")
    desktop.unroute("**/root.bin")
    desktop.locator(".dg-search__status button").click()
    expect(desktop.locator(".dg-search__list h2")).to_have_count(3)


def test_a_site_published_anew_meanwhile(site: Site, desktop: Page) -> None:
    """The first answer for the index's files is that they are gone: the root is read again, and all is well."""
    gone = {"left": 1}

    def once(route: Route) -> None:
        gone["left"] -= 1
        route.fulfill(status=404) if gone["left"] >= 0 else route.continue_()

    desktop.route("**/t0.bin*", once)
    desktop.goto(f"{site.url}search/?s=پوتن")
    expect(desktop.locator(".dg-search__list h2")).to_have_count(3)


def test_an_index_of_another_format_asks_for_a_reload(site: Site, desktop: Page) -> None:
    desktop.route("**/root.bin", lambda route: route.fulfill(body='{"format": 999}'))
    desktop.goto(f"{site.url}search/?s=پوتن")
    expect(desktop.locator(".dg-search__status")).to_contain_text("دوبارہ لوڈ")


def test_the_page_narrows_sorts_and_keeps_its_address(site: Site, desktop: Page) -> None:
    desktop.goto(f"{site.url}search/")
    field = desktop.locator(".dg-search__input")
    field.fill("پوتن")
    expect(desktop.locator(".dg-search__status")).to_contain_text("نتائج 3")
    desktop.locator(".dg-search__facet summary", has_text="ممالک").click()
    desktop.locator(".dg-search__facet button", has_text="قازقستان (2)").click()
    expect(desktop.locator(".dg-search__list h2")).to_have_count(2)
    assert "country" in desktop.url
    desktop.reload()
    expect(desktop.locator(".dg-search__list h2")).to_have_count(2)
    desktop.locator(".dg-search__facet button[aria-pressed=true]").first.click()
    expect(desktop.locator(".dg-search__list h2")).to_have_count(3)


def test_the_page_says_when_nothing_is_found(site: Site, desktop: Page) -> None:
    desktop.goto(f"{site.url}search/?s=ژقغظ ")
    expect(desktop.locator(".dg-search__status")).to_contain_text("کچھ نہیں ملا")


def test_the_page_needs_no_theme(site: Site, desktop: Page) -> None:
    words = (site.root / "site" / "search" / "index.html").read_text(encoding="utf-8")
    place = re.search(r'<div class="dg-finder".*?</div>', words)
    assert place
    bare = site.root / "site" / "search" / "bare.html"
    bare.write_text(
        f'<!doctype html><meta charset="utf-8">{place[0]}<script type="module" src="search.js"></script>',
        encoding="utf-8",
    )
    desktop.goto(f"{site.url}search/bare.html?s=پوتن")
    expect(desktop.locator(".dg-search__list h2")).to_have_count(3)


def test_the_page_is_used_with_the_keyboard(site: Site, desktop: Page) -> None:
    desktop.goto(f"{site.url}search/")
    desktop.locator(".dg-search__input").focus()
    desktop.keyboard.insert_text("پوتن")
    expect(desktop.locator(".dg-search__status[role=status][aria-live=polite]")).to_contain_text("نتائج")
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".dg-search__sort")).to_be_focused()


def test_enter_opens_what_is_first(site: Site, desktop: Page) -> None:
    desktop.goto(site.url)
    search(desktop, "Putin")
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile("/people/vladimir-putin/"))


class _Holding:
    """Lets six texts be asked for, and the others when it is told to."""

    def __init__(self) -> None:
        self._held: list[Route] = []
        self._left = 6

    def __call__(self, route: Route) -> None:
        """Take a request, in the order in which the page made them."""
        self._left -= 1
        if self._left >= 0:
            route.continue_()
        else:
            self._held.append(route)

    def go_on(self) -> None:
        """Hold no request any more."""
        self._left += 1_000
        for route in self._held:
            route.continue_()


def test_the_box_shows_what_is_there_before_the_rest(busy_site: Site, desktop: Page) -> None:
    """Browsers ask for six files at once: on a slow line the next four come much later."""
    handler = functools.partial(_Strict, directory=str(busy_site.root / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    holding = _Holding()
    desktop.route(re.compile(r"/x\d+\.bin"), holding)
    desktop.goto(f"http://127.0.0.1:{server.server_port}/")
    open_search(desktop)
    _type(desktop, "پاکستان")
    articles = desktop.locator(".md-search-result__link[href*='/articles/']")
    expect(articles).to_have_count(6)
    count = desktop.locator(".md-search-result__meta").inner_text()
    holding.go_on()
    expect(articles).to_have_count(10)
    assert desktop.locator(".md-search-result__meta").inner_text() == count
    server.shutdown()
    server.server_close()


def test_the_box_suggests_a_name_while_it_is_typed_and_says_what_is_similar(site: Site, desktop: Page) -> None:
    desktop.goto(site.url)
    assert search(desktop, "ولادیمیر پو")[0].startswith("ولادیمیر پوتن")
    desktop.goto(site.url)
    search(desktop, "قزاکستن ")
    expect(desktop.locator(".md-search-result__item small").first).to_contain_text("«قزاکستن» سے ملتے جلتے")
    marked = desktop.locator(".md-search-result__item mark").all_inner_texts()
    assert {"قزاقستان", "قازقستان"} <= set(marked), "all spellings of the similar name"


def test_a_page_with_old_scripts_renews_them_once(site: Site, desktop: Page, seen: Seen) -> None:
    """It reloads by itself, once: a site that stays half published must not reload for ever."""
    desktop.route("**/root.bin", lambda route: route.fulfill(body='{"format": 999}'))
    desktop.goto(f"{site.url}search/?s=پوتن")
    desktop.wait_for_function("() => performance.getEntriesByType('navigation')[0].type === 'reload'")
    expect(desktop.locator(".dg-search__status button")).to_be_visible()
    loaded = [address for address in seen.requests if address.endswith("/search/engine.js")]
    assert len(loaded) >= 3
    desktop.wait_for_load_state("networkidle")
    assert sum("/search/?s=" in address for address in seen.requests) == 2


def test_what_has_the_focus_keeps_it(site: Site, desktop: Page) -> None:
    desktop.goto(f"{site.url}search/?s=پوتن")
    desktop.locator(".dg-search__facet summary", has_text="ممالک").click()
    desktop.locator(".dg-search__facet button", has_text="قازقستان (2)").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".dg-search__list h2")).to_have_count(2)
    expect(desktop.locator('[data-filter="country:kazakhstan"]')).to_be_focused()
    expect(desktop.locator('[data-filter="country:kazakhstan"]')).to_have_attribute("aria-pressed", "true")


def test_the_page_turns_and_goes_back(busy_site: Site, desktop: Page) -> None:
    desktop.goto(f"{busy_site.url}search/?s=پاکستان")
    expect(desktop.locator(".dg-search__list h2")).to_have_count(10)
    desktop.locator(".dg-search__pages button").last.focus()
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile("page=2"))
    expect(desktop.locator(".dg-search__status")).to_be_focused()
    desktop.go_back()
    expect(desktop.locator(".dg-search__list h2")).to_have_count(10)


@pytest.mark.parametrize(("page", "shown"), [("-3", "1 /"), ("1.5", "1 /"), ("99", "2 / 2"), ("x", "1 /")])
def test_a_page_that_there_is_not_is_the_nearest_one(busy_site: Site, desktop: Page, page: str, shown: str) -> None:
    desktop.goto(f"{busy_site.url}search/?s=پاکستان&page={page}")
    expect(desktop.locator(".dg-search__pages")).to_contain_text(shown)
    expect(desktop.locator(".dg-search__list h2").first).to_be_visible()


def test_days_are_chosen(busy_site: Site, desktop: Page) -> None:
    desktop.goto(f"{busy_site.url}search/?s=پاکستان")
    desktop.locator(".dg-search__facet summary", has_text="سال").click()
    desktop.locator(".dg-search__day input").first.fill("2021-12-01")
    expect(desktop).to_have_url(re.compile("from%3A2021-12-01"))
    expect(desktop.locator(".dg-search__day input").first).to_have_value("2021-12-01")


def test_on_a_phone_nothing_sticks_out(busy_site: Site, phone: Page) -> None:
    phone.goto(f"{busy_site.url}search/?s=پاکستان")
    expect(phone.locator(".dg-search__list h2")).to_have_count(10)
    for summary in phone.locator(".dg-search__facet:not([hidden]) summary").all():
        summary.click()
    assert overflow(phone) == 0
    assert not clipped(phone)
    search(phone, "پوتن")
    # The theme slides its box in from the side; the page must fit once it is there.
    phone.wait_for_function("() => document.documentElement.scrollWidth === document.documentElement.clientWidth")


@pytest.mark.parametrize("folders", ["true", "false"])
def test_pages_opened_from_a_folder(tmp_path: Path, desktop: Page, folders: str) -> None:
    """`search_from_files: true`: from a memory stick, without a server; MkDocs with and without folders for pages."""
    root = tmp_path / "site"
    made = make_site(root, search_from_files="true")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(config.replace("directory_urls: true", f"directory_urls: {folders}"), "utf-8")
    assert made.run("digest", "build", "--quiet").returncode == 0
    desktop.goto((root / "site" / "index.html").as_uri())
    assert search(desktop, "Putin")[0].startswith("ولادیمیر پوتن")
    links = desktop.locator(".md-search-result__item > a").evaluate_all("links => links.map(link => link.href)")
    for link in links:
        assert Path(unquote(link.partition("?")[0].removeprefix("file://"))).is_file(), link
    desktop.goto((root / "site" / "search" / "index.html").as_uri())
    desktop.locator(".dg-search__input").fill("پوتن")
    expect(desktop.locator(".dg-search__list h2")).to_have_count(3)
    desktop.locator(".dg-search__list h2 a").first.click()
    expect(desktop.locator("article mark").first).to_be_visible()


@pytest.mark.parametrize("content", [None, b"digestFi"])
def test_a_broken_index_is_said_on_pages_opened_from_a_folder(
    tmp_path: Path, desktop: Page, content: bytes | None
) -> None:
    made = make_site(tmp_path / "site", search_from_files="true")
    assert made.run("digest", "build", "--quiet").returncode == 0
    for path in (made.root / "site/search").rglob("t0.bin.js"):
        path.unlink() if content is None else path.write_bytes(content)
    desktop.goto((made.root / "site/index.html").as_uri())
    assert search(desktop, "پوتن") == ["تلاش کے لیے رابطہ نہ ہو سکا؛ دوبارہ کوشش کیجیے"]
    desktop.goto((made.root / "site/search/index.html").as_uri())
    desktop.locator(".dg-search__input").fill("پوتن")
    expect(desktop.locator(".dg-search__status")).to_contain_text("رابطہ نہ ہو سکا")


def test_a_site_without_folders(tmp_path: Path, desktop: Page) -> None:
    root = tmp_path / "site"
    with served_site(root, directory_urls="false") as flat:
        desktop.goto(f"{flat.url}search/index.html?s=پوتن")
        links = desktop.locator(".dg-search__list a")
        expect(links).to_have_count(4)
        for link in links.evaluate_all("links => links.map(link => link.href)"):
            assert desktop.request.get(link).ok, link
