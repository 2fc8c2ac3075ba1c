"""Sources that wait for servers run at once, and end when their taker does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from digest.intake.together import together


def test_all_run_at_once_and_all_items_come() -> None:
    meeting = threading.Barrier(3, timeout=10)

    def source(number: int) -> Iterator[str]:
        meeting.wait()  # nobody gets past before all are here
        yield from (f"{number}{letter}" for letter in "abc")

    found = list(together([source(number) for number in range(3)]))
    assert sorted(found) == [(number, f"{number}{letter}") for number in range(3) for letter in "abc"]
    for number in range(3):
        assert [item for at, item in found if at == number] == [f"{number}{letter}" for letter in "abc"]


def test_what_a_source_raises_is_raised_and_the_others_end() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    def broken() -> Iterator[int]:
        yield 2
        raise ValueError("a library is missing")

    with pytest.raises(ValueError, match="missing"):
        list(together([endless(), broken()]))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("digest-source")]


def test_a_taker_that_stops_ends_all() -> None:
    items = together([iter(range(1_000_000)), iter(range(1_000_000))])
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("digest-source")]


def test_nothing_gives_nothing() -> None:
    assert not list(together([]))


def test_a_source_that_hangs_keeps_nobody() -> None:
    held = threading.Event()

    def hanging() -> Iterator[int]:
        yield 1
        held.wait(60)

    items = together([hanging()])
    next(items)
    began = time.monotonic()
    items.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 10
    held.set()
