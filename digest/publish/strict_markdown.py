"""Renders the Markdown that `write/markdown.py` makes, as Python-Markdown and MkDocs would, byte for byte and faster.

It knows only what we write: headings, paragraphs and lists of one line each, links, strong text, isolated words,
escaped characters, classes, pictures. Everything else is `Unusual`, and takes the way through MkDocs. Text that
somebody wrote by hand is never read here.

The row of an article in a list is rendered without knowing its page, and so can be remembered for the others that show
it. What depends on the page is put in afterwards: where links lead, and the number in the id of a second heading of the
same words.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from digest.publish.links import TOP, LeadsNowhereError, Place
from digest.publish.strict_headings import Heading, render_heading, with_own_id
from digest.publish.strict_inline import (
    CLASSES,
    CUT,
    PLAIN,
    TARGET,
    Unusual,
    class_names,
    cut_links,
    put_back,
    render_line,
)

_ROWS_KNOWN = 50_000
"""Sources of rows that are remembered: as many as an archive of twelve thousand articles has on pages of three depths,
and once apart from any. A row takes about two kilobytes."""
_LONGEST_ROW = 4_000
"""Bytes of a row that is remembered, so that strange ones do not fill the memory. Rows of news have half of that."""
_SHORT = 200
"""Bytes of a block that is worth remembering: without its links it is the same on many pages."""
_ROW = b"\n\n### "
_BLOCK_CLASSES = re.compile(
    rf'\{{: (?P<classes>{CLASSES}) (?:role="(?P<role>[a-z]+)" aria-label="(?P<label>[\w\s،:\'-]*)" )?\}}'
)
_ITEM_CLASSES = re.compile(rf"  \{{: ({CLASSES}) \}}")
_NUMBERED = re.compile(r"[0-9]+\.")
_PICTURE = re.compile(
    r'<figure class="dg-[a-z -]+" data-search-exclude="">[^<]*(?:<(?!/figure)/?[a-z]+[ />][^<]*)*</figure>'
)
_NO_START = frozenset("-:#>|=+*\t ")
_DIGITS = frozenset("0123456789")
_KEPT_APART = (b"\r", b"\t", TARGET, CUT, TOP)
_ASCII = "\x7f"
"""The last of the signs with which something else than a paragraph may begin."""
_THEME_REMOVES = re.compile(rb"data-search-[^\"=]+=\"[^\"]")
"""What Material's search may take out of pages, wherever it stands."""


class Rendered(NamedTuple):
    """A page body as HTML, in UTF-8."""

    content: bytes
    headings: list[Heading]


class _Row(NamedTuple):
    """The row of an article in a list, whatever page it stands on."""

    targets: Sequence[bytes]
    """Nothing, and then those of its links to pages."""
    pieces: Sequence[bytes]
    """What is behind each of them, from the end of the line before the row on."""
    heading: Heading


def render(body: bytes, place: Place) -> Rendered:
    """Return the HTML of a page body.

    Args:
        body: in UTF-8.
        place: of the page.

    Raises:
        Unusual: it holds something that is not known here.
    """
    if not body.endswith(b"\n") or any(map(body.__contains__, _KEPT_APART)):
        raise Unusual("line ends, tabs, or control characters")
    headings: list[Heading] = []
    used: set[str] = set()
    try:
        start, *rows = body[:-1].split(_ROW)
        parts = _blocks(place.from_top(start), headings, used)
        targets, pieces = [b"", *parts[1::2]], parts[::2]
        for source in rows:
            row = _row(source, place)
            if row is None:
                parts = _blocks(b"### " + place.from_top(source), headings, used)
                pieces[-1] += b"\n" + parts[0]
                targets += parts[1::2]
                pieces += parts[2::2]
                continue
            to, shown, heading = row
            if heading.id in used or not heading.id:
                first, heading = with_own_id(shown[0][1:], heading, used)
                shown = (b"\n" + first, *shown[1:])
            used.add(heading.id)
            headings.append(heading)
            targets += to
            pieces += shown
        whole = [b""] * (2 * len(pieces))
        whole[::2], whole[1::2] = place.addresses(targets), pieces
    except UnicodeDecodeError as error:
        raise Unusual("not UTF-8") from error
    except LeadsNowhereError as error:
        raise Unusual("a link that leads nowhere") from error
    content = b"".join(whole).rstrip(b"\n")
    if b"data-search-" in body and _THEME_REMOVES.search(content):
        raise Unusual("the theme takes attributes of its own out of the page")
    return Rendered(content, headings)


_rows: dict[bytes, _Row] = {}
"""By the hash of their source, which is as long as all the rest of them: as it stands on pages of a depth, and on any.
The oldest goes when there are too many."""


def _row(source: bytes, place: Place) -> _Row | None:
    """Render a heading of the third rank and what is below it, whatever page it stands on; None if it is no row.

    They are remembered because an article is listed on a dozen pages, in the same words.
    """
    here = hashlib.sha256(source).digest()
    known = _rows.get(here)
    if known is None:
        if len(source) > _LONGEST_ROW or b"\n#" in source:
            return None
        source = place.from_top(source)
        anywhere = hashlib.sha256(source).digest()
        known = _rows.get(anywhere) or _new_row(source)
        _rows[here] = _rows[anywhere] = known
        while len(_rows) > _ROWS_KNOWN:
            del _rows[next(iter(_rows))]
    return known


def _new_row(source: bytes) -> _Row:
    headings: list[Heading] = []
    parts = _blocks(b"### " + source, headings, set())
    parts[0] = b"\n" + parts[0]
    return _Row((b"", *map(_same, parts[1::2])), tuple(map(_same, parts[::2])), headings[0])


@functools.lru_cache(10_000)
def _same(part: bytes) -> bytes:
    """Return this part of a row, and mostly the one that other rows have: chips are the same in many of them."""
    return part


def _blocks(source: bytes, headings: list[Heading], used: set[str]) -> list[bytes]:
    """Render blocks; note headings, and their ids.

    Returns:
        pieces of HTML, and between them the targets of links to pages.
    """
    source, links = cut_links(source)
    parts: list[bytes] = []
    after_list = False
    for block in source.split(b"\n\n"):
        start = block[:1]
        if start == b"-":
            if after_list:
                raise Unusual("two lists are one")
            shown = _list(block)
        elif start == b"#":
            before = sum(part.count(CUT) for part in parts) if CUT in block else 0
            shown, heading = with_own_id(*_heading(block, links[before : before + block.count(CUT)]), used)
            headings.append(heading)
        else:
            shown = _known_paragraph(block) if len(block) < _SHORT else _paragraph(block)
        parts.append(shown)
        after_list = start == b"-"
    return put_back(b"\n".join(parts), links).split(TARGET)


def _heading(block: bytes, links: Sequence[bytes]) -> tuple[bytes, Heading]:
    return render_heading(block, links) if links or not block.startswith(b"##") else _known_heading(block)


_known_heading = functools.lru_cache(500)(render_heading)
"""The same, for the names of sections."""


def _paragraph(block: bytes) -> bytes:
    """Render a paragraph or a picture, whatever page it stands on."""
    if not block.translate(None, PLAIN):
        text = block.decode()
        if text[:1] > _ASCII and not (text[0].isspace() or text[-1].isspace()):  # as most of an article
            return b"<p>" + block + b"</p>"
    if block.startswith(b"<") and not block.startswith(b"<bdi"):
        return _picture(block)
    source, newline, attributes = block.partition(b"\n")
    opening = _opening(attributes) if newline else b"<p>"
    text = source.decode()
    _refuse_start(text)
    return opening + render_line(text).encode() + b"</p>"


_known_paragraph = functools.lru_cache(2000)(_paragraph)
"""The same, for lines of facts, chips and the like."""


@functools.lru_cache(1000)
def _opening(attributes: bytes) -> bytes:
    """Return the tag of a paragraph with this line of attributes."""
    found = _BLOCK_CLASSES.fullmatch(attributes.decode())
    if not found:
        raise Unusual("a paragraph of several lines")
    classes = f'class="{class_names(found["classes"])}"'
    if found["role"]:
        classes = f'aria-label="{found["label"]}" {classes} role="{found["role"]}"'
    return f"<p {classes}>".encode()


def _refuse_start(text: str) -> None:
    """Refuse a line that begins a block and could be taken for something else.

    Raises:
        Unusual: so it is.
    """
    first = text[:1]
    if not first or (first in _NO_START and not text.startswith("**")) or (first in _DIGITS and _NUMBERED.match(text)):
        raise Unusual("a line that begins a block")


def _list(block: bytes) -> bytes:
    if not block.startswith(b"- "):
        raise Unusual("a list of another form")
    return b"<ul>\n" + b"\n".join(map(_item, block[2:].split(b"\n- "))) + b"\n</ul>"


@functools.lru_cache(2000)
def _item(source: bytes) -> bytes:
    """Render an item of a list: many lists have the same, but for its links."""
    line, newline, attributes = source.decode().partition("\n")
    found = _ITEM_CLASSES.fullmatch(attributes) if newline else None
    if newline and not found:
        raise Unusual("a list of another form")
    _refuse_start(line)
    classes = f' class="{class_names(found[1])}"' if found else ""
    return f"<li{classes}>{render_line(line)}</li>".encode()


def _picture(block: bytes) -> bytes:
    text = block.decode()
    if not _PICTURE.fullmatch(text) or text.count("<figure") != 1 or "\n" in text or CUT in block or TOP in block:
        raise Unusual("raw HTML that is no picture of ours")
    return block + b"\n"  # Python-Markdown leaves the empty line behind raw HTML
