"""Encodings: UTF-8, UTF-16 and windows-1256 are recognised and named; what is no text is not taken for it."""

from __future__ import annotations

import codecs

import pytest

from digest.intake.encoding import decode
from tests.intake_samples import TEXT

ARABIC = "قال الرئيس إن العلاقات بين البلدين جيدة وإن المحادثات سوف تستمر في الأسبوع القادم من أجل السلام.\n" * 3
URDU_1256 = TEXT.replace("ی", "ي").replace("ئ", "ي").replace("ؤ", "و").replace("۔", ".")


@pytest.mark.parametrize(
    ("body", "stated", "encoding"),
    [
        (TEXT.encode(), None, "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), None, "utf-8"),
        (TEXT.encode(), "iso-8859-1", "utf-8"),
        (TEXT.encode(), "windows-1256", "utf-8"),
        (TEXT.encode("utf-16"), None, "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-8", "utf-16-be"),
        (TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (TEXT.encode("utf-16-be"), None, "utf-16-be"),
        (TEXT.encode("utf-32"), None, "utf-32-le"),
    ],
)
def test_unicode_is_recognised_whatever_is_stated(body: bytes, stated: str | None, encoding: str) -> None:
    found = decode(body, stated)
    assert found is not None
    assert (found.text, found.encoding) == (TEXT, encoding)


@pytest.mark.parametrize(
    "stated", [None, "windows-1256", "cp1256", "iso-8859-1", "utf-8", "no-such", "base64", "utf-7"]
)
def test_windows_1256_is_recognised_by_its_words(stated: str | None) -> None:
    for text in (ARABIC, URDU_1256):
        found = decode(text.encode("windows-1256"), stated)
        assert found is not None
        assert (found.text, found.encoding) == (text, "windows-1256")


def test_iso_8859_6_is_not_taken_for_windows_1256() -> None:
    found = decode(ARABIC.encode("iso-8859-6"))
    assert found is not None
    assert (found.text, found.encoding) == (ARABIC, "iso-8859-6")


@pytest.mark.parametrize(
    "body",
    [
        "déjà vu à la carte".encode("latin-1"),
        "Президент сказал, что переговоры продолжатся".encode("windows-1251"),
        bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        b"%PDF-1.7\n" + bytes(range(128, 256)) * 9,
        b"PK\x03\x04" + bytes(200),
        b"\xff\xfe\xfd" * 50,
        b"abc\x00def",
        "خبر".encode()[:-1],
    ],
)
def test_what_is_no_text_of_ours_is_refused(body: bytes) -> None:
    assert decode(body) is None


def test_a_page_with_a_bad_byte_is_read_and_that_is_recorded() -> None:
    body = (TEXT * 4).encode()
    found = decode(body[:-1] + b"\xd8" + body[-1:])
    assert found is not None
    assert found.encoding.startswith("utf-8, ")
    assert found.encoding.endswith(" bad")


def test_nothing_is_an_empty_text() -> None:
    found = decode(b"")
    assert found is not None
    assert found.text == ""
