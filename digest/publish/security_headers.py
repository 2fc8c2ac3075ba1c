"""The headers that a site is to be served with: a Content-Security-Policy under which only its own scripts run.

The theme has a few scripts inside its pages, which the policy must name by their hash. They are read from the page
for missing addresses, which holds all of them and not a word of any article: were they read from articles, a script
that slipped through there would be let in by the very thing that is to stop it. One of them says how far the page is
from the top of the site, so it is named once for each depth.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from digest.errors import PublishError

HEADERS_FILE = "_headers"
DEEPEST = 7
"""Folders that a page may be below the top; our deepest pages are below five."""
_WITNESS = "404.html"
_SCOPE = re.compile(r'(?<=__md_scope=new URL\(")[^"]*(?=",location\))')
_DATA = frozenset({"application/json", "application/ld+json"})
_FIXED = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's style sheets hold their icons
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


class _InlineScripts(HTMLParser):
    """Collects the scripts that stand in a page, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open = tag == "script" and "src" not in given and given.get("type") not in _DATA
        if self._open:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data


def inline_scripts(page: str) -> list[str]:
    """Return the text of every script that stands in a page.

    >>> inline_scripts('<script src="a.js"></script><script>go()</script><script type="application/json">{}</script>')
    ['go()']
    """
    reader = _InlineScripts()
    reader.feed(page)
    reader.close()
    return reader.found


def script_hashes(page: str) -> list[str]:
    """Return the hashes that let the scripts of `page` run, and the same scripts on pages of every depth."""
    texts: dict[str, None] = {}
    for script in inline_scripts(page):
        texts[script] = None
        if _SCOPE.search(script):
            texts |= dict.fromkeys(_SCOPE.sub(_way_up(depth), script) for depth in range(DEEPEST + 1))
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]


def _way_up(depth: int) -> str:
    return "/".join([".."] * depth) or "."


def security_headers(site: Path) -> dict[str, str]:
    """Return the headers for the built site in the folder `site`.

    Raises:
        PublishError: there is no site.
    """
    try:
        page = (site / _WITNESS).read_text(encoding="utf-8")
    except OSError as error:
        raise PublishError(f"{site / _WITNESS} cannot be read; build the site first") from error
    scripts = " ".join(["script-src 'self'", *script_hashes(page)])
    return {
        "Content-Security-Policy": "; ".join([_FIXED[0], scripts, *_FIXED[1:]]),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def headers_file(site: Path) -> str:
    """Return the headers as Netlify and Cloudflare Pages read them from `_headers`."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in security_headers(site).items()), ""])


def nginx_snippet(site: Path) -> str:
    """Return the headers as a file for nginx's `include`, inside `server` or `location`."""
    return "".join(_nginx_lines(site))


def _nginx_lines(site: Path) -> Iterator[str]:
    yield "# Made by `digest deploy --headers nginx`; make it again when the theme changes.\n"
    for name, value in security_headers(site).items():
        yield f'add_header {name} "{value}" always;\n'
