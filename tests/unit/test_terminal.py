"""How the program ends: at once, with its status, and with all that it had to say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from digest.cli import main

_PROGRAM = """
import atexit, sys, threading
import click
from digest.terminal import Utf8Group
atexit.register(print, "taken apart")
@click.group(cls=Utf8Group)
def main(): pass
@main.command()
@click.argument("status", type=int)
def leave(status):
    print("said")
    print("complained", file=sys.stderr)
    {more}
    sys.exit(status)
main()
"""


def _run(status: int, more: str = "") -> tuple[int, str, str]:
    command = [sys.executable, "-c", _PROGRAM.replace("{more}", more), "leave", str(status)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("status", [0, 1, 3])
def test_a_program_says_all_and_ends_at_once(status: int) -> None:
    assert _run(status) == (status, "said\n", "complained\n")


@pytest.mark.parametrize(
    "more",
    ["threading.Timer(0.01, lambda: None).start()", "import multiprocessing", "sys.setprofile(lambda *_: None)"],
    ids=["a thread", "processes", "a profiler"],
)
def test_it_ends_as_usual_where_something_else_runs_or_looks_on(more: str) -> None:
    assert _run(0, more) == (0, "said\ntaken apart\n", "complained\n")


def test_a_command_of_another_program_only_raises() -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
