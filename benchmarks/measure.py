"""What a command costs: CPU seconds of it and all its children, seconds on the clock, memory of its largest process."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_WATCH = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[2:], stdout=open(sys.argv[1], "wb"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cost = {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": used.ru_maxrss / 1024}
print(json.dumps({"status": done.returncode, "cost": cost}))
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What was measured."""

    cpu: float
    """Seconds, user and system, children included."""
    wall: float
    """Seconds."""
    peak: float
    """Megabytes (2**20 bytes) of the largest process; what processes share is counted in each."""

    def __add__(self, other: Cost) -> Cost:
        """Return what one after the other costs."""
        return Cost(cpu=self.cpu + other.cpu, wall=self.wall + other.wall, peak=max(self.peak, other.peak))


def measure(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder and return its cost; what it prints is kept in `output.log` there.

    A small process of its own waits for it, so that only its children are counted.

    Raises:
        SystemExit: it failed; its last lines are shown.
    """
    log = folder / "output.log"
    watched = [sys.executable, "-S", "-c", _WATCH, str(log), *map(str, command)]
    # Compiled modules are kept, as they are wherever a program is installed: some machines switch that off.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        watched, cwd=folder, env={**inherited, **(environment or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} was not measured: its watch ended with status {done.returncode} {done.stderr}")
    answer = json.loads(done.stdout)
    if answer["status"]:
        last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-20:])
        raise SystemExit(f"{command[0]} ended with status {answer['status']} in {folder}:\n{last}")
    return Cost(**answer["cost"])
