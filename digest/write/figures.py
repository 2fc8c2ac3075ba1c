"""Pictures in a page: SVG made at build time, in one raw block of HTML.

Made by `write/xml.py`, which escapes every string, and written on one line, so that Python-Markdown and
CommonMark alike pass them on byte for byte (docs/decisions/0009-pictures-in-pages.md). Colours are classes, for dark
mode. A picture repeats what stands beside it as text; so it is hidden from screen readers and left out of the order of
the tab key, and its caption says in words what it shows. Its links work with a mouse or a finger.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from digest.write.markdown import Markdown
from digest.write.xml import Xml, escaped, nest, tag

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")


def drawing(width: int, height: int, shapes: Iterable[Xml], *, stretched: bool = False) -> Xml:
    """Return a picture of shapes; a stretched one fills its place whatever the proportions."""
    places = {"viewBox": f"0 0 {width} {height}", "aria-hidden": "true", "focusable": "false"}
    if stretched:
        places["preserveAspectRatio"] = "none"
    return nest("svg", shapes, between="", **places)


@functools.lru_cache(8192)  # most stand at one of a few places, in one of a few sizes
def shape(name: str, kind: str, text: str | None = None, **places: float | str) -> Xml:
    """Return a shape with the class `kind`, and with text in it."""
    start = f'<{name} class="{escaped(kind)}"'
    for key, value in places.items():  # numbers for the most part
        start += f' {key.replace("_", "-")}="{value if isinstance(value, int) else escaped(str(value))}"'
    return Xml(f"{start}>{escaped(_UNSEEN.sub(' ', text))}</{name}>" if text else f"{start}/>")


def linked(target: str, tip: str, shapes: Iterable[Xml], *, base: str) -> Xml:
    """Return shapes as a link to the page `target`, with a tip."""
    title = tag("title", _UNSEEN.sub(" ", tip))
    return Xml(f'<a href="{escaped(address(target, base))}" tabindex="-1">{title}{"".join(shapes)}</a>')


def address(target: str, base: str) -> str:
    """Return the address of a page as seen from another; both are folders, so that it holds however files are named.

    >>> address("countries/kazakhstan/index.md", "countries/index.md")
    '../countries/kazakhstan/'
    """
    for path in (target, base):
        if path != "index.md" and not path.endswith("/index.md"):
            raise ValueError(f"{path}: a raw address can only lead between pages that are folders")
    return "../" * base.count("/") + target.removesuffix("index.md") or "./"


def figure(svg: Xml, kind: str, caption: str, keys: Iterable[tuple[str, str]] = ()) -> Markdown:
    """Return a picture with its caption and a legend of (class, text)."""
    parts = [tag("span", _UNSEEN.sub(" ", caption))]
    legend = [_key(name, text) for name, text in keys]
    if legend:
        parts.append(nest("span", legend, between="", **{"class": "dg-keys"}))
    below = nest("figcaption", parts, between="")
    whole = nest("figure", [svg, below], between="", **{"class": f"dg-figure dg-{kind}", "data-search-exclude": ""})
    return Markdown(whole.replace("{", "&#123;").replace("}", "&#125;"))


def _key(name: str, text: str) -> Xml:
    swatch = tag("span", " ", **{"class": f"dg-swatch {name}", "aria-hidden": "true"})
    return Xml(f'<span class="dg-key">{swatch}{escaped(_UNSEEN.sub(" ", text))}</span> ')
