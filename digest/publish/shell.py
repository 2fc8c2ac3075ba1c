"""The shell of a page: everything on it that is the theme's, cut where the page's own values go.

A shell is made of a page that MkDocs rendered with a placeholder for every value. A placeholder carries the characters
that have to be escaped, so that what the template made of them says how to escape a value in that place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from digest.publish.links import page_url, relative_address
from digest.publish.strict_inline import Unusual
from digest.publish.strict_markdown import Rendered

_PROBE = "&<h1>\"'"
"""In every placeholder. It has a heading, because the theme adds one to a page without."""
_ESCAPES = {
    _PROBE: "raw",
    "&amp;&lt;h1&gt;&#34;&#39;": "html",
    "&\\u003ch1>\"'": "script",
    "&amp;&#34;&#39;": "text",
}
"""How a value is escaped, by what became of the probe: not, as HTML, as JSON in a script, as HTML without tags."""
_PLACEHOLDER = re.compile("((?:\\.\\./)*)\ue000([a-z0-9_.]+)\ue001([^\ue000-\ue002]*)\ue002((?:\\.[a-z]+)?)")
_MARKS = re.compile("[\ue000-\ue002]")
TEXTS = ("title", "description", "headline", "summary", "published", "structured_data")
"""Front matter that templates print."""
SHAPED = frozenset({*TEXTS, "kind", "hide", "feeds", "card", "source", "search"})
"""Front matter that a shell may depend on, because `facts_of` looks at it."""
_Slot = tuple[str, str, str]
"""Name of a value, how to escape it, and the ending of an address that is written relative to the page."""
_CONTENT: _Slot = ("content", "raw", "")


class Facts(NamedTuple):
    """What a page needs: the shell with this key, filled with these values."""

    key: str
    values: Mapping[str, str]
    content: bytes
    """The text of the page as HTML."""


class Shell(NamedTuple):
    """Pieces of HTML in UTF-8, and the slots between them."""

    pieces: Sequence[bytes]
    slots: Sequence[_Slot]
    only: str | None
    """The one page that it was tried on; None when it held for another page too, and so for all."""

    def fill(self, path: str, facts: Facts) -> bytes:
        """Return the page with the source at `path`, in UTF-8.

        Raises:
            Unusual: the shell was tried on another page only.
        """
        if self.only not in (None, path):
            raise Unusual("the first page of its kind")
        page = page_url(path)
        escaped = {_CONTENT: facts.content}
        for slot in set(self.slots).difference(escaped):
            name, escape, ending = slot
            text = facts.values[name]
            text = relative_address(text + ending, page) if ending else text
            escaped[slot] = in_utf8(_escaped(text, escape))
        parts = [b""] * (2 * len(self.slots) + 1)
        parts[::2], parts[1::2] = self.pieces, map(escaped.__getitem__, self.slots)
        return b"".join(parts)


def in_utf8(html: str) -> bytes:
    """Return HTML as MkDocs writes it to a file."""
    return html.encode("utf-8", "xmlcharrefreplace")


def _escaped(value: str, escape: str) -> str:
    """Return a value as the theme's templates escape it."""
    if escape == "raw":
        return value
    if escape == "script":
        return value.replace("<", "\\u003c")
    if escape == "text":  # the names of headings have no tags, but they are HTML
        value = html.unescape(" ".join(value.split()))
    value = value.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return value.replace("'", "&#39;").replace('"', "&#34;")


def placeholder(name: str) -> str:
    """Return what stands for a value while a shell is made."""
    return f"\ue000{name}\ue001{_PROBE}\ue002"


def compile_shell(page: str, *, only: str | None) -> Shell:
    """Cut a page with placeholders into a shell.

    Raises:
        Unusual: the template does with a value what cannot be told from here.
    """
    pieces: list[str] = []
    slots: list[_Slot] = []
    position = 0
    for found in _PLACEHOLDER.finditer(page):
        up, name, probe, ending = found.groups()
        relative = ".path" in name
        escape = _ESCAPES.get(probe, "")
        if not escape or relative != bool(ending) or (escape == "text" and not name.startswith("toc.")):
            raise Unusual(f"the theme changes {name} in a way of its own")
        if name == "content" and escape != "raw":
            raise Unusual("the theme changes the text of pages")
        start = found.start() if relative else found.start() + len(up)
        end = found.end() if relative else found.end() - len(ending)
        pieces.append(page[position:start])
        slots.append((name, escape, ending if relative else ""))
        position = end
    pieces.append(page[position:])
    if any(map(_MARKS.search, pieces)):
        raise Unusual("the theme cut a placeholder")
    return Shell([in_utf8(piece) for piece in pieces], slots, only)


def facts_of(path: str, meta: Mapping[str, Any], rendered: Rendered, *, in_nav: bool, depth: int) -> Facts:
    """Return which shell a page needs, and what to fill into it.

    Args:
        path: of its source.
        meta: its front matter.
        rendered: its text.
        in_nav: whether it is in the theme's navigation.
        depth: lowest rank of headings in a table of contents (`toc_depth`).

    Raises:
        Unusual: its front matter is not of the form that we write.
    """
    values = {"address": page_url(path), "path": path}
    key = [path if in_nav else f"{path.count('/')}{path.endswith('/index.md')}", _verbatim(meta)]
    key += [f"{name}{_text(f'meta.{name}', meta.get(name), values)}" for name in TEXTS if name in meta]
    key += [_entries("meta.feeds", meta.get("feeds"), ("path", "title"), values)]
    card = meta.get("card")
    key += [_entries("meta.card", [card] if card else None, ("url", "words"), values)]
    source = meta.get("source")
    key += [f"source{bool(isinstance(source, dict) and source.get('name'))}"]
    if not values.get("meta.title") or b"<h1" not in rendered.content:
        raise Unusual("no title or heading")
    hidden = not in_nav and "toc" in (meta.get("hide") or ())
    listed = [heading for heading in rendered.headings if heading.level <= depth]
    shown = listed[:1] if hidden else listed
    for number, heading in enumerate(shown):
        values[f"toc.{number}.id"], values[f"toc.{number}.name"] = heading.id, heading.name
    key.append(",".join(str(heading.level) for heading in shown))
    return Facts("|".join(key), values, rendered.content)


def with_placeholders(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return front matter with a placeholder for every value that `facts_of` gives."""
    marked = dict(meta)
    for name in TEXTS:
        if meta.get(name):
            marked[name] = placeholder(f"meta.{name}")
    if meta.get("feeds"):
        marked["feeds"] = [
            {name: placeholder(f"meta.feeds.{number}.{name}") for name in feed}
            for number, feed in enumerate(meta["feeds"])
        ]
    if meta.get("card"):
        marked["card"] = {name: placeholder(f"meta.card.0.{name}") for name in meta["card"]}
    return marked


def _verbatim(meta: Mapping[str, Any]) -> str:
    kind, hide = meta.get("kind"), meta.get("hide")
    if not isinstance(kind, str) or not (hide is None or isinstance(hide, list)):
        raise Unusual("front matter of another form")
    return f"{kind}{hide}"


def _text(name: str, value: object, values: dict[str, str]) -> str:
    if value is None or value == "":
        return str(value)
    if not isinstance(value, str):
        raise Unusual("front matter of another form")
    values[name] = value
    return "+"


def _entries(name: str, entries: object, fields: tuple[str, str], values: dict[str, str]) -> str:
    """Note the fields of a list of mappings, all of them text; return its length."""
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict) or tuple(entry) != fields:
            raise Unusual("front matter of another form")
        for field in fields:
            if not isinstance(entry[field], str) or not entry[field]:
                raise Unusual("front matter of another form")
            values[f"{name}.{number}.{field}"] = entry[field]
    return str(len(entries)) if isinstance(entries, list) else "-"
