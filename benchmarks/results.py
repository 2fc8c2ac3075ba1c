"""Keeps what was measured in `results.json`, and writes `RESULTS.md` and its plot from it.

A run replaces what was known of its size of archive, so that one file holds sizes measured on different days; builders
are only ever compared within a run.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from benchmarks.measure import Cost

OURS = "Khabarnama"
LIMIT = "bare reading and writing"
FULL, RENDER, NOTHING, ADDED = "full build", "site published again", "no change", "one new article"
LISTED, EDITED, REMOVED, ALIAS = "one new, listed", "one edited", "one removed", "one alias added"
SCENARIOS = {
    FULL: "full",
    RENDER: "render",
    NOTHING: "nothing",
    ADDED: "add",
    LISTED: "listed",
    EDITED: "edit",
    REMOVED: "remove",
    ALIAS: "alias",
}
"""What is measured, in this order, and how the command line calls it."""
_COLOURS = {FULL: "#3f51b5", ADDED: "#e65100"}
_ABOUT = Path(__file__).with_name("about-results.md")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was measured of one size of archive."""

    articles: int
    day: dt.date
    machine: str
    versions: dict[str, str]
    costs: dict[str, dict[str, list[Cost]]]
    """By scenario and builder, a cost a round."""


def keep(folder: Path, run: Run) -> None:
    """Keep a run in place of an older one of the same size."""
    runs = {one.articles: one for one in _kept(folder)} | {run.articles: run}
    ordered = [runs[articles] for articles in sorted(runs)]
    encoded = msgspec.json.format(msgspec.json.encode(_rounded(ordered)), indent=1)
    (folder / "results.json").write_bytes(encoded + b"\n")


def write_results(folder: Path) -> str:
    """Write `RESULTS.md` and `results.svg`; return the tables."""
    runs = _kept(folder)
    tables = "\n".join(_section(run) for run in runs)
    (folder / "RESULTS.md").write_text(f"{_ABOUT.read_text(encoding='utf-8')}\n{tables}", encoding="utf-8")
    complete = [run for run in runs if OURS in run.costs[ADDED]] or runs
    (folder / "results.svg").write_text(_plot(complete[-1]), encoding="utf-8")
    return tables


def _kept(folder: Path) -> list[Run]:
    path = folder / "results.json"
    return msgspec.json.decode(path.read_bytes(), type=list[Run]) if path.exists() else []


def _rounded(runs: Sequence[Run]) -> object:
    return msgspec.to_builtins(
        [
            dataclasses.replace(
                run,
                costs={
                    scenario: {name: [_round(cost) for cost in costs] for name, costs in builders.items()}
                    for scenario, builders in run.costs.items()
                },
            )
            for run in runs
        ]
    )


def _round(cost: Cost) -> Cost:
    return Cost(cpu=round(cost.cpu, 3), wall=round(cost.wall, 3), peak=round(cost.peak, 1))


def _section(run: Run) -> str:
    rounds = max(len(costs) for builders in run.costs.values() for costs in builders.values())
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    lines = [
        f"## {run.articles:,} articles\n",
        f"{run.day}, {rounds} round{'s' if rounds != 1 else ''}. {run.machine}. {versions}.\n",
        "| what | builder | CPU s | s | MB | ratio |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for scenario in SCENARIOS:
        lines += _rows(run, scenario)
    return "\n".join(lines) + "\n"


def _rows(run: Run, scenario: str) -> Iterator[str]:
    builders = run.costs.get(scenario, {})
    if not builders:
        return
    theirs = run.costs.get(FULL, {}) if scenario == RENDER else builders
    names = [*builders, *(name for name in theirs if name not in builders and name != LIMIT)]
    for number, name in enumerate(names):
        costs = (builders if name in builders else theirs)[name]
        cells = [
            scenario if not number else "",
            name,
            f"{min(cost.cpu for cost in costs):.2f}",
            f"{min(cost.wall for cost in costs):.2f}",
            f"{max(cost.peak for cost in costs):.0f}",
            f"{ratio(builders[OURS], costs):.3f}" if name != OURS and OURS in builders else "",
        ]
        yield f"| {' | '.join(cells)} |"


def ratio(ours: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """Return the median of the ratios of CPU seconds, round by round."""
    return statistics.median(one.cpu / other.cpu for one, other in zip(ours, theirs, strict=True))


def _plot(run: Run) -> str:
    """Return bars of CPU seconds on a logarithmic scale, the full build and the build after one new article."""
    shown = {
        (name, scenario): min(cost.cpu for cost in run.costs[scenario][name])
        for scenario in _COLOURS
        for name in run.costs[scenario]
    }
    names = sorted(
        {name for name, _ in shown}, key=lambda name: max(value for (one, _), value in shown.items() if one == name)
    )
    low, high = math.floor(math.log10(min(shown.values()))), math.ceil(math.log10(max(shown.values())))
    left, width, row = 180, 560, 40
    height = row * len(names) + 70
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {left + width + 70} {height}")
    svg.set("font-family", "sans-serif")
    svg.set("font-size", "13")
    SubElement(svg, "rect", width="100%", height="100%", fill="white")
    _text(svg, 10, 22, f"CPU seconds with {run.articles:,} articles (logarithmic)", weight="bold")
    for power in range(low, high + 1):
        x = left + (power - low) / (high - low) * width
        SubElement(svg, "line", x1=f"{x:.0f}", x2=f"{x:.0f}", y1="34", y2=f"{height - 34}", stroke="#ddd")
        _text(svg, x, height - 18, f"{10.0**power:g}", anchor="middle")
    for number, name in enumerate(names):
        top = 40 + number * row
        _text(svg, left - 8, top + 20, name, anchor="end", weight="bold" if name == OURS else "normal")
        for place, (scenario, colour) in enumerate(_COLOURS.items()):
            if (value := shown.get((name, scenario))) is not None:
                length = (math.log10(value) - low) / (high - low) * width
                y = top + 2 + place * 15
                SubElement(svg, "rect", x=f"{left}", y=f"{y}", width=f"{length:.1f}", height="13", fill=colour)
                _text(svg, left + length + 4, y + 11, f"{value:.2f}")
    for place, (scenario, colour) in enumerate(_COLOURS.items()):
        SubElement(svg, "rect", x=f"{left + place * 160}", y=f"{height - 13}", width="10", height="10", fill=colour)
        _text(svg, left + place * 160 + 15, height - 4, scenario)
    indent(svg, " ")
    return tostring(svg, encoding="unicode") + "\n"


def _text(parent: Element, x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal") -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "font-weight": weight}
    SubElement(parent, "text", place).text = text
