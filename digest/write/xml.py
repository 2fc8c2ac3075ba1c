"""XML by a library, from text that may hold anything."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from digest.write.mark import MARK

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, not even as a reference; the library does not look."""


def legal(text: str) -> str:
    r"""Return `text` without the characters that XML forbids.

    >>> legal("a\x00\x0b\ufffe]]>")
    'a]]>'
    """
    return _ILLEGAL.sub("", text)


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element with text."""
    element = ET.SubElement(parent, tag, {name: legal(value) for name, value in attributes.items()})
    element.text = None if text is None else legal(text)
    return element


def document(root: ET.Element) -> bytes:
    """Return the file of an element; the same element always gives the same bytes."""
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {MARK} -->\n{body}\n'.encode()
