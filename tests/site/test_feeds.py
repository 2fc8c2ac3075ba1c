"""Feeds of a real site: readers take them without a complaint, dates are true, names stay, and nothing breaks out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest

from tests.conftest import SiteFactory
from tests.site.conftest import ADDRESS
from tests.sites import SiteFolder, Tree

SCHEMA = json.loads((Path(__file__).parent / "feed_schema.json").read_text(encoding="utf-8"))
DATED = "روس کے امریکا سے اگلے ماہ سیکیورٹی مذاکرات"
NEW = "ترکی میں زلزلہ\nترکی کے شہر استنبول میں زلزلہ آیا۔ صدر اردوغان نے کہا کہ سب محفوظ ہیں۔\n"


def _feeds(tree: Tree, suffix: str) -> dict[str, bytes]:
    return {path: content for path, content in tree.items() if path.rpartition("/")[2] == f"feed.{suffix}"}


def _all_strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *_all_strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in _all_strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.site
@pytest.mark.parametrize("name", ["given", "hostile"])
def test_every_feed_is_read_without_a_complaint(name: str, request: pytest.FixtureRequest) -> None:
    site: SiteFolder = request.getfixturevalue(name)
    found = _feeds(site.site(), "xml")
    assert len(found) >= 5
    for path, content in found.items():
        read = feedparser.parse(content)
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == "rss20"
        assert read.entries
        assert read.feed.title
        assert read.feed.link.startswith(ADDRESS)
        assert {entry.id for entry in read.entries if entry.id.startswith("urn:uuid:")} == {e.id for e in read.entries}
    for path, content in _feeds(site.site(), "json").items():
        jsonschema.validate(json.loads(content), SCHEMA, cls=jsonschema.Draft202012Validator)
        assert feedparser.parse(found[path.replace(".json", ".xml")]).entries


@pytest.mark.site
def test_both_formats_say_the_same(given: SiteFolder) -> None:
    rss = feedparser.parse(given.site()["feed.xml"])
    feed = json.loads(given.site()["feed.json"])
    assert [(e.id, e.link, e.title) for e in rss.entries] == [(i["id"], i["url"], i["title"]) for i in feed["items"]]
    assert all(item["url"].removeprefix(ADDRESS) + "index.html" in given.site() for item in feed["items"])


@pytest.mark.site
def test_dates_are_true_or_not_there(given: SiteFolder) -> None:
    entries = feedparser.parse(given.site()["feed.xml"]).entries
    dates = {entry.title: entry.get("published_parsed") for entry in entries}
    assert tuple(dates.pop(DATED)[:6]) == (2021, 12, 28, 0, 0, 0)
    assert list(dates.values()) == [None, None]
    items = json.loads(given.site()["feed.json"])["items"]
    assert [item.get("date_published") for item in items] == ["2021-12-28T00:00:00+00:00", None, None]


@pytest.mark.site
def test_pages_name_their_feeds(given: SiteFolder) -> None:
    page = given.site()["countries/russia/index.html"].decode()
    assert '<link rel="alternate" type="application/rss+xml" title="روس — خبرنامہ" href="feed.xml">' in page
    assert 'type="application/feed+json" title="خبرنامہ" href="../../feed.json">' in page


@pytest.mark.site
def test_nothing_breaks_out_of_a_feed(hostile: SiteFolder) -> None:
    for path, content in _feeds(hostile.site(), "xml").items():
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(content).iter()}  # noqa: S314 - our own file
        assert not tags - {"rss", "channel", "title", "link", "description", "language", "item", "guid", "pubDate",
                           "creator", "source", "category", "encoded"}, path  # fmt: skip
        for entry in feedparser.parse(content, sanitize_html=False).entries:
            for text in (entry.get("summary", ""), *(part.value for part in entry.get("content", ()))):
                assert "<script>" not in text or not text.startswith("<div")
    items = json.loads(hostile.site()["feed.json"])["items"]
    assert any("</script>" in text for text in _all_strings(items)), "the test must see the hostile text"
    assert not any("<script" in item.get("content_html", "") for item in items)


def test_a_new_article_changes_its_own_feeds_only(site_factory: SiteFactory) -> None:
    site = site_factory(url=ADDRESS)
    site.build_pages()
    before = site.pages()
    site.put({"new.txt": NEW})
    site.build_pages()
    after = site.pages()
    feeds = [path for path in after if path.rpartition("/")[2] in ("feed.xml", "feed.json")]
    changed = {path.rpartition("/")[0] for path in feeds if after[path] != before.get(path)}
    filed = {
        path.rpartition("/")[0]
        for path, page in after.items()
        if path.endswith("/index.md") and "ترکی میں زلزلہ" in page.decode() and not path.startswith("archive")
    }
    assert changed == {"", *filed}
    assert {"countries/turkey", "people/recep-tayyip-erdogan"} <= changed
    assert "countries/russia" not in changed


def test_names_of_articles_stay_when_the_site_moves(site_factory: SiteFactory) -> None:
    here, there = site_factory(url=ADDRESS), site_factory(folder="other", url="https://elsewhere.example/")
    here.build_pages()
    there.build_pages()
    one, other = (json.loads(site.pages()["feed.json"])["items"] for site in (here, there))
    assert [item["id"] for item in one] == [item["id"] for item in other]
    assert one[0]["url"] != other[0]["url"]


def test_a_feed_goes_with_its_term(site_factory: SiteFactory) -> None:
    site = site_factory(url=ADDRESS)
    site.put({"new.txt": NEW})
    site.build_pages()
    assert "countries/turkey/feed.xml" in site.pages()
    site.remove("new.txt")
    (site.root / ".digest/store.sqlite").unlink()  # what nobody remembers is found by its mark
    site.build_pages()
    assert not [path for path in site.pages() if path.startswith("countries/turkey/")]


def test_articles_without_a_date_reach_readers_too(site_factory: SiteFactory) -> None:
    lines = [
        json.dumps({"id": str(n), "title": f"خبر {n}", "text": "روس نے کہا۔", "published": f"2025-01-{n % 28 + 1:02}"})
        for n in range(60)
    ]
    lines += [json.dumps({"id": f"u{n}", "title": f"بے تاریخ {n}", "text": "روس نے کہا۔"}) for n in range(20)]
    site = site_factory({"a.jsonl": "\n".join(lines)}, url=ADDRESS)
    site.build_pages()
    titles = [item["title"] for item in json.loads(site.pages()["countries/russia/feed.json"])["items"]]
    assert len(titles) == 30
    assert [title for title in titles if title.startswith("بے تاریخ")] == [f"بے تاریخ {n}" for n in range(19, 9, -1)]


@pytest.mark.parametrize("feeds", ["site", "none"])
def test_feeds_are_a_choice(site_factory: SiteFactory, feeds: str) -> None:
    site = site_factory(url=ADDRESS, feeds=feeds)
    site.build_pages()
    found = [path for path in site.pages() if "feed" in path]
    assert sorted(found) == (["feed.json", "feed.xml"] if feeds == "site" else [])
    assert ("feeds: []" in site.pages()["countries/russia/index.md"].decode()) == (feeds == "none")


def test_without_an_address_nothing_is_invented(site_factory: SiteFactory) -> None:
    site = site_factory()
    report = site.build_pages()
    assert [issue.code for issue in report.issues] == ["no-site-url"]
    others = sorted(path for path in site.pages() if not path.endswith(".md"))
    assert others == [
        "data/articles-2021-12.jsonl", "data/articles-undated.jsonl", "data/index.json", "data/schema.json",
        "data/terms.json", "llms.txt", "robots.txt",
    ]  # fmt: skip
    assert b"Sitemap" not in site.pages()["robots.txt"]
