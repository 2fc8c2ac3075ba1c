"""Older parts of the site's feed (RFC 5005): with the feed they hold every article, and they stay as they are."""

from __future__ import annotations

import json

import feedparser

from tests.busy_archive import busy_archive
from tests.conftest import SiteFactory
from tests.site.conftest import ADDRESS
from tests.sites import Tree


def _articles(count: int, undated: int) -> dict[str, str]:
    lines = [json.loads(line) for line in busy_archive(count)["busy.jsonl"].splitlines()]
    for line in lines[:undated]:
        line.pop("published", None)
    return {"busy.jsonl": "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"}


def _chain(tree: Tree) -> list[str]:
    """Return the paths of the feed and of its older parts, as a reader follows them."""
    paths, seen = ["feed.xml"], set[str]()
    while paths[-1] not in seen:
        seen.add(paths[-1])
        links = {link.rel: link.href for link in feedparser.parse(tree[paths[-1]]).feed.links}
        if older := links.get("prev-archive"):
            paths.append(older.removeprefix(ADDRESS))
    return paths


def test_the_chain_holds_every_article_and_seals_its_parts(site_factory: SiteFactory) -> None:
    site = site_factory(_articles(90, 25), url=ADDRESS, cards="none")
    site.build_pages()
    tree = site.pages()
    chain = _chain(tree)
    assert sorted(chain) == sorted(path for path in tree if path == "feed.xml" or path.startswith("feeds/"))
    assert len(chain) >= 5
    ids = [entry.id for path in chain for entry in feedparser.parse(tree[path]).entries]
    assert len(set(ids)) == 90
    for path in chain:
        read = feedparser.parse(tree[path])
        assert not read.bozo
        assert len(read.entries) <= 30
        links = {link.rel: link.href for link in read.feed.links}
        assert links["self"] == f"{ADDRESS}{path}"
        assert ("fh_archive" in read.feed) == (path != "feed.xml")
        if path != "feed.xml":
            assert links["current"] == f"{ADDRESS}feed.xml"


def test_a_new_article_leaves_sealed_parts_alone(site_factory: SiteFactory) -> None:
    site = site_factory(_articles(60, 15), url=ADDRESS, cards="none")
    site.build_pages()
    before = site.pages()
    new = {"id": "new", "title": "روس کی نئی خبر", "text": "روس نے کہا۔", "published": "2022-03-01"}
    site.put({"new.jsonl": json.dumps(new, ensure_ascii=False) + "\n"})
    site.build_pages()
    after = site.pages()
    sealed = [path for path in before if path.startswith("feeds/")]
    assert len(sealed) >= 3
    assert [path for path in sealed if after[path] != before[path]] == []
    assert len(_chain(after)) == len(_chain(before)) + 1, "December is over"


def test_a_small_archive_has_no_parts(site_factory: SiteFactory) -> None:
    site = site_factory(url=ADDRESS, cards="none")
    site.build_pages()
    assert _chain(site.pages()) == ["feed.xml"]
