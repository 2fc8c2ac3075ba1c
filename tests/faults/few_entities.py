"""The command `digest` with a small gazetteer, and a clock that may be wrong: `few_entities.py GAZETTEER COMMAND...`.

Reading the thousands of entities that the package ships would take most of the time of every run of these tests.
$CLOCK_SHIFT is added to the clock, in seconds.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import digest.check
import digest.pipeline

if __name__ == "__main__":
    if shift := int(os.environ.get("CLOCK_SHIFT", "0")):
        real, real_ns = time.time, time.time_ns
        time.time = lambda: real() + shift
        time.time_ns = lambda: real_ns() + shift * 1_000_000_000
    few = Path(sys.argv.pop(1))
    for module in (digest.pipeline, digest.check):
        vars(module)["FOLDER"] = few
    from digest.cli import main

    main(prog_name="digest")
