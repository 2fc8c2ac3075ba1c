"""Reads a generated page: its front matter, in the form that `write/front_matter.py` gives it, and its body.

PyYAML would say the same and takes ten times as long; where a line has another form, it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"(- |  )?([a-z_]+):(?: (.*))?")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_NO_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NEVER_A_NUMBER = re.compile(r"[0-9][0-9 ]*[^\W\d_a-zA-Z]|(?!0b)(?=[0-9]*[a-f])[0-9a-f]{64}$")
"""What begins with digits and goes on in another script, or is a checksum: no number, day or time is written so."""
_TYPED = re.compile(r"[0-9.+~<=&*!|>%@`?:,\[\]{}#'\"-]")
"""What begins a value that may be something else than text."""


class SourcePage(NamedTuple):
    """A page as it stands in the docs folder."""

    meta: Mapping[str, Any]
    body: str


class _OtherFormError(ValueError):
    """The front matter is YAML, but not as we write it."""


def read_page(text: str) -> SourcePage | None:
    """Return the parts of a page; None when its front matter is not that of a generated page."""
    if not text.startswith("---\n"):
        return None
    head, mark, body = text[4:].partition("\n---\n")
    if not mark or not head.endswith("\ngenerated_by: digest") or "\n...\n" in head or "\n---" in head:
        return None
    body = body.lstrip("\n")
    try:
        return SourcePage(_strict(head.split("\n")), body)
    except _OtherFormError:
        try:
            meta = yaml.load(f"{head}\n", Loader=_Loader)  # noqa: S506 - one of the two safe loaders
        except yaml.YAMLError:
            return None
    return SourcePage(meta, body) if isinstance(meta, dict) else None


def _strict(lines: list[str]) -> dict[str, Any]:
    """Return the mapping of a page: scalars, lists of scalars, mappings of scalars, lists of mappings of scalars."""
    meta: dict[str, Any] = {}
    key = ""
    for line in lines:
        found = _KEY.fullmatch(line)
        indent = found[1] if found else None
        if found and not indent:
            key = found[2]
            if key in meta:
                raise _OtherFormError(line)
            meta[key] = None if found[3] is None else _scalar(found[3])
            open_value = found[3] is None
        elif not key or not open_value:
            raise _OtherFormError(line)
        elif found and indent == "  ":
            _put(meta, key, found[2], found[3])
        elif found:
            entries = meta[key] = [] if meta[key] is None else meta[key]
            if not isinstance(entries, list) or (entries and not isinstance(entries[-1], dict)):
                raise _OtherFormError(line)
            entries.append({found[2]: _value(found[3])})
        elif line.startswith("- "):
            entries = meta[key] = [] if meta[key] is None else meta[key]
            if not isinstance(entries, list) or (entries and isinstance(entries[-1], dict)):
                raise _OtherFormError(line)
            entries.append(_scalar(line[2:]))
        else:
            raise _OtherFormError(line)
    return meta


def _put(meta: dict[str, Any], key: str, name: str, value: str | None) -> None:
    """Add a line of a nested mapping: of the value of `key`, or of the last entry of its list."""
    within = meta[key] = {} if meta[key] is None else meta[key]
    if isinstance(within, list):
        within = within[-1]
    if not isinstance(within, dict) or name in within:
        raise _OtherFormError(name)
    within[name] = _value(value)


def _value(text: str | None) -> Any:
    if text is None:
        raise _OtherFormError("a deeper level")
    return _scalar(text)


def _scalar(text: str) -> Any:
    first = text[:1]
    if first == "'":
        inner = text[1:-1]
        if text == "'" or text[-1] != "'" or "'" in inner.replace("''", ""):
            raise _OtherFormError(text)
        return inner.replace("''", "'")
    if text == "null":
        return None
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.fullmatch(text):
        return int(text)
    if text == "[]":
        return []
    if _TYPED.match(text) and not _NEVER_A_NUMBER.match(text):
        raise _OtherFormError(text)
    if not first or text.lower() in _NO_TEXT:
        raise _OtherFormError(text)
    if ": " in text or " #" in text or text[-1] in ": \t" or first.isspace() or "\t" in text:
        raise _OtherFormError(text)
    return text
