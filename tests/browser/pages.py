"""An open page, and what the tests ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Page, expect

NASTALIQ = "Noto Nastaliq Urdu"

_TYPE = """(input, text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", {bubbles: true}));
    input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
}"""

# Every word of Urdu on the page: does its ink stay inside the boxes that cut? The browser's own rectangles know only
# the boxes of lines, so the ink is measured on a canvas with the font that the element has.
_CLIPPED = r"""() => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.direction = "rtl";
    const cuts = [];
    let words = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, element = node.parentElement;
        if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        const style = getComputedStyle(element);
        pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const above = pen.measureText(" ").fontBoundingBoxAscent;
        for (const match of node.data.matchAll(/[\u0600-\u06FF]+/g)) {
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + match[0].length);
            const box = range.getClientRects()[0];
            if (!box || !box.width) continue;
            words += 1;
            const ink = pen.measureText(match[0]), line = box.top + above;
            const top = line - ink.actualBoundingBoxAscent, bottom = line + ink.actualBoundingBoxDescent;
            for (let around = element; around && around !== document.body; around = around.parentElement) {
                const cut = getComputedStyle(around);
                if (cut.position === "fixed" && cut.overflowY === "visible") break;
                if (cut.overflowY === "visible" || cut.display.startsWith("inline")) continue;
                const edge = around.getBoundingClientRect().top + around.clientTop - around.scrollTop;
                const end = edge + around.scrollHeight;
                if (top < edge - 1 || bottom > end + 1) {
                    const by = Math.round(Math.max(edge - top, bottom - end));
                    cuts.push(`${match[0]} in ${element.tagName}.${element.className}, by ${by} px`
                        + ` of ${around.tagName}.${around.className}`);
                }
                if (cut.overflowY !== "clip" && cut.overflowY !== "hidden") break;
            }
        }
    }
    return {words, cuts};
}"""


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a browser reported while a page was open."""

    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def watch(context: BrowserContext, seen: Seen) -> Page:
    """Open a page whose errors, dialogs and requests are written down."""

    def dismiss(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page = context.new_page()
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("dialog", dismiss)
    page.on("request", lambda request: seen.requests.append(request.url))
    return page


def fonts(page: Page, selector: str) -> dict[str, int]:
    """Return the fonts that the first element of `selector` is really drawn in, with their count of glyphs."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used: list[dict[str, Any]] = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {str(font["familyName"]): int(font["glyphCount"]) for font in used}


def open_search(page: Page) -> None:
    """Open the search box, on a phone or a wide screen."""
    magnifier = page.locator("header label.md-header__button[for=__search]")
    (magnifier if magnifier.is_visible() else page.locator(".md-search__input")).click()
    expect(page.locator(".md-search__input")).to_be_focused()


def search(page: Page, text: str) -> list[str]:
    """Type `text` into the search box; return the titles found. Playwright's keyboard sends no key events for Urdu."""
    open_search(page)
    page.locator(".md-search__input").evaluate(_TYPE, text)
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    return page.locator(".md-search-result__article").locator("h1, h2").all_inner_texts()


def clipped(page: Page) -> list[str]:
    """Return the Urdu words whose ink is cut by the box they are in."""
    page.evaluate("() => document.fonts.ready")
    found = page.evaluate(_CLIPPED)
    assert found["words"] > 0, "no Urdu on the page"
    return list(found["cuts"])


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
