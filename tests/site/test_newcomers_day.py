"""The first day that the README shows: every command in it works as it stands, and leaves what the README says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT

pytestmark = pytest.mark.site

_FEED = ROOT / "docs/how-to/example-feed.xml"


def _commands() -> list[str]:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## A newcomer's day\n")[2]
    shown = section.partition("```console\n")[2].partition("```")[0]
    return [line[2:].partition("   # ")[0] for line in shown.splitlines() if line.startswith("$ ")]


def test_the_commands_of_the_readme_end_in_a_live_site(tmp_path: Path) -> None:
    shutil.copy(_FEED, tmp_path)
    folder = tmp_path
    commands = _commands()
    assert 8 <= len(commands) <= 10
    for command in commands:
        program, *arguments = shlex.split(command)
        if program == "cd":
            folder = folder / arguments[0]
            continue
        assert program == "digest"
        done = subprocess.run(
            [sys.executable, "-m", "digest", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    site = tmp_path / "www"
    (corrected,) = site.glob("articles/2024/11/29/*/index.html")
    page = corrected.read_text(encoding="utf-8")
    assert "جاپان میں زلزلے کے بعد امدادی کام جاری</h1>" in page
    assert "بڑی خبر" not in page
    person = (site / "people/salim-darakhshani/index.html").read_text(encoding="utf-8")
    assert len(set(re.findall(r'href="[^"]*(articles/2024/[^"#]*)"', person))) == 3
