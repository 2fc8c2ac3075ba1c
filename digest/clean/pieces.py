"""Cuts a paragraph that is no prose.

Python-Markdown takes the square of the marks in a paragraph in time, so that one of a million brackets would take days.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from digest.model import Block, BlockKind, Span

MOST_MARKS = 2_000
"""In one paragraph. Python-Markdown takes 12 ms for so many and 5 s for 32,000; of prose, the most that we have seen is
204, in a whole article on one line."""
LONGEST_LINE = 1_000
"""Characters of a line that may be a headline, a sub-heading or a caption; what is longer is a paragraph."""
_MARK = re.compile(r"[^\w\s]|_|[A-Za-z]+")
"""What may have to be escaped or isolated: a sign, or a word in Latin letters."""


def in_pieces(block: Block) -> Iterator[Block]:
    """Yield `block`, or the paragraphs that it is cut into. Nothing of it is lost but white space at a cut.

    >>> from digest.model import Block, BlockKind
    >>> [len(piece.text) for piece in in_pieces(Block(kind=BlockKind.PARAGRAPH, text="[" * 5_000))]
    [2000, 2000, 1000]
    """
    if len(block.text) <= MOST_MARKS or block.kind is not BlockKind.PARAGRAPH:  # nearly all
        yield block
        return
    spans = list(_spans(block.text))
    if len(spans) < 2:  # noqa: PLR2004 - one piece, or nothing
        yield block
        return
    for start, end in spans:
        aside = block.aside and (max(block.aside[0] - start, 0), end - start)
        kept = aside if aside and aside[0] < aside[1] else None
        yield dataclasses.replace(block, text=block.text[start:end], aside=kept)


def _spans(text: str) -> Iterator[Span]:
    """Yield where the pieces of a text are, without the white space between them."""
    start = 0
    for number, mark in enumerate(_MARK.finditer(text)):
        if number and number % MOST_MARKS == 0:
            yield from _trimmed(text, start, mark.start())
            start = mark.start()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if stripped := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(stripped)
