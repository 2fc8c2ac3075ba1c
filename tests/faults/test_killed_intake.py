"""A run that is killed at any moment leaves whole articles only, and the next one goes on where it was."""

from __future__ import annotations

import collections
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from digest.intake.desk import bring_in
from digest.model import RawArticle
from digest.report import Issue
from digest.settings import Settings
from digest.sources.folder import read_folder
from tests.intake_samples import TEXT, json_lines

ARTICLES = 60
PROGRAM = """
import sys
from pathlib import Path
from digest.intake.desk import bring_in
from digest.settings import Settings
bring_in(Path(sys.argv[1]), Settings(), [sys.argv[2]], watch=lambda read, came, done: print(came, flush=True))
"""


def _whole(root: Path) -> list[str]:
    """Return the names of the seeds, each of which must be whole, with its sidecar; it is written before its seed."""
    items = _items(root)
    for item in items:
        assert isinstance(item, RawArticle), item
        text = item.body.decode()
        assert text.startswith(TEXT)
        assert text.endswith("\n")
        said = yaml.safe_load((root / item.locator).with_suffix(".yml").read_text())
        assert said["provenance"]["sha256"]
    return [item.locator for item in items if isinstance(item, RawArticle)]


def _items(root: Path) -> list[RawArticle | Issue]:
    items = read_folder(root / "seeds", 1_000_000)
    return [item for item in items if not (isinstance(item, Issue) and item.code == "orphan-sidecar")]


@pytest.mark.parametrize("moment", [1, 7, 23, 59])
def test_kill_9_leaves_no_half_article(moment: int, tmp_path: Path, tally: collections.Counter[str]) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(json_lines({"text": f"{TEXT} {n}", "url": f"https://example.org/{n}"} for n in range(ARTICLES)))
    root = tmp_path / "site"
    (root / "seeds").mkdir(parents=True)
    run = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, root, source], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert run.stdout is not None
    for line in run.stdout:
        if int(line) >= moment:
            run.send_signal(signal.SIGKILL)
            break
    run.stdout.close()
    assert run.wait() == -signal.SIGKILL
    before = _whole(root)
    assert moment <= len(before) <= ARTICLES
    (outcome,) = bring_in(root, Settings(), [str(source)])
    assert outcome.came == ARTICLES - len(before)
    assert len(_whole(root)) == ARTICLES
    tally["kills of add"] += 1


def test_a_sidecar_without_its_seed_is_nothing_and_is_written_again(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(json_lines([{"text": TEXT, "url": "https://example.org/1"}]))
    bring_in(tmp_path, Settings(), [str(source)])
    (seed,) = (tmp_path / "seeds").rglob("*.txt")
    seed.unlink()
    seed.with_suffix(".yml").write_text("half of a sidec")
    (tmp_path / ".digest" / "intake.sqlite").unlink()  # the run was killed before it noted anything
    assert not _items(tmp_path)
    bring_in(tmp_path, Settings(), [str(source)])
    assert len(_whole(tmp_path)) == 1
