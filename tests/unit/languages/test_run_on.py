"""Ordinary words are taken off what print glued them to, with the letters that they have there."""

from __future__ import annotations

import pytest

from digest.languages.pack import load_pack


@pytest.mark.parametrize(
    ("word", "rests"),
    [
        ("صدرحسنی", {"حسنی"}),
        ("اداکارہشردھا", {"شردھا", "ہشردھا"}),  # its ہ may be left out, as اداکار is one too
        ("ملکنے", {"ملک"}),
        ("شریفکہ", {"شریف"}),  # and this one is the end of a long word
        ("صدرحسنینے", {"حسنی", "صدرحسنی", "حسنینے"}),
        ("صدرطہ", set()),  # too little is left of it
        ("صدر", set()),
        ("نے", set()),
    ],
)
def test_what_is_left_of_a_word(word: str, rests: set[str]) -> None:
    pack = load_pack("ur")
    assert set(pack.run_on.rests(pack.folder.word(word))) == {pack.folder.word(rest) for rest in rests}
