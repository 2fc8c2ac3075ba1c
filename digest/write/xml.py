"""XML from text that may hold anything: every string passes `escaped` on its way in.

`Xml` is a type of its own, as `Markdown` is, so that mypy refuses plain text where markup is wanted. Strings and not a
tree, because a site has ten thousand feeds and pictures, and writing a tree by `xml.etree` took most of their time;
tests read everything back with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NewType

from digest.write.mark import MARK

Xml = NewType("Xml", str)

_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What no XML document may hold, not even as a reference; a pattern that takes long to compile, and is seldom used."""
_SPECIAL = re.compile('[&<>"\r\n\t\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def legal(text: str) -> str:
    r"""Return `text` without the characters that XML forbids.

    >>> legal("a\x00\x0b\ufffe]]>")
    'a]]>'
    """
    return re.sub(_ILLEGAL, "", text)


def escaped(text: str) -> str:
    """Return text for an element or an attribute; white space that a reader would change is written as references."""
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda found: _REFERENCES.get(found[0], ""), text)


def tag(name: str, text: str | None = None, /, **attributes: str) -> Xml:
    """Return an element with text; with none, an empty one. `_` in the name of an attribute is written `-`.

    >>> tag("title", "a < b", lang="ur")
    '<title lang="ur">a &lt; b</title>'
    """
    start = _start(name, attributes)
    return Xml(f"<{start}>{escaped(text)}</{name}>" if text else f"<{start}/>")


def nest(name: str, parts: Iterable[Xml], /, *, between: str = "\n", **attributes: str) -> Xml:
    r"""Return an element with elements in it, each on a line of its own.

    >>> nest("url", [tag("loc", "https://example.org/")])
    '<url>\n<loc>https://example.org/</loc>\n</url>'
    """
    inner = between.join(parts)
    start = _start(name, attributes)
    return Xml(f"<{start}>{between}{inner}{between}</{name}>" if inner else f"<{start}/>")


def _start(name: str, attributes: dict[str, str]) -> str:
    if not attributes:
        return name
    return name + "".join(f' {key.replace("_", "-")}="{escaped(value)}"' for key, value in attributes.items())


def document(root: Xml) -> bytes:
    """Return the file of an element."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {MARK} -->\n{root}\n'.encode()
