"""Files appear whole, and only when they changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.store.files import read_whole, write_if_changed


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "a/b/c.md"
    assert write_if_changed(path, b"one")
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o644


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_if_changed(path, b"one")
    before = path.stat()
    assert not write_if_changed(path, b"one")
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_other_bytes_take_the_place_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one")
    with path.open("rb") as reader:
        assert write_if_changed(path, b"two")
        assert reader.read() == b"one", "who reads the old file reads it to its end"
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_a_failure_leaves_the_old_file_and_no_debris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"):
        write_if_changed(path, b"two")
    assert path.read_bytes() == b"one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"mine")
    path = tmp_path / "site" / "a.md"
    path.parent.mkdir()
    path.symlink_to(outside)
    write_if_changed(path, b"two")
    assert outside.read_bytes() == b"mine"
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize("size", [0, 1, 5000])
def test_a_file_is_read_with_its_state(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(bytes(size))
    content, state = read_whole(str(path))
    assert content == bytes(size)
    assert (state.st_size, state.st_mtime_ns) == (size, path.stat().st_mtime_ns)


@pytest.mark.parametrize("given", [1, 7, 100])
def test_a_file_is_read_to_its_end_when_the_system_gives_less(
    given: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"0123456789" * 5)
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, most: read(handle, min(most, given)))
    assert read_whole(str(path))[0] == b"0123456789" * 5
