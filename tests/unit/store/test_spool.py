"""What is kept for a run is read back as it was, in any order, and leaves nothing behind."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.store.spool import Spool


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spool")


@given(
    pieces=st.lists(st.tuples(st.integers(0, 9), st.binary(min_size=1, max_size=50))),
    at_hand=st.sampled_from((0, 60, 1_000_000)),
)
def test_the_last_piece_under_a_number_counts(folder: Path, pieces: list[tuple[int, bytes]], at_hand: int) -> None:
    spool = Spool(folder, at_hand=at_hand)
    for number, piece in pieces:
        spool.keep(number, piece)
    assert {number: spool[number] for number in dict(pieces)} == dict(pieces)


@given(
    pieces=st.dictionaries(st.integers(0, 3000), st.binary(min_size=1, max_size=500)),
    at_hand=st.sampled_from((0, 300, 1_000_000)),
)
def test_pieces_come_back_in_any_order(folder: Path, pieces: dict[int, bytes], at_hand: int) -> None:
    spool = Spool(folder, at_hand=at_hand)
    for number, piece in pieces.items():
        assert number not in spool
        spool.keep(number, piece)
        assert spool[number] == piece
    assert {number: spool[number] for number in sorted(pieces)} == pieces
    assert all(number in spool for number in pieces)
    assert 3001 not in spool


@pytest.mark.parametrize("everywhere", [False, True])
def test_what_is_read_between_does_not_move_the_end_and_no_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, everywhere: bool
) -> None:
    if everywhere:  # as on systems that have no such call
        monkeypatch.delattr(os, "pread", raising=False)
    spool = Spool(tmp_path, at_hand=0)
    spool.keep(2, b"two")
    assert spool[2] == b"two"
    spool.keep(0, b"nought")
    assert (spool[2], spool[0], 1 in spool) == (b"two", b"nought", False)
    del spool
    assert not list(tmp_path.iterdir())


def test_little_is_kept_in_memory_and_much_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def open_file(**_: object) -> io.FileIO:
        opened.append(tmp_path / "x")
        return io.FileIO(tmp_path / "x", "w+")

    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)
    spool = Spool(tmp_path, at_hand=100)
    spool.keep(0, b"x" * 100)
    assert not opened
    spool.keep(1, b"y")
    assert len(opened) == 1
    assert (spool[0], spool[1]) == (b"x" * 100, b"y")
