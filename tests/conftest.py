"""Fixtures shared by all tests, and how many examples Hypothesis tries.

`quick` is the default profile; `HYPOTHESIS_PROFILE=long pytest tests/properties` tries 100,000 examples of all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, settings

from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import LanguagePack, load_pack
from digest.model import RawArticle
from digest.pipeline import Analyst
from tests.chromium import browser as browser  # noqa: PLC0414 - a fixture of all
from tests.sites import ROOT, SiteFolder, make_site
from tests.small_gazetteer import FEW

_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=100, derandomize="CI" in os.environ, **_CALM)  # type: ignore[arg-type]
settings.register_profile("long", max_examples=100_000, database=None, **_CALM)  # type: ignore[arg-type]
settings.register_profile("longer", max_examples=5_000, database=None, **_CALM)  # type: ignore[arg-type]
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

SiteFactory = Callable[..., SiteFolder]
AnalystFactory = Callable[[Mapping[str, object]], Analyst]


def write_gazetteer(folder: Path, files: Mapping[str, object]) -> Path:
    """Write a gazetteer: `{"countries/x": {...}}` becomes `countries/x.yml`."""
    for name, content in files.items():
        path = folder / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files; then read the diff")


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the gazetteer's cache out of the maintainer's home, and the tests free of its state."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        yield


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with the package."""
    return load_gazetteer()


@pytest.fixture(scope="session")
def pack() -> LanguagePack:
    """Return the Urdu pack."""
    return load_pack("ur")


@pytest.fixture(scope="session")
def analyst(gazetteer: Gazetteer) -> Analyst:
    """Return an analyst that reads Urdu with the whole gazetteer."""
    return Analyst(gazetteer, ("ur",))


@pytest.fixture(scope="session")
def seeds() -> Mapping[str, RawArticle]:
    """Return the three given articles by the number that begins their name: `000`, `001`, `002`."""
    return {
        path.name[:3]: RawArticle(locator=f"seeds/{path.name}", media_type="text/plain", body=path.read_bytes())
        for path in sorted((ROOT / "seeds").glob("00?_*.txt"))
    }


@pytest.fixture
def site_factory(tmp_path: Path) -> SiteFactory:
    """Return a function that makes a site of our own settings and about page with the given seeds."""

    def make(seeds: Mapping[str, str | bytes] | None = None, *, folder: str = "site", **options: Any) -> SiteFolder:
        return make_site(tmp_path / folder, seeds, **options)

    return make


@pytest.fixture(scope="session")
def few_entities_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a gazetteer of a few entities."""
    return write_gazetteer(tmp_path_factory.mktemp("few") / "gazetteer", FEW)


@pytest.fixture
def few_entities(few_entities_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package ship a few entities only."""
    for module in ("pipeline", "check"):
        monkeypatch.setattr(f"digest.{module}.FOLDER", few_entities_folder)


@pytest.fixture
def gazetteer_folder(tmp_path: Path) -> Callable[[Mapping[str, object]], Path]:
    """Return a function that writes a gazetteer."""
    return lambda files: write_gazetteer(tmp_path / "gazetteer", files)


@pytest.fixture
def analyst_factory(gazetteer_folder: Callable[[Mapping[str, object]], Path]) -> AnalystFactory:
    """Return a function that makes an analyst of Urdu with a gazetteer as `gazetteer_folder` writes it."""
    return lambda files: Analyst(load_gazetteer([gazetteer_folder(files)]), ("ur",))
