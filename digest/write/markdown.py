"""The only way from text to Markdown: every word of an article passes `escape` before it reaches a page.

`Markdown` is a type of its own, so that mypy refuses plain text where markup is wanted. The escaping is made
for Python-Markdown with the extensions of our `mkdocs.yml` and for CommonMark alike; tests render arbitrary
text and compare it with what went in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NewType
from urllib.parse import quote

Markdown = NewType("Markdown", str)

_INLINE = (
    {character: f"\\{character}" for character in "\\`*_[]#!"}
    | {character: f"&#{ord(character)};" for character in "{}|~^=+$"}
    | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
)
_SPACES = r"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What `str.split` splits at, but for the space itself, as the inside of a character class."""
_ODD = re.compile(rf"[A-Za-z\x02\x03{_SPACES}{re.escape(''.join(_INLINE))}]")
"""What may have to be written otherwise, wherever in a text it stands."""
_MEANS_SOMETHING = re.compile(f"[{re.escape(''.join(_INLINE))}]")
_KEPT_FOR_MARKDOWN = re.compile("[\x02\x03]")
"""Python-Markdown marks its own places with these two control characters, so no text may hold them."""
_ARABIC = re.compile("[\u0600-\u06ff]")
_SHORT = 100
"""Characters of a text that is worth remembering: a name, a date, a headline stand on many pages."""
_LATIN = re.compile("[A-Za-z]")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9 .&'’/()-]*")
_OPEN_ENDS = " .&'’/(-"
_DRAWS_ON = re.compile(r"""[\s)\]»”’"]*(?:[،؛۔؟][\s(\[«“‘"]*[A-Za-z0-9]|:\s*[0-9])""")
"""What makes a run of Latin letters draw what follows to its own side: «CSTO، 28» would show 28 first."""
_LIST_NUMBER = re.compile(r"(\d+)([.)])")
_BLOCK_STARTS = "#-:!?/"
_NO_START = f"{_BLOCK_STARTS} "
_SAFE_IN_URL = ":/?#@!$&+,;=%-.~"


def escape(text: str) -> Markdown:
    r"""Return Markdown that renders as exactly `text`, on one line, whatever it holds.

    >>> escape("<script> *1* [x](y) {{ z }}")
    '&lt;script&gt; \\*1\\* \\[x\\](y) &#123;&#123; z &#125;&#125;'
    >>> escape("1947. سے پہلے"), escape("# نہیں")
    ('1947&#46; سے پہلے', '&#35; نہیں')
    >>> escape("معاہدہ CSTO، 28 بلین")
    'معاہدہ <bdi>CSTO</bdi>، 28 بلین'
    """
    return _remembered(text) if len(text) <= _SHORT else _escape(text)


def _escape(text: str) -> Markdown:
    first = text[:1]
    plain = first not in _NO_START and not first.isdecimal() and text[-1] != " " and "  " not in text
    if plain and _ODD.search(text) is None:  # as nearly every sentence of a newspaper
        return Markdown(text)
    text = " ".join(_KEPT_FOR_MARKDOWN.sub("", text).split())
    if not text:
        return Markdown("")
    number = _LIST_NUMBER.match(text)
    start = ""
    if number:
        start, text = f"{number[1]}&#{ord(number[2])};", text[number.end() :]
    elif text[0] in _BLOCK_STARTS:
        start, text = f"&#{ord(text[0])};", text[1:]
    # `[\\]:](x)` would be read as the definition of a reference, and nothing of it shown.
    shown = "".join(_escaped_parts(text)) if _LATIN.search(text) else _inline(text)
    return Markdown((start + shown).replace("\\]:", "&#93;:"))


_remembered = functools.lru_cache(maxsize=10_000)(_escape)


def _inline(text: str) -> str:
    """Escape what means something within a line; a search first, because nearly all text holds nothing of it."""
    if _MEANS_SOMETHING.search(text) is None:
        return text
    return _MEANS_SOMETHING.sub(lambda found: _INLINE[found[0]], text)


def _escaped_parts(text: str) -> Iterator[str]:
    """Escape `text`, and isolate the Latin runs that would move what comes after them."""
    position = 0
    for match in _LATIN_RUN.finditer(text) if _ARABIC.search(text) else ():
        run = _balanced(match[0])
        end = match.start() + len(run)
        if run and _DRAWS_ON.match(text, end):
            yield _inline(text[position : match.start()])
            yield f"<bdi>{_inline(run)}</bdi>"
            position = end
    yield _inline(text[position:])


def _balanced(run: str) -> str:
    """Return a run of Latin letters without the white space, signs and foreign brackets behind it."""
    run = run.rstrip(_OPEN_ENDS)
    extra = run.count(")") - run.count("(")
    while extra > 0:
        shorter = run[: run.rindex(")")].rstrip(_OPEN_ENDS)
        extra -= 1 - run.count("(", len(shorter))
        run = shorter
    return run


_TOP = "\x02"
"""Stands in an address for the way up to the docs folder until it is known which page it is written on. So a card or
chip is made once for all pages that show it. No text can hold it: `escape` removes it."""


def link(label: Markdown, target: str) -> Markdown:
    """Return a link to the page `target` (relative to the docs folder), for whatever page it comes to stand on."""
    return Markdown(f"[{label}]({_TOP}{target})")


def placed(body: str, path: str) -> str:
    r"""Return a page's body for its place: addresses lead up from there.

    >>> placed(link(escape("ایران"), "countries/iran/index.md"), "topics/energy/index.md")
    '[ایران](../../countries/iran/index.md)'
    """
    return body.replace(_TOP, "../" * path.count("/"))


def outside_link(label: Markdown, url: str) -> Markdown:
    """Return a link to another site. The address must have been checked (`sources.address.safe_url`)."""
    return Markdown(f"[{label}](<{quote(url, safe=_SAFE_IN_URL).replace('&', '&amp;')}>)")


def placed_bytes(body: bytes, path: str) -> bytes:
    """Return a page's body for its place, encoded."""
    return body.replace(_TOP.encode(), b"../" * path.count("/"))


def heading(level: int, text: Markdown) -> Markdown:
    """Return a heading."""
    return Markdown(f"{'#' * level} {text}")


def strong(text: Markdown) -> Markdown:
    """Return strong text."""
    return Markdown(f"**{text}**")


def classed(block: Markdown, *names: str) -> Markdown:
    """Return a paragraph with CSS classes (`attr_list`); nothing for an empty one, whose classes would show as text."""
    if not block:
        return block
    return Markdown(f"{block}\n{_attributes(names)}")


def inline_classed(block: Markdown, *names: str) -> Markdown:
    """Return a link or emphasis with CSS classes (`attr_list`)."""
    return Markdown(f"{block}{_attributes(names)}")


@functools.lru_cache
def _attributes(names: tuple[str, ...]) -> str:
    return f"{{: {' '.join(f'.{name}' for name in names)} }}"


def chip(label: Markdown, target: str) -> Markdown:
    """Return a link that is shown as a small button."""
    return inline_classed(link(label, target), "dg-chip")


def in_language(text: str, language: str) -> Markdown:
    """Return a word of another language, isolated from the text around it."""
    return Markdown(f'<bdi lang="{escape(language)}">{escape(text)}</bdi>')


def picture(block: Markdown, text: str, *names: str) -> Markdown:
    """Return a paragraph that is a picture, such as a flag, and what it shows for those who cannot see it."""
    plain = " ".join(re.sub(r"[^\w\s،:'-]|_", " ", text).split())  # markup would end the list of attributes
    classes = " ".join(f".{name}" for name in names)
    return Markdown(f'{block}\n{{: {classes} role="img" aria-label="{plain}" }}')


def counted(block: Markdown, count: Markdown) -> Markdown:
    """Return something and its count, on one line."""
    return Markdown(f"{block}&nbsp;{count}")


def bullets(items: Iterable[Markdown], *names: str) -> Markdown:
    """Return a list; each item with CSS classes, because `attr_list` gives none to a list as a whole."""
    end = f"\n  {{: {' '.join(f'.{name}' for name in names)} }}" if names else ""
    return Markdown("\n".join(f"- {item}{end}" for item in items))


def join(separator: str, parts: Iterable[Markdown]) -> Markdown:
    """Join markup with a separator of our own wording."""
    return Markdown(escape_separator(separator).join(parts))


@functools.lru_cache
def escape_separator(separator: str) -> str:
    """Escape a separator but keep the spaces at its ends."""
    return _inline(separator)


def encoded_blocks(parts: Iterable[Markdown | bytes]) -> bytes:
    """Return a page body as `blocks` does, of parts that are encoded already and others."""
    return b"\n\n".join([part.encode() if isinstance(part, str) else part for part in parts if part]) + b"\n"


def blocks(parts: Iterable[Markdown]) -> Markdown:
    """Return a page body: blocks with an empty line between, and a line end at the end."""
    return Markdown("\n\n".join(part for part in parts if part) + "\n")
