"""Front matter: every value is JSON, made by a JSON library, and JSON in this form is YAML.

Nothing from an article is ever pasted into YAML. JSON, because it has one form for a value where YAML has many, and is
written and read ten times as fast; of a generated page neither takes longer than its text (`publish/source_page.py`).
"""

from __future__ import annotations

import functools
import re

import msgspec

from digest.model import Page
from digest.write.markdown import placed, placed_bytes

GENERATED_BY = "digest"
_LABEL = str.maketrans({"<": "‹", ">": "›", '"': "”", "&": "＆"})
_OTHER_IN_YAML = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]")
"""What JSON lets stand in a string, and YAML forbids or takes for the end of a line: U+007F to U+009F, U+2028, U+2029,
U+FEFF, U+FFFE, U+FFFF. In UTF-8, so that the text of every page need not be decoded for it."""
_MARKUP = re.compile('[<>"&]')
_END = f"generated_by: {GENERATED_BY}\n---\n\n".encode()
_encode = msgspec.json.Encoder().encode
_KEY = re.compile(r"(?!(?:yes|no|on|off|true|false|null)\Z)[a-z_]+")
"""Names that are words in YAML as they stand: some are truth values."""


def label(text: str) -> str:
    """Return `text` for `title` and `description`, which themes print without escaping them.

    Markup in them would run. Their four dangerous characters are replaced by look-alikes here; the true text stands
    in `headline`, `summary` and the page.

    >>> label("<b>")
    '‹b›'
    """
    text = " ".join(text.split())
    return text.translate(_LABEL) if _MARKUP.search(text) else text


def render_page(page: Page) -> bytes:
    """Return the file of a page."""
    lines = [_start(name) + _encode(value) for name, value in page.front_matter.items() if name != "generated_by"]
    head = b"\n".join([b"---", *lines, _END])
    if _OTHER_IN_YAML.search(head):
        head = _OTHER_IN_YAML.sub(lambda found: f"\\u{ord(found[0].decode()):04x}".encode(), head)
    if isinstance(page.body, bytes):
        return head + placed_bytes(page.body, page.path)
    return head + placed(page.body, page.path).encode()


@functools.lru_cache(1000)
def _start(name: str) -> bytes:
    if not _KEY.fullmatch(name):
        raise ValueError(f"{name!r}: front matter is named in small letters")
    return f"{name}: ".encode()


def is_generated(head: str) -> bool:
    """Return whether a page that starts with `head` was written by us, and may be removed by us."""
    return head.startswith("---\n") and f"\ngenerated_by: {GENERATED_BY}\n" in head.partition("\n---\n")[0] + "\n"
