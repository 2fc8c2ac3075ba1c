"""Judged queries over our own labelled articles: real text, the real pipeline, answers that somebody has read."""

from __future__ import annotations

import itertools
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import yaml

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import load_pack
from digest.model import Entity, EntityKind
from digest.pipeline import build_pages
from tests.sites import ROOT, make_site

ARTICLES = ROOT / "evaluation" / "articles"
JUDGED = Path(__file__).parent / "judged.yml"
_LEAST = 3
"""Articles that must name an entity before its names are asked for."""


def judged_index(work: Path) -> tuple[Path, list[int], Gazetteer]:
    """Build a site of the articles; return its index, the article of every sequence, and the gazetteer."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        seeds = {path.name: path.read_bytes() for path in sorted(ARTICLES.glob("*.txt"))}
        site = make_site(Path(folder) / "site", seeds, cards="none").described()
        build_pages(site)
        lines = (site.root / site.settings.ledger).read_text(encoding="utf-8").splitlines()[1:]
        numbers = [int(Path(line.split("\t")[3]).stem) for line in lines]
        index = site.search_index.rename(work / "judged-index")
        return index, numbers, site.gazetteer()


def judged_queries(gazetteer: Gazetteer) -> Iterator[tuple[str, str, set[int]]]:
    """Yield (kind, query, numbers of the articles that answer it)."""
    for kind, cases in yaml.safe_load(JUDGED.read_text(encoding="utf-8")).items():
        for case in cases:
            for query in case["asked"]:
                yield kind, query, set(case["wanted"])
    named: dict[str, set[int]] = {}
    for path in sorted(ARTICLES.glob("*.yml")):
        labels = yaml.safe_load(path.read_text(encoding="utf-8"))
        ids = [one["id"] for kind in ("people", "organisations") for one in labels.get(kind, ())]
        for entity in (*ids, *(code.lower() for code in labels.get("countries", ()))):
            named.setdefault(entity, set()).add(int(path.stem))
    countries = {entity.iso.lower(): entity for entity in gazetteer.of_kind(EntityKind.COUNTRY) if entity.iso}
    for label, wanted in sorted(named.items()):
        entity = gazetteer.entities.get(label) or countries.get(label)
        if entity and len(wanted) >= _LEAST:
            for name in _names(entity):
                yield "labelled names", name, wanted


def _names(entity: Entity) -> list[str]:
    """Return spellings that readers use for an entity, in all scripts."""
    pack = load_pack("ur")
    strong = [alias.text for alias in entity.aliases if alias.strong and alias.form in ("name", "variant")]
    folded = {pack.folder.phrase(text): text for text in reversed(strong)}
    return sorted(folded.values())[:6]


def judge(
    cases: list[tuple[str, str, set[int]]], found: Callable[[list[str]], list[list[int]]]
) -> Mapping[str, tuple[float, float, int]]:
    """Return, by kind and of all: recall, precision at 10 (of what was shown), number of queries."""
    shares: dict[str, list[tuple[float, float]]] = {}
    for (kind, _, wanted), numbers in zip(cases, found([query for _, query, _ in cases]), strict=True):
        first = list(itertools.islice(numbers, 10))
        precision = len(wanted.intersection(first)) / len(first) if first else 0.0
        for group in (kind, "all"):
            shares.setdefault(group, []).append((len(wanted.intersection(numbers)) / len(wanted), precision))
    return {
        kind: (statistics.mean(one for one, _ in values), statistics.mean(other for _, other in values), len(values))
        for kind, values in shares.items()
    }
