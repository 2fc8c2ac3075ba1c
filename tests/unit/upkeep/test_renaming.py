"""Renaming and merging keep every link: references, sidecars, and the old address."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigurationError, DigestError
from digest.gazetteer.load import FOLDER, Gazetteer, load_gazetteer
from digest.gazetteer.redirects import read_redirects
from digest.settings import Settings
from digest.upkeep.renaming import merge_entities, rename_entity

OWN = Settings(gazetteer=("gazetteer",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    people = tmp_path / "gazetteer/people"
    people.mkdir(parents=True)
    (people / "one.yml").write_text("names: {ur: پہلا آزمائشی, en: First Tester}\n", encoding="utf-8")
    (people / "two.yml").write_text(
        "# a comment\nnames: {ur: دوسرا آزمائشی}\naliases:\n  ur:\n    - دوسرا نامی\n", encoding="utf-8"
    )
    (tmp_path / "gazetteer/topics").mkdir()
    (tmp_path / "gazetteer/topics/testing.yml").write_text(
        "names: {ur: آزمائشیات}\nlexicon: {ur: {آزمائشیات: 3}}\nentities:\n  one: 3\n", encoding="utf-8"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.yml").write_text("people: [one]  # seen\n", encoding="utf-8")
    return tmp_path


def _gazetteer(root: Path) -> Gazetteer:
    return load_gazetteer([FOLDER, root / "gazetteer"])


def test_a_renamed_entity_takes_its_references_along(root: Path) -> None:
    rename_entity(root, OWN, _gazetteer(root), "one", "first-tester")
    after = _gazetteer(root).entities
    assert "one" not in after
    assert after["first-tester"].names["en"] == "First Tester"
    assert after["testing"].evidence == {"first-tester": 3}
    assert (root / "seeds/a.yml").read_text(encoding="utf-8") == "people: [first-tester]  # seen\n"
    assert read_redirects([root / "gazetteer"]) == {("person", "one"): "first-tester"}


def test_a_merged_entity_gives_its_names(root: Path) -> None:
    merge_entities(root, OWN, _gazetteer(root), "one", "two")
    after = _gazetteer(root).entities
    assert "one" not in after
    assert {"پہلا آزمائشی", "دوسرا نامی", "First Tester"} <= {alias.text for alias in after["two"].aliases}
    assert (root / "gazetteer/people/two.yml").read_text(encoding="utf-8").startswith("# a comment\n")


def test_redirects_lead_to_the_end(root: Path) -> None:
    rename_entity(root, OWN, _gazetteer(root), "one", "uno")
    merge_entities(root, OWN, _gazetteer(root), "uno", "two")
    assert read_redirects([root / "gazetteer"]) == {("person", "one"): "two", ("person", "uno"): "two"}


@pytest.mark.parametrize(("old", "new"), [("one", "two"), ("one", "One!"), ("nobody", "x"), ("one", "vladimir-putin")])
def test_what_cannot_be_renamed_changes_nothing(root: Path, old: str, new: str) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(DigestError):
        rename_entity(root, OWN, _gazetteer(root), old, new)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_two_kinds_are_not_merged(root: Path) -> None:
    with pytest.raises(DigestError, match="one kind"):
        merge_entities(root, OWN, _gazetteer(root), "testing", "two")


def test_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "redirects.tsv").write_text("kind\told\tnew\nperson\ta\tb\nperson\tb\ta\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="back to itself"):
        read_redirects([tmp_path])


def test_sidecars_that_cannot_be_read_are_left_alone_and_said(root: Path) -> None:
    broken = {"b.yml": "people: [one\n", "c.yml": "people: one\n", "d.yml": "- one\n"}
    for name, text in broken.items():
        (root / "seeds" / name).write_text(text, encoding="utf-8")
    said = rename_entity(root, OWN, _gazetteer(root), "one", "uno")
    assert (root / "seeds/a.yml").read_text(encoding="utf-8") == "people: [uno]  # seen\n"
    for name, text in broken.items():
        assert (root / "seeds" / name).read_text(encoding="utf-8") == text
        assert any(line.startswith(f"{name}: left as it is") for line in said)


def test_countries_in_sidecars_follow(root: Path) -> None:
    (root / "gazetteer/countries").mkdir()
    (root / "gazetteer/countries/testland.yml").write_text("iso: XX\nnames: {ur: آزمائشستان}\n", encoding="utf-8")
    (root / "seeds/a.yml").write_text("countries: [testland, NO]\n", encoding="utf-8")
    rename_entity(root, OWN, _gazetteer(root), "testland", "testlandia")
    assert (root / "seeds/a.yml").read_text(encoding="utf-8") == "countries: [testlandia, 'NO']\n"
