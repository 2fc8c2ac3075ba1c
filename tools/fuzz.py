"""Lets Atheris look for bytes that break a reader: `tools/fuzz.py a.html -max_total_time=60`; `make fuzz` asks for all.

What it finds is written to a file `crash-…` in the working folder, and is a test case for `tests/faults`.
"""

from __future__ import annotations

import collections
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["digest"]):
    from tests.faults.reading import HONEST, read


def main(name: str, *options: str) -> None:
    """Fuzz one reader, beginning with a sound example."""
    tally: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="digest-") as corpus:
        (Path(corpus) / "sound").write_bytes(HONEST[name])
        atheris.Setup([sys.argv[0], corpus, *options], lambda body: read(name, body, tally))
        atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(name.replace(" ", "_") for name in HONEST))
    else:
        main(sys.argv[1].replace("_", " "), *sys.argv[2:])
