"""Fold: what matching and search see, with a map back to the displayed text.

Folding makes spellings equal that readers take for the same word (Arabic and Urdu letters, hamza, madda,
harakat, tatweel, digits, the final ہ of امریکہ). It never reaches a page. The rules are data
(`fold.yml` of each language pack), so that the search engine in the browser can use the very same table.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from itertools import accumulate

from digest.languages.memo import Memo

MARKS = (
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u08d3-\u08ff\u0300-\u036f"
)
"""Marks that continue a word, as the inside of a character class."""
WORD = re.compile(rf"[^\W\d_]++(?:[{MARKS}]++[^\W\d_]*+)*+|\d++")
"""A word is a run of letters with their marks, or a run of digits. ZWNJ, ۔ ، ’ split words."""

_LETTERS = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5A-Za-z"
"""Letters that nearly all words consist of: a class that lists its letters is tested faster than one that excludes."""
_CUT = re.compile(rf"([{_LETTERS}]++(?![\w{MARKS}])|{WORD.pattern})")
"""Splits a text into what stands between its words, and the words, in turn: faster than to find them one by one."""

_JOINT = re.compile(r"[\s\u200c\u200d]*|\s?[-\u2010-\u2013]\s?|[۔.'’]")
"""What may stand between two words of one name. A full stop only when nothing follows it: جی۔سیون."""

_BRACKETED = re.compile(r"\s?\(\s?")
"""What may stand before the letter that tells parties of one name apart: مسلم لیگ (ن)."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FoldRules:
    """The fold table of a language."""

    letters: Mapping[str, str]
    """Character → its folded form: one character, or nothing."""
    final: Mapping[str, str]
    """What the last letter becomes in words longer than `final_over` letters."""
    final_over: int = 4


@dataclasses.dataclass(slots=True)
class Words:
    """The words of a text: folded forms, and where each stands in the text that was folded."""

    text: str
    forms: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    """What stands before each word, from the end of the one before it."""

    def __len__(self) -> int:
        return len(self.forms)

    def joined(self, index: int) -> bool:
        """Return whether word `index` may continue the name that the word before it began."""
        between = self.gaps[index]
        if between == " " or _JOINT.fullmatch(between) is not None or self._bracketed(index):
            return True
        return between.rstrip() == ")" and self._bracketed(index - 1)

    def start_of_name(self, index: int) -> int:
        """Return where a name begins whose first word is `index`: before the bracket of (ن) لیگ."""
        return self.text.rindex("(", 0, self.starts[index]) if self._bracketed(index) else self.starts[index]

    def end_of_name(self, index: int) -> int:
        """Return where a name ends whose last word is `index`: behind the bracket of مسلم لیگ (ن)."""
        return self.ends[index] + self._bracketed(index)

    def _bracketed(self, index: int) -> bool:
        start, end = self.starts[index], self.ends[index]
        if end - start != 1 or self.text[end : end + 1] != ")":
            return False
        return _BRACKETED.fullmatch(self.text[self.ends[index - 1] if index else max(0, start - 2) : start]) is not None


_MOST_KNOWN = 200_000
"""Folded words kept at hand; an archive of any size has a vocabulary that is mostly smaller."""


class Folder:
    """Folds words by the rules of one language.

    >>> from digest.languages.pack import load_pack
    >>> fold = load_pack("ur").folder
    >>> fold.word("امریکہ") == fold.word("امريكا")
    True
    >>> fold.words("پیوٹن، جی۔سیون").forms
    ['پیوٹن', 'جی', 'سیون']
    """

    def __init__(self, rules: FoldRules) -> None:
        self.rules = rules
        self._table = str.maketrans(dict(rules.letters))
        self._known = Memo(self.fold, most=_MOST_KNOWN)
        self.unfolded = frozenset(rules.final.values())
        """Letters that may stand for others at the end of a word."""

    def word(self, word: str) -> str:
        """Return the folded form of one word; it may be empty (a lone ء).

        >>> from digest.languages.pack import load_pack
        >>> load_pack("ur").folder.word("وَزِیرِ")
        'وزیر'
        """
        return self._known[word]

    def fold(self, word: str) -> str:
        """Return the same for who keeps it himself: nothing is kept at hand."""
        folded = word.casefold().translate(self._table)
        if len(folded) > self.rules.final_over and folded[-1] in self.rules.final:
            folded = folded[:-1] + self.rules.final[folded[-1]]
        return word if folded == word else folded  # most are as they were: then one string is kept, and not two

    def ending(self, form: str) -> str:
        """Return folded letters with their end folded as that of a long word."""
        final = self.rules.final
        return form[:-1] + final[form[-1]] if form and form[-1] in final else form

    def within(self, form: str) -> Iterator[str]:
        """Yield what may stand for a folded word where no printed word ends with it: امریکہکی keeps its ہ."""
        yield form
        if len(form) > self.rules.final_over:
            yield from (form[:-1] + end for end, folded in self.rules.final.items() if folded == form[-1])

    def words(self, text: str) -> Words:
        """Split `text` into words and fold each. Words that fold to nothing are left out."""
        parts = _CUT.split(text)
        forms = list(map(self._known.__getitem__, parts[1::2]))
        edges = list(accumulate(map(len, parts)))  # where each part ends, which is where the next one starts
        starts, ends, gaps = edges[:-1:2], edges[1::2], parts[:-1:2]
        if "" in forms:
            kept = [number for number, form in enumerate(forms) if form]
            forms = [forms[number] for number in kept]
            starts = [starts[number] for number in kept]
            ends = [ends[number] for number in kept]
            gaps = [text[end:start] for end, start in zip([0, *ends], starts, strict=False)]
        return Words(text, forms, starts, ends, gaps)

    def phrase(self, text: str) -> tuple[str, ...]:
        """Return the folded words of a name or phrase.

        >>> from digest.languages.pack import load_pack
        >>> load_pack("ur").folder.phrase("یورپی یونین")
        ('یورپی', 'یونین')
        """
        return tuple(self.words(text).forms)

    def locate(self, word: str, length: int, *, from_end: bool = False) -> int:
        """Return how many characters of `word` make the first (or last) `length` folded ones.

        It is the map back for names that a clitic is glued to: of امریکہکی the last two folded letters
        are the last two characters, but harakat may stand between.
        """
        seen = 0
        characters = reversed(word) if from_end else iter(word)
        for count, character in enumerate(characters):
            if seen == length and character.translate(self._table):
                return count
            seen += len(character.casefold().translate(self._table))
        return len(word)
