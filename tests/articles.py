"""Strategies that make articles: of meaningful pieces, of the given seeds damaged; and what a source says of them."""

from __future__ import annotations

from hypothesis import strategies as st

from digest.model import Hints
from tests.sites import SEEDS

PIECES = [
    "روس", "قازقستان", "صدر پوتن", "ولادیمیر پوٹن", "شام", "پنجاب", "امریکہکی", "سےپاکستان", "نیٹو", "CSTO", "جی۔سیون",
    "وَزِیرِ", "مسلم لیگ (ن)", "امریکی ڈالر", "لفظ", "27 نومبر", "28 دسمبر 2021", "یکم دسمبر", "(اے ایف پی)", "کراچی",
    "مزید پڑھیں:", "یہ بھی پڑھیے", "تبصرہ (0)", "(ماخذ: RIA نووستی) |", "---فوٹو: اے پی", "ماخذ: https://dawn.com/1",
    "۔", "؟", "!", "،", ":", "’", "‘", "(", ")", "…", "\n", "\n\n", " ", "  ", "\u200c", "\u202e", "\x00",
    "<script>", "#", "1947.",
]  # fmt: skip

pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=30
).map("".join)
"""Texts of words, names, dates, boilerplate and debris."""


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Return one of the three given articles with some of its parts cut out, doubled, moved or overwritten."""
    body = bytearray(draw(st.sampled_from(sorted(SEEDS.values()))))
    for _ in range(draw(st.integers(min_value=1, max_value=6))):
        start = draw(st.integers(min_value=0, max_value=len(body)))
        end = min(len(body), start + draw(st.integers(min_value=0, max_value=400)))
        what = draw(st.sampled_from(["cut", "double", "move", "insert", "overwrite", "join"]))
        part = bytes(body[start:end])
        if what == "cut":
            del body[start:end]
        elif what == "double":
            body[start:start] = part
        elif what == "move":
            del body[start:end]
            body[len(body) // 2 : len(body) // 2] = part
        elif what == "insert":
            body[start:start] = draw(st.sampled_from(PIECES)).encode()
        elif what == "join":
            body[start:end] = part.replace(b" ", b"").replace(b"\n", b" ")
        else:
            body[start : start + 3] = draw(st.binary(max_size=3))
    if draw(st.booleans()):  # most damaged bytes are no text at all: repair half of them
        return bytes(body).decode("utf-8", "ignore").encode()
    return bytes(body)


_STATED = ["", " ", "2021-12-28", "28 دسمبر 2021", "unknown", "javascript:x", "https://dawn.com/a", "ur", "dawn"]
_said = st.none() | st.text(max_size=30) | st.sampled_from(_STATED)

hints = st.builds(Hints, headline=_said, summary=_said, published=_said, url=_said, outlet=_said, language=_said)
"""What a source may say of an article."""
