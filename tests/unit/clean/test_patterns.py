"""What spares the patterns of a language most lines changes no answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.clean.boilerplate import boilerplate_of
from digest.clean.lines import Line, count_words
from digest.clean.patterns import Alternatives, held_words, matcher_of
from digest.languages.files import BylineRule, Rule, SourceRule
from digest.languages.pack import LanguagePack, available_languages, check_patterns, load_pack

_AHEAD = re.compile(r"\(\?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\??")
"""Look-aheads only forbid: without them a pattern matches more, and Hypothesis can write texts for it."""
_PACKS = list(map(load_pack, available_languages()))


def _first_rule(line: Line, pack: LanguagePack) -> str | None:
    """Return the first rule that names a line, each tried by itself."""
    for rule in pack.boilerplate.rules:
        if rule.scope != "inline" and not rule.exact and len(line.text) <= 400 and matcher_of(rule)(line.text):
            return rule.id
    return None


@pytest.mark.parametrize("pack", _PACKS, ids=lambda pack: pack.tag)
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_rules_tried_as_one_name_the_line_that_they_name_one_by_one(pack: LanguagePack, data: st.DataObject) -> None:
    rules = [rule for rule in pack.boilerplate.rules if rule.scope != "inline"]
    patterns = [st.from_regex(_AHEAD.sub("", rule.pattern), fullmatch=True) for rule in rules if rule.pattern]
    words = [word for rule in rules for word in (*rule.holds, *rule.words, *rule.anchors)]
    said = st.lists(st.sampled_from([*words, "کہ", "12", "۔", ":", "پاکستان"]), min_size=1, max_size=9).map(" ".join)
    text = " ".join(data.draw(st.one_of(*patterns, said)).split())
    line = Line(1, text, count_words(text))
    kept = boilerplate_of(pack).take_out([line])
    facts: list[SourceRule | BylineRule] = [*pack.boilerplate.source_lines, *pack.boilerplate.byline_lines]
    fact = next((rule.id for rule in facts if len(text) <= 400 and re.fullmatch(rule.pattern, text)), None)
    wanted = fact or _first_rule(line, pack)
    found = kept.removals[0].rule if kept.removals else None
    exact = {rule.id for rule in rules if rule.exact}
    assert found == wanted or (wanted is None and found in exact)


@settings(max_examples=200)
@given(st.text(alphabet=" \t\u00a0\u200c\u2003\x1f\x85ab۔ی1", max_size=12))
def test_words_are_counted_as_white_space_separates_them(text: str) -> None:
    assert count_words(text) == len(text.split())


def test_the_first_of_joined_patterns_is_told() -> None:
    patterns = ["(?P<name>ab?)", "a|b+", "(?i:x)(?P<name>y)?"]
    joined = Alternatives(patterns)
    for text in ("a", "ab", "b", "bbb", "X", "xy", "Y", ""):
        wanted = next((number for number, pattern in enumerate(patterns) if re.fullmatch(pattern, text)), None)
        assert joined.first(text) == wanted
    assert Alternatives([]).first("") is None


def test_an_empty_pattern_is_refused() -> None:
    with pytest.raises(re.error, match="empty"):
        Alternatives(["a", ""])


def test_of_held_words_the_parts_are_enough() -> None:
    rules = [Rule(id="a", holds=("کلک کریں", "کلک")), Rule(id="b", holds=("کارٹون",))]
    assert held_words(rules) == ("کلک", "کارٹون")
    assert held_words([*rules, Rule(id="c")]) == ()


@pytest.mark.parametrize("pack", _PACKS, ids=lambda pack: pack.tag)
def test_patterns_can_be_joined(pack: LanguagePack) -> None:
    check_patterns(pack)
    given = pack.boilerplate
    rules: list[Rule | SourceRule | BylineRule] = [*given.rules, *given.source_lines, *given.byline_lines]
    for rule in rules:
        assert re.compile(rule.pattern).groups == len(re.compile(rule.pattern).groupindex), f"{rule.id}: use (?:"
