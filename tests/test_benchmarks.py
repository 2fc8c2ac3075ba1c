"""The benchmarks measure what they say: all processes, the same articles for all, and ratios within a round."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from pathlib import Path

import pytest

from benchmarks.builders.builder import Builder
from benchmarks.builders.ours import Ours
from benchmarks.builders.peers import Eleventy, Hugo, MkDocs, Pelican
from benchmarks.measure import Cost, measure
from benchmarks.news import Article, Term
from benchmarks.results import ADDED, FULL, Run, keep, ratio, write_results

_BURN = """
import subprocess, sys, time
if len(sys.argv) == 1:
    sys.exit(subprocess.run([sys.executable, __file__, "child"]).returncode)
held = bytearray(150_000_000)
while time.process_time() < 0.6:
    pass
"""


def _articles(count: int) -> list[Article]:
    russia = Term(taxonomy="countries", slug="russia", name="روس")
    return [
        Article(
            number=number,
            title=f"سرخی {number}",
            date=dt.date(2021, 1, 1) + dt.timedelta(days=number),
            address=f"https://example.org/{number}",
            paragraphs=("پہلا پیراگراف۔", f"نمبر {number} کا متن۔"),
            terms=(russia,) if number % 2 else (russia, Term(taxonomy="topics", slug="sport", name="کھیل")),
        )
        for number in range(count)
    ]


def _cost(cpu: float) -> Cost:
    return Cost(cpu=cpu, wall=2 * cpu, peak=100)


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    (tmp_path / "burn.py").write_text(_BURN)
    cost = measure([sys.executable, "burn.py"], tmp_path)
    assert 0.6 <= cost.cpu < 5
    assert 143 <= cost.peak < 250


def test_a_command_that_fails_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such thing"):
        measure([sys.executable, "-c", "import sys; sys.exit('no such thing')"], tmp_path)


def test_ratios_are_taken_within_a_round() -> None:
    assert ratio([_cost(1), _cost(4), _cost(9)], [_cost(2), _cost(16), _cost(18)]) == 0.5


@pytest.mark.parametrize("kind", [Ours, Hugo, Eleventy, Pelican, MkDocs])
def test_builders_take_articles_and_let_them_go(kind: type[Builder], tmp_path: Path) -> None:
    builder = kind(tmp_path / "work", tmp_path)
    articles = _articles(5)
    builder.lay_out(articles)
    before = {path: path.read_bytes() for path in builder.folder.rglob("*") if path.is_file()}
    assert all("متن" in (builder.folder / builder.source(one)).read_text() for one in articles)
    extra = dataclasses.replace(articles[0], number=5)
    builder.put([extra])
    assert (builder.folder / builder.source(extra)).exists()
    builder.remove(extra)
    assert before == {path: path.read_bytes() for path in builder.folder.rglob("*") if path.is_file()}


def test_pages_of_terms_are_written_for_mkdocs(tmp_path: Path) -> None:
    builder = MkDocs(tmp_path / "work", tmp_path)
    builder.lay_out(_articles(250))
    pages = sorted(path.name for path in (builder.folder / "docs/countries/russia").iterdir())
    assert pages == ["1.md", "2.md", "index.md"]
    first = (builder.folder / "docs/countries/russia/index.md").read_text()
    assert first.count("](../../articles/") == 100
    assert "[سرخی 249](../../articles/2021/09/0000249.md)" in first
    assert "](1.md)" in first


def test_a_run_replaces_the_one_of_its_size_and_no_other(tmp_path: Path) -> None:
    def run(articles: int, cpu: float) -> Run:
        costs = {"Khabarnama": [_cost(cpu)], "Hugo": [_cost(2.0)]}
        day = dt.date(2026, 1, 1)
        return Run(articles=articles, day=day, machine="x", versions={"Hugo": "1"}, costs={FULL: costs, ADDED: costs})

    for articles, cpu in ((100, 7.0), (1000, 3.0), (100, 1.0)):
        keep(tmp_path, run(articles, cpu))
    write_results(tmp_path)
    text = (tmp_path / "RESULTS.md").read_text()
    assert text.index("## 100 articles") < text.index("## 1,000 articles")
    assert "| full build | Khabarnama | 1.00 | 2.00 | 100 |  |\n|  | Hugo | 2.00 | 4.00 | 100 | 0.500 |" in text
    assert "7.00" not in text
    assert ">3.00<" in (tmp_path / "results.svg").read_text()
