"""What is worked out once and kept: it is found again, and never believed when it is damaged, foreign or stale."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from digest import kept as module
from digest.errors import ConfigurationError
from digest.installed import entry_points_of, imported, version_of
from digest.kept import file_stamps, kept
from digest.languages import pack as packs
from digest.languages.pack import load_pack
from digest.settings import Settings, load_settings
from digest.sources.reader import GROUP, readers


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "khabarnama"


@pytest.fixture
def made() -> tuple[list[int], Callable[[], list[int]]]:
    """Something that counts how often it is worked out."""
    calls: list[int] = []

    def make() -> list[int]:
        calls.append(1)
        return [3, 1, 2]

    return calls, make


def test_it_is_worked_out_once_for_a_basis(made: tuple[list[int], Callable[[], list[int]]]) -> None:
    calls, make = made
    assert [kept("x", basis, list[int], make) for basis in ("one", "one", "two", "one")] == [[3, 1, 2]] * 4
    assert len(calls) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content[:2],
        lambda _: b"",
        lambda content: module.checksum(msgspec.msgpack.encode("x")) + msgspec.msgpack.encode("x") + content[:0],
    ],
    ids=["a bit", "cut", "empty", "another type"],
)
def test_a_damaged_one_is_made_again(
    damage: Callable[[bytes], bytes], folder: Path, made: tuple[list[int], Callable[[], list[int]]]
) -> None:
    calls, make = made
    kept("x", 0, list[int], make)
    (path,) = folder.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert kept("x", 0, list[int], make) == [3, 1, 2]
    assert kept("x", 0, list[int], make) == [3, 1, 2]
    assert len(calls) == 2


def test_few_are_kept_and_nothing_unfinished(folder: Path, made: tuple[list[int], Callable[[], list[int]]]) -> None:
    for basis in range(9):
        kept("x", basis, list[int], made[1])
    kept("y", 0, list[int], made[1])
    assert sorted(path.name[0] for path in folder.iterdir()) == ["x"] * 4 + ["y"]


def test_without_a_folder_to_keep_it_in_it_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: tuple[list[int], Callable[[], list[int]]]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept("x", 0, list[int], made[1]) == kept("x", 0, list[int], made[1]) == [3, 1, 2]


def test_what_is_wrong_is_not_kept(folder: Path) -> None:
    def make() -> list[int]:
        raise ConfigurationError([])

    with pytest.raises(ConfigurationError):
        kept("x", 0, list[int], make)
    assert not folder.exists()


@pytest.fixture
def unread() -> Iterator[None]:
    load_pack.cache_clear()
    yield
    load_pack.cache_clear()


@pytest.mark.usefixtures("unread")
def test_a_pack_is_the_same_from_the_cache_and_its_files_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_pack("ur")
    load_pack.cache_clear()
    monkeypatch.setattr(packs, "_read", None)
    second = load_pack("ur")
    same = (
        "language", "characters", "dates", "boilerplate", "ui", "stopwords", "romanise", "companions", "measured"
    )  # fmt: skip
    assert all(getattr(first, field) == getattr(second, field) for field in same)
    assert first.folder.rules == second.folder.rules


@pytest.mark.usefixtures("unread")
def test_a_changed_pack_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "languages" / "ur"
    folder.mkdir(parents=True)
    for path in (packs.FOLDER / "ur").iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(packs, "FOLDER", folder.parent)
    assert "zzz" not in load_pack("ur").stopwords
    load_pack.cache_clear()
    with (folder / "stopwords.txt").open("a", encoding="utf-8") as file:
        file.write("zzz\n")
    assert "zzz" in load_pack("ur").stopwords


def test_settings_are_those_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    for number in (10, 20, 10):
        path.write_text(f"plugins:\n- digest:\n    per_page: {number}\n", encoding="utf-8")
        assert load_settings(path) == load_settings(path) == Settings(per_page=number)


def test_settings_from_the_environment_are_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("plugins:\n- digest:\n    per_page: !ENV [PAGES, 5]\n", encoding="utf-8")
    assert load_settings(path).per_page == 5
    monkeypatch.setenv("PAGES", "7")
    assert load_settings(path).per_page == 7


def test_stamps_tell_a_change_of_the_same_length(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a", encoding="utf-8")
    before = file_stamps([tmp_path, tmp_path / "none"])
    os.utime(path, ns=(0, 0))
    assert file_stamps([tmp_path]) != before
    assert list(before) == [str(path)]


def test_readers_come_from_what_is_kept_as_from_what_is_installed(folder: Path) -> None:
    listed = entry_points_of(GROUP)
    assert listed == entry_points_of(GROUP)
    assert [path for path in folder.iterdir() if path.name.startswith("entry-points")]
    assert {type(imported(value)()) for _, value in listed} == set(map(type, readers().values()))


def test_a_reader_that_is_installed_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [name for name, _ in entry_points_of(GROUP) if name == "zzz"]
    info = tmp_path / "other-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.5\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nzzz = pathlib:Path\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert ("zzz", "pathlib:Path") in entry_points_of(GROUP)
    assert version_of("other") == "1.5"
    assert version_of("there-is-no-such-thing") == ""
