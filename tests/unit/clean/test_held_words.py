"""`holds` of a rule only saves time: what its pattern matches, it never keeps out."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.languages.files import CaptionRule, Rule, may_match
from digest.languages.pack import available_languages, load_pack

_PACKS = [load_pack(tag).boilerplate for tag in available_languages()]
_HELD: list[Rule | CaptionRule] = [rule for rules in _PACKS for rule in rules.rules if rule.holds]
_HELD += [rule for rules in _PACKS for rule in rules.captions if rule.holds]
_AHEAD = re.compile(r"\(\?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\??")
"""Look-aheads only forbid: without them a pattern matches more, and Hypothesis can write texts for it."""


@pytest.mark.parametrize("rule", _HELD, ids=lambda rule: rule.id)
@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_one_of_its_words(rule: Rule | CaptionRule, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(_AHEAD.sub("", rule.pattern), fullmatch=True))
    assert may_match(rule.holds, text)


def test_a_rule_without_words_is_always_tried() -> None:
    assert may_match((), "")
    assert not may_match(("فوٹو",), "صدر نے کہا")
