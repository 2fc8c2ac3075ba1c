"""What excerpts are cut from: the text of each article in one or two compressed blocks of one size."""

from __future__ import annotations

import msgspec

from digest.search.documents import SearchDocument
from digest.search.encoding import FAST, LIMITS, compress, pad, room, swapped
from digest.search.halves import Cut


def text_blocks(document: SearchDocument, cut: Cut) -> list[bytes]:
    """Return an article's blocks, all of one size: the whole text, or its halves, both with the same head."""
    date = document.date.isoformat() if document.date else ""
    head = [*map(swapped, (document.address, document.headline, date, document.outlet))]
    halves = [(document.summary, document.text[: cut.letter])]
    if cut.letter < len(document.text):
        halves.append(("", document.text[cut.letter :]))
    blocks = [compress(msgspec.json.encode([*head, *map(swapped, half)]), FAST) for half in halves]
    size = room(map(len, blocks), LIMITS["unit"])
    return [pad(block, size) for block in blocks]
