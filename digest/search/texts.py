"""What excerpts are cut from: the text of each article in one or two compressed blocks of one size."""

from __future__ import annotations

import msgspec

from digest.search.documents import SearchDocument
from digest.search.encoding import FAST, LIMITS, MOST_PADDING, compress, pad, room, swapped
from digest.search.halves import Cut


def text_blocks(document: SearchDocument, cut: Cut) -> list[bytes]:
    """Return an article's blocks, all of one size: the whole text, or its halves, both with the same head."""
    date = document.date.isoformat() if document.date else ""
    head = [*map(swapped, (document.address, document.headline, date, document.outlet))]
    halves = [(document.summary, document.text[: cut.letter])]
    if cut.letter < len(document.text):
        halves.append(("", document.text[cut.letter :]))
    blocks = _packed(head, halves)
    if max(map(len, blocks)) - min(map(len, blocks)) > MOST_PADDING:  # halves of as many words, one of them of blobs
        blocks = _packed(head, [(document.summary, document.text)])
    size = room(map(len, blocks), LIMITS["unit"])
    return [pad(block, size) for block in blocks]


def _packed(head: list[str], halves: list[tuple[str, str]]) -> list[bytes]:
    return [compress(msgspec.json.encode([*head, *map(swapped, half)]), FAST) for half in halves]
