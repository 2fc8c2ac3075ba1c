"""When two articles tell the same story."""

from __future__ import annotations

import dataclasses

import pytest

from digest.link import stories
from digest.link.stories import Signature, is_copy, is_same_story, same_story

BASE = Signature(
    story="a",
    language="ur",
    day=738_000,
    outlet="dawn",
    length=100,
    words=frozenset(range(100)),
    pairs=frozenset(range(99)),
    numbers=frozenset({1, 2}),
    headline=frozenset(range(8)),
    names=frozenset({5}),
    bands=(),
)


def _other(shared: int, **changes: object) -> Signature:
    words = frozenset(range(shared)) | frozenset(range(1000, 1100 - shared))
    told = dataclasses.replace(BASE, story="b", outlet="jang", words=words, pairs=frozenset(range(500, 599)))
    return dataclasses.replace(told, **changes)  # type: ignore[arg-type]


def test_the_likelihood_grows_with_what_is_shared_and_has_no_sides() -> None:
    told = [same_story(BASE, _other(shared)) for shared in range(0, 101, 10)]
    assert told == sorted(told)
    assert all(same_story(BASE, _other(n)) == same_story(_other(n), BASE) for n in (10, 40, 90))


def test_two_outlets_within_days_tell_one_story() -> None:
    assert is_same_story(BASE, _other(60, day=BASE.day + stories.FARTHEST if BASE.day else None))


@pytest.mark.parametrize("changes", [{"day": 738_005}, {"outlet": "dawn"}, {"language": "fa"}])
def test_other_days_the_same_outlet_and_other_languages_do_not(changes: dict[str, object]) -> None:
    assert not is_same_story(BASE, _other(60, **changes))


def test_without_outlet_or_date_more_is_asked_for() -> None:
    other = _other(25, headline=frozenset({900}))
    assert stories.SAME_STORY <= same_story(BASE, other) < stories.SAME_STORY_UNSURE
    assert is_same_story(BASE, other)
    assert not is_same_story(BASE, dataclasses.replace(other, outlet=None))
    assert not is_same_story(BASE, dataclasses.replace(other, day=None))


def test_copies_are_found_whenever_and_wherever_they_appear() -> None:
    copy = dataclasses.replace(BASE, story="b", day=None, outlet="dawn", pairs=frozenset(range(5, 99)))
    assert is_copy(BASE, copy)
    assert is_same_story(BASE, copy)
    assert not is_copy(BASE, dataclasses.replace(copy, pairs=frozenset(range(50, 149))))
