"""What search sees of a word: the fold of the language, and its consonant skeleton.

There is one table for both sides: the index is built with it, and the same table travels in the root file to
the browser, where `engine.js` does the same with it. A test compares the two over a whole vocabulary.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from digest.kept import file_stamps, kept
from digest.languages.fold import MARKS, Folder
from digest.languages.memo import Memo
from digest.languages.pack import LanguagePack

_FILE = Path(__file__).parent / "skeleton.yml"


class _SkeletonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: Mapping[str, str]
    initial: Mapping[str, str]


def _read_skeleton() -> _SkeletonFile:
    from digest.reviewed_yaml import load_typed  # noqa: PLC0415 - most runs find what an earlier one has read

    return load_typed(_FILE, _SkeletonFile)


@functools.cache
def _skeleton_tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return letter → class of consonants, and letter → class of letters that are heard only at the start."""
    file = kept("search-skeleton", file_stamps([_FILE.parent]), _SkeletonFile, _read_skeleton)
    return (
        {letter: name for name, letters in file.classes.items() for letter in letters},
        {letter: name for name, letters in file.initial.items() for letter in letters},
    )


_CASED = ((0x80, 0x3000), (0xA640, 0xAC00), (0xFB00, 0xFB20), (0xFF20, 0xFF60), (0x10400, 0x10E00), (0x11800, 0x11900),
          (0x16E00, 0x16F00), (0x1E900, 0x1EA00))  # fmt: skip
"""Where Unicode has upper and lower case."""
_SILENT = "\0"
"""Stands for letters that are heard at the start only."""
_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)
_MOST_KNOWN = 20_000
"""Skeletons kept at hand: of the words of names, mostly."""


class SearchFolder:
    """Folds words for the index.

    >>> from digest.languages.pack import load_pack
    >>> fold = SearchFolder(load_pack("ur"))
    >>> fold.skeleton("پوتن"), fold.skeleton("پیوٹن"), fold.skeleton("putin"), fold.skeleton("ایران")
    ('ptn', 'ptn', 'ptn', 'arn')
    """

    def __init__(self, pack: LanguagePack) -> None:
        fold, clitics = pack.folder.word, pack.language.clitics
        self.folder: Folder = pack.folder
        self.stopwords = pack.folded_stopwords - {""}
        self.clitics = (tuple(sorted(set(map(fold, clitics.before)))), tuple(sorted(set(map(fold, clitics.after)))))
        classes, self._initial = _skeleton_tables()
        heard = {**classes, **dict.fromkeys(self._initial, _SILENT)}
        self._heard = "".join(heard.get(letter, letter) for letter in map(chr, range(ord(max(heard)) + 1)))
        self._known = Memo(self._skeleton, most=_MOST_KNOWN)

    def skeleton(self, folded: str) -> str:
        """Return the consonant skeleton of a folded word. That of a prefix is a prefix of the word's."""
        return self._known[folded]

    def _skeleton(self, folded: str) -> str:
        start = self._initial.get(folded[:1], "")
        heard = start + folded.translate(self._heard).replace(_SILENT, "")
        return _DOUBLED.sub(r"\1", heard) if _DOUBLED.search(heard) else heard  # they are written once or twice

    def row_key(self, word: str) -> str:
        """Return where the row of a word stands; each is asked for once, so nothing is kept at hand."""
        return f"{self._skeleton(word)}\t{word}"

    def sort_key(self, word: str, rest: str = "") -> str:
        """Return where a row stands in the index: by skeleton, then word, then what follows it."""
        return f"{self.skeleton(word)}\t{word}{rest}"


def code_units(key: str) -> bytes:
    """Return what a key is sorted by: JavaScript compares UTF-16 code units, Python code points."""
    return key.encode("utf-16-be", "surrogatepass")


def fold_table(pack: LanguagePack) -> dict[str, Any]:
    """Return the whole table as the browser gets it.

    `lower` holds the letters whose case folding is not their upper case's lower case, which JavaScript does not know.
    """
    rules = pack.folder.rules
    classes, initial = _skeleton_tables()
    folder = SearchFolder(pack)
    return {
        "marks": MARKS,
        "letters": {letter: folded for letter, folded in rules.letters.items() if folded},
        "drop": "".join(sorted(letter for letter, folded in rules.letters.items() if not folded)),
        "final": dict(rules.final),
        "final_over": rules.final_over,
        "lower": _case_exceptions(),
        "classes": _by_class(classes),
        "initial": _by_class(initial),
        "before": folder.clitics[0],
        "after": folder.clitics[1],
        "stopwords": sorted(folder.stopwords),
    }


def _by_class(letters: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for letter, name in letters.items():
        found[name] = found.get(name, "") + letter
    return found


@functools.cache
def _case_exceptions() -> dict[str, str]:
    """Return the letters that fold otherwise than raised and lowered again, but Cherokee (`fold.js` knows its rule)."""
    found = {}
    for code in itertools.chain.from_iterable(itertools.starmap(range, _CASED)):
        letter = chr(code)
        if letter.isalpha() and letter.casefold() != "".join(map(str.lower, letter.upper())) and not _cherokee(code):
            found[letter] = letter.casefold()
    return found


def _cherokee(code: int) -> bool:
    """Return whether a letter is of the one script whose case folding is upper case."""
    return code in range(0x13A0, 0x1400) or code in range(0xAB70, 0xABC0)
