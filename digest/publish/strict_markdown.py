"""Renders the Markdown that `write/markdown.py` makes, as Python-Markdown and MkDocs would, byte for byte and faster.

It knows only what we write: headings, paragraphs and lists of one line each, links, strong text, isolated words,
escaped characters, classes, pictures. Everything else is `Unusual`, and takes the way through MkDocs. Text that
somebody wrote by hand is never read here.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable
from typing import NamedTuple

from digest.publish.links import Place


class Unusual(Exception):  # noqa: N818 - it is no error: the page goes another way
    """This page holds something that only MkDocs itself may render."""


class Heading(NamedTuple):
    """A heading, as a table of contents lists it."""

    level: int
    id: str
    name: str


class Rendered(NamedTuple):
    """A page body as HTML."""

    content: str
    headings: list[Heading]


Slugify = Callable[[str, str], str]

_RUN = r"[^\\`*_\[\]#!{}|~^=+$<>&\n\x00-\x08\x0b-\x1f\x7f]"
"""Text that means nothing to Markdown: exactly what `escape` leaves as it is."""
_ESCAPED = r"\\[\\`*_\[\]#!]"
_ENTITY = r"&(?:#[0-9]{1,7}|nbsp|lt|gt|amp);"
_BDI = r'<bdi(?: lang="[A-Za-z0-9-]+")?>|</bdi>'
_LABEL = rf"(?=[^\]*]){_RUN}*(?:(?:{_ESCAPED}|{_ENTITY}|{_BDI}){_RUN}*)*"
"""Runs with other things between, never nothing. In this form a text can be cut in one way only; and not possessive,
because Python 3.11.2, Debian's, loses its way in possessive alternatives."""
_CLASSES = r"(?:\.[a-z][a-z0-9-]*(?: \.[a-z][a-z0-9-]*)*)"
_TOKEN = re.compile(
    rf"(?P<text>{_RUN}*+)(?:(?P<escaped>{_ESCAPED})"
    rf"|(?P<literal>{_ENTITY}|{_BDI})"
    rf"|\[(?P<label>(?:\*\*{_LABEL}\*\*|{_LABEL}))\]"
    r"\((?:(?P<page>[A-Za-z0-9._/-]+)|<(?P<outside>https?://[A-Za-z0-9:/?#@!$&+,;=%.~_-]+)>)\)"
    rf"(?:\{{: (?P<link_classes>{_CLASSES}) \}})?"
    rf"|\*\*(?P<strong>{_LABEL})\*\*|(?P<end>\Z))"
)
_SIMPLE = re.compile(rf"\\([\\`*_\[\]#!])|({_ENTITY}|{_BDI})")
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]#!{}|~^=+$<>&\n\x00-\x08\x0b-\x1f\x7f]")
_BLOCK_CLASSES = re.compile(
    rf'\{{: (?P<classes>{_CLASSES}) (?:role="(?P<role>[a-z]+)" aria-label="(?P<label>[\w\s،:\'-]*)" )?\}}'
)
_HEADING = re.compile(r"(#{1,6}) (.+)")
_ITEM_CLASSES = re.compile(rf"  \{{: ({_CLASSES}) \}}")
_NUMBERED = re.compile(r"[0-9]+\.")
_PICTURE = re.compile(
    r'<figure class="dg-[a-z -]+" data-search-exclude="">[^<]*(?:<(?!/figure)/?[a-z]+[ />][^<]*)*</figure>'
)
_NO_START = frozenset("-:#>|=+*\t ")
_TAG = re.compile(r"<[^<>]*>")
_COUNTED = re.compile(r"^(.*)_([0-9]+)$", re.DOTALL)
_THEME_REMOVES = re.compile(r"data-search-\w+=\"[^\"]+\"")
"""Material's search takes this out of pages, wherever it stands."""


def render(body: str, place: Place, slugify: Slugify) -> Rendered:
    """Return the HTML of a page body.

    Raises:
        Unusual: it holds something that is not known here.
    """
    if not body.endswith("\n") or "\r" in body or "\t" in body:
        raise Unusual("line ends or tabs")
    parts: list[str] = []
    headings: list[Heading] = []
    used: set[str] = set()
    after_list = False
    for block in body[:-1].split("\n\n"):
        start = block[:1]
        if start == "#":
            parts.append(_heading(block, place, slugify, headings, used))
        elif start == "-":
            if after_list:
                raise Unusual("two lists are one")
            parts.append(_list(block, place))
        elif start == "<" and not block.startswith("<bdi"):
            parts.append(_picture(block))
        else:
            parts.append(_paragraph(block, place))
        after_list = start == "-"
    content = "\n".join(parts).rstrip("\n")
    if "data-search-" in content and _THEME_REMOVES.search(content):
        raise Unusual("the theme takes attributes of its own out of the page")
    return Rendered(content, headings)


def _paragraph(block: str, place: Place) -> str:
    text, newline, attributes = block.partition("\n")
    if not newline:
        return f"<p>{_first_line(text, place)}</p>"
    found = _BLOCK_CLASSES.fullmatch(attributes)
    if not found:
        raise Unusual("a paragraph of several lines")
    classes = f'class="{_names(found["classes"])}"'
    if found["role"]:
        classes = f'aria-label="{found["label"]}" {classes} role="{found["role"]}"'
    return f"<p {classes}>{_first_line(text, place)}</p>"


def _first_line(text: str, place: Place) -> str:
    """Render a line that begins a block, and could be taken for something else."""
    if not text or (text[0] in _NO_START and not text.startswith("**")) or _NUMBERED.match(text):
        raise Unusual("a line that begins a block")
    return _line(text, place)


def _line(text: str, place: Place) -> str:
    if text[0].isspace() or text[-1].isspace():
        raise Unusual("white space at an end")
    if not _MEANS_SOMETHING.search(text):
        return text
    return _marked_line(text, place)


def _marked_line(text: str, place: Place) -> str:
    parts: list[str] = []
    position = 0
    for found in _TOKEN.finditer(text):
        if found.start() != position:
            raise Unusual("markup that we do not write")
        position = found.end()
        kind = found.lastgroup
        if kind == "end":
            parts.append(found[1])
            return "".join(parts)
        if kind == "literal":
            parts.append(found[0])
        elif kind == "escaped":
            parts += (found[1], text[position - 1])
        elif kind == "strong":
            parts.append(f"{found[1]}<strong>{_label(found['strong'])}</strong>")
        else:
            parts += (found[1], _link(found, place))
    raise Unusual("markup that we do not write")


def _link(found: re.Match[str], place: Place) -> str:
    label, page, outside, classes = found.group("label", "page", "outside", "link_classes")
    address = outside if page is None else place.address(page)
    if address is None:
        raise Unusual("a link that leads nowhere")
    shown = f"<strong>{_label(label[2:-2])}</strong>" if label[0] == "*" else _label(label)
    if classes:
        return f'<a class="{_names(classes)}" href="{address}">{shown}</a>'
    return f'<a href="{address}">{shown}</a>'


def _label(text: str) -> str:
    if text[0].isspace() or text[-1].isspace():
        raise Unusual("white space at an end")
    if "&" in text or "\\" in text or "<" in text:
        return _SIMPLE.sub(lambda found: found[1] or found[2], text)
    return text


@functools.cache
def _names(classes: str) -> str:
    return classes[1:].replace(" .", " ")


def _heading(block: str, place: Place, slugify: Slugify, headings: list[Heading], used: set[str]) -> str:
    found = _HEADING.fullmatch(block)
    if not found:
        raise Unusual("a heading of another form")
    level = len(found[1])
    inner = _line(found[2], place)
    name = " ".join((_TAG.sub("", inner) if "<" in inner else inner).split())
    anchor = _unique(slugify(html.unescape(name), "-"), used)
    headings.append(Heading(level, anchor, name))
    return f'<h{level} id="{anchor}">{inner}</h{level}>'


def _unique(anchor: str, used: set[str]) -> str:
    if anchor in used or not anchor:
        found = _COUNTED.match(anchor)
        base, count = (found[1], int(found[2])) if found else (anchor, 0)
        count += 1
        while (anchor := f"{base}_{count}") in used:
            count += 1
    used.add(anchor)
    return anchor


def _list(block: str, place: Place) -> str:
    items: list[str] = []
    lines = block.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line.startswith("- "):
            raise Unusual("a list of another form")
        text = _first_line(line[2:], place)
        position += 1
        classes = ""
        if position < len(lines) and (found := _ITEM_CLASSES.fullmatch(lines[position])):
            classes = f' class="{_names(found[1])}"'
            position += 1
        items.append(f"<li{classes}>{text}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def _picture(block: str) -> str:
    if not _PICTURE.fullmatch(block) or block.count("<figure") != 1 or "\n" in block:
        raise Unusual("raw HTML that is no picture of ours")
    return f"{block}\n"  # Python-Markdown leaves the empty line behind raw HTML
