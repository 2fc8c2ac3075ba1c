"""Each technique of fast building can be switched off by itself, and then is not used; the site is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.publish import batches, workers
from digest.publish.request import Request
from digest.publish.site_build import publish_site
from digest.settings import TECHNIQUES, Technique
from tests.conftest import write_gazetteer
from tests.site.conftest import ADDRESS
from tests.site.test_incremental_builds import seed
from tests.sites import SiteFolder, Tree, make_site
from tests.small_gazetteer import FEW

pytestmark = pytest.mark.site

USED: dict[Technique, Sequence[str]] = {
    "shells": ("digest.publish.shell.Shell.fill",),
    "fast-markdown": (
        "digest.publish.batches.render",
        "digest.publish.mkdocs_shells.render",
        "digest.publish.mkdocs_strict.render",
    ),
    "workers": ("concurrent.futures.ProcessPoolExecutor",),
    "journal": ("digest.publish.site_build.SiteChanges",),
    "stamps": ("digest.update._changed_since",),
    "relink": ("digest.link.reach.reach_of",),
    "units": ("digest.write.press.changed_units",),
}
"""What each technique is done with."""


class UsedError(Exception):
    """Raised by what a technique is done with."""


def _hostile(site: SiteFolder) -> None:
    site.put({"hostile.txt": "# `x` <b>\n{{ 7 }} | y\n\n    روس اور چین\n1947. ایران\n"})


def _remove(site: SiteFolder) -> None:
    site.remove("5.txt")
    site.rename("4.txt", "four.txt")


def _gazetteer(site: SiteFolder) -> None:
    edited = {**FEW, "countries/iran": {"names": {"ur": "ایران"}, "iso": "IR", "aliases": {"ur": ["سفیر"]}}}
    write_gazetteer(site.root.parent / "gazetteer", edited)


EDITS: Sequence[Callable[[SiteFolder], None]] = (
    lambda site: site.put({f"{number}.txt": seed(number) for number in range(8)}),
    lambda site: site.put({"new.txt": seed(21), "2.txt": seed(2, 3), "3.yml": "topics: [diplomacy]\n"}),
    _hostile,
    _gazetteer,
    _remove,
)


@pytest.fixture
def _many_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers have something to do."""
    monkeypatch.setattr(batches, "_ALONE", 2)
    monkeypatch.setattr(workers, "BATCH", 20)
    monkeypatch.setattr("digest.executors.FEW", 2)


def _sites(folder: Path, patch: pytest.MonkeyPatch, *without: Technique) -> Iterator[Tree]:
    """Yield the site after each edit."""
    patch.setattr("digest.pipeline.FOLDER", write_gazetteer(folder / "gazetteer", FEW))
    site = make_site(folder / "site", {}, url=ADDRESS, per_page=3, latest=4, cards="none", jobs=2)
    for edit in EDITS:
        edit(site)
        publish_site(Request(config_file=site.root / "mkdocs.yml", chosen={"without": without}))
        yield site.site()


@pytest.fixture(scope="module")
def with_all(tmp_path_factory: pytest.TempPathFactory) -> list[Tree]:
    """Return the sites when every technique is used."""
    with pytest.MonkeyPatch.context() as patch:
        return list(_sites(tmp_path_factory.mktemp("all"), patch))


@pytest.mark.usefixtures("_many_workers")
@pytest.mark.parametrize("technique", TECHNIQUES)
def test_without_a_technique_the_site_is_the_same(
    technique: Technique, with_all: list[Tree], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail(f"{technique} is used")

    for place in USED[technique]:
        monkeypatch.setattr(place, refuse)
    for site, expected in zip(_sites(tmp_path, monkeypatch, technique), with_all, strict=True):
        assert sorted(site) == sorted(expected)
        assert [path for path in site if site[path] != expected[path]] == []


@pytest.mark.usefixtures("_many_workers")
@pytest.mark.parametrize("technique", TECHNIQUES)
def test_each_technique_is_used_when_nothing_is_said(
    technique: Technique, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(*_: object, **__: object) -> None:
        raise UsedError

    monkeypatch.setattr(USED[technique][0], tell)
    with pytest.raises(UsedError):
        list(_sites(tmp_path, monkeypatch))


def test_without_all_of_them_the_site_is_the_same(
    with_all: list[Tree], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(_sites(tmp_path, monkeypatch, *TECHNIQUES)) == with_all


def test_a_technique_that_is_none_is_said(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {}, url=ADDRESS)
    with pytest.raises(ConfigurationError, match="warp"):
        publish_site(Request(config_file=site.root / "mkdocs.yml", chosen={"without": ("warp",)}))
