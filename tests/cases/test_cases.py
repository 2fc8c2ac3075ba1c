"""Sentences and the names in them; the format is described at the head of `in-the-wild.yml` and `negative.yml`.

A kind may have several files: `negative.yml`, `negative-more.yml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from digest.gazetteer.load import Gazetteer
from digest.model import RawArticle
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed

FOLDER = Path(__file__).parent / "ur"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"absent": "not"}):
    """A sentence and what is expected of it."""

    text: str
    find: Mapping[str, str] = {}
    absent: tuple[str, ...] = ()
    why: str = ""


def _cases(name: str) -> list[Case]:
    """Return the cases of `NAME.yml`, and of `NAME-more.yml` where there are so many."""
    return [case for path in sorted(FOLDER.glob(f"{name}*.yml")) for case in load_typed(path, list[Case])]


IN_THE_WILD, NEGATIVE, KNOWN_FAILURES = map(_cases, ("in-the-wild", "negative", "known-failures"))


def _ids(cases: list[Case]) -> list[str]:
    return [f"{number:03}" for number, _ in enumerate(cases, 1)]


def _check(case: Case, analyst: Analyst) -> None:
    linked = analyst(RawArticle(locator="case", media_type="text/plain", body=case.text.encode()), "case")
    for words, entity in case.find.items():
        surfaces = [mention.surface for mention in linked.mentions if mention.entity == entity]
        assert any(words in surface for surface in surfaces), f"{words} in {case.text}"
    found = {mention.entity for mention in linked.mentions} | {term.entity for term in linked.terms}
    assert not set(case.absent) & found, f"{case.text} ({case.why})"


@pytest.mark.parametrize("case", IN_THE_WILD, ids=_ids(IN_THE_WILD))
def test_in_the_wild(case: Case, analyst: Analyst) -> None:
    assert case.find
    _check(case, analyst)


@pytest.mark.parametrize("case", NEGATIVE, ids=_ids(NEGATIVE))
def test_negative(case: Case, analyst: Analyst) -> None:
    assert case.absent
    assert case.why
    _check(case, analyst)


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="known; see known-failures.yml")
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=_ids(KNOWN_FAILURES))
def test_known_failure(case: Case, analyst: Analyst) -> None:
    _check(case, analyst)


def test_the_cases_are_sound(gazetteer: Gazetteer) -> None:
    cases = [*IN_THE_WILD, *NEGATIVE, *KNOWN_FAILURES]
    texts = Counter(case.text for case in cases)
    assert [text for text, count in texts.items() if count > 1] == []
    named = {entity for case in cases for entity in (*case.find.values(), *case.absent)}
    assert not named - set(gazetteer.entities), "ids that no file has"
    assert all(case.why for case in KNOWN_FAILURES)


def test_there_are_enough_of_them() -> None:
    assert len(IN_THE_WILD) >= 200
    assert len(NEGATIVE) >= 150
