"""JSON Lines: one article a line, `{"id", "text", "title"?, "url"?, "published"?}`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from digest.model import Hints, RawArticle
from digest.report import Issue


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
    """Reads `.jsonl` files, line by line, so that memory does not grow with the file."""

    suffixes = (".jsonl", ".ndjson")
    media_types = ("application/jsonl",)

    def read(self, path: Path, locator: str) -> Iterator[RawArticle | Issue]:
        """Yield the articles of the file; a bad line is an issue, and the next line is read."""
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    item = msgspec.json.decode(line, type=JsonArticle)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    yield Issue(
                        code="bad-json-line",
                        where=f"{locator}:{number}",
                        message=f"this line is no article: {error}",
                        hint='Each line must be an object like {"id": "a1", "text": "..."}',
                    )
                    continue
                name = str(item.id) if item.id not in (None, "") else str(number)
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
                    body=item.text.encode("utf-8", "surrogatepass"),
                    hints=hints,
                )
