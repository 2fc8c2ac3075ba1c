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
import re
from typing import NamedTuple

from digest.publish.links import LeadsNowhereError, Place
from digest.publish.strict_headings import Heading, render_heading, with_own_id
from digest.publish.strict_inline import CLASSES, PLAIN, TARGET, Unusual, class_names, render_line

_ROWS_KNOWN = 12_000
"""Rows that are remembered, about four kilobytes each: as many as an archive of ten thousand articles has, and some."""
_LONGEST_ROW = 4_000
"""Bytes of a row that is remembered, so that strange ones do not fill the memory. Rows of news have half of that."""
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
_THEME_REMOVES = re.compile(rb"data-search-[^\"=]+=\"[^\"]")
"""What Material's search may take out of pages, wherever it stands."""
_TARGET = TARGET.encode()


class Rendered(NamedTuple):
    """A page body as HTML, in UTF-8."""

    content: bytes
    headings: list[Heading]


def render(body: bytes, place: Place) -> Rendered:
    """Return the HTML of a page body.

    Args:
        body: in UTF-8.
        place: of the page.

    Raises:
        Unusual: it holds something that is not known here.
    """
    if not body.endswith(b"\n") or b"\r" in body or b"\t" in body:
        raise Unusual("line ends or tabs")
    headings: list[Heading] = []
    used: set[str] = set()
    try:
        start, *rows = body[:-1].split(_ROW)
        parts = _blocks(start, headings, used)
        for row in rows:
            if len(row) > _LONGEST_ROW or b"\n#" in row:
                parts += _blocks(b"### " + row, headings, used)
                continue
            shown, heading = with_own_id(*_row(row), used)
            headings.append(heading)
            parts.append(shown)
        pieces = b"\n".join(parts).rstrip(b"\n").split(_TARGET)
        pieces[1::2] = place.addresses(pieces[1::2])
    except UnicodeDecodeError as error:
        raise Unusual("not UTF-8") from error
    except LeadsNowhereError as error:
        raise Unusual("a link that leads nowhere") from error
    content = b"".join(pieces)
    if b"data-search-" in body and _THEME_REMOVES.search(content):
        raise Unusual("the theme takes attributes of its own out of the page")
    return Rendered(content, headings)


@functools.lru_cache(_ROWS_KNOWN)
def _row(source: bytes) -> tuple[bytes, Heading]:
    """Render a heading of the third rank and what is below it, whatever page it stands on.

    They are remembered because an article is listed on a dozen pages, in the same words.
    """
    headings: list[Heading] = []
    shown = b"\n".join(_blocks(b"### " + source, headings, set()))
    return shown, headings[0]


def _blocks(body: bytes, headings: list[Heading], used: set[str]) -> list[bytes]:
    """Render blocks, with `TARGET` around the targets of links; note headings, and their ids."""
    parts: list[bytes] = []
    after_list = False
    for block in body.split(b"\n\n"):
        start = block[:1]
        if start == b"-":
            if after_list:
                raise Unusual("two lists are one")
            shown = _list(block)
        elif start == b"#":
            known = block.startswith(b"##") and b"](" not in block
            shown, heading = with_own_id(*(_known_heading if known else render_heading)(block), used)
            headings.append(heading)
        else:
            shown = _paragraph(block)
        parts.append(shown)
        after_list = start == b"-"
    return parts


_known_heading = functools.lru_cache(500)(render_heading)
"""The same, for the names of sections."""


def _paragraph(block: bytes) -> bytes:
    """Render a paragraph or a picture, whatever page it stands on."""
    if block.startswith(b"<") and not block.startswith(b"<bdi"):
        return _picture(block)
    source, newline, attributes = block.partition(b"\n")
    opening = _opening(attributes) if newline else b"<p>"
    text = source.decode()
    _refuse_start(text)
    if source.translate(None, PLAIN) or text[0].isspace() or text[-1].isspace():
        source = render_line(text).encode()
    return opening + source + b"</p>"


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
    items: list[str] = []
    lines = block.decode().split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line.startswith("- "):
            raise Unusual("a list of another form")
        text = line[2:]
        _refuse_start(text)
        position += 1
        classes = ""
        if position < len(lines) and lines[position].startswith("  "):
            classes = _item_classes(lines[position])
            position += 1
        items.append(f"<li{classes}>{render_line(text)}</li>")
    return ("<ul>\n" + "\n".join(items) + "\n</ul>").encode()


@functools.lru_cache(1000)
def _item_classes(line: str) -> str:
    found = _ITEM_CLASSES.fullmatch(line)
    if not found:
        raise Unusual("a list of another form")
    return f' class="{class_names(found[1])}"'


def _picture(block: bytes) -> bytes:
    text = block.decode()
    if not _PICTURE.fullmatch(text) or text.count("<figure") != 1 or "\n" in text or TARGET in text:
        raise Unusual("raw HTML that is no picture of ours")
    return block + b"\n"  # Python-Markdown leaves the empty line behind raw HTML
