"""Flags and the names of an entity in other languages."""

from __future__ import annotations

from digest.write.markdown import Markdown, classed, escape, in_language, join, picture, strong
from digest.write.wording import Wording

_REGIONAL_A = 0x1F1E6
_CODE_LETTERS = 2


def flag_of(iso: str) -> str:
    """Return the flag of an ISO 3166 code, as an emoji.

    >>> [f"{ord(letter):X}" for letter in flag_of("PK")]
    ['1F1F5', '1F1F0']
    """
    if len(iso) != _CODE_LETTERS or not iso.isascii() or not iso.isalpha():
        return ""
    return "".join(chr(_REGIONAL_A + ord(letter) - ord("A")) for letter in iso.upper())


def flag(entity: str, words: Wording) -> Markdown:
    """Return the flag of a country with its text alternative; nothing for what has no flag."""
    known = words.entity(entity)
    if known is None or not known.iso:
        return Markdown("")
    return picture(escape(flag_of(known.iso)), words("flag_of", name=words.name(entity)), "dg-flag")


def names(entity: str, words: Wording) -> Markdown:
    """Return what an entity is called in other languages; nothing when no other name is known."""
    known = words.entity(entity)
    own = words.name(entity)
    others = {tag: name for tag, name in known.names.items() if name != own} if known else {}
    if not others:
        return Markdown("")
    shown = join(" · ", (in_language(name, tag) for tag, name in sorted(others.items())))
    return classed(Markdown(f"{strong(escape(words('names')))}: {shown}"), "dg-names")
