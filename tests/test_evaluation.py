"""The figures of our own labelled articles do not fall below those committed in `evaluation/scores.json`."""

from __future__ import annotations

import subprocess
import sys

from tests.sites import ROOT


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_no_figure_has_fallen() -> None:
    """After a wanted change: `python evaluation/score.py --write`, and read the diff.

    Quietly: who fails here must not be shown the misses of articles that nobody is to read.
    """
    done = _run("evaluation/score.py", "--check", "--quiet")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_labels_fit_their_articles() -> None:
    done = _run("evaluation/check_labels.py")
    assert done.returncode == 0, done.stderr
