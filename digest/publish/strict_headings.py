"""Renders headings of the Markdown that we write, with the ids that Python-Markdown and the theme would give them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from digest.publish.strict_inline import Unusual, put_back, render_line

_HEADING = re.compile(r"(#{1,6}) (.+)")
_TAG = re.compile(r"<[^<>]*>")
_COUNTED = re.compile(r"^(.*)_([0-9]+)$", re.DOTALL)
_NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")
_MARKUP = re.compile(r"</?[^>]*>")


class Heading(NamedTuple):
    """A heading, as a table of contents lists it."""

    level: int
    id: str
    name: str


def slugify(text: str, separator: str) -> str:
    """Return the id of a heading, as `pymdownx.slugs.slugify(case="lower")` makes it, without importing it.

    >>> slugify("اس خبر میں <b>X</b>!", "-")
    'اس-خبر-میں-x'
    """
    slug = _MARKUP.sub("", unicodedata.normalize("NFC", text)).strip().lower()
    return _NOT_IN_A_SLUG.sub("", slug).replace(" ", separator)


def render_heading(source: bytes, links: Sequence[bytes] = ()) -> tuple[bytes, Heading]:
    """Render a heading as if it were alone on its page.

    Args:
        source: with `CUT` for each of its links.
        links: as HTML; in what is rendered they are still cut out.

    Raises:
        Unusual: it holds something that is not known here.
    """
    found = _HEADING.fullmatch(source.decode())
    if not found:
        raise Unusual("a heading of another form")
    level = len(found[1])
    inner = render_line(found[2])
    words = put_back(inner.encode(), links).decode() if links else inner
    name = " ".join((_TAG.sub("", words) if "<" in words else words).split())
    heading = Heading(level, slugify(html.unescape(name), "-"), name)
    return f"{_opening(heading)}{inner}</h{level}>".encode(), heading


def with_own_id(shown: bytes, heading: Heading, used: set[str]) -> tuple[bytes, Heading]:
    """Give a rendered heading an id that no other of its page has, and note it in `used`.

    Args:
        shown: HTML that begins with it.
        heading: as it is alone on a page.
        used: the ids before it on its page.
    """
    anchor = _unique(heading.id, used)
    if anchor == heading.id:
        return shown, heading
    renamed = heading._replace(id=anchor)
    return _opening(renamed).encode() + shown[len(_opening(heading).encode()) :], renamed


def _opening(heading: Heading) -> str:
    return f'<h{heading.level} id="{heading.id}">'


def _unique(anchor: str, used: set[str]) -> str:
    if anchor in used or not anchor:
        found = _COUNTED.match(anchor)
        base, count = (found[1], int(found[2])) if found else (anchor, 0)
        count += 1
        while (anchor := f"{base}_{count}") in used:
            count += 1
    used.add(anchor)
    return anchor
