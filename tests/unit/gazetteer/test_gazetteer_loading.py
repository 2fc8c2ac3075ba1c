"""The gazetteer's files: what they may hold, and that everything wrong is said with file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.gazetteer.spelling_out import expand
from digest.model import EntityKind

Write = Callable[[Mapping[str, object]], Path]
NAMES = {"names": {"ur": "روس"}, "iso": "RU"}


def _codes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(ConfigurationError) as refused:
        load_gazetteer([folder])
    return [(issue.code, Path(issue.where).name) for issue in refused.value.issues]


def test_the_gazetteer_that_ships_is_whole(gazetteer: Gazetteer) -> None:
    kinds = {kind: len(gazetteer.of_kind(kind)) for kind in EntityKind}
    assert kinds[EntityKind.COUNTRY] >= 249
    assert all(entity.name("ur") for entity in gazetteer.entities.values())
    assert len({country.iso for country in gazetteer.of_kind(EntityKind.COUNTRY)}) == kinds[EntityKind.COUNTRY]


def test_the_folder_is_the_kind_and_the_name_the_id(gazetteer_folder: Write) -> None:
    folder = gazetteer_folder({"countries/russia": NAMES, "people/vladimir-putin": {"names": {"ur": "پوتن"}}})
    entities = load_gazetteer([folder]).entities
    assert {entity.id: entity.kind for entity in entities.values()} == {
        "russia": EntityKind.COUNTRY,
        "vladimir-putin": EntityKind.PERSON,
    }


@pytest.mark.parametrize("name", ["Russia", "rus_sia", "-russia", "russia-", "rus--sia", "روس", "a b"])
def test_a_file_name_that_is_no_id(name: str, gazetteer_folder: Write) -> None:
    assert _codes(gazetteer_folder({f"countries/{name}": NAMES})) == [("bad-id", f"{name}.yml")]


def test_an_id_is_unique_over_all_kinds(gazetteer_folder: Write) -> None:
    folder = gazetteer_folder({"countries/georgia": NAMES, "places/georgia": {**NAMES, "countries": ["russia"]}})
    (folder / "places/georgia.yml").write_text("names: {ur: جارجیا}\ncountries: [united-states]\n")
    assert _codes(folder) == [("id-twice", "georgia.yml")]


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        ("names: {ur: روس}\niso: RU\ncapital: ماسکو\n", 1, "capital"),
        ("names: {ur: روس}\n", 1, "iso"),
        ("names: {ur: روس}\niso: ru\n", 2, "RU|pattern|A-Z"),
        ("names: {ur: روس}\niso: RU\nqid: 159\n", 3, "qid"),
        ("names: {ur: روس}\niso: RU\nqid: Q0159\n", 3, "qid"),
        ("names: {ur: ''}\niso: RU\n", 1, "names"),
        ("names: {ur: روس}\niso: RU\naliases:\n  ur:\n    - {text: روسی, form: nationality}\n", 5, "form"),
        (
            "names: {ur: روس}\niso: RU\naliases:\n  ur:\n    - روسیہ\n    - {text: روسی, needs: {nearby: [x]}}\n",
            6,
            "nearby",
        ),
        ("names: {ur: روس}\niso: RU\niso: US\n", 3, "twice"),
        ("names: {ur: روس}\niso: RU\n  bad: [\n", 3, ""),
    ],
)
def test_a_file_that_does_not_fit_is_named_with_its_line(
    content: str, line: int, word: str, gazetteer_folder: Write
) -> None:
    folder = gazetteer_folder({"countries/russia": content})
    with pytest.raises(ConfigurationError) as refused:
        load_gazetteer([folder])
    (issue,) = refused.value.issues
    assert issue.where == f"{folder}/countries/russia.yml:{line}"
    assert any(part in issue.message for part in word.split("|"))


def test_every_finding_of_every_file_is_listed(gazetteer_folder: Write) -> None:
    folder = gazetteer_folder({"countries/a": "names: [", "people/b": "{}", "topics/C": NAMES})
    assert sorted(name for _, name in _codes(folder)) == ["C.yml", "a.yml:1", "b.yml:1"] or len(_codes(folder)) == 3


@pytest.mark.parametrize("pattern", ["(a|b", "a|b", "((a|b)|c)", "(a)", " ", "(|)", "".join(["(a|b)"] * 9)])
def test_an_alias_that_cannot_be_spelt_out(pattern: str, gazetteer_folder: Write) -> None:
    file = {**NAMES, "aliases": {"ur": [pattern]}}
    assert _codes(gazetteer_folder({"countries/russia": file})) == [("bad-alias", "russia.yml")]


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("پوتن", ("پوتن",)),
        ("(پوٹن|پوتن) صاحب", ("پوٹن صاحب", "پوتن صاحب")),
        ("(ا|ب)(ج|د)", ("اج", "اد", "بج", "بد")),
        ("صدر (|ولادیمیر) پوتن", ("صدر پوتن", "صدر ولادیمیر پوتن")),
    ],
)
def test_alternatives_are_spelt_out(pattern: str, forms: tuple[str, ...]) -> None:
    assert expand(pattern) == forms


def test_a_canonical_name_is_a_strong_alias_unless_it_is_listed_again(gazetteer_folder: Write) -> None:
    weak = {"text": "شام", "strength": "weak", "needs": {"near": ["دمشق"]}}
    file = {
        "names": {"ur": "شام", "en": "Syria"},
        "iso": "SY",
        "aliases": {"ur": [weak, {"text": "شامی", "form": "demonym"}]},
    }
    syria = load_gazetteer([gazetteer_folder({"countries/syria": file})]).entities["syria"]
    found = {(alias.language, alias.text): (alias.form, alias.strong) for alias in syria.aliases}
    assert found == {
        ("ur", "شام"): ("name", False),
        ("ur", "شامی"): ("demonym", True),
        ("en", "Syria"): ("name", True),
    }


def test_a_site_of_ones_own_replaces_an_entity_and_adds_others(gazetteer_folder: Write, tmp_path: Path) -> None:
    folder = gazetteer_folder({"countries/russia": NAMES, "phrases/ur": [{"text": "روسی سلاد"}]})
    own = tmp_path / "own"
    (own / "countries").mkdir(parents=True)
    (own / "phrases").mkdir()
    (own / "countries/russia.yml").write_text("names: {ur: رُوس}\niso: RU\n")
    (own / "phrases/ur.yml").write_text("- {text: روسی رولیٹ, why: a game}\n")
    both = load_gazetteer([folder, own])
    assert both.entities["russia"].names["ur"] == "رُوس"
    assert both.phrases["ur"] == ("روسی سلاد", "روسی رولیٹ")
    assert both.fingerprint != load_gazetteer([folder]).fingerprint
    assert both.fingerprint == load_gazetteer([folder, own]).fingerprint


@pytest.mark.parametrize("name", ["countries/russia", "phrases/ur"])
def test_an_alias_of_too_many_forms_is_refused_before_it_is_spelt_out(name: str, gazetteer_folder: Write) -> None:
    pattern = "(a|b)" * 60
    phrases = name.startswith("phrases")
    file: object = [{"text": pattern}] if phrases else {**NAMES, "aliases": {"ur": [pattern]}}
    assert _codes(gazetteer_folder({name: file})) == [("bad-alias", f"{Path(name).name}.yml")]
    with pytest.raises(ConfigurationError, match="1,152,921,504,606,846,976 forms"):
        expand(pattern)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert _codes(tmp_path / "gazeteer") == [("no-gazetteer", "gazeteer")]


def test_what_nobody_would_read_is_said(gazetteer_folder: Write) -> None:
    folder = gazetteer_folder({"countries/russia": NAMES, "persons/a": NAMES, "russia": NAMES})
    (folder / "people").mkdir()
    for name in ("people/b.yaml", "README.md", ".hidden.yml"):
        (folder / name).write_text("names: {ur: پوتن}\n", encoding="utf-8")
    (folder / "__pycache__").mkdir()
    with pytest.raises(ConfigurationError) as refused:
        load_gazetteer([folder])
    assert {(issue.code, Path(issue.where).name) for issue in refused.value.issues} == {
        ("unknown-folder", "persons"),
        ("misplaced-file", "russia.yml"),
        ("bad-ending", "b.yaml"),
    }
    assert all(issue.hint for issue in refused.value.issues)


def test_an_entity_without_a_name(gazetteer_folder: Write) -> None:
    assert _codes(gazetteer_folder({"people/a": {"names": {}}})) == [("no-name", "a.yml")]


def test_a_later_folder_cannot_make_another_kind_of_an_entity(gazetteer_folder: Write, tmp_path: Path) -> None:
    folder = gazetteer_folder({"countries/russia": NAMES})
    (tmp_path / "own/people").mkdir(parents=True)
    (tmp_path / "own/people/russia.yml").write_text("names: {ur: روس}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_gazetteer([folder, tmp_path / "own"])
    (issue,) = refused.value.issues
    assert (issue.code, issue.where) == ("id-twice", str(tmp_path / "own/people/russia.yml"))
    assert f"{folder}/countries/russia.yml" in issue.message
