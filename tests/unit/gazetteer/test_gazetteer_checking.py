"""`digest check` finds what is wrong between the files: collisions, missing entities, rules that never decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from digest.gazetteer.check import check_gazetteer
from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import LanguagePack, available_languages, load_pack
from digest.report import Issue, Severity

Write = Callable[[Mapping[str, object]], Path]


@pytest.fixture
def check(gazetteer_folder: Write, pack: LanguagePack) -> Callable[[Mapping[str, object]], list[Issue]]:
    return lambda files: check_gazetteer(load_gazetteer([gazetteer_folder(files)]), (pack,))


Check = Callable[[Mapping[str, object]], list[Issue]]


def _country(name: str, iso: str, **more: Any) -> dict[str, Any]:
    return {"names": {"ur": name}, "iso": iso, **more}


RUSSIA = {"countries/russia": _country("روس", "RU")}


def test_a_sound_gazetteer_has_no_findings(check: Check) -> None:
    assert check({**RUSSIA, "people/vladimir-putin": {"names": {"ur": "ولادیمیر پوتن"}, "country": "russia"}}) == []


def test_the_one_that_ships_has_no_errors(gazetteer: Gazetteer) -> None:
    issues = check_gazetteer(gazetteer, tuple(map(load_pack, available_languages())))
    assert [str(issue) for issue in issues if issue.severity is Severity.ERROR] == []


def test_strong_aliases_that_fold_alike_collide(check: Check) -> None:
    (issue,) = check({**RUSSIA, "countries/reus": _country("رُوس", "RE")})
    assert issue.code == "alias-collision"
    assert "reus and russia" in issue.message
    assert "weak" in issue.hint


def test_names_that_are_told_apart_do_not_collide(check: Check) -> None:
    weak = {"text": "روس", "strength": "weak", "needs": {"before": ["شہر"]}}
    other = {"places/reus": {"names": {"en": "Reus"}, "countries": ["russia"], "aliases": {"ur": [weak]}}}
    unless = {"text": "روس", "unless": {"before": ["شہر"]}}
    third = {"countries/reuss": _country("ری یوس", "RE", aliases={"ur": [unless]})}
    assert check({**RUSSIA, **other, **third}) == []


def test_a_single_letter_may_not_link_everywhere(check: Check) -> None:
    (issue,) = check({"organisations/x": {"names": {"en": "Twitter"}, "aliases": {"en": [{"text": "X"}]}}})
    assert (issue.code, "«X»" in issue.message) == ("alias-too-short", True)


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({"people/a-b": {"names": {"ur": "کوئی"}, "country": "rusia"}}, "rusia"),
        ({"organisations/a-b": {"names": {"ur": "کوئی"}, "country": "a-b"}}, "a-b"),
        ({"organisations/a-b": {"names": {"ur": "کوئی"}, "countries": ["moscow"]}}, "moscow"),
        ({"places/moscow": {"names": {"ur": "ماسکو"}, "countries": ["rusia"]}}, "rusia"),
        ({"topics/a-b": {"names": {"ur": "کوئی"}, "parent": "russia"}}, "russia"),
        ({"topics/a-b": {"names": {"ur": "کوئی"}, "entities": {"nato": 3}}}, "nato"),
        (
            {"people/a-b": {"names": {"ur": "ک ل"}, "aliases": {"ur": [{"text": "ل", "strength": "weak",
             "needs": {"entities": ["nobody"]}}]}}},
            "nobody",
        ),
        (
            {"people/a-b": {"names": {"ur": "ک ل"}, "aliases": {"ur": [{"text": "لام", "unless":
             {"entities": ["nobody"]}}]}}},
            "nobody",
        ),
    ],
    ids=["country", "wrong kind", "countries", "place", "parent", "evidence", "needs", "unless"],
)  # fmt: skip
def test_what_is_named_must_be_there_and_of_the_right_kind(
    files: Mapping[str, object], missing: str, check: Check
) -> None:
    (issue,) = check({**RUSSIA, **files})
    assert issue.code == "no-such-entity"
    assert repr(missing) in issue.message
    assert next(iter(files)) in issue.where


def test_a_wikidata_id_or_iso_code_belongs_to_one_file(check: Check) -> None:
    issues = check(
        {"countries/russia": _country("روس", "RU", qid="Q159"), "countries/iran": _country("ایران", "RU", qid="Q159")}
    )
    assert sorted(issue.code for issue in issues) == ["iso-twice", "qid-twice"]
    assert all("iran.yml" in issue.message or "russia.yml" in issue.message for issue in issues)


@pytest.mark.parametrize(
    ("alias", "why"),
    [
        ({"text": "روسی", "needs": {"near": ["صدر"]}}, "never read"),
        ({"text": "روسی", "strength": "weak", "alone": False}, "never link"),
        ({"text": "۔۔"}, "no letters"),
        ({"text": "روسی", "strength": "weak", "needs": {"near": ["صدر", "ء"]}}, "folds to nothing"),
        ({"text": "روسی", "unless": {"before": ["،"]}}, "folds to nothing"),
    ],
)
def test_a_rule_that_can_never_decide_is_useless(alias: Mapping[str, object], why: str, check: Check) -> None:
    (issue,) = check({"countries/russia": _country("روس", "RU", aliases={"ur": [alias]})})
    assert issue.code == "useless-rule"
    assert why in issue.message


def test_a_word_of_a_topic_that_folds_to_nothing(check: Check) -> None:
    (issue,) = check({"topics/a-b": {"names": {"ur": "کوئی"}, "lexicon": {"ur": {"ء": 3, "وزیر": 2}}}})
    assert (issue.code, "'ء'" in issue.message) == ("empty-word", True)


def test_errors_come_first_and_everything_twice_is_said_once(check: Check) -> None:
    issues = check(
        {
            **RUSSIA,
            "countries/reus": _country("رُوس", "RE", qid="Q1"),
            "people/a-b": {"names": {"ur": "ک ل"}, "qid": "Q1"},
        }
    )
    assert len({str(issue) for issue in issues}) == len(issues) == 2
