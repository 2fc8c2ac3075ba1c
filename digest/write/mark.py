"""How a generated file that is not Markdown says that it is one: what bears the mark may be replaced and removed."""

from __future__ import annotations

import re

MARK = "generated_by: digest"
"""Stands in a comment, where the format has one."""
MARK_FIELD = {"generated_by": "digest"}
"""The same as a field of a JSON object."""
_MARK = re.compile(rb'generated_by[": ]+digest')
_BY_NAME = re.compile(r"data/articles-[0-9a-z-]+\.jsonl")
"""Files without a place for a mark: every line of theirs is an article."""


def is_marked(path: str, head: bytes) -> bool:
    """Return whether the file at `path` that starts with `head` was written by us.

    >>> is_marked("robots.txt", b"# generated_by: digest"), is_marked("robots.txt", b"User-agent: *")
    (True, False)
    """
    return bool(_BY_NAME.fullmatch(path) or _MARK.search(head))
