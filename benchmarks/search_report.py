"""Prints what search.py measured: each figure beside its bar, and the recall of all side by side."""

from __future__ import annotations

import operator
import os
import platform
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PEERS = Path(__file__).parent / "peers"
_KB = 1000
Bars = Mapping[str, tuple[float, Callable[[float, float], bool]]]
_MEASURED = 10_000
_PRECISE = 0.8


def bars(count: int) -> Bars:
    """Return, by line of the report, the bar that ours must meet; cost and times have bars up to 10,000 articles."""
    most = {
        "one more article, CPU s": 0.3, "one more article, files": 10, "one more article, % of the bytes": 5,
        "an edit of the oldest, CPU s": 0.3, "an edit of the oldest, files": 10,
        "an edit of the oldest, % of the bytes": 5,
        "first search, a name, KB": 100, "first search, a word, KB": 100,
    }  # fmt: skip
    if count <= _MEASURED:
        most |= {
            "build, CPU s": 20, "build, MB": 300, "files": 500,
            "first search, a name, KB": 50, "first search, a word, KB": 50, "first search, three words, KB": 70,
            "page, first result, s": 1.3, "page, warm result, s": 0.2, "renderer, MB": 40,
            "box, first result, s": 1.3, "box, warm result, s": 0.2, "box, KB of search on a page view": 2,
        }  # fmt: skip
    return {name: (bar, operator.le) for name, bar in most.items()}


def lines(facts: Mapping[str, Any]) -> Mapping[str, float]:
    """Return the plain figures of one by their names in the report."""
    found = {
        "build, CPU s": facts["cpu"], "build, MB": facts["mb"], "files": facts["files"], "MB": facts["bytes"] / 1e6,
        "one more article, CPU s": facts["one_cpu"], "one more article, files": facts["one_files"],
        "one more article, % of the bytes": facts["one_share"] * 100,
    }  # fmt: skip
    if "edit_cpu" in facts:
        found |= {
            "an edit of the oldest, CPU s": facts["edit_cpu"],
            "an edit of the oldest, files": facts["edit_files"],
            "an edit of the oldest, % of the bytes": facts["edit_share"] * 100,
        }
    for name, value in facts.items():
        if name.startswith("first search") and isinstance(value, tuple):
            found |= {f"{name}, KB": value[0] / _KB, f"{name}, the most, KB": value[1] / _KB}
        elif name.endswith((", s", ", MB", "page view", "warm ms")) and isinstance(value, float):
            found[name] = value
    return found


def show(name: str, facts: Mapping[str, Any], wanted: Bars) -> None:
    """Print what was measured of one; beside a figure of ours its bar."""
    if "missing" in facts:
        print(f"\n{name}: not measured, {facts['missing']}")
        return
    print(f"\n{name}")
    for line, value in lines(facts).items():
        judged = ""
        if name == "ours" and line in wanted:
            bar, meets = wanted[line]
            judged = f"{'meets' if meets(value, bar) else 'MISSES'} {bar:g}"
        print(f"  {line:<44} {value:>12,.2f}  {judged}")
    for kind, (share, precision, queries) in facts.get("judged", {}).items():
        judged = "meets" if precision >= _PRECISE else "MISSES"
        figures = f"recall {share:6.1%}, precision at 10 {precision:6.1%} ({queries} queries)"
        print(f"  judged, {kind:<20} {figures}  {judged} {_PRECISE:.0%}")


def show_recall(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Print recall and precision at 10 of all that were asked, by kind of variant."""
    asked = {name: facts for name, facts in found.items() if facts.get("recall")}
    print("\nrecall / precision at 10, by kind of variant")
    print(f"  {'':<30}" + "".join(f"{name + ' ' + format(facts['asked'], ','):>22}" for name, facts in asked.items()))
    for kind in dict.fromkeys(kind for facts in asked.values() for kind in facts["recall"]):
        cells = (facts["recall"].get(kind) for facts in asked.values())
        print(f"  {kind:<30}" + "".join(f"{f'{c[0]:.1%} / {c[1]:.1%}' if c else '–':>22}" for c in cells))


def versions() -> str:
    """Return what the figures depend on, on one line."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    found = [f"Python {platform.python_version()}", f"node {node}"]
    for name in ("lunr", "pagefind", "minisearch"):
        file = PEERS / "node_modules" / name / "package.json"
        if file.exists():
            _, _, rest = file.read_text(encoding="utf-8").partition('"version":')
            found.append(f"{name} {rest.split(chr(34))[1]}")
    return ", ".join(found)


def load() -> str:
    """Return how busy the machine is: processes that want a processor, over the last minute."""
    return f"{os.getloadavg()[0]:.1f} of {os.cpu_count()} processors wanted"
