"""Pictures for shared links: what a messenger or a social network shows of a page.

Drawn by Typst, which shapes Nastaliq, orders Latin and numbers within it, breaks lines and chooses fonts as a browser
does; with Pillow we should have to do three of the four ourselves. The words go in as data. Typst is an extra
(`khabarnama[cards]`): a site without it has no pictures and is told so.
"""

from __future__ import annotations

import functools
import hashlib
import io
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from digest.installed import version_of
from digest.report import Issue, Severity
from digest.store.archive import Entry
from digest.store.files import write_if_changed
from digest.write.mark import MARK
from digest.write.publication import Publication

SITE_CARD = "cards/site.png"
SIZE = (1200, 630)
_TEMPLATE = Path(__file__).with_name("card.typ")
_FONTS = Path(__file__).parent.parent / "theme" / "assets" / "fonts"
_SIGNATURE_AND_HEADER = 33
"""Bytes of a PNG before the place for a remark."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that may have to be drawn."""

    path: str
    words: Mapping[str, str]

    @property
    def mark(self) -> bytes:
        """What the file says of itself: a hash of all that it depends on; it is drawn again only if that changes."""
        state = msgspec.json.encode((self.words, drawn_with()), order="sorted")
        return f"{MARK} {hashlib.sha256(state).hexdigest()[:32]}".encode()


def card_path(story_id: str, publication: Publication) -> str | None:
    """Return the picture of an article's page: its own, the site's, or none."""
    if site_card(publication) and publication.settings.cards == "article":
        return f"cards/{story_id[:2]}/{story_id}.png"
    return site_card(publication)


def site_card(publication: Publication) -> str | None:
    """Return the picture of all other pages. Networks want a whole address; without the site's there is none."""
    wanted = publication.settings.cards != "none" and publication.url and can_draw()
    return SITE_CARD if wanted else None


def card_of_site(publication: Publication) -> Card | None:
    """Return the picture of the site."""
    if not site_card(publication):
        return None
    own = {"site": "", "outlet": publication.description}  # its description, where others have outlet and day
    return Card(path=SITE_CARD, words={**_words(publication, publication.name), **own})


def card_of_article(entry: Entry, publication: Publication) -> Card | None:
    """Return the picture of an article, where articles have their own."""
    path = card_path(entry.id, publication)
    return Card(path=path, words=_of_article(entry, publication)) if path and path != SITE_CARD else None


def can_draw() -> bool:
    """Return whether the extra is installed."""
    return all(version_of(name) for name in ("typst", "fonttools", "brotli"))


def no_cards() -> Issue:
    """Return what is said when it is not."""
    return Issue(
        code="no-cards",
        where="settings",
        message="no pictures for shared links were drawn: Typst is not installed",
        hint="pip install 'khabarnama[cards]', or set `cards: none`",
        severity=Severity.NOTE,
    )


class Artist:
    """Draws cards; made ready when the first one is wanted."""

    def __init__(self, folder: Path) -> None:
        """Take the folder for the fonts as Typst wants them."""
        self._folder = folder
        self._compiler: Any = None

    def draw(self, card: Card) -> bytes:
        """Return the PNG of a card."""
        if self._compiler is None:
            import typst  # noqa: PLC0415 - 80 MB, and only for sites that want pictures

            fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_plain_fonts(self._folder))])
            self._compiler = typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts)
        png: bytes = self._compiler.compile(format="png", ppi=72, sys_inputs=dict(card.words))
        return _remarked(png, card.mark)


def _plain_fonts(folder: Path) -> Path:
    """Return a folder with the theme's fonts as TrueType: no typesetter reads them as they are sent to browsers."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    paths = sorted(_FONTS.glob("noto-*.woff2"))
    state = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]
    for path in paths:
        plain = folder / state / f"{path.stem}.ttf"
        if not plain.exists():
            font, file = TTFont(path, recalcTimestamp=False), io.BytesIO()
            font.flavor = None
            font.save(file)
            write_if_changed(plain, file.getvalue())
    return folder / state


def _of_article(entry: Entry, publication: Publication) -> dict[str, str]:
    date = publication.words.date(entry.published) if entry.published else ""
    facts = {"outlet": entry.outlet_name or "", "date": date, "lang": entry.language}
    return {**_words(publication, entry.headline), **facts}


def _words(publication: Publication, headline: str) -> dict[str, str]:
    common = {"site": publication.name, "lang": publication.language, "dir": publication.direction}
    return {**common, "headline": headline}


def _remarked(png: bytes, mark: bytes) -> bytes:
    """Put a remark into a PNG: the file says whose it is and what it was made of."""
    content = b"tEXt" + b"Comment\0" + mark
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return png[:_SIGNATURE_AND_HEADER] + chunk + png[_SIGNATURE_AND_HEADER:]


@functools.cache
def drawn_with() -> tuple[str, ...]:
    """Return what all cards depend on."""
    files = [_TEMPLATE, *sorted(_FONTS.glob("noto-*.woff2"))]
    return (version_of("typst"), *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))
