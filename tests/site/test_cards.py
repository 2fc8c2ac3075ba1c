"""Pictures for shared links: drawn once, the same every time, in the right letters."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from digest.write import cards
from digest.write.cards import Artist, Card
from tests.conftest import SiteFactory
from tests.site.conftest import ADDRESS, HOSTILE

WORDS = {"site": "خبرنامہ", "outlet": "بی بی سی اردو", "date": "28 دسمبر 2021", "lang": "ur", "dir": "rtl"}


def _card(headline: str) -> Card:
    return Card(path="cards/x.png", words={**WORDS, "headline": headline})


def test_a_card_is_a_picture_of_the_size_that_networks_want(tmp_path: Path) -> None:
    artist = Artist(tmp_path)
    png = artist.draw(_card("روس اور قازقستان: CSTO کے 28 بلین ڈالر"))
    assert struct.unpack(">II", png[16:24]) == cards.SIZE
    assert Artist(tmp_path).draw(_card("روس اور قازقستان: CSTO کے 28 بلین ڈالر")) == png
    assert artist.draw(_card("روس اور ازبکستان")) != png


@pytest.mark.parametrize("headline", ["#panic() $x$ *b* `c` \\ <a> @b", "خبر " * 100, "x" * 300, "\u200f\x00\x0b", ""])
def test_any_headline_can_be_drawn(tmp_path: Path, headline: str) -> None:
    assert Artist(tmp_path).draw(_card(headline)).startswith(b"\x89PNG")


def test_the_font_that_browsers_get_is_the_one_that_draws(tmp_path: Path) -> None:
    Artist(tmp_path).draw(_card("خبر"))
    (plain,) = tmp_path.rglob("noto-nastaliq*.ttf")
    font = TTFont(io.BytesIO(plain.read_bytes()))
    assert {ord(letter) for letter in "خبرنامہٹڈڑںےۓپچژگ"} <= set(font.getBestCmap())


def test_a_card_is_drawn_only_when_its_words_change(site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_factory(url=ADDRESS, cards="article")
    site.build_pages()
    drawn: list[str] = []
    draw = Artist.draw

    def counted(self: Artist, card: Card) -> bytes:
        drawn.append(card.path)
        return draw(self, card)

    monkeypatch.setattr(Artist, "draw", counted)
    site.build_pages()
    (site.root / ".digest/store.sqlite").unlink()
    site.build_pages()
    assert drawn == []
    site.put({"new.txt": "ترکی میں زلزلہ\nترکی کے شہر استنبول میں زلزلہ آیا۔\n"})
    site.build_pages()
    assert len(drawn) == 1
    site.remove("new.txt")
    site.build_pages()
    assert drawn[0] not in site.pages()
    assert len([path for path in site.pages() if path.endswith(".png")]) == 4


def test_hostile_headlines_become_pictures(site_factory: SiteFactory) -> None:
    site = site_factory(HOSTILE, url=ADDRESS, cards="article")
    site.build_pages()
    assert len([path for path in site.pages() if path.startswith("cards/")]) == 3


def test_without_the_extra_the_site_is_built_and_says_so(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "version_of", lambda _: "")
    site = site_factory(url=ADDRESS)
    report = site.build_pages()
    assert [issue.code for issue in report.issues] == ["no-cards"]
    assert "cards/site.png" not in site.pages()
    assert "card: null" in site.pages()["index.md"].decode()
