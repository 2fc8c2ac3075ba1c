"""Hostile text in every place that text comes in by, opened in Chromium: no script runs and no request leaves.

`payloads.yml` has the payloads. They are put in turn into seeds, sidecars, JSON Lines, saved pages and feeds, all of
one site, and every page of it is opened with the content security policy off.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import html
import http.server
import itertools
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.parsers import expat
from xml.sax.saxutils import escape

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from tests.faults.tiny import ALL, PROSE, SEEN, TinySite, some, tiny_site

pytestmark = [pytest.mark.browser, pytest.mark.site]

Tally = collections.Counter[str]
FAMILIES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("payloads.yml").read_text(encoding="utf-8"))
PAYLOADS = list(itertools.chain.from_iterable(FAMILIES.values()))
_NO_ADDRESS = frozenset(' "<>\\^`{|}\x7f') | {chr(code) for code in range(32)}
EVERY = 1 if ALL else 12
"""Of how many pages one is opened; `make test-faults` opens all."""
SIZE = 6
"""Payloads in one article."""

_WATCH = """() => {
    window.__ran = [];
    for (const name of ["alert", "confirm", "prompt", "print", "open"])
        window[name] = (...args) => { window.__ran.push(name + ": " + args.join()); };
    addEventListener("error", event => { if (event.message) window.__ran.push("error: " + event.message); });
}"""
_FOUND = r"""() => {
    const bad = [...window.__ran];
    if (window.__xss) bad.push("window.__xss is set");
    const theme = new Set(["javascript:void(0)"]);
    for (const element of document.querySelectorAll("*")) {
        for (const {name, value} of element.attributes) {
            if (name.startsWith("on") || name === "srcdoc") bad.push(`<${element.localName} ${name}=${value}>`);
            const address = value.replace(/[\x00-\x20]/g, "").toLowerCase();
            if (/^(href|src|action|formaction|xlink:href|data|poster|background|ping|srcset|cite)$/.test(name)
                && /^(javascript|vbscript|data|blob|file):/.test(address) && !theme.has(value))
                bad.push(`<${element.localName} ${name}=${value}>`);
        }
    }
    const inside = "script:not([type='application/ld+json']),iframe,object,embed,base,form,style,link,meta,svg script";
    const article = document.querySelector("article");
    if (article) for (const element of article.querySelectorAll(inside))
        if (!element.closest("[data-dg], .dg-search")) bad.push(`<${element.localName}> in the article`);
    for (const script of document.querySelectorAll("script[type='application/ld+json']")) {
        try { JSON.parse(script.textContent); } catch (error) { bad.push(`JSON-LD: ${error}`); }
    }
    return bad;
}"""
_PARSE_AGAIN = """() => {
    const again = document.createElement("div");
    again.innerHTML = (document.querySelector("article") || document.body).innerHTML;
    document.body.append(again);
}"""


def _lines(text: str) -> str:
    return " ".join(text.split())


def _seeds(group: Sequence[str], other: Sequence[str]) -> dict[str, str]:
    """Return an article with payloads in its text, and others in its sidecar."""
    headline, lead, item, body, caption, end = group
    text = (
        f"{headline}\n{lead} {PROSE}\n- {item} {PROSE}\n* {PROSE} {body}\n"
        f"تصویر: {caption}\n{PROSE}\n1. {end}\nبشکریہ: {end}\n"
    )
    sidecar = {
        "summary": other[0],
        "byline": other[1],
        "outlet": _lines(other[2]),
        "url": "https://example.org/?q=" + "".join(c for c in other[3] if c.isascii() and c not in _NO_ADDRESS),
    }
    return {"txt": text, "yml": yaml.safe_dump(sidecar | ({"headline": other[4]} if len(other[4]) % 2 else {}))}


def _page(group: Sequence[str]) -> str:
    """Return a saved page, whose author tries everything that a page can say of itself."""
    shown = [html.escape(payload) for payload in group]
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": group[0],
        "author": {"name": group[1]},
    }
    said = json.dumps(about | {"url": group[2], "datePublished": group[3]}).replace("<", "\\u003c")
    text = "".join(f"<p>{PROSE} {payload} {PROSE}</p>" for payload in shown)
    return (
        f'<!DOCTYPE html><html lang="ur"><head><meta charset="utf-8"><title>{shown[0]}</title>'
        f'<meta property="og:title" content="{shown[0]}"><meta name="author" content="{shown[1]}">'
        f'<meta property="og:site_name" content="{shown[4]}"><link rel="canonical" href="{shown[2]}">'
        f'<script type="application/ld+json">{said}</script></head>'
        f"<body><article><h1>{shown[0]}</h1>{text}{''.join(group)}</article></body></html>"
    )


def _feed(groups: Sequence[Sequence[str]]) -> str:
    clean = functools.partial(map, lambda text: "".join(c for c in text if c.isprintable() or c in "\n\t"))
    items = "".join(
        f"<item><title>{escape(html.escape(one))}</title><link>https://example.org/feed/{number}</link>"
        f"<author>{escape(two)}</author><pubDate>Tue, 28 Dec 2021 00:00:00 GMT</pubDate><content:encoded>"
        f"{escape(f'<p>{PROSE} {html.escape(three)}</p>{four}<p>{html.escape(four)} {PROSE * 4}</p>')}"
        "</content:encoded></item>"
        for number, (one, two, three, four, *_) in enumerate(map(list, map(clean, groups)))
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(PAYLOADS[0])}</title><link>https://example.org/</link>{items}</channel></rss>"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tally_of_session: Tally) -> TinySite:
    """Return the built site of all payloads."""
    folder = tmp_path_factory.mktemp("payloads")
    site = tiny_site(folder / "site", {})
    groups = [[PAYLOADS[(start + n) % len(PAYLOADS)] for n in range(SIZE)] for start in range(0, len(PAYLOADS), SIZE)]
    shifted = [groups[(number + len(groups) // 2) % len(groups)] for number in range(len(groups))]
    for number, (group, other) in enumerate(zip(groups, shifted, strict=True)):
        site.folder.put({f"p{number:03}.{ending}": text for ending, text in _seeds(group, other).items()})
    rows = (
        {
            "id": f"{n}",
            "text": f"{g[0]}\n{PROSE}\n{g[1]}",
            "title": g[2],
            "outlet": g[3],
            "url": g[4],
            "published": g[5],
        }
        for n, g in enumerate(shifted)
    )
    site.folder.put({"lines.jsonl": "\n".join(map(json.dumps, rows))})
    come = folder / "come"
    come.mkdir()
    for number, group in enumerate(shifted):
        (come / f"{number:03}.html").write_text(_page(group), encoding="utf-8")
    (come / "feed.xml").write_text(_feed(groups), encoding="utf-8")
    assert site.run("add", come).returncode == 0
    said = site.run("build", jobs="0")
    assert said.returncode == 0, said.stderr
    tally_of_session["payloads"] += len(set(PAYLOADS))
    tally_of_session["articles with payloads"] += len(site.folder.articles())
    tally_of_session["payloads placed"] += len(groups) * (SIZE + 5 + 6 + 7 + 5)
    return site


@pytest.fixture(scope="session")
def tally_of_session(tally: Tally) -> Tally:
    """Return the counter of faults."""
    return tally


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: TinySite) -> Iterator[str]:
    """Serve the site."""
    handler = functools.partial(_Quiet, directory=str(site.root / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class _Witness:
    """A browser that watches what pages do."""

    def __init__(self, context: BrowserContext, own: str, tally: Tally) -> None:
        self.bad: list[str] = []
        self.control = False
        self.own, self.tally = own, tally
        context.add_init_script(f"({_WATCH})()")
        context.on("request", self._asked)
        context.route(lambda url: not url.startswith((own, "data:", "blob:")), lambda route: route.abort())
        self._context = context
        self.page = self._open()

    def _open(self) -> Page:
        page = self._context.new_page()
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.bad.append(f"error: {error}"))
        page.on("popup", lambda popup: self.bad.append(f"popup: {popup.url}"))
        return page

    def begin_again(self) -> None:
        """Go on with a new tab: the last one may be on its way to another page."""
        self.page.close()
        self.page = self._open()
        self.bad.clear()

    def _asked(self, request: Any) -> None:
        self.tally["requests of hostile pages"] += 1
        if not request.url.startswith((self.own, "data:", "blob:")):
            self.bad.append(f"request to {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.bad.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def look(self, where: str, *, again: bool = False) -> None:
        """Note what runs on the page that is open."""
        self.bad += self.page.evaluate(_FOUND)
        if again:
            self.page.evaluate(_PARSE_AGAIN)
            self.bad += self.page.evaluate(_FOUND)
        if not self.control:
            SEEN["scripts run"] += len(self.bad)
        assert not self.bad, (where, self.bad[:5])
        assert self.page.url.startswith(self.own), where


@pytest.fixture
def witness(browser: Browser, address: str, tally: Tally) -> Iterator[_Witness]:
    """Return a browser without any content security policy."""
    with browser.new_context(bypass_csp=True, service_workers="block") as context:
        context.set_default_timeout(20_000)
        yield _Witness(context, address, tally)


def test_there_are_enough_of_them_and_each_is_there_once() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 300


@pytest.mark.parametrize("family", ["script elements", "event handlers", "svg", "pages that lead away"])
def test_a_page_that_escaped_nothing_would_be_noticed(
    family: str, site: TinySite, witness: _Witness, tally: Tally
) -> None:
    place = site.root / "site/unescaped.html"
    seen = 0
    tried = some(FAMILIES[family], 4)
    witness.control = True
    for payload in tried:
        place.write_text(f"<!DOCTYPE html><article>{payload}</article>", encoding="utf-8")
        witness.begin_again()
        with contextlib.suppress(AssertionError, PlaywrightError):
            witness.page.goto(f"{witness.own}unescaped.html", wait_until="load")
            witness.look(family)
        seen += bool(witness.bad)
    place.unlink()
    assert seen >= len(tried) / 2
    tally["payloads that do run where nothing is escaped"] += seen


def test_nothing_runs_on_any_page(site: TinySite, witness: _Witness, tally: Tally) -> None:
    pages = sorted((site.root / "site").rglob("*.html"))
    assert len(pages) > 300
    for path in pages[::EVERY]:
        name = path.relative_to(site.root / "site").as_posix()
        witness.page.goto(witness.own + name, wait_until="load")
        witness.look(name, again=name.startswith("articles/"))
        tally["hostile pages opened in Chromium"] += 1


@pytest.mark.parametrize("place", ["search/?q=", "?q=", "search/#"])
def test_a_question_in_the_address_is_text(place: str, site: TinySite, witness: _Witness, tally: Tally) -> None:
    assert (site.root / "site/search/index.html").exists()
    for payload in PAYLOADS[:: EVERY * (1 if place.startswith("search/?") else 12)]:
        witness.page.goto(f"{witness.own}{place}{quote(payload)}", wait_until="load")
        witness.look(f"{place}{payload}")
        tally["payloads searched for"] += 1


def test_what_is_typed_and_found_is_text(witness: _Witness, tally: Tally) -> None:
    witness.page.goto(witness.own, wait_until="networkidle")
    box = witness.page.locator(".md-search__input")
    for payload in [*PAYLOADS[::9], "alert", "script", "onerror", "خبر"]:
        box.evaluate(
            "(input, text) => { input.value = text; input.dispatchEvent(new Event('input', {bubbles: true}));"
            " input.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true})); }",
            " ".join(payload.split()),
        )
        witness.page.wait_for_timeout(60)
        witness.look(payload)
        tally["payloads searched for"] += 1


def test_feeds_maps_and_data_are_well_formed_and_hold_no_markup(site: TinySite, tally: Tally) -> None:
    files = [
        path for path in (site.root / "site").rglob("*") if path.suffix in (".xml", ".json", ".jsonl", ".webmanifest")
    ]
    assert len(files) > 20
    for path in files:
        body = path.read_bytes()
        if path.suffix == ".xml":
            names: list[tuple[str, dict[str, str]]] = []
            parser = expat.ParserCreate()
            parser.StartElementHandler = lambda name, attributes, names=names: names.append((name, attributes))
            parser.EntityDeclHandler = lambda *_: pytest.fail("an entity")
            parser.Parse(body, True)  # noqa: FBT003 - expat's signature
            assert not [
                name for name, _ in names if name.rpartition(":")[2].lower() in ("script", "img", "svg", "include")
            ]
            addresses = [
                value for _, attributes in names for key, value in attributes.items() if key in ("href", "url", "src")
            ]
            assert not [value for value in addresses if not value.startswith(("https://", "http://", "/"))], path
        else:
            for line in body.splitlines() if path.suffix == ".jsonl" else [body]:
                json.loads(line)
        tally["hostile feeds, maps and data files read"] += 1


def test_feeds_run_nothing_in_a_browser(site: TinySite, witness: _Witness, tally: Tally) -> None:
    for path in sorted((site.root / "site").rglob("*.xml"))[:: 1 if ALL else 6][:60]:
        name = path.relative_to(site.root / "site").as_posix()
        witness.page.goto(witness.own + name, wait_until="load")
        SEEN["scripts run"] += len(witness.bad)
        assert not witness.bad, name
        tally["hostile feeds opened in Chromium"] += 1


def test_no_page_of_another_origin_is_named_where_it_would_be_loaded(site: TinySite) -> None:
    """The same without a browser, for browsers that load what Chromium does not. The search has a script."""
    for path in (site.root / "site").rglob("*.css"):
        assert b"evil.example" not in path.read_bytes()
    for path in (site.root / "site_src").rglob("*.md"):
        _, _, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        assert "](http://evil.example" not in text.replace("\\](", "")
        assert text.replace("\\<script", "").lower().count("<script") == (path.parent.name == "search"), path
