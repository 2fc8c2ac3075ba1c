"""Rows as they are collected: steps, and articles that are added to them."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from digest.search.batch_file import narrowed
from digest.search.encoding import varints
from digest.search.rows import article, coded, filled, row


def _plain(numbers: list[int]) -> bytes:
    return varints([numbers[0], *(after - before - 1 for before, after in pairwise(numbers))])


@pytest.mark.parametrize("most", [1, 3, 40, 127, 128, 129, 256, 257, 5000])
@pytest.mark.parametrize("count", [1, 2, 16, 17, 300])
def test_steps_are_the_same_whichever_way_is_the_faster(most: int, count: int) -> None:
    for place in range(0, count, 7):
        steps = [1 + number % 3 for number in range(count)]
        steps[place] = most  # one that is long among many that are short
        numbers = [sum(steps[: end + 1]) for end in range(count)]
        if numbers[-1] >= 1 << 16:
            continue
        made = row("k", "k", b"".join(article(number, 7) for number in numbers))
        assert (made.steps, made.count, made.impacts) == (_plain(numbers), count, b"\x07" * count)


def test_what_is_there_stays_when_articles_are_added() -> None:
    articles = article(2, 9) + article(700, 40)
    positions = coded([3]) + coded([1, 500])
    found = filled(articles, positions, {0: 1, 2: 1, 701: 33})
    assert found[0] == article(0, 1) + article(2, 9) + article(700, 40) + article(701, 33)
    assert found[1] == coded([]) + coded([3]) + coded([1, 500]) + coded([])


def test_numbers_are_narrowed_without_loss() -> None:
    numbers = [0, 1, 255, 256, 65_535]
    assert narrowed(array("I", numbers)).tolist() == numbers
