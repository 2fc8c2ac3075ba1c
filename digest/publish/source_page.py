"""Reads a generated page: its front matter, in the form that `write/front_matter.py` gives it, and its body.

PyYAML would say the same and takes twenty times as long; where a line has another form, it is asked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

_LINES = re.compile(
    r'^(?!(?:null|true|false|yes|no|on|off|y|n):)([a-z_]+): (".*"|\[.*\]|\{.*\}|null|true|false|0|[1-9][0-9]{0,17})$',
    re.MULTILINE,
)
"""Every line ends as it begins, so that no value of JSON can go on in the next line: there had to come a comma."""
_OTHER_IN_YAML = re.compile("[\t\r\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""What YAML reads otherwise than JSON, in strings and between them. In one expression that would take much longer."""
_USUAL = bytes(set(range(256)).difference(b"\t\r\x7f\xc2\xe2\xef"))
"""Bytes of UTF-8 with which none of these characters begins: to take them out is a third of the work of a search."""
_Plain = str | int | bool | None
_decode_lines = msgspec.json.Decoder(_Plain | list[_Plain | dict[str, _Plain]] | dict[str, _Plain]).decode_lines
"""What we write has no more than two levels, and no fractions: YAML has another way to write some of them."""
_END = "generated_by: digest"


class SourcePage(NamedTuple):
    """A page as it stands in the docs folder."""

    meta: Mapping[str, Any]
    body: bytes
    """In UTF-8, if the page is."""


def read_page(source: bytes) -> SourcePage | None:
    """Return the parts of a page; None when its front matter is not that of a generated page."""
    source = source.removeprefix(codecs.BOM_UTF8)
    end = source.find(b"\n---\n", 4)
    if not source.startswith(b"---\n") or end < 0:
        return None
    try:
        head = source[4:end].decode()
    except UnicodeDecodeError:
        return None
    if not head.endswith(f"\n{_END}") or "\n...\n" in head or "\n---" in head:
        return None
    meta = _strict(head, source[4:end]) or _of_yaml(head)
    return SourcePage(meta, source[end + 5 :].lstrip(b"\n")) if isinstance(meta, dict) else None


def _of_yaml(head: str) -> Any:
    """Return what YAML reads; None for what is none."""
    import yaml  # noqa: PLC0415 - hardly ever asked

    try:
        return yaml.safe_load(f"{head}\n")  # as MkDocs does: libyaml's loader differs in what is odd
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _strict(head: str, in_utf8: bytes) -> dict[str, Any] | None:
    """Return the front matter; None when it is not as we write it, for YAML to read."""
    if in_utf8.translate(None, _USUAL) and _OTHER_IN_YAML.search(head):
        return None
    if "\\u" in head and _SURROGATE.search(head):
        return None
    lines = _LINES.findall(head)
    try:
        values = _decode_lines("\n".join([value for _, value in lines]))
    except msgspec.DecodeError:
        return None
    meta = dict(zip([name for name, _ in lines], values, strict=False))
    if not len(meta) == len(values) == len(lines) == head.count("\n"):
        return None
    meta["generated_by"] = "digest"
    return meta
