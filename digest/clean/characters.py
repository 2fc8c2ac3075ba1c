"""Tidy: repairs characters in the text that readers see, and keeps a record of it.

Every fix is named and counted, nothing else changes. The steps and their order were measured on 10,727
articles: NFC; NFKC only on presentation forms (on the whole text it explodes ﷺ into eighteen letters); the
letter table of the language; NFC again; ی with a hamza above becomes ئ. Harakat, digits and URLs stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from digest.languages.pack import LanguagePack

_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)))
"""C0 and C1 controls but tab and line ends: no text needs them, and HTML, XML and YAML may not hold them."""
_NOT_ASSIGNED = (
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff\u2061-\u2064\u206a-\u206f\ufff9-\ufffb"
)
_TAGS = "\U000e0000-\U000e007f"
_NOT_CHARACTERS = re.compile(f"[{_NOT_ASSIGNED}]|(?<![\U0001f3f4\U000e0020-\U000e007f])[{_TAGS}]+")
"""Not assigned or private, or never seen: signs of formulas, annotations, and tags, which mean something in flags."""
_SPACES = re.compile(" {2,}")
_LAST_WORD = re.compile(r"\w+\Z")
_LOOSE_ZWNJ = re.compile("(?:(?<=[\\s۔،؛؟!.,:()\"'])|^)\u200c+|\u200c+(?=[\\s۔،؛؟!.,:()\"']|$)|(?<=\u200c)\u200c+")


class Tidy:
    """The tidy of one language.

    >>> from digest.languages.pack import load_pack
    >>> tidy = Tidy(load_pack("ur"))
    >>> tidy("ولاديمير پوتن نے کہا۔اس کے")
    ('ولادیمیر پوتن نے کہا۔ اس کے', {'arabic-letters': 2, 'space-after-stop': 1})
    >>> tidy("جی۔سیون")[1]
    {}
    """

    def __init__(self, pack: LanguagePack) -> None:
        table = pack.characters
        self._letters = str.maketrans(dict(table.arabic_letters))
        self._arabic = re.compile(f"[{''.join(table.arabic_letters)}]") if table.arabic_letters else None
        self._spaces = dict.fromkeys(map(ord, table.spaces), " ")
        self._invisible = dict.fromkeys(map(ord, table.invisible))
        self._direction = dict.fromkeys(map(ord, table.direction))
        unwanted = "".join(map(chr, (*_CONTROLS, *self._spaces, *self._invisible, *self._direction)))
        # One class, though some tags may stay: alternatives would take ten times as long to say that there is nothing.
        self._unwanted = re.compile(f"[{re.escape(unwanted)}{_NOT_ASSIGNED}{_TAGS}]")
        ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in table.presentation_forms)
        letters = "".join(table.arabic_letters)
        self._suspect = re.compile(f"[{re.escape(unwanted + letters)}{_NOT_ASSIGNED}{_TAGS}{ranges}\u0654\u200c]")
        """All characters for which a step before the stops may have something to do."""
        self._presentation = re.compile(f"[{ranges}]") if ranges else None
        stops = re.escape(table.space_after)
        self._unspaced = re.compile(rf"[{stops}](?<=\w.)(?=[^\W\d_])") if stops else None
        names = pack.language.letter_names
        # Looked for in front of a stop only: else a line of a million letters would take an hour.
        self._letter_names = frozenset(names)
        self._longest_name = max(map(len, names), default=0)

    def __call__(self, text: str) -> tuple[str, dict[str, int]]:
        """Return `text` tidied, and the fixes by name with how often each was made."""
        fixes: dict[str, int] = {}
        if self._suspect.search(text) or not unicodedata.is_normalized("NFC", text):
            text, fixes = self._repaired(text)
        text = self._space_after_stops(text, fixes)
        if "  " in text:
            text = self._sub(_SPACES, " ", text, "repeated-spaces", fixes)
        return text.strip(), fixes

    def _repaired(self, text: str) -> tuple[str, dict[str, int]]:
        """Return `text` with its characters repaired, and the fixes; most lines need none."""
        fixes: Counter[str] = Counter()
        if self._unwanted.search(text):
            text = self._translate(text, _CONTROLS, "control-characters", fixes)
            text = self._sub(_NOT_CHARACTERS, "", text, "not-characters", fixes)
            text = self._translate(text, self._direction, "direction-controls", fixes)
            text = self._translate(text, self._invisible, "invisible-characters", fixes)
            text = self._translate(text, self._spaces, "other-spaces", fixes)
        text = self._normal(text, fixes)
        if self._presentation and self._presentation.search(text):
            text = self._presentation.sub(lambda match: _letters(match[0], fixes), text)
        if self._arabic and (hits := len(self._arabic.findall(text))):
            fixes["arabic-letters"] += hits
            text = text.translate(self._letters)
        text = self._normal(text, fixes)
        if "ی\u0654" in text:
            fixes["yeh-hamza"] += text.count("ی\u0654")
            text = text.replace("ی\u0654", "ئ")
        if "\u200c" in text:
            text = self._sub(_LOOSE_ZWNJ, "", text, "loose-zwnj", fixes)
        return text, {name: count for name, count in fixes.items() if count}

    @staticmethod
    def _translate(text: str, table: Mapping[int, str | None], name: str, fixes: Counter[str]) -> str:
        fixes[name] += sum(ord(character) in table for character in text)
        return text.translate(table)

    @staticmethod
    def _sub(pattern: re.Pattern[str], to: str, text: str, name: str, fixes: dict[str, int]) -> str:
        text, count = pattern.subn(to, text)
        if count:
            fixes[name] = fixes.get(name, 0) + count
        return text

    @staticmethod
    def _normal(text: str, fixes: Counter[str]) -> str:
        if unicodedata.is_normalized("NFC", text):
            return text
        composed = unicodedata.normalize("NFC", text)
        fixes["composed-characters"] += max(1, len(text) - len(composed))
        return composed

    def _space_after_stops(self, text: str, fixes: dict[str, int]) -> str:
        """Put a space between sentences that the scraper ran together, but not inside جی۔سیون."""
        if self._unspaced is None:
            return text

        pieces: list[str] = []
        start = 0
        for match in self._unspaced.finditer(text):
            if match[0] == "۔" and self._is_letter_name(text, match.start()):
                continue
            pieces.append(text[start : match.end()])
            start = match.end()
        if pieces:
            fixes["space-after-stop"] = len(pieces)
            text = " ".join((*pieces, text[start:]))
        return text

    def _is_letter_name(self, text: str, end: int) -> bool:
        """Return whether the word that ends at `end` is the name of a letter; no more is looked at than that takes."""
        word = _LAST_WORD.search(text, max(0, end - self._longest_name - 1), end)
        return word is not None and word[0] in self._letter_names


def _letters(form: str, fixes: Counter[str]) -> str:
    """Return the letters of a presentation form; some in these ranges (﷽) have none, and stay."""
    letters = unicodedata.normalize("NFKC", form)
    if letters != form:
        fixes["presentation-forms"] += 1
    return letters
