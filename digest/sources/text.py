"""Plain text seeds: one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.model import RawArticle
from digest.report import Issue


class TextReader:
    """Reads `.txt` files."""

    suffixes = (".txt",)
    media_types = ("text/plain",)

    def read(self, path: Path, locator: str) -> Iterator[RawArticle | Issue]:
        """Yield the one article of the file."""
        yield RawArticle(locator=locator, media_type=self.media_types[0], body=path.read_bytes())
