"""What is the same story depends on the set of articles: not on the order in which they came, nor on what was there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.store import bands
from digest.store.archive import Archive
from digest.store.same_story import settle
from tests.sites import ROOT

sys.path.insert(0, str(ROOT / "evaluation"))
from same_story_time import made_up

STORIES = list(made_up(40, fresh=2, again=6, rewritten=0.05))
steps = st.lists(st.lists(st.integers(0, len(STORIES) - 1), min_size=1, max_size=12), min_size=1, max_size=6)
"""Builds: in each, some articles come, or go when they are there."""


def _put(archive: Archive, number: int) -> None:
    linked = STORIES[number]
    archive.put(linked, checksum="", epoch="", permalink=f"articles/{linked.story.id}", sequence=number)


def _pairs(archive: Archive) -> list[tuple[object, ...]]:
    return [tuple(row) for row in archive.select("SELECT * FROM same_stories ORDER BY article, other")]


@pytest.mark.parametrize("crowd", [64, 2])
@given(steps=steps)
@settings(max_examples=25, deadline=None)
def test_same_stories_do_not_depend_on_the_order_of_arrival(
    crowd: int, steps: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("same")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bands, "CROWD", crowd)
        patch.setattr(bands, "RARE", crowd)
        patch.setattr("digest.store.same_story.MANY", 1)  # small changes go the way of small changes
        there: set[int] = set()
        with Archive(folder / "grown.sqlite") as grown, Archive(folder / "clean.sqlite") as clean:
            for step in steps:
                before = {pair[:2]: pair for pair in _pairs(grown)}
                for number in step:
                    if number in there:
                        grown.remove(STORIES[number].story.id)
                    else:
                        _put(grown, number)
                    there ^= {number}
                affected = settle(grown)
                after = {pair[:2]: pair for pair in _pairs(grown)}
                differs = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
                assert {article for pair in differs for article in pair} <= affected
            for number in sorted(there):
                _put(clean, number)
            settle(clean)
            assert _pairs(grown) == _pairs(clean)


def test_the_made_up_articles_hold_same_stories(tmp_path: Path) -> None:
    with Archive(tmp_path / "store.sqlite") as archive:
        for number in range(len(STORIES)):
            _put(archive, number)
        settle(archive)
        told = {tuple(pair[:2]) for pair in _pairs(archive)}
        assert {(f"made{one}", f"made{other}") for one in range(1, 8) for other in range(1, 8) if one != other} <= told
        assert not [pair for pair in told if {"made0", "made8"} & set(pair)]
