"""The published site: what MkDocs alone would make, byte for byte, and nothing changes when nothing changed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest.publish.site_tree import build_lock
from tests.conftest import SiteFactory
from tests.sites import PageHtml, SiteFolder, make_site, read_tree

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return our own seeds, built once."""
    site = make_site(tmp_path_factory.mktemp("published") / "site")
    result = site.run("digest", "build", "--strict")
    assert result.returncode == 0, result.stderr
    assert "3 articles read" in result.stdout
    return site


def test_plain_mkdocs_makes_the_same_bytes(built: SiteFolder, tmp_path: Path) -> None:
    result = built.run("mkdocs", "build", "--strict", "-d", tmp_path / "other")
    assert result.returncode == 0, result.stderr
    assert read_tree(tmp_path / "other") == built.site()


def test_plain_mkdocs_needs_no_build_before(site_factory: SiteFactory, built: SiteFolder) -> None:
    site = site_factory()
    result = site.run("mkdocs", "build", "--strict")
    assert result.returncode == 0, result.stderr
    assert site.site() == built.site()
    assert site.pages() == built.pages()


def test_a_second_build_changes_no_byte_and_writes_no_page(built: SiteFolder) -> None:
    def state() -> dict[str, tuple[int, int]]:
        files = [*(built.root / "site_src").rglob("*"), built.root / "permalinks.tsv"]
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files if path.is_file()}

    site, pages, before = built.site(), built.pages(), state()
    result = built.run("digest", "build", "--strict")
    assert result.returncode == 0, result.stderr
    assert "(0 analysed, 0 refused)" in result.stdout
    assert "0 written, 0 removed" in result.stdout
    assert built.site() == site
    assert built.pages() == pages
    assert state() == before


def test_every_page_says_its_language_and_direction(built: SiteFolder) -> None:
    for path, content in built.site().items():
        if path.endswith(".html"):
            start = content.decode().partition("<html ")[2].partition(">")[0]
            assert 'dir="rtl"' in start, path
            assert 'lang="ur"' in start, path


def test_nothing_is_loaded_from_another_host(built: SiteFolder) -> None:
    for path, content in built.site().items():
        if not path.endswith((".html", ".css")):
            continue
        text = content.decode()
        assert "url(http" not in text, path
        assert "@import" not in text, path
        if path.endswith(".html"):
            hosts = {urlsplit(address).hostname for address in PageHtml(content).addresses} - {None}
            assert hosts <= {"baoquocte.vn"}, path  # the original, which a reader may click


def test_every_link_between_pages_leads_somewhere(built: SiteFolder) -> None:
    site = built.site()
    for path, content in site.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        for address in PageHtml(content).addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.path.startswith("/") or not parts.path:
                continue
            target = (Path("/", path).parent / parts.path).resolve().relative_to("/").as_posix()
            assert target in site or f"{target}/index.html".removeprefix("./") in site, f"{path}: {address}"


def test_generated_pages_stay_out_of_the_navigation(built: SiteFolder) -> None:
    home = built.site()["index.html"].decode()
    navigation = home.partition("<nav")[2].partition("<article")[0]
    assert "articles/" not in navigation
    assert "countries/kazakhstan" not in navigation
    assert "countries/" in navigation


@pytest.mark.parametrize("target", [".", "..", "site_src", "seeds", "mkdocs.yml"])
def test_a_site_is_never_put_in_the_place_of_its_sources(target: str, site_factory: SiteFactory) -> None:
    site = site_factory()
    before = read_tree(site.root)
    result = site.run("digest", "build", "-d", target)
    assert result.returncode != 0
    after = read_tree(site.root)
    assert {path: after.get(path) for path in before} == before


def test_another_folder_may_be_named(built: SiteFolder, tmp_path: Path) -> None:
    result = built.run("digest", "build", "-d", tmp_path / "www/news")
    assert result.returncode == 0, result.stderr
    assert str(tmp_path / "www/news") in result.stdout
    assert read_tree(tmp_path / "www/news") == built.site()


def test_a_second_build_at_once_is_told_so(built: SiteFolder) -> None:
    with build_lock(built.root / ".digest"):
        result = built.run("digest", "build")
    assert result.returncode == 1
    assert "another build of this site is running" in result.stderr


@pytest.mark.parametrize("command", ["digest", "mkdocs"])
def test_an_unknown_setting_is_refused_and_the_valid_ones_named(command: str, site_factory: SiteFactory) -> None:
    site = site_factory(per_pages=5)
    result = site.run(command, "build")
    assert result.returncode != 0
    assert "per_pages" in result.stderr
    for name in ("seeds", "ledger", "per_page", "max_article_bytes"):
        assert name in result.stderr
    assert "Traceback" not in result.stderr
    assert not (site.root / "site").exists()


def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path, {})
    assert folder.run("digest", "new", "mine").returncode == 0
    site = SiteFolder(tmp_path / "mine", {})
    result = site.run("digest", "build", "--strict")
    assert result.returncode == 0, result.stderr
    pages = site.site()
    assert "countries/kazakhstan/index.html" in pages
    assert "people/vladimir-putin/index.html" in pages
    assert 'dir="rtl"' in pages["index.html"].decode()
    assert len(site.articles()) == 1


def test_news_older_than_computers_is_published(site_factory: SiteFactory) -> None:
    site = site_factory({"a.txt": "آزادی کا اعلان\n14 اگست 1947\nپاکستان کے قیام کا اعلان آدھی رات کو کیا گیا۔\n"})
    result = site.run("digest", "build", "--strict")
    assert result.returncode == 0, result.stderr
    assert "archive/1947/08/index.html" in site.site()
