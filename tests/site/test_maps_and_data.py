"""Sitemaps, signposts, open data and excerpts of real sites."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from digest.errors import ConfigurationError
from tests.conftest import SiteFactory
from tests.site.conftest import ADDRESS, HOSTILE
from tests.sites import SEEDS, SiteFolder, Tree, front_matter

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def _lines(content: bytes) -> dict[str, str | None]:
    root = ET.fromstring(content)  # noqa: S314 - our own file
    return {child.findtext(f"{MAP}loc") or "": child.findtext(f"{MAP}lastmod") for child in root}


def _all_lines(tree: Tree) -> dict[str, str | None]:
    shards = _lines(tree["sitemap.xml"])
    found: dict[str, str | None] = {}
    for address, newest in shards.items():
        lines = _lines(tree[address.removeprefix(ADDRESS)])
        assert newest == max((day for day in lines.values() if day), default=None)
        assert not set(lines) & set(found)
        found |= lines
    return found


@pytest.mark.site
def test_sitemap_names_every_page_with_its_true_day(given: SiteFolder) -> None:
    found = _all_lines(given.site())
    pages = {path: page for path, page in given.site().items() if path.endswith("index.html")}
    del pages["search/index.html"]  # it holds nothing until somebody types
    assert {f"{ADDRESS}{path.removesuffix('index.html')}" for path in pages} == set(found)
    for path, page in given.pages().items():
        if path.startswith("articles/"):
            assert found[f"{ADDRESS}{path.removesuffix('.md')}/"] == front_matter(page)["published"]
    assert found[f"{ADDRESS}about/"] is None
    assert found[f"{ADDRESS}countries/russia/"] == "2021-12-28"


def test_news_sitemap_holds_two_days(site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    days = ["2021-12-25", "2021-12-26", "2021-12-28", "2021-12-29"]
    lines = [json.dumps({"id": day, "title": f"خبر & {day}", "text": "روس نے کہا۔", "published": day}) for day in days]
    site = site_factory({"a.jsonl": "\n".join(lines)}, url=ADDRESS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640649600")  # 2021-12-28
    site.build_pages()
    news = list(ET.fromstring(site.pages()["sitemap-news.xml"]).iter(f"{NEWS}news"))  # noqa: S314 - our own file
    assert [item.findtext(f"{NEWS}publication_date") for item in news] == ["2021-12-28", "2021-12-26"]
    assert news[0].findtext(f"{NEWS}title") == "خبر & 2021-12-28"
    assert news[0].findtext(f"{NEWS}publication/{NEWS}language") == "ur"


def test_a_draft_is_on_no_map(site_factory: SiteFactory) -> None:
    site = site_factory({}, url=ADDRESS)
    (site.root / "site_src/draft.md").write_text("# مسودہ\n", encoding="utf-8")
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "\ndraft_docs: draft.md\n", encoding="utf-8")
    assert site.run("digest", "build", "--quiet").returncode == 0
    assert f"{ADDRESS}draft/" not in _all_lines(site.site())
    assert f"{ADDRESS}about/" in _all_lines(site.site())


def test_a_preview_writes_what_a_build_writes(site_factory: SiteFactory) -> None:
    """`mkdocs serve` puts its own address into the configuration; the pages on disk must not change with it."""
    site = site_factory({}, url=ADDRESS)
    config = load_config(config_file=str(site.root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"
    build(config)
    assert "127.0.0.1" not in "".join(content.decode("utf-8", "ignore") for content in site.pages().values())
    assert _lines(site.site()["sitemap.xml"])


def test_own_pages_have_whole_addresses(site_factory: SiteFactory) -> None:
    site = site_factory({}, url=ADDRESS)
    for name in ("رہنما.md", "help/README.md", "help/how to.md"):
        path = site.root / "site_src" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("# مدد\n", encoding="utf-8")
    site.build_pages()
    found = _all_lines(site.pages())
    names = ["%D8%B1%DB%81%D9%86%D9%85%D8%A7/", "help/", "help/how%20to/"]
    assert {f"{ADDRESS}{name}" for name in names} <= set(found)


def test_hand_written_signposts_stay(site_factory: SiteFactory) -> None:
    site = site_factory({}, url=ADDRESS)
    (site.root / "site_src/robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    site.build_pages()
    site.build_pages()
    assert site.pages()["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert ADDRESS.encode() in site.pages()["llms.txt"]


def test_a_hand_written_feed_is_an_error(site_factory: SiteFactory) -> None:
    site = site_factory({}, url=ADDRESS)
    (site.root / "site_src/feed.xml").write_text("<rss/>", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="hand-written page"):
        site.build_pages()


@pytest.mark.parametrize("seeds", [SEEDS, HOSTILE], ids=["given", "hostile"])
def test_data_fits_its_schema(site_factory: SiteFactory, seeds: dict[str, bytes]) -> None:
    site = site_factory(seeds, url=ADDRESS)
    site.build_pages()
    tree = site.pages()
    schema = json.loads(tree["data/schema.json"])
    index = json.loads(tree["data/index.json"])
    assert {f"data/{item['file']}" for item in index["articles"]} == {path for path in tree if path.endswith(".jsonl")}
    for item in index["articles"]:
        lines = tree[f"data/{item['file']}"].splitlines()
        assert len(lines) == item["articles"]
        for line in lines:
            record = json.loads(line)
            jsonschema.validate(record, schema, cls=jsonschema.Draft202012Validator)
            assert f"{record['path'].removesuffix('/')}.md" in tree
            for mention in record.get("mentions", ()):
                assert record["text"][mention["start"] : mention["end"]] == mention["surface"]
    terms = {**schema, "$ref": "#/$defs/TermsFile"}
    jsonschema.validate(json.loads(tree["data/terms.json"]), terms, cls=jsonschema.Draft202012Validator)


def test_data_is_a_choice(site_factory: SiteFactory) -> None:
    site = site_factory(data=False)
    site.build_pages()
    assert not [path for path in site.pages() if path.startswith("data/")]
    assert b"terms.json" not in site.pages()["llms.txt"]


def test_an_excerpt_shows_no_more_than_the_standfirst(site_factory: SiteFactory) -> None:
    name = next(name for name in SEEDS if name.startswith("000"))
    sidecar = "url: https://www.bbc.com/urdu/1\n"
    site = site_factory({name: SEEDS[name], name.replace(".txt", ".yml"): sidecar}, url=ADDRESS, content="excerpt")
    site.build_pages()
    tree = site.pages()
    (record,) = [json.loads(line) for path in tree if path.endswith(".jsonl") for line in tree[path].splitlines()]
    assert "text" not in record
    assert "mentions" not in record
    last = SEEDS[name].decode().strip().splitlines()[-3].strip()[:40]
    full = site_factory({name: SEEDS[name]}, folder="full", url=ADDRESS)
    full.build_pages()
    assert any(last.encode() in content for content in full.pages().values()), "the test must know what to look for"
    assert not [path for path, content in tree.items() if last.encode() in content]
    page = tree[f"{record['path'].removesuffix('/')}.md"].decode()
    assert record["summary"][:30] in page
    assert "[پوری خبر اصل ذریعے پر پڑھیے](<https://www.bbc.com/urdu/1>)" in page


def test_llms_txt_is_safe_markdown(site_factory: SiteFactory) -> None:
    site = site_factory(HOSTILE, url=ADDRESS)
    site.build_pages()
    text = site.pages()["llms.txt"].decode()
    assert text.startswith("# خبرنامہ\n")
    assert "<script" not in text
    assert "&lt;" not in text, "outlets that scraped text names are not in it"


def test_adding_and_removing_gives_what_a_clean_build_gives(site_factory: SiteFactory) -> None:
    site = site_factory(url=ADDRESS, cards="article")
    site.build_pages()
    site.put({"new.txt": "ترکی میں زلزلہ\nترکی کے شہر استنبول میں زلزلہ آیا۔\n"})
    site.build_pages()
    site.remove("new.txt")
    site.put({"again.txt": "چین میں سیلاب\nچین کے شہر شنگھائی میں سیلاب آیا۔\n"})
    site.build_pages()
    assert site.clean_build(site.root.parent / "clean") == site.pages()


def test_an_epoch_that_is_none_is_said(site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ConfigurationError, match="no number of seconds"):
        site_factory().build_pages()
