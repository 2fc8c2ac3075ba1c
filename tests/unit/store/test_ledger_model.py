"""The ledger against a plain model: whatever is renamed, edited, exchanged and removed, the lines are the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.store import ledger_text
from digest.store.ledger import Ledger, read_ledger

_NAMES = st.sampled_from([f"seeds/{name}.txt" for name in ("a", "b", "c", "ایک", "دو", "a~x")])
_SUMS = st.sampled_from([letter * 64 for letter in "abcd"])
_FOLDERS = st.lists(st.dictionaries(_NAMES, _SUMS, max_size=6), min_size=1, max_size=6)
Row = tuple[str, str, str]
"""Id, checksum and locator."""


def _renamed(rows: list[Row], there: dict[str, str]) -> list[Row]:
    """Return what `Ledger.note_renames` says it does, line by line, looking at all seeds."""
    known = {locator: checksum for _, checksum, locator in rows}
    seeking = sorted(locator for locator, checksum in there.items() if known.get(locator) != checksum)
    claims: dict[str, str] = {}
    free = sorted((row for row in rows if there.get(row[2]) != row[1]), key=lambda row: row[2] in there)
    for locator in seeking:
        for row in free:
            if row[1] == there[locator]:
                claims[row[0]] = locator
                free.remove(row)
                break
    taken = set(claims.values())
    return [
        (ident, checksum, claims.get(ident) or (f"{locator}~{ident}" if locator in taken else locator))
        for ident, checksum, locator in rows
    ]


@pytest.mark.parametrize("few", [0, 1000])
def test_lines_are_those_of_a_plain_model(few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_text, "_FEW", few)
    path = tmp_path / "permalinks.tsv"

    @given(_FOLDERS)
    def holds(folders: list[dict[str, str]]) -> None:
        path.unlink(missing_ok=True)
        rows: list[Row] = []
        before: dict[str, str] = {}
        ledger = Ledger()
        for there in folders:
            rows = _renamed(rows, there)
            changed = [dict(there.items() - before.items()), dict(before.items() - there.items())]
            sums = {checksum for some in changed for checksum in some.values()}
            ledger.note_renames({at: checksum for at, checksum in there.items() if checksum in sums})
            for locator, checksum in there.items():
                if entry := ledger.find(locator):
                    ledger.note_checksum(entry, checksum)
                    rows = [(i, checksum if at == locator else c, at) for i, c, at in rows]
                else:
                    ident = ledger.new_id(locator)
                    address = f"articles/undated/{ident}"
                    ledger.add(story_id=ident, permalink=address, checksum=checksum, locator=locator)
                    rows.append((ident, checksum, locator))
            assert [(entry.id, entry.checksum, entry.locator) for entry in ledger] == rows
            assert [entry.sequence for entry in ledger] == list(range(len(rows)))
            assert all(ledger.of(ident) == ledger.find(locator) for ident, _, locator in rows)
            assert ledger.checksum() == hashlib.sha256(ledger.text().encode()).hexdigest()
            path.write_text(ledger.text(), encoding="utf-8")
            ledger, before = read_ledger(path, ledger.checksum()), there

    holds()
