"""Answers kept by word: asked for once, and never more of them than allowed."""

from __future__ import annotations

from digest.languages.memo import Memo


def test_an_answer_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length, most=10)
    assert [*map(memo.__getitem__, ["روس", "چین", "روس"])] == [3, 3, 3]
    assert asked == ["روس", "چین"]


def test_hostile_input_does_not_fill_the_memory() -> None:
    memo = Memo(len, most=5)
    for number in range(100):
        assert memo["x" * number] == number
        assert len(memo) <= 5
