"""Python and JavaScript see the same words in the same text."""

from __future__ import annotations

import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.search.folding import SearchFolder, _case_exceptions, _cherokee
from tests.search.conftest import IndexFactory
from tests.sites import SEEDS

_LETTERS = st.characters(exclude_categories=("Cs", "Cn", "Co"))
_ARABIC = st.characters(min_codepoint=0x600, max_codepoint=0x6FF)
_TEXTS = st.text(_ARABIC | st.sampled_from(" \u200c\u200d۔،’-0aBß") | _LETTERS, max_size=60)


def _python(pack: LanguagePack, texts: list[str]) -> list[list[list[str]]]:
    fold = SearchFolder(pack)
    return [[[form, fold.skeleton(form)] for form in pack.folder.words(text).forms] for text in texts]


def _same(index_factory: IndexFactory, pack: LanguagePack, texts: list[str]) -> None:
    folded: Any = index_factory().ask([{"fold": texts}])[0]
    wrong = [
        (t, ours, theirs) for t, ours, theirs in zip(texts, _python(pack, texts), folded, strict=True) if ours != theirs
    ]
    assert not wrong, wrong[:5]


def test_seeds(index_factory: IndexFactory, pack: LanguagePack) -> None:
    _same(index_factory, pack, [seed.decode() for seed in SEEDS.values()])


def test_every_name_of_the_gazetteer(index_factory: IndexFactory, pack: LanguagePack, gazetteer: Gazetteer) -> None:
    _same(index_factory, pack, [alias.text for entity in gazetteer.entities.values() for alias in entity.aliases])


def test_every_letter_before_and_behind_others(index_factory: IndexFactory, pack: LanguagePack) -> None:
    """All that Unicode 13 assigns in the planes of living scripts; newer letters depend on the browser's age."""
    letters = [chr(code) for code in range(0x20, 0x2E80)] + [chr(code) for code in range(0xA640, 0xAC00)]
    known = [letter for letter in letters if letter.isprintable()]
    _same(index_factory, pack, [f"ب{letter}ت {letter} ب{letter}" for letter in known])


def test_generated_text(index_factory: IndexFactory, pack: LanguagePack) -> None:
    index = index_factory()

    @settings(max_examples=15)
    @given(st.lists(_TEXTS, min_size=60, max_size=60))
    def same(texts: list[str]) -> None:
        folded: Any = index.ask([{"fold": texts}])[0]
        assert folded == _python(pack, texts)

    same()


def test_no_letter_that_folds_otherwise_is_forgotten() -> None:
    every = {
        chr(code): chr(code).casefold()
        for code in range(0x80, sys.maxunicode + 1)
        if chr(code).isalpha()
        and not _cherokee(code)
        and chr(code).casefold() != "".join(map(str.lower, chr(code).upper()))
    }
    assert every == _case_exceptions()
