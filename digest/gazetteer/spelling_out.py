"""Spells out aliases that are written as patterns: (پوٹن|پوتن) صاحب stands for two."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

from digest.errors import ConfigurationError
from digest.report import Issue

_GROUP = re.compile(r"\(([^()]*\|[^()]*)\)")
_MAX_EXPANSIONS = 400


def expand(pattern: str, *, where: str = "a language pack", what: str = "a pattern") -> tuple[str, ...]:
    """Spell out the alternatives of an alias.

    >>> expand("(پوٹن|پوتن) صاحب")
    ('پوٹن صاحب', 'پوتن صاحب')

    Args:
        pattern: the alias as written.
        where: the file it stands in, for messages.
        what: what it is, for messages.

    Raises:
        ConfigurationError: it stands for too many forms; they are counted before any is spelt out.
    """
    parts = _GROUP.split(pattern)
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    count = math.prod(map(len, choices))
    if count > _MAX_EXPANSIONS:
        raise ConfigurationError([_bad_pattern(where, what, pattern, count)])
    return tuple(" ".join("".join(choice).split()) for choice in itertools.product(*choices))


def spelt_out(path: Path, what: str, pattern: str) -> tuple[str, ...]:
    """Spell out an alias of a file, which must leave no bracket behind.

    Raises:
        ConfigurationError: it does, or stands for too many forms.
    """
    texts = expand(pattern, where=str(path), what=what)
    if any("(" in text or "|" in text or not text for text in texts):
        raise ConfigurationError([_bad_pattern(str(path), what, pattern, len(texts))])
    return texts


def _bad_pattern(where: str, what: str, text: str, count: int) -> Issue:
    return Issue(
        code="bad-alias",
        where=where,
        message=f"{what} cannot be spelt out ({count:,} forms): {text!r}",
        hint=f"Use unnested groups (a|b), at most {_MAX_EXPANSIONS} combinations",
    )
