"""Sentences and the names in them, one file a kind; the format is described at the head of each file."""

from __future__ import annotations

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
    return load_typed(FOLDER / f"{name}.yml", list[Case])


IN_THE_WILD, NEGATIVE, KNOWN_FAILURES = map(_cases, ("in-the-wild", "negative", "known-failures"))


def _ids(cases: list[Case]) -> list[str]:
    return [f"{number:03}" for number, _ in enumerate(cases, 1)]


def _check(case: Case, analyst: Analyst) -> None:
    linked = analyst(RawArticle(locator="case", media_type="text/plain", body=case.text.encode()), "case")
    found = {(mention.surface, mention.entity) for mention in linked.mentions}
    filed = {term.entity for term in linked.terms if term.basis == "text"}
    assert set(case.find.items()) <= found, case.text
    wrong = {entity for _, entity in found} | filed
    assert not set(case.absent) & wrong, f"{case.text} ({case.why})"


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
    texts = [case.text for case in cases]
    assert len(set(texts)) == len(texts), "a sentence stands twice"
    named = {entity for case in cases for entity in (*case.find.values(), *case.absent)}
    assert not named - set(gazetteer.entities), "ids that no file has"
    assert all(case.why for case in KNOWN_FAILURES)


def test_there_are_enough_of_them() -> None:
    assert len(IN_THE_WILD) >= 60
    assert len(NEGATIVE) >= 60
