"""Bounds what stands on many pages: a headline as long as a book would be in every list and feed."""

from __future__ import annotations

LONGEST = 1_000
"""Characters of a headline, a byline or the name of an outlet. Real ones have up to 200."""
LONGEST_SUMMARY = 4 * LONGEST


def shortened(text: str, most: int = LONGEST) -> str:
    """Return `text`, cut behind a word and with an ellipsis if it is longer than `most` characters.

    >>> shortened("ایک دو تین", 8), shortened("ایک", 8)
    ('ایک دو…', 'ایک')
    """
    if len(text) <= most:
        return text
    start = text[: most - 1]
    whole = start if text[most - 1].isspace() else start.rpartition(" ")[0]
    return f"{(whole or start).rstrip()}…"
