"""Bytes become text by their mark or as UTF-8; what is neither is refused with the place, never guessed."""

from __future__ import annotations

import codecs

import pytest

from digest.clean.decode import decode
from digest.errors import ArticleError
from digest.model import RawArticle

TEXT = "روس کے صدر\nنے کہا"


def _raw(body: bytes) -> RawArticle:
    return RawArticle(locator="seeds/a.txt", media_type="text/plain", body=body)


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be"],
)
def test_marked_and_unmarked_unicode(body: bytes) -> None:
    assert decode(_raw(body)) == TEXT


@pytest.mark.parametrize(
    ("body", "line", "byte"),
    [
        ("caf\xe9 خبر".encode("latin-1", "ignore"), 1, "byte 3 (0xe9)"),
        (TEXT.encode("windows-1256", "replace"), 1, "byte 0 "),
        ("پہلی\nدوسری\n".encode() + b"\xff", 3, "(0xff)"),
        ("خبر".encode()[:-1], 1, "byte 4 "),
    ],
    ids=["latin-1", "windows-1256", "third line", "cut off"],
)
def test_another_encoding_is_refused_with_line_and_byte(body: bytes, line: int, byte: str) -> None:
    with pytest.raises(ArticleError) as refused:
        decode(_raw(body))
    issue = refused.value.issue
    assert issue.code == "not-utf-8"
    assert issue.where == f"seeds/a.txt:{line}"
    assert byte in issue.message
    assert "UTF-8" in issue.hint
