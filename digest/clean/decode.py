"""Turns the bytes of an article into text, or says which byte is wrong."""

from __future__ import annotations

import codecs

from digest.errors import ArticleError
from digest.model import RawArticle
from digest.report import Issue

_MARKED = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(raw: RawArticle) -> str:
    """Return the text of `raw`: UTF-8, or what its byte order mark says.

    Raises:
        ArticleError: the bytes are in another encoding; nothing is guessed, for a wrong guess looks like text.
    """
    encoding, start = "utf-8", 0
    for mark, name in _MARKED:
        if raw.body.startswith(mark):
            encoding, start = name, len(mark)
            break
    try:
        return raw.body[start:].decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.body.count(b"\n", 0, start + error.start) + 1
        issue = Issue(
            code="not-utf-8",
            where=f"{raw.locator}:{line}",
            message=f"byte {start + error.start} ({raw.body[start + error.start]:#04x}) is not {encoding.upper()}",
            hint="Bring it in with `digest add`, which knows windows-1256, or save it as UTF-8; then build again",
        )
        raise ArticleError(issue) from error
