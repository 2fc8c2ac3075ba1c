"""Pages that are made without MkDocs, in full or only where something changed, are the pages that MkDocs makes."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from digest.errors import PublishError
from digest.publish import batches, mkdocs_build, site_build, site_changes, workers
from digest.publish.batches import Shells
from digest.publish.mkdocs_fast import FastBuild
from digest.publish.request import Request
from digest.publish.site_build import publish_site
from digest.report import BuildReport
from tests.site.conftest import ADDRESS, HOSTILE
from tests.sites import SEEDS, SiteFolder, Tree, make_site, read_tree

pytestmark = pytest.mark.site

NEW = "روس کے صدر ولادیمیر پوتن نے چین کا دورہ کیا\nبیجنگ: روس کے صدر نے پیر کو چین کے صدر سے ملاقات کی۔\n"
OWN_PAGE = """# ہاتھ سے

[روس](countries/russia/index.md), [چین](countries/china/index.md#خبریں), [تعارف](about.md)
"""


def _publish(site: SiteFolder, **how: Any) -> BuildReport:
    return publish_site(Request(config_file=site.root / "mkdocs.yml", **how))[0]


def _plain(site: SiteFolder) -> Tree:
    """Return what MkDocs makes of the same folder, every page itself."""
    other = site.root.parent / "plain"
    _publish(site, plain=True, site_dir=other)
    return read_tree(other)


def _same(one: Tree, other: Tree) -> None:
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


def _count_whole_builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every build of a whole site."""
    whole: list[str] = []
    build = mkdocs_build.publish_whole

    def counted(request: Request, manifest_file: Path, shells: Shells | None = None) -> tuple[BuildReport, Path]:
        whole.append(str(request.config_file))
        return build(request, manifest_file, shells)

    monkeypatch.setattr(mkdocs_build, "publish_whole", counted)
    return whole


@pytest.mark.parametrize("url", [ADDRESS, None])
@pytest.mark.parametrize("seeds", [SEEDS, HOSTILE], ids=["given", "hostile"])
def test_the_whole_site_is_as_mkdocs_makes_it(
    seeds: dict[str, bytes], url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_ALONE", 3)
    monkeypatch.setattr(workers, "BATCH", 10)
    if url is None:  # as on a system without fork
        monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    site = make_site(tmp_path / "site", seeds, url=url)
    assert "slow-publishing" not in {issue.code for issue in _publish(site, chosen={"jobs": 2}).issues}
    _same(site.site(), _plain(site))


def test_mkdocs_renders_two_pages_of_a_kind_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = FastBuild.render

    def noted(build: FastBuild, pages: list[str], out: Path) -> None:
        rendered.extend(pages)
        render(build, pages, out)

    monkeypatch.setattr(FastBuild, "render", noted)
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    assert 0 < len(rendered) < 0.6 * sum(path.endswith(".md") for path in site.pages())


def test_a_site_that_was_removed_is_made_with_the_shells_of_the_last_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    before = site.site()
    shutil.rmtree(site.root / "site")
    rendered: list[str] = []
    render = FastBuild.render

    def noted(build: FastBuild, pages: list[str], out: Path) -> None:
        rendered.extend(pages)
        render(build, pages, out)

    monkeypatch.setattr(FastBuild, "render", noted)
    _publish(site)
    _same(site.site(), before)
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    assert [path for path in rendered if f": {path}\n" not in config] == ["search/index.md"], "it has a script"


def test_pages_of_ones_own_link_to_generated_ones(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    docs = site.root / "site_src"
    (docs / "own").mkdir()
    (docs / "own.md").write_text(OWN_PAGE, encoding="utf-8")
    (docs / "own/picture.svg").write_text("<svg/>", encoding="utf-8")
    with (site.root / "mkdocs.yml").open("a") as config:
        config.write("\n")
    text = (site.root / "mkdocs.yml").read_text(encoding="utf-8").replace("not_in_nav: |", "not_in_nav: |\n  /own.md")
    (site.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    _publish(site)
    _same(site.site(), _plain(site))
    assert b'href="../countries/russia/"' in site.site()["own/index.html"]
    for seed in SEEDS:  # the page that is linked to is gone, and the link is left as it was written
        site.remove(seed)
    site.put({"new.txt": "پاکستان میں بارش\nلاہور: پاکستان کے شہر لاہور میں پیر کو بارش ہوئی۔\n"})
    _publish(site)
    _same(site.site(), _plain(site))
    assert b'href="countries/russia/index.md"' in site.site()["own/index.html"]


EDITS: tuple[Callable[[SiteFolder], None], ...] = (
    lambda site: site.put({"new.txt": NEW}),
    lambda site: site.put({"new.txt": NEW + "\nامریکا نے بھی بیان دیا۔\n"}),
    lambda site: site.remove(min(SEEDS)),
    lambda site: site.rename("new.txt", "renamed.txt"),
    lambda site: site.put(HOSTILE),
    lambda _: None,
)


def test_changes_make_the_site_that_a_whole_build_makes(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    for edit in EDITS:
        edit(site)
        _publish(site)
        _same(site.site(), _plain(site))


def test_only_what_changed_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    whole = _count_whole_builds(monkeypatch)
    before = _states(site)
    _publish(site)
    assert _states(site) == before
    name = min(SEEDS)
    site.put({name: SEEDS[name].decode().replace("۔", " بہت۔", 1)})
    _publish(site)
    after = _states(site)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed
    assert not whole
    assert not any(path.startswith("assets/") or path in ("about/index.html", "404.html") for path in changed)


def _states(site: SiteFolder) -> dict[str, tuple[int, int]]:
    found = ((path, path.stat()) for path in (site.root / "site").rglob("*") if path.is_file())
    return {path.relative_to(site.root / "site").as_posix(): (s.st_ino, s.st_mtime_ns) for path, s in found}


def test_what_people_write_or_install_makes_a_whole_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    whole = _count_whole_builds(monkeypatch)
    _publish(site)
    assert not whole
    about = site.root / "site_src/about.md"
    config = site.root / "mkdocs.yml"
    for change in (
        lambda: about.write_text("# نیا\n", encoding="utf-8"),
        lambda: config.write_text(config.read_text(encoding="utf-8").replace("خبرنامہ", "نیا نام"), encoding="utf-8"),
        lambda: shutil.rmtree(site.root / "site"),
        lambda: (site.root / "site/index.html").write_text("something else", encoding="utf-8"),
    ):
        change()
        _publish(site)
        assert len(whole) == 1
        whole.clear()
    _same(site.site(), _plain(site))


def test_a_robots_txt_of_ones_own_is_published_at_once(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    own = site.root / "site_src/robots.txt"
    for content in (b"User-agent: *\nDisallow: /\n", b"User-agent: *\nDisallow: /x\n"):
        own.write_bytes(content)
        _publish(site)
        assert site.site()["robots.txt"] == content
    own.unlink()
    _publish(site)
    assert b"sitemap" in site.site()["robots.txt"]


def test_addresses_lead_to_pages_that_are_no_folders(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    config = site.root / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("directory_urls: true", "directory_urls: false"), "utf-8"
    )
    _publish(site)
    published = site.site()
    files = [
        path for path in published if path.endswith((".xml", ".json", "llms.txt")) and not path.startswith("data/")
    ]
    found = {
        address
        for path in files
        for address in re.findall(rf"{re.escape(ADDRESS)}([^<\s\"')]*)", published[path].decode())
    }
    assert len(found) > 20
    assert not {address for address in found if unquote(address or "index.html") not in published}


def test_pages_written_by_another_build_are_published_too(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    site.put({"new.txt": NEW})
    assert site.run("mkdocs", "build", "-q", "-d", tmp_path / "elsewhere").returncode == 0
    _publish(site)
    _same(site.site(), _plain(site))


def test_a_copied_site_leaves_the_original_alone(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    old = site.site()
    copy = SiteFolder(shutil.copytree(site.root, tmp_path / "copy"), site.options, site.url)
    copy.put({"new.txt": NEW})
    _publish(copy)
    assert site.site() == old
    assert copy.site() != old


def test_a_plugin_that_is_not_known_leaves_all_pages_to_mkdocs(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    config = site.root / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("  - attr_list\n", "  - attr_list\n  - footnotes\n"),
        encoding="utf-8",
    )
    report = _publish(site)
    notes = [str(issue) for issue in report.issues if issue.code == "slow-publishing"]
    assert len(notes) == 1
    assert "footnotes" in notes[0]
    _same(site.site(), _plain(site))


def test_a_broken_link_fails_a_strict_build_each_time(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_build.log, "propagate", False)
        (site.root / "site_src/about.md").write_text("[x](countries/nowhere.md)\n", encoding="utf-8")
        with pytest.raises(PublishError, match="strict"):
            _publish(site, strict=True)
        _publish(site)
        with pytest.raises(PublishError, match="strict"):
            _publish(site, strict=True)


def test_strict_in_mkdocs_yml_fails_small_builds_too(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    with (site.root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nstrict: true\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_build.log, "propagate", False)
        _publish(site)
        (site.root / "seeds/empty.txt").write_text("")
        with pytest.raises(PublishError, match="strict"):
            _publish(site)


def test_a_change_killed_half_way_is_finished_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    site.put({"new.txt": NEW})
    replace = os.replace
    left = [2]

    def kill_soon(source: str, target: str) -> None:
        left[0] -= 1
        if left[0] < 0 and ".changes" in str(source):
            os._exit(9)
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", kill_soon)
        with pytest.raises(PublishError, match="build again"):
            _publish(site)
    assert site_changes.changes_folder(site.root / "site").exists()
    _publish(site)
    _same(site.site(), _plain(site))
    assert not site_changes.changes_folder(site.root / "site").exists()


def test_a_change_that_was_not_committed_is_dropped(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    _publish(site)
    old = site.site()
    changes = site_changes.SiteChanges(site.root / "site")
    (changes.files / "index.html").write_text("half")
    assert not site_changes.finish_changes(site.root / "site")
    assert site.site() == old


def test_a_journal_can_be_carried_out_twice(tmp_path: Path) -> None:
    target = tmp_path / "site"
    (target / "a/b").mkdir(parents=True)
    (target / "a/b/old.html").write_text("old")
    (target / "kept.html").write_text("kept")
    changes = site_changes.SiteChanges(target)
    (changes.files / "new").mkdir()
    (changes.files / "new/index.html").write_text("new")
    journal = {"place": ["new/index.html"], "remove": ["a/b/old.html"]}
    (changes.files.parent / "journal.json").write_text(json.dumps(journal))
    site_changes.carry_out(target)
    site_changes.carry_out(target)
    assert read_tree(target) == {"kept.html": b"kept", "new/index.html": b"new"}
    assert not (target / "a").exists()


def test_a_template_that_does_more_with_a_value_is_left_to_mkdocs(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", url=ADDRESS)
    theme = site.root / "overrides"
    theme.mkdir()
    (theme / "main.html").write_text(
        '{% extends "base.html" %}{% block content %}{{ page.meta.title | upper | replace("روس", "X") }}'
        "{{ super() }}{% endblock %}"
    )
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    config = [f"  custom_dir: {theme}\n" if "custom_dir" in line else line for line in config]
    (site.root / "mkdocs.yml").write_text("".join(config), encoding="utf-8")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    report = _publish(site)
    assert "slow-publishing" in {issue.code for issue in report.issues}
    _same(site.site(), _plain(site))
