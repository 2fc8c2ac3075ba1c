"""Two repairs of the theme's HTML, and the reasons for them.

Material says the language on `<html>` but the direction only on `<body>`. Browsers take the direction of the
viewport (scroll bars, the canvas) from the root element, and so do readers of the HTML. The start tag is the theme's
own, the first of the document, and holds no article text; a test fails when it changes its form.
See docs/decisions/0005-direction-on-html.md.

The search box is a dialog without a name, so that a screen reader says only "dialog". It stands deep in a template
of the theme whose rest is not ours to copy.
"""

from __future__ import annotations

from html import escape

_TAG = "<html "
_SEARCH = '<div class="md-search" data-md-component="search" role="dialog"'


def with_direction(html: str, direction: str) -> str:
    r"""Return `html` with `dir` on its root element, unless it says one already.

    >>> with_direction('<!doctype html>\n<html lang="ur" class="no-js">', "rtl")
    '<!doctype html>\n<html dir="rtl" lang="ur" class="no-js">'
    """
    start = html.find(_TAG)
    if start < 0 or "dir=" in html[start : html.index(">", start)]:
        return html
    return f'{html[:start]}<html dir="{direction}" {html[start + len(_TAG) :]}'


def with_search_name(html: str, name: str) -> str:
    """Return `html` with a name on the search box.

    >>> with_search_name('<div class="md-search" data-md-component="search" role="dialog">', "تلاش")
    '<div class="md-search" data-md-component="search" role="dialog" aria-label="تلاش">'
    """
    return html.replace(f"{_SEARCH}>", f'{_SEARCH} aria-label="{escape(name)}">', 1)
