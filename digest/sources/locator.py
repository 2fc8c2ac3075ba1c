"""Locators: where an article lies, as people see it: a file below the seeds, and of many in one file an id."""

from __future__ import annotations

import re

_LINE = re.compile(r"(.*?\.(?:jsonl|ndjson))#(.+)", re.IGNORECASE | re.DOTALL)


def split_locator(locator: str) -> tuple[str, str]:
    """Return the file of an article, and its id in there; the id is empty where a file is one article.

    A # elsewhere is part of a name.

    >>> split_locator("seeds/a.jsonl#17"), split_locator("seeds/C#/خبر.txt")
    (('seeds/a.jsonl', '17'), ('seeds/C#/خبر.txt', ''))
    """
    found = _LINE.fullmatch(locator)
    return (found[1], found[2]) if found else (locator, "")
