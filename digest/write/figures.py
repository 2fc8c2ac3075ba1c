"""Pictures in a page: SVG made at build time, in one raw block of HTML.

Made as trees by `xml.etree`, which escapes every string, and written without an empty line, so that Python-Markdown and
CommonMark alike pass them on byte for byte (docs/decisions/0009-pictures-in-pages.md). Colours are classes, for dark
mode. A picture repeats what stands beside it as text; so it is hidden from screen readers and left out of the order of
the tab key, and its caption says in words what it shows. Its links work with a mouse or a finger.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from digest.write.markdown import Markdown

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")
_FOR_MARKDOWN = str.maketrans({"{": "&#123;", "}": "&#125;"})


def drawing(width: int, height: int, *, stretched: bool = False) -> Element:
    """Return an empty picture; a stretched one fills its place whatever the proportions."""
    svg = Element("svg", {"viewBox": f"0 0 {width} {height}", "aria-hidden": "true", "focusable": "false"})
    if stretched:
        svg.set("preserveAspectRatio", "none")
    return svg


def shape(parent: Element, tag: str, kind: str, **places: float | str) -> Element:
    """Add a shape with the class `kind`."""
    attributes = {name.replace("_", "-"): str(value) for name, value in places.items()}
    return SubElement(parent, tag, {"class": kind, **attributes})


def linked(parent: Element, target: str, tip: str, *, base: str) -> Element:
    """Add a link to the page `target` with a tip; shapes go into it."""
    anchor = SubElement(parent, "a", {"href": address(target, base), "tabindex": "-1"})
    SubElement(anchor, "title").text = tip
    return anchor


def address(target: str, base: str) -> str:
    """Return the address of a page as seen from another; both are folders, so that it holds however files are named.

    >>> address("countries/kazakhstan/index.md", "countries/index.md")
    'kazakhstan/'
    """
    for path in (target, base):
        if posixpath.basename(path) != "index.md":
            raise ValueError(f"{path}: a raw address can only lead between pages that are folders")
    return posixpath.relpath(posixpath.dirname(target) or ".", posixpath.dirname(base) or ".") + "/"


def figure(svg: Element, kind: str, caption: str, keys: Iterable[tuple[str, str]] = ()) -> Markdown:
    """Return a picture with its caption and a legend of (class, text)."""
    whole = Element("figure", {"class": f"dg-figure dg-{kind}", "data-search-exclude": ""})
    whole.append(svg)
    below = SubElement(whole, "figcaption")
    SubElement(below, "span").text = caption
    legend = SubElement(below, "span", {"class": "dg-keys"})
    for name, text in keys:
        key = SubElement(legend, "span", {"class": "dg-key"})
        swatch = SubElement(key, "span", {"class": f"dg-swatch {name}", "aria-hidden": "true"})
        swatch.text = " "
        swatch.tail = text
        key.tail = " "
    if not len(legend):
        below.remove(legend)
    text = tostring(whole, encoding="unicode", method="xml")
    return Markdown(_UNSEEN.sub(" ", text).translate(_FOR_MARKDOWN))
