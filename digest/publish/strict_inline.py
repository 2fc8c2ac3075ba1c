"""Renders lines of the Markdown that `write/markdown.py` makes; `strict_markdown.py` renders whole pages of it.

Links are cut out of a page first, because nothing but they depends on where the page is. Many lines are the same then
but for what stands in them: the line of facts of an article, the chips of a row, the items of a list.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import cast

_RUN = r"[^\\`*_\[\]#!{}|~^=+$<>&\n\x00-\x08\x0b-\x1f\x7f]"
"""Text that means nothing to Markdown: exactly what `escape` leaves as it is."""
_ESCAPED = r"\\[\\`*_\[\]#!]"
_ENTITY = r"&(?:#[0-9]{1,7}|nbsp|lt|gt|amp);"
_BDI = r'<bdi(?: lang="[A-Za-z0-9-]+")?>|</bdi>'
_LABEL = rf"(?=[^\]*]){_RUN}*(?:(?:{_ESCAPED}|{_ENTITY}|{_BDI}){_RUN}*)*"
"""Runs with other things between, never nothing. In this form a text can be cut in one way only; and not possessive,
because Python 3.11.2, Debian's, loses its way in possessive alternatives."""
CLASSES = r"(?:\.[a-z][a-z0-9-]*(?: \.[a-z][a-z0-9-]*)*)"
_LINKS = re.compile(
    rf"(\[(?:\*\*{_LABEL}\*\*|{_LABEL})\]"
    r"\((?:\x02?[A-Za-z0-9._/-]+|<https?://[A-Za-z0-9:/?#@!$&+,;=%.~_-]+>)\)"
    rf"(?:\{{: {CLASSES} \}})?)".encode()
)
"""To cut a text at its links. One whose bracket stands behind a backslash is none; then what is before it ends in half
a sign, which `_marked` does not know."""
_TOKEN = re.compile(
    rf"(?P<text>{_RUN}*+)(?:(?P<escaped>{_ESCAPED})|(?P<literal>{_ENTITY}|{_BDI})|\*\*(?P<strong>{_LABEL})\*\*|(?P<end>\Z))"
)
_SIMPLE = re.compile(rf"\\([\\`*_\[\]#!])|({_ENTITY}|{_BDI})")
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]#!{}|~^=+$<>&\n\x00-\x08\x0b-\x1f\x7f]")
TARGET = b"\0"
"""Stands before and behind the target of a link to a page, in HTML that has no place yet. No text holds it."""
CUT = b"\1"
"""Stands where a link was cut out. No text holds it."""
_CUT = CUT.decode()
PLAIN = bytes(code for code in range(256) if not _MEANS_SOMETHING.search(chr(code)) or code == ord(CUT))
"""The bytes of UTF-8 that mean nothing: those of all other characters, and all but the specials of ASCII."""
_TEXTS_KNOWN = 500
_LIST = b"/index.md)"
_LINKS_KNOWN = 20_000
"""Links to lists that are remembered: they lead to a few thousand names, topics and days, mostly under one label."""


class Unusual(Exception):  # noqa: N818 - it is no error: the page goes another way
    """This page holds something that only MkDocs itself may render."""


def cut_links(source: bytes) -> tuple[bytes, Sequence[bytes]]:
    """Return a source with `CUT` for each link, and the links as HTML, with `TARGET` around their targets.

    Raises:
        Unusual: a link has white space at an end.
    """
    parts = _LINKS.split(source)
    sources = parts[1::2]
    links = list(map(_links.get, sources))
    if None in links:
        links = [_link(source) if link is None else link for source, link in zip(sources, links, strict=True)]
    return CUT.join(parts[::2]), cast("list[bytes]", links)


def put_back(shown: bytes, links: Sequence[bytes]) -> bytes:
    """Return HTML with the links that were cut out of its source."""
    texts = shown.split(CUT)
    parts = [b""] * (len(texts) + len(links))
    parts[::2], parts[1::2] = texts, links
    return b"".join(parts)


def render_line(text: str) -> str:
    """Return the HTML of a line whose links are cut out.

    Raises:
        Unusual: it holds something that is not known here.
    """
    if text[0].isspace() or text[-1].isspace():
        raise Unusual("white space at an end")
    parts = text.split(_CUT)
    return _CUT.join(map(_between, parts)) if _MEANS_SOMETHING.search("".join(parts)) else text


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
        else:
            parts.append(f"<strong>{_label(found['strong'])}</strong>")
    raise Unusual("markup that we do not write")


_links: dict[bytes, bytes] = {}
"""Links of pages, as HTML. A plain dictionary answers in a fifth of the time that a cache takes with an order in it."""


def _link(source: bytes) -> bytes:
    """Render a link: no target and no class holds a bracket, so that its parts need no expression."""
    label, _, rest = source[1:].rpartition(b"](")
    target, _, classes = rest.partition(b")")
    address = target[1:-1] if target[:1] == b"<" else TARGET + target + TARGET
    text = label.decode()
    shown = f"<strong>{_label(text[2:-2])}</strong>" if text[0] == "*" else _label(text)
    attribute = f'class="{class_names(classes[3:-2].decode())}" ' if classes else ""
    html = b'<a %bhref="%b">%b</a>' % (attribute.encode(), address, shown.encode())
    if source.find(_LIST) >= 0:
        if len(_links) >= _LINKS_KNOWN:
            _links.clear()
        _links[source] = html
    return html


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
