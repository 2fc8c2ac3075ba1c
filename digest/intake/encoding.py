"""Finds out in which encoding somebody's bytes are: UTF-8, UTF-16, windows-1256, or one that is stated and fits.

Nothing is taken for text that does not read like it: a single-byte encoding fits any bytes, so what it makes of them
must be words of a language that there is a pack for.
"""

from __future__ import annotations

import codecs
import contextlib
import dataclasses
import re
import unicodedata

from digest.intake.language import likeness

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ARABIC = ("windows-1256", "iso-8859-6")
_SAMPLE = 4_000
_USUAL_HIGH_BYTES = b"\x00\x06\x20\xfb\xfc\xfd\xfe"
"""High bytes of UTF-16 in our scripts: Latin, Arabic, punctuation, presentation forms."""
_MOSTLY = 0.95
_KNOWN = re.compile(r"[\w.:-]{1,40}", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(body: bytes, stated: str | None = None) -> Decoded | None:
    """Return the text of `body`, or None when no encoding makes sense of it.

    Args:
        body: bytes of a whole file or page.
        stated: encoding that a header or the page itself states; it is not believed when the bytes say otherwise.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _if_text(_strictly(body[len(mark) :], name))
    if wide := _unmarked_utf16(body):
        return _if_text(_strictly(body, wide))
    if found := _strictly(body, "utf-8"):
        return _if_text(found)
    candidates = [found for name in (*_stated(stated), *_ARABIC) if (found := _strictly(body, name))]
    best = max(candidates, key=lambda found: likeness(found.text), default=None)  # the first one, if they are alike
    return best if best and likeness(best.text) else _damaged(body)


def _if_text(found: Decoded | None) -> Decoded | None:
    """Return what was found if it is mostly letters, digits and space: other bytes may decode too."""
    if found is None or "\x00" in found.text:
        return None
    sample = found.text[:_SAMPLE]
    return found if sum(map(_is_usual, sample)) * 2 >= len(sample) else None


def _is_usual(letter: str) -> bool:
    return letter.isalnum() or letter.isspace() or letter.isascii() or unicodedata.combining(letter) > 0


def _damaged(body: bytes) -> Decoded | None:
    """Return UTF-8 with a bad byte here and there, as pages have that were cut by a program that counts bytes."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return Decoded(text, f"utf-8, {bad} bad") if bad * 1000 <= len(text) and likeness(text) else None


def _strictly(body: bytes, name: str) -> Decoded | None:
    with contextlib.suppress(UnicodeDecodeError):
        return Decoded(body.decode(name), name)
    return None


def _stated(name: str | None) -> tuple[str, ...]:
    """Return the encoding that is stated, if Python knows it as one of text."""
    if not name or not _KNOWN.fullmatch(name):
        return ()
    with contextlib.suppress(LookupError, UnicodeError, ValueError):
        b"a".decode(name, "replace")  # raises LookupError for `base64` and its like, which are no encodings of text
        known = codecs.lookup(name).name
        return () if known.startswith(("utf-7", "punycode", "idna", "unicode", "raw")) else (_usual(known),)
    return ()


def _usual(name: str) -> str:
    return name.replace("cp125", "windows-125")


def _unmarked_utf16(body: bytes) -> str | None:
    """Return which UTF-16 `body` is in, if it has no mark but every second byte is one of a few."""
    sample = body[: _SAMPLE * 2]
    if len(body) < 4 or len(body) % 2:  # noqa: PLR2004 - two characters
        return None
    for name, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        usual = sum(byte in _USUAL_HIGH_BYTES for byte in high)
        # ASCII text has no zero bytes, and Arabic in UTF-16 has many sixes: one of them must be there.
        if usual >= _MOSTLY * len(high) and (b"\x06" in high or b"\x00" in high) and len(set(low)) > 1:
            return name
    return None
