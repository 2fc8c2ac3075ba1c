"""YAML that people review: plain data only, no surprises of YAML itself, and every finding with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from digest.errors import ConfigurationError
from digest.report import Issue
from digest.reviewed_yaml import load_typed, parse_typed


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    """A part."""

    size: int
    name: str = ""


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    """A file."""

    title: str = ""
    day: dt.date | None = None
    parts: list[Inner] = []
    named: Mapping[str, list[Inner]] = {}


def _issue(text: str, wanted: Any = Outer) -> Issue:
    with pytest.raises(ConfigurationError) as refused:
        parse_typed(text, wanted, where="x.yml")
    (issue,) = refused.value.issues
    assert issue.where.startswith("x.yml")
    return issue


def _line(text: str) -> int:
    return int(_issue(text).where.partition(":")[2])


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n"])
def test_an_empty_file_is_an_empty_mapping(text: str) -> None:
    assert parse_typed(text, Outer, where="x.yml") == Outer()


@pytest.mark.parametrize("text", ["2021-12-28", "2021-12-28T10:00:00Z", "2021-12-28 10:00:00"])
def test_a_date_stays_text_where_text_is_wanted(text: str) -> None:
    assert parse_typed(f"title: {text}", Outer, where="x.yml").title == text


def test_a_date_is_a_date_where_one_is_wanted() -> None:
    assert parse_typed("day: 2021-12-28", Outer, where="x.yml").day == dt.date(2021, 12, 28)


@pytest.mark.parametrize(
    "text",
    [
        "title: !!python/object/apply:os.system [echo]",
        "title: !!python/name:os.system",
        "title: !custom x",
        "!!python/object:x.Y {}",
        "title: !!binary x",
        "title: !!timestamp x",
        "parts: !!set {a}",
        "parts: !!omap [a]",
        "title: !!int x",
    ],
)
def test_tags_are_refused(text: str) -> None:
    assert _issue(text).code in {"not-yaml", "bad-value"}


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: x\n"


@pytest.mark.parametrize("text", [BOMB, "title: &t x\n", "parts: &p []\nnamed: {a: *p}\n"])
def test_anchors_are_refused(text: str) -> None:
    issue = _issue(text)
    assert (issue.code, issue.message) == ("not-yaml", "anchors and aliases are not accepted")


def test_an_ampersand_in_a_value_is_no_anchor() -> None:
    assert parse_typed("title: this & that", Outer, where="x.yml").title == "this & that"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_before_it_runs_over_the_stack(opening: str) -> None:
    assert _issue(opening * 200_000).code == "not-yaml"


def test_a_key_given_twice_is_refused_with_the_line_of_the_second() -> None:
    issue = _issue("title: a\nday: 2021-12-28\ntitle: b\n")
    assert (issue.code, issue.where) == ("not-yaml", "x.yml:3")
    assert "'title'" in issue.message
    assert _issue("parts:\n- {size: 1, size: 2}\n").where == "x.yml:2"


@pytest.mark.parametrize("text", ["{{ title }}: x", "title: {{ x }}", "[a]: b", "{a: b}: c", "? [a]\n: b"])
def test_a_key_that_is_no_text_is_refused(text: str) -> None:
    assert _issue(text).code == "not-yaml"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: a\nparts: 5\n", 2, "array"),
        ("title: a\nparts:\n- size: 1\n- size: x\n", 4, "`int`"),
        ("title: a\nparts:\n- size: 1\n- name: x\n", 4, "size"),
        ("title: a\nparts:\n- size: 1\n  colour: red\n", 3, "colour"),
        ("title: a\ncolour: red\n", 1, "colour"),
        ("named:\n  a:\n  - size: 1\n  b:\n  - size: 1\n  - size: x\n", 6, "`int`"),
        ("named:\n  a:\n  - size: x\n  b:\n  - size: 1\n", 1, "`int`"),
        ("- a\n- b\n", 1, "object"),
        ("day: 2021-02-30\n", 1, "date"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_line(text: str, line: int, words: str) -> None:
    issue = _issue(text)
    assert issue.code == "bad-value"
    if text.startswith("named:\n  a:\n  - size: x"):  # the key is not named: any line of the mapping will do
        assert 1 <= _line(text) <= 5
    else:
        assert _line(text) == line
    assert words in issue.message


@pytest.mark.parametrize(
    ("text", "line"), [("a: [\n", 2), ("a: b: c\n", 1), ("title: x\n\tb: c\n", 2), ("a: 'x\n", 2), ("title: \x07\n", 1)]
)
def test_what_is_no_yaml_is_said_with_its_line(text: str, line: int) -> None:
    issue = _issue(text)
    assert issue.code == "not-yaml"
    assert issue.where in {f"x.yml:{line}", "x.yml"}


@pytest.mark.parametrize("text", ["parts: [{size: 0b}]", "title: 0b1", "title: .inf", "title: ~"])
def test_numbers_and_nothing_are_no_crash(text: str) -> None:
    _issue(text)


def test_a_missing_or_unreadable_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "latin.yml").write_bytes(b"title: caf\xe9\n")
    for name in ("gone.yml", "latin.yml", "."):
        with pytest.raises(ConfigurationError) as refused:
            load_typed(tmp_path / name, Outer, shown=f"seeds/{name}")
        assert refused.value.issues[0].code == "unreadable"
        assert refused.value.issues[0].where == f"seeds/{name}"


@pytest.mark.parametrize("word", ["NO", "no", "ON", "off", "Yes", "y", "n"])
def test_a_short_word_is_no_yes_or_no(word: str) -> None:
    assert parse_typed(f"[{word}]", list[str], where="x.yml") == [word]
    assert parse_typed(f"{{{word}: 1}}", dict[str, int], where="x.yml") == {word: 1}


@pytest.mark.parametrize(("word", "value"), [("true", True), ("False", False), ("TRUE", True), ("tRue", True)])
def test_only_true_and_false_are_booleans(word: str, value: object) -> None:
    assert parse_typed(f"[{word}]", list[bool], where="x.yml") == [value]
    assert parse_typed(f"[{word}x, '{word}']", list[str], where="x.yml") == [f"{word}x", word]
