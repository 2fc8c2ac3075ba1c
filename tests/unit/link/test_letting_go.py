"""A gazetteer that is not used any more is let go: `digest serve` reads a new one whenever an editor changes it."""

from __future__ import annotations

import gc

from digest.link.namesakes import Namesakes
from tests.conftest import AnalystFactory
from tests.small_gazetteer import named

PUTIN = {
    "people/vladimir-putin": {"names": {"ur": "ولادیمیر پوتن"}, "aliases": {"ur": [{"text": "پوتن", "form": "short"}]}}
}


def _linkers() -> int:
    gc.collect()
    return sum(isinstance(thing, Namesakes) for thing in gc.get_objects())


def test_nothing_keeps_a_linker_whose_analyst_is_gone(analyst_factory: AnalystFactory) -> None:
    before = _linkers()
    analyst = analyst_factory(PUTIN)
    assert named(analyst, "ولادیمیر پوتن آئے۔ پھر پوتن نے کہا")
    assert _linkers() == before + 1
    del analyst
    assert _linkers() == before
