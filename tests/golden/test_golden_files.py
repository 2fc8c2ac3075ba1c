"""The three given articles, as they were understood and written when somebody last read the result.

After a wanted change: `pytest tests/golden --update-golden`, then read the diff. CI never does that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.gazetteer.load import Gazetteer
from digest.inspect import facts
from digest.model import RawArticle
from digest.pipeline import Analyst
from tests.sites import Tree, front_matter, make_site

EXPECTED = Path(__file__).parent / "expected"
PAGES = {
    "home.md": "index.md",
    "countries.md": "countries/index.md",
    "kazakhstan.md": "countries/kazakhstan/index.md",
    "vladimir-putin.md": "people/vladimir-putin/index.md",
}
SEEDS = ("000", "001", "002")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Return the generated pages of the given seeds; each article under the number that begins its seed's name."""
    site = make_site(tmp_path_factory.mktemp("golden") / "site")
    site.build_pages()
    found = dict(site.pages())
    for path, content in list(found.items()):
        if path.startswith("articles/"):
            found[Path(front_matter(content)["seed"]).name[:3]] = content
    return found


def _compare(name: str, content: str, request: pytest.FixtureRequest) -> None:
    path = EXPECTED / name
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert content == path.read_text(encoding="utf-8"), "if that is wanted: pytest tests/golden --update-golden"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_understood(
    seed: str, seeds: Mapping[str, RawArticle], analyst: Analyst, gazetteer: Gazetteer, request: pytest.FixtureRequest
) -> None:
    raw = seeds[seed]
    found = facts(analyst(raw, "inspected"), gazetteer.entities, Path(raw.locator).stem)
    _compare(f"{seed}.json", json.dumps(found, ensure_ascii=False, indent=2) + "\n", request)


@pytest.mark.parametrize("name", [*(f"article-{seed}.md" for seed in SEEDS), *PAGES])
def test_what_is_written(name: str, pages: Tree, request: pytest.FixtureRequest) -> None:
    path = PAGES.get(name) or name.removeprefix("article-").removesuffix(".md")
    _compare(name, pages[path].decode(), request)
