"""`digest edit` changes one field of a sidecar and nothing else, and writes nothing that could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ConfigurationError, DigestError
from digest.settings import Settings
from digest.sources.sidecar import read_sidecar
from digest.upkeep.sidecars import edit_sidecar, find_seed, parse_assignments, with_field

COMMENTED = """\
# looked up by hand
headline: ایک سرخی   # as printed
countries:           # both
  - KZ
  - RU
# the end
"""


def test_a_changed_field_leaves_comments_and_other_lines() -> None:
    assert with_field(COMMENTED, "headline", "دوسری") == COMMENTED.replace("ایک سرخی", "دوسری")


def test_a_list_is_replaced_and_the_comment_behind_it_stays() -> None:
    changed = with_field(COMMENTED, "countries", ["PK"])
    assert "KZ" not in changed
    assert changed.endswith("countries: [PK]\n# the end\n")


def test_a_new_field_is_added_at_the_end() -> None:
    assert with_field("byline: x", "published", "2021-12-28") == "byline: x\npublished: '2021-12-28'\n"


def test_a_field_is_taken_out() -> None:
    assert with_field(COMMENTED, "headline", None) == COMMENTED.replace("headline: ایک سرخی   # as printed\n", "")


def test_a_sidecar_on_one_line_keeps_its_fields() -> None:
    assert with_field("{byline: x, countries: [PK]}", "byline", "y") == "countries: [PK]\nbyline: y\n"


@given(value=st.text(min_size=1, max_size=60).filter(lambda text: text.isprintable() and text.strip() == text))
def test_any_text_comes_back_as_it_was(value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    seed = tmp_path_factory.mktemp("edit") / "a.txt"
    edit_sidecar(seed, {"headline": "old", "byline": "b"})
    edit_sidecar(seed, {"headline": value})
    hints = read_sidecar(seed.with_suffix(".yml"), "a.yml").overrides
    assert (hints.headline, hints.byline) == (value, "b")


def test_a_bad_value_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    seed = tmp_path / "a.txt"
    seed.with_suffix(".yml").write_text(COMMENTED, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="2021-12-28"):
        edit_sidecar(seed, {"byline": "x", "published": "2021-13-40"})
    assert seed.with_suffix(".yml").read_text(encoding="utf-8") == COMMENTED


def test_an_unknown_field_is_refused_with_the_fields_that_there_are() -> None:
    with pytest.raises(DigestError, match="headline, summary"):
        parse_assignments(["headlines=x"])


def test_taking_out_the_last_field_removes_the_file(tmp_path: Path) -> None:
    edit_sidecar(tmp_path / "a.txt", {"byline": "x"})
    edit_sidecar(tmp_path / "a.txt", {"byline": None})
    assert not (tmp_path / "a.yml").exists()


@pytest.mark.parametrize("wanted", ["summit", "summit.txt", "seeds/summit.txt"])
def test_a_seed_is_found_by_its_name(wanted: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/summit.txt").write_text("x", encoding="utf-8")
    assert find_seed(tmp_path, Settings(), wanted) == tmp_path / "seeds/summit.txt"


def test_a_name_of_two_seeds_is_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / "seeds" / folder).mkdir(parents=True)
        (tmp_path / "seeds" / folder / "x.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DigestError, match=r"seeds/a/x\.txt, seeds/b/x\.txt"):
        find_seed(tmp_path, Settings(), "x")


def test_a_line_of_a_file_is_corrected_in_a_sidecar_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/l.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "permalinks.tsv").write_text(
        f"id\tpermalink\tchecksum\tlocator\nabcdefghij\tarticles/x-abcdefghij\t{'0' * 64}\tseeds/l.jsonl#17\n",
        encoding="utf-8",
    )
    found = find_seed(tmp_path, Settings(), "abcdefghij")
    assert found == find_seed(tmp_path, Settings(), "seeds/l.jsonl#17") == tmp_path / "seeds/l.jsonl.17.yml"
    edit_sidecar(found, {"byline": "x"})
    assert found.read_text(encoding="utf-8") == "byline: x\n"
    with pytest.raises(DigestError, match="has many articles"):
        find_seed(tmp_path, Settings(), "l.jsonl")


@pytest.mark.parametrize(
    ("old", "field"), [("published: 2024-02-30\n", "published"), ("countries: [NO, SE]\n", "countries")]
)
def test_what_yaml_takes_for_something_else_can_be_corrected(old: str, field: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(old)
    (change,) = edit_sidecar(tmp_path / "a.txt", {field: ["PK"] if field == "countries" else "2024-02-29"})
    assert change.field == field
    assert str(change)


def test_comments_stay_when_the_last_field_goes(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("# checked with the agency\nheadline: x\n")
    edit_sidecar(tmp_path / "a.txt", {"headline": None})
    assert (tmp_path / "a.yml").read_text() == "# checked with the agency\n"


def test_a_sidecar_that_is_not_utf_8_is_said_and_left(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes("headline: خبر\n".encode("utf-16"))
    with pytest.raises(DigestError, match="not UTF-8"):
        edit_sidecar(tmp_path / "a.txt", {"byline": "x"})


def test_a_seed_is_found_by_its_path_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = tmp_path / "site/seeds/deep/a#b.txt"
    seed.parent.mkdir(parents=True)
    seed.write_text("x")
    monkeypatch.chdir(tmp_path)
    for wanted in ("site/seeds/deep/a#b.txt", "./site/seeds/deep/a#b.txt", str(seed)):
        assert find_seed(tmp_path / "site", Settings(), wanted) == seed
