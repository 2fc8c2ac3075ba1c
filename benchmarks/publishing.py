"""Ours against other site builders, on the same articles: full builds, and builds after one change.

    python -m benchmarks.publishing [--articles 100,1000] [--builders ours,hugo,mkdocs,…] [--repeat 3]

Builders take turns in each round (ABAB), so that a noisy machine is as noisy for all; ratios are medians of the rounds'
ratios, costs the smallest of the rounds. `make bench` installs the peers, apart from everything of ours, in `.bench/`.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.builders.builder import Builder, sweep
from benchmarks.builders.ours import Ours
from benchmarks.builders.peers import Eleventy, Hugo, MkDocs, Pelican, Zensical
from benchmarks.measure import Cost, measure
from benchmarks.news import Article, kept_news, rare_in, rare_word
from benchmarks.results import (
    ADDED,
    ALIAS,
    EDITED,
    FULL,
    LIMIT,
    LISTED,
    NOTHING,
    REMOVED,
    RENDER,
    SCENARIOS,
    Run,
    keep,
    write_results,
)

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / ".bench"
BUILDERS: dict[str, type[Builder]] = {
    "ours": Ours,
    "hugo": Hugo,
    "pagefind": Hugo,
    "eleventy": Eleventy,
    "pelican": Pelican,
    "zensical": Zensical,
    "mkdocs": MkDocs,
}
_EXTRA = 20
"""Articles that are there to be added: two for each round that there can be."""
_LOOP = """
import os, sys
from pathlib import Path
seeds, manifest, target = map(Path, sys.argv[1:])
for path in seeds.rglob("*"):
    if path.is_file():
        path.read_bytes()
lines = [line.rsplit(" ", 1) for line in manifest.read_text().splitlines()]
content = bytes(max(int(size) for _, size in lines))
made = set()
for name, size in lines:
    path = target / name
    if path.parent not in made:
        made.add(path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(memoryview(content)[: int(size)])
"""


class Round:
    """One round's changes, the same for every builder."""

    def __init__(self, number: int, articles: Sequence[Article], extra: Sequence[Article]) -> None:
        self.new, self.listed = extra[2 * number : 2 * number + 2]
        old = articles[(number + 1) * len(articles) // (_EXTRA + 2)]
        first, *rest = old.paragraphs
        self.edited = dataclasses.replace(old, paragraphs=(f"{first} {extra[-1].paragraphs[number % 5]}", *rest))
        self.alias = rare_word(number)
        self.holders = rare_in(articles, self.alias)

    def changes(self) -> dict[str, Callable[[Builder], None]]:
        """Return what is done before each build that is measured."""
        return {
            FULL: lambda builder: builder.forget(),
            RENDER: lambda builder: builder.forget_site(),
            NOTHING: lambda _: None,
            ADDED: lambda builder: builder.put([self.new]),
            LISTED: lambda builder: builder.put_listed(self.listed),
            EDITED: lambda builder: builder.put([self.edited]),
            REMOVED: lambda builder: builder.remove(self.new),
            ALIAS: lambda builder: builder.learn(self.alias, self.holders),
        }


def compare(count: int, builders: Sequence[Builder], rounds: int, scenarios: Sequence[str]) -> Run:
    """Measure builders on an archive of `count` articles."""
    filed = any(builder.files_under_terms for builder in builders)
    articles, extra = kept_news(TOOLS / "news", count, _EXTRA, filed=filed)
    for builder in builders:
        builder.lay_out(articles)
    costs: dict[str, dict[str, list[Cost]]] = {scenario: {} for scenario in SCENARIOS}
    for number in range(rounds):
        for scenario, change in Round(number, articles, extra).changes().items():
            for builder in builders if scenario in scenarios else ():
                change(builder)
                if _is_measured(builder, scenario):
                    for name, cost in builder.build().items():
                        costs[scenario].setdefault(name, []).append(cost)
                        _say(count, number, scenario, name, cost)
            if scenario == FULL in scenarios and isinstance(builders[0], Ours):
                costs[scenario].setdefault(LIMIT, []).append(_limit(builders[0]))
    return Run(
        articles=count,
        day=dt.datetime.now(dt.UTC).date(),
        machine=_machine(),
        versions={builder.name: builder.version() for builder in builders},
        costs=costs,
    )


def _is_measured(builder: Builder, scenario: str) -> bool:
    """Tell what teaches something: who has published nothing has nothing to publish again but from the start."""
    if scenario in (RENDER, LISTED):
        return isinstance(builder, Ours)
    return not builder.builds_whole or scenario in (FULL, ADDED)


def _limit(ours: Builder) -> Cost:
    """Return the cost of a bare loop that reads our inputs and writes as many files of the same sizes as we do."""
    site, target = ours.folder / ours.output, ours.folder / "limit"
    sizes = (f"{path.relative_to(site)} {path.stat().st_size}\n" for path in sorted(site.rglob("*")) if path.is_file())
    manifest = ours.folder / "limit.txt"
    manifest.write_text("".join(sizes), encoding="utf-8")
    cost = measure([sys.executable, "-S", "-c", _LOOP, "seeds", manifest.name, target.name], ours.folder)
    ours.put_aside(target)
    return cost


def _say(count: int, number: int, scenario: str, name: str, cost: Cost) -> None:
    print(
        f"{count:>7,} articles, round {number + 1}, {scenario:<22} {name:<16}"
        f" {cost.cpu:8.2f} CPU s {cost.wall:8.2f} s {cost.peak:7.0f} MB",
        flush=True,
    )


def _machine() -> str:
    models = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    kilobytes = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    processor = models[0] if models else platform.processor() or platform.machine()
    return (
        f"{os.cpu_count()} × {processor}, {int(kilobytes) / 2**20:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def _builders(names: Sequence[str], folder: Path) -> list[Builder]:
    if unknown := set(names) - set(BUILDERS):
        raise SystemExit(f"unknown builders: {', '.join(sorted(unknown))}; there are {', '.join(BUILDERS)}")
    builders: list[Builder] = []
    for kind in dict.fromkeys(BUILDERS[name] for name in names):
        builder = kind(folder / kind.__name__.lower(), TOOLS)
        if isinstance(builder, Hugo):
            builder.with_search = "pagefind" in names
        builders.append(builder)
    return builders


def main() -> None:
    """Measure, print, and write benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--articles", default="100,1000", help="sizes of the archive [%(default)s]")
    parser.add_argument("--builders", default=",".join(BUILDERS), help="[%(default)s]")
    parser.add_argument("--scenarios", default=",".join(SCENARIOS.values()), help="[%(default)s]")
    parser.add_argument("--repeat", type=int, default=3, help=f"rounds, at most {_EXTRA // 2 - 1} [%(default)s]")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks", help="folder of RESULTS.md [%(default)s]")
    asked = parser.parse_args()
    if not 0 < asked.repeat < _EXTRA // 2:
        parser.error(f"--repeat must be 1 to {_EXTRA // 2 - 1}")
    scenarios = [name for name, short in SCENARIOS.items() if short in asked.scenarios.split(",")]
    if REMOVED in scenarios and ADDED not in scenarios:
        parser.error("--scenarios: what is removed is the article that was added")
    try:
        for count in map(int, asked.articles.split(",")):
            builders = _builders(asked.builders.lower().split(","), TOOLS / "work" / str(count))
            keep(asked.results, compare(count, builders, asked.repeat, scenarios))
    finally:
        sweep()
    print(f"\n{write_results(asked.results)}")


if __name__ == "__main__":
    main()
