"""Renders lines of the Markdown that `write/markdown.py` makes; `strict_markdown.py` renders whole pages of it."""

from __future__ import annotations

import functools
import re

_RUN = r"[^\\`*_\[\]#!{}|~^=+$<>&\n\x00-\x08\x0b-\x1f\x7f]"
"""Text that means nothing to Markdown: exactly what `escape` leaves as it is."""
_ESCAPED = r"\\[\\`*_\[\]#!]"
_ENTITY = r"&(?:#[0-9]{1,7}|nbsp|lt|gt|amp);"
_BDI = r'<bdi(?: lang="[A-Za-z0-9-]+")?>|</bdi>'
_LABEL = rf"(?=[^\]*]){_RUN}*(?:(?:{_ESCAPED}|{_ENTITY}|{_BDI}){_RUN}*)*"
"""Runs with other things between, never nothing. In this form a text can be cut in one way only; and not possessive,
because Python 3.11.2, Debian's, loses its way in possessive alternatives."""
CLASSES = r"(?:\.[a-z][a-z0-9-]*(?: \.[a-z][a-z0-9-]*)*)"
_LABELLED = (
    rf"(?:\*\*{_LABEL}\*\*|{_LABEL})\]"
    r"\((?:[A-Za-z0-9._/-]+|<https?://[A-Za-z0-9:/?#@!$&+,;=%.~_-]+>)\)"
    rf"(?:\{{: {CLASSES} \}})?"
)
"""What follows the first bracket of a link."""
_LINKS = re.compile(rf"(\[{_LABELLED})")
"""To cut a text at its links. One whose bracket stands behind a backslash is none; then what is before it ends in half
a sign, which `_marked` does not know."""
_TOKEN = re.compile(
    rf"(?P<text>{_RUN}*+)(?:(?P<escaped>{_ESCAPED})|(?P<literal>{_ENTITY}|{_BDI})"
    rf"|(?P<link>\[{_LABELLED})|\*\*(?P<strong>{_LABEL})\*\*|(?P<end>\Z))"
)
_SIMPLE = re.compile(rf"\\([\\`*_\[\]#!])|({_ENTITY}|{_BDI})")
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]#!{}|~^=+$<>&\n\x00-\x08\x0b-\x1f\x7f]")
PLAIN = bytes(code for code in range(256) if not _MEANS_SOMETHING.search(chr(code)))
"""The bytes of UTF-8 that mean nothing: those of all other characters, and all but the specials of ASCII."""
_TEXTS_KNOWN = 500
_LINKS_KNOWN = 10_000
"""Links that are remembered: most lead to a few thousand names and topics, mostly under one label."""
TARGET = "\0"
"""Stands before and behind the target of a link to a page, in HTML that has no place yet. No text holds it."""


class Unusual(Exception):  # noqa: N818 - it is no error: the page goes another way
    """This page holds something that only MkDocs itself may render."""


def render_line(text: str) -> str:
    """Return the HTML of a line, with `TARGET` around the target of each link to a page.

    Raises:
        Unusual: it holds something that is not known here.
    """
    if text[0].isspace() or text[-1].isspace():
        raise Unusual("white space at an end")
    if "](" not in text:
        return _marked(text) if _MEANS_SOMETHING.search(text) else text
    parts = _LINKS.split(text)
    if _MEANS_SOMETHING.search("".join(parts[::2])):
        parts[::2] = map(_between, parts[::2])
    parts[1::2] = map(_link, parts[1::2])
    return "".join(parts)


@functools.lru_cache(_TEXTS_KNOWN)
def _between(text: str) -> str:
    """Render what stands before, between or after links; often it is the name of a list, or a few signs."""
    return _marked(text) if _MEANS_SOMETHING.search(text) else text


def _marked(text: str) -> str:
    parts: list[str] = []
    position = 0
    for found in _TOKEN.finditer(text):
        if found.start() != position:
            raise Unusual("markup that we do not write")
        position = found.end()
        kind = found.lastgroup
        parts.append(found[1])
        if kind == "end":
            return "".join(parts)
        if kind == "literal":
            parts.append(found["literal"])
        elif kind == "escaped":
            parts.append(text[position - 1])
        elif kind == "strong":
            parts.append(f"<strong>{_label(found['strong'])}</strong>")
        else:
            parts.append(_link(found["link"]))
    raise Unusual("markup that we do not write")


@functools.lru_cache(_LINKS_KNOWN)
def _link(markdown: str) -> str:
    """Render a link: no target and no class holds a bracket, so that its parts need no expression."""
    label, _, rest = markdown[1:].rpartition("](")
    target, _, classes = rest.partition(")")
    address = target[1:-1] if target[0] == "<" else f"{TARGET}{target}{TARGET}"
    shown = f"<strong>{_label(label[2:-2])}</strong>" if label[0] == "*" else _label(label)
    if classes:
        return f'<a class="{class_names(classes[3:-2])}" href="{address}">{shown}</a>'
    return f'<a href="{address}">{shown}</a>'


def _label(text: str) -> str:
    if text[0].isspace() or text[-1].isspace():
        raise Unusual("white space at an end")
    if "&" in text or "\\" in text or "<" in text:
        return _SIMPLE.sub(lambda found: found[1] or found[2], text)
    return text


def class_names(classes: str) -> str:
    """Return what stands in HTML for classes as an attribute list has them.

    >>> class_names(".dg-chip .dg-x")
    'dg-chip dg-x'
    """
    return classes[1:].replace(" .", " ")
