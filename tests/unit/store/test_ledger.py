"""The ledger: an address, once given, stays with its article through renames and edits, and is never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.store.ledger import Ledger, read_ledger

SUM_A, SUM_B, SUM_C = ("a" * 64, "b" * 64, "c" * 64)


def _ledger(*locators: str) -> Ledger:
    ledger = Ledger()
    for number, locator in enumerate(locators):
        _add(ledger, locator, checksum=chr(ord("a") + number) * 64)
    return ledger


def _add(ledger: Ledger, locator: str, checksum: str) -> str:
    ident = ledger.new_id(locator)
    ledger.add(story_id=ident, permalink=f"articles/undated/{ident[0]}/{ident}", checksum=checksum, locator=locator)
    return ident


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ledger = _ledger("seeds/ایک.txt", "seeds/b.jsonl#../../x", "seeds/دو تین.txt")
    path = tmp_path / "permalinks.tsv"
    path.write_text(ledger.text(), encoding="utf-8")
    again = read_ledger(path)
    assert list(again) == list(ledger)
    assert again.text() == ledger.text()
    assert [entry.sequence for entry in again] == [0, 1, 2]


def test_a_ledger_that_was_right_is_read_as_it_stands(tmp_path: Path) -> None:
    ledger = _ledger("seeds/ایک.txt", "seeds/دو تین.txt", "seeds/c.txt")
    path = tmp_path / "permalinks.tsv"
    path.write_text(ledger.text(), encoding="utf-8")
    again = read_ledger(path, ledger.checksum())
    assert again.text() == ledger.text()
    assert again.find("seeds/دو تین.txt") == ledger.find("seeds/دو تین.txt")
    assert again.of(ledger.new_id("x")) is None
    again.note_renames({"seeds/ایک.txt": SUM_A, "seeds/نیا.txt": SUM_B})
    moved = again.find("seeds/نیا.txt")
    assert moved
    assert moved.sequence == 1
    _add(again, "seeds/d.txt", "d" * 64)
    assert [entry.locator for entry in again] == ["seeds/ایک.txt", "seeds/نیا.txt", "seeds/c.txt", "seeds/d.txt"]
    path.write_text(again.text(), encoding="utf-8")
    assert list(read_ledger(path)) == list(again)


def test_a_ledger_that_was_edited_since_is_looked_at_again(tmp_path: Path) -> None:
    ledger = _ledger("seeds/a.txt")
    path = tmp_path / "permalinks.tsv"
    path.write_text(f"{ledger.text()}no line\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"permalinks.tsv:3"):
        read_ledger(path, ledger.checksum())


def test_no_file_is_an_empty_ledger(tmp_path: Path) -> None:
    assert len(read_ledger(tmp_path / "permalinks.tsv")) == 0


def test_a_renamed_seed_keeps_its_line() -> None:
    ledger = _ledger("seeds/a.txt", "seeds/b.txt")
    before = ledger.find("seeds/a.txt")
    assert before is not None
    ledger.note_renames({"seeds/z.txt": SUM_A, "seeds/b.txt": SUM_B})
    after = ledger.find("seeds/z.txt")
    assert after is not None
    assert (after.id, after.permalink, after.sequence) == (before.id, before.permalink, 0)
    assert ledger.find("seeds/a.txt") is None
    assert len(ledger) == 2


def test_a_copy_is_no_rename() -> None:
    ledger = _ledger("seeds/a.txt")
    ledger.note_renames({"seeds/a.txt": SUM_A, "seeds/copy.txt": SUM_A})
    assert ledger.find("seeds/copy.txt") is None


def test_twins_that_are_renamed_each_keep_one_line() -> None:
    ledger = Ledger()
    ids = {_add(ledger, "seeds/a.txt", SUM_A), _add(ledger, "seeds/b.txt", SUM_A)}
    ledger.note_renames({"seeds/y.txt": SUM_A, "seeds/z.txt": SUM_A})
    found = [ledger.find("seeds/y.txt"), ledger.find("seeds/z.txt")]
    assert {entry.id for entry in found if entry} == ids


def test_of_twins_the_one_that_is_gone_was_renamed() -> None:
    ledger = Ledger()
    edited, gone = _add(ledger, "seeds/a.txt", SUM_A), _add(ledger, "seeds/b.txt", SUM_A)
    ledger.note_renames({"seeds/a.txt": SUM_B, "seeds/c.txt": SUM_A})
    found = {locator: ledger.find(locator) for locator in ("seeds/a.txt", "seeds/c.txt")}
    assert {locator: entry.id for locator, entry in found.items() if entry} == {
        "seeds/a.txt": edited,
        "seeds/c.txt": gone,
    }


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    path = tmp_path / "permalinks.tsv"
    text = _ledger("seeds/a.txt").text()
    path.write_text(f"\ufeff{text}", encoding="utf-8")
    assert read_ledger(path).text() == text


def test_an_edited_seed_keeps_its_address() -> None:
    ledger = _ledger("seeds/a.txt")
    before = ledger.find("seeds/a.txt")
    assert before is not None
    after = ledger.note_checksum(before, SUM_C)
    assert (after.id, after.permalink, after.checksum) == (before.id, before.permalink, SUM_C)
    assert ledger.find("seeds/a.txt") == after
    assert SUM_A not in ledger.text()


def test_a_removed_seed_keeps_its_line_and_gets_it_back() -> None:
    ledger = _ledger("seeds/a.txt")
    ledger.note_renames({"seeds/other.txt": SUM_B})
    assert ledger.find("seeds/a.txt") is not None


def test_two_articles_never_share_an_id() -> None:
    ledger = _ledger("seeds/today.txt")
    ids = {entry.id for entry in ledger}
    # A maintainer who writes every article in today.txt and renames it later: the name is used again and again.
    for day in range(60):
        ledger.note_renames(
            {f"seeds/day-{day}.txt": next(e.checksum for e in ledger if e.locator == "seeds/today.txt")}
        )
        ids.add(_add(ledger, "seeds/today.txt", checksum=f"{day:064d}"))
    assert len(ids) == len(ledger) == 61
    assert {len(ident) for ident in ids} == {10}


def test_the_same_locator_has_the_same_id_in_every_build() -> None:
    assert Ledger().new_id("seeds/خبر.txt") == Ledger().new_id("seeds/خبر.txt")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("id\tpermalink", "id permalink"),
        lambda text: text.replace("\tseeds/a.txt", ""),
        lambda text: text.replace("\tseeds/a.txt", "\t"),
        lambda text: text.replace("\tseeds/a.txt", "\tseeds/a.txt\tmore"),
        lambda text: text.replace("articles/", "../../articles/"),
        lambda text: text.replace("articles/", "/articles/"),
        lambda text: text.replace("articles/", "articles//"),
        lambda text: text.replace("articles/", "people/"),
        lambda text: text + text.splitlines()[1] + "\n",
        lambda text: text + "\n",
        lambda text: text.replace("\n", "\n<<<<<<< HEAD\n", 1),
        lambda text: text[:-30],
    ],
    ids=[
        "header", "few", "empty", "many", "outside", "absolute", "gap", "other folder", "twice", "blank", "merge",
        "cut",
    ],
)  # fmt: skip
def test_a_damaged_ledger_is_refused_with_the_line(damage: object, tmp_path: Path) -> None:
    assert callable(damage)
    path = tmp_path / "permalinks.tsv"
    path.write_text(damage(_ledger("seeds/a.txt", "seeds/b.txt").text()), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        read_ledger(path)
    issue = refused.value.issues[0]
    assert issue.code == "bad-ledger"
    assert issue.where.startswith(f"{path}:")
    assert "restore" in issue.hint
