"""The cache of the gazetteer is only a cache: whatever happens to it or to the files, the truth is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.gazetteer import lexicon
from digest.gazetteer.kept_aliases import KeptAliases
from digest.gazetteer.kept_names import Name
from digest.gazetteer.lexicon import build_lexicon
from digest.gazetteer.load import FOLDER, Gazetteer, load_gazetteer
from digest.languages.pack import load_pack
from digest.reviewed_yaml import load_typed
from digest.store.gazetteer_cache import load_cached_gazetteer

RUSSIA = {"countries/russia": {"names": {"ur": "روس"}, "iso": "RU"}}


@pytest.fixture
def folder(
    gazetteer_folder: Callable[[Mapping[str, object]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return gazetteer_folder(RUSSIA)


def _same(one: Gazetteer, other: Gazetteer) -> bool:
    return (one.entities, one.phrases, one.fingerprint) == (other.entities, other.phrases, other.fingerprint)


def _names(gazetteer: Gazetteer) -> dict[str, list[Name]]:
    lexicon = build_lexicon(gazetteer, load_pack("ur").folder, "ur")
    return {word: lexicon.beginning_with(word) for word in lexicon.first_words()}


def _kept(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "cache").rglob("gazetteer-*.msgpack"))


def test_the_second_time_says_the_same(folder: Path, tmp_path: Path) -> None:
    truth = load_gazetteer([folder])
    assert _same(load_cached_gazetteer([folder], ["ur"]), truth)
    assert len(_kept(tmp_path)) == 1
    assert _same(load_cached_gazetteer([folder], ["ur"]), truth)


@pytest.mark.parametrize("content", [b"", b"\x00", b"\x94\x80", b"not msgpack at all"])
def test_a_damaged_cache_is_not_believed(content: bytes, folder: Path, tmp_path: Path) -> None:
    load_cached_gazetteer([folder], ["ur"])
    for path in _kept(tmp_path):
        path.write_bytes(content)
    assert _same(load_cached_gazetteer([folder], ["ur"]), load_gazetteer([folder]))


def test_a_changed_added_or_removed_file_counts_at_once(folder: Path) -> None:
    load_cached_gazetteer([folder], ["ur"])
    (folder / "countries/russia.yml").write_text("names: {ur: روس, en: Russia}\niso: RU\n")
    assert load_cached_gazetteer([folder], ["ur"]).entities["russia"].names["en"] == "Russia"
    (folder / "countries/iran.yml").write_text("names: {ur: ایران}\niso: IR\n")
    assert set(load_cached_gazetteer([folder], ["ur"]).entities) == {"iran", "russia"}
    (folder / "countries/russia.yml").unlink()
    assert set(load_cached_gazetteer([folder], ["ur"]).entities) == {"iran"}


def test_only_changed_files_are_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (folder / f"countries/land{number}.yml").write_text(f"names: {{ur: ملک{number}}}\niso: X{'ABC'[number]}\n")
    load_cached_gazetteer([folder], ["ur"])
    (folder / "countries/land1.yml").write_text("names: {ur: نیا ملک}\niso: XB\n")
    (folder / "countries/land2.yml").unlink()
    (folder / "countries/land3.yml").write_text("names: {ur: چوتھا ملک}\niso: XD\n")
    read: list[str] = []

    def noted(path: Path, kind: type) -> object:
        read.append(path.name)
        return load_typed(path, kind)

    with monkeypatch.context() as patch:
        patch.setattr("digest.reviewed_yaml.load_typed", noted)
        found = load_cached_gazetteer([folder], ["ur"])
    assert read == ["land1.yml", "land3.yml"]
    truth = load_gazetteer([folder])
    assert _same(found, truth)
    assert _names(found) == _names(truth)
    assert _names(load_cached_gazetteer([folder], ["ur"])) == _names(truth)


def test_names_are_kept_as_they_are_compiled() -> None:
    found, truth = load_cached_gazetteer([FOLDER], ["ur"]), load_gazetteer()
    assert found.derived["ur"].names
    assert _names(found) == _names(truth)


def test_a_flipped_letter_in_a_cache_is_not_believed(folder: Path, tmp_path: Path) -> None:
    load_cached_gazetteer([folder], ["ur"])
    for path in _kept(tmp_path):
        path.write_bytes(path.read_bytes().replace("روس".encode(), "طوس".encode()))
    assert _same(load_cached_gazetteer([folder], ["ur"]), load_gazetteer([folder]))


def test_a_flipped_letter_in_what_is_kept_of_the_files_is_not_believed(folder: Path, tmp_path: Path) -> None:
    load_cached_gazetteer([folder], ["ur"])
    (folder / "countries/china.yml").write_text("names: {ur: چین}\niso: CN\n")
    for letter in ("طوس".encode(), b"\xff" * 6):
        for path in (tmp_path / "cache").rglob("*.files"):
            path.write_bytes(path.read_bytes().replace("روس".encode(), letter))
        assert _same(load_cached_gazetteer([folder], ["ur"]), load_gazetteer([folder]))
        (folder / "countries/china.yml").write_text("names: {ur: چین, en: China}\niso: CN\n")


def test_what_editors_and_file_systems_leave_is_no_part_of_it(folder: Path) -> None:
    truth = load_gazetteer([folder])
    (folder / "countries/.#russia.yml").symlink_to("user@host.1234:5678")
    (folder / "countries/._russia.yml").write_bytes(b"\x00\x05\x16\x07")
    (folder / "countries/old.yml").mkdir()
    assert _same(load_cached_gazetteer([folder], ["ur"]), truth)
    assert _same(load_gazetteer([folder]), truth)


def test_a_broken_file_is_an_error_in_spite_of_a_cache(folder: Path) -> None:
    load_cached_gazetteer([folder], ["ur"])
    (folder / "countries/russia.yml").write_text("names: [\n")
    with pytest.raises(ConfigurationError):
        load_cached_gazetteer([folder], ["ur"])


def test_caches_of_old_states_do_not_pile_up(folder: Path, tmp_path: Path) -> None:
    for number in range(6):
        (folder / "countries/russia.yml").write_text(f"names: {{ur: روس, en: {'R' * number}x}}\niso: RU\n")
        load_cached_gazetteer([folder], ["ur"])
    assert len(_kept(tmp_path)) <= 3


def test_no_place_for_a_cache_is_no_error(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert _same(load_cached_gazetteer([folder], ["ur"]), load_gazetteer([folder]))


def test_kept_names_answer_alike_however_often_they_are_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_FEW", 4)
    truth = build_lexicon(load_gazetteer([folder]), load_pack("ur").folder, "ur")
    load_cached_gazetteer([folder], ["ur"])
    kept = build_lexicon(load_cached_gazetteer([folder], ["ur"]), load_pack("ur").folder, "ur")
    asked = [*truth.first_words(), "کچھ", ""]
    for _ in range(3):
        assert [kept.beginning_with(word) for word in asked] == [truth.beginning_with(word) for word in asked]
        assert [kept.after(word) is None for word in asked] == [truth.after(word) is None for word in asked]
    assert sorted(kept.first_words()) == sorted(truth.first_words())


def test_kept_aliases_are_those_of_the_file(folder: Path) -> None:
    load_cached_gazetteer([folder], ["ur"])
    kept, truth = (
        load_cached_gazetteer([folder], ["ur"]).entities["russia"],
        load_gazetteer([folder]).entities["russia"],
    )
    assert isinstance(kept.aliases, KeptAliases)
    assert (len(kept.aliases), kept.aliases[0], kept.aliases[:1]) == (1, truth.aliases[0], truth.aliases[:1])
    assert kept.aliases[0] is kept.aliases[0]
    assert kept == truth
    assert kept.aliases != [truth.aliases[0]]
