"""JSON Lines: one article a line, `{"id"?, "text", "title"?, "url"?, "published"?, "outlet"?, "language"?}`.

The id names the article for good: `seeds/a.jsonl#ID`. A line without one is named after its text: the first sixteen
hexadecimal digits of the SHA-256 of its UTF-8, with `-2`, `-3` and so on when the same text comes again. So lines may
be added, removed and sorted without moving an address, but a changed text is another article: give it an id first.
"""

from __future__ import annotations

import codecs
import collections
import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from digest.model import Hints, RawArticle
from digest.report import Issue

_LONGEST = 10_000_000
"""Bytes of a line; a file without line ends must not fill the memory."""


class JsonArticle(msgspec.Struct, frozen=True):
    """One line. Other keys are ignored: dumps carry many."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


class JsonLinesReader:
    """Reads `.jsonl` files, line by line: of lines without an id, only the names are kept."""

    suffixes = (".jsonl", ".ndjson")
    media_types = ("application/jsonl",)

    def read(self, path: Path, locator: str) -> Iterator[RawArticle | Issue]:
        """Yield the articles of the file; a bad line is an issue, and the next line is read."""
        seen: collections.Counter[str] = collections.Counter()
        with path.open("rb") as lines:
            for number, content in enumerate(iter(lambda: lines.readline(_LONGEST + 1), b""), 1):
                if len(content) > _LONGEST:
                    yield _too_long(f"{locator}:{number}")
                    while content and not content.endswith(b"\n"):
                        content = lines.readline(_LONGEST)  # noqa: PLW2901 - the rest of the same line
                    continue
                line = content.removeprefix(codecs.BOM_UTF8) if number == 1 else content
                if not line.strip():
                    continue
                try:
                    item = msgspec.json.decode(line, type=JsonArticle)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    yield Issue(
                        code="bad-json-line",
                        where=f"{locator}:{number}",
                        message=f"this line is no article: {error}",
                        hint='Each line must be an object like {"id": "a1", "text": "..."}',
                    )
                    continue
                body = item.text.encode("utf-8", "surrogatepass")
                name = _name_of(body, seen) if item.id is None or item.id == "" else str(item.id)
                hints = Hints(
                    headline=item.title,
                    url=item.url,
                    published=item.published,
                    outlet=item.outlet,
                    language=item.language,
                )
                yield RawArticle(
                    locator=f"{locator}#{name}",
                    media_type=self.media_types[0],
                    body=body,
                    hints=hints,
                )


def _too_long(where: str) -> Issue:
    return Issue(
        code="too-large", where=where, message=f"this line has more than {_LONGEST:,} bytes, more than an article has"
    )


def _name_of(body: bytes, seen: collections.Counter[str]) -> str:
    """Return the name of an article without an id; `seen` counts the names given before."""
    name = hashlib.sha256(body).hexdigest()[:16]
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"
