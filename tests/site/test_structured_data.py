"""What pages say of themselves to search engines and networks, as a parser finds it in the published HTML."""

from __future__ import annotations

import html.parser
import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.site.conftest import ADDRESS, NASTY
from tests.sites import SiteFolder, front_matter

pytestmark = pytest.mark.site
SCHEMA = json.loads((Path(__file__).parent / "article_schema.json").read_text(encoding="utf-8"))


class Head(html.parser.HTMLParser):
    """Meta tags, links and JSON-LD of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.tags: Counter[str] = Counter()
        self.scripts: list[str] = []
        self._reading = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if tag == "meta":
            self.meta[values.get("property") or values.get("name", "")] = values.get("content", "")
        elif tag == "link":
            self.links[values.get("rel", "")] = values.get("href", "")
        elif tag == "script" and values.get("type") == "application/ld+json":
            self._reading = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._reading = self._reading and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._reading:
            self.scripts[-1] += data

    @property
    def content(self) -> dict[str, Any]:
        (script,) = self.scripts
        read: dict[str, Any] = json.loads(script)
        return read


def _articles(site: SiteFolder) -> dict[str, tuple[dict[str, Any], Head]]:
    found = {}
    for path, page in site.pages().items():
        if path.startswith("articles/"):
            address = path.removesuffix(".md") + "/"
            found[address] = (front_matter(page), Head(site.site()[f"{address}index.html"]))
    return found


@pytest.mark.parametrize("name", ["given", "hostile"])
def test_articles_are_news_articles(name: str, request: pytest.FixtureRequest) -> None:
    site: SiteFolder = request.getfixturevalue(name)
    for address, (matter, head) in _articles(site).items():
        content = head.content
        jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)
        assert content["headline"] == matter["headline"]
        assert content["description"] == matter["summary"]
        assert content["url"] == head.links["canonical"] == head.meta["og:url"] == ADDRESS + address
        assert content.get("datePublished") == matter["published"] == head.meta.get("article:published_time")
        assert content.get("publisher", {}).get("name") == matter["source"]["name"]
        assert content.get("isBasedOn") == matter["source"]["url"]


def test_people_and_places_are_the_same_everywhere(given: SiteFolder) -> None:
    (content,) = (head.content for matter, head in _articles(given).values() if matter["published"])
    about = {thing["name"]: thing for thing in content["about"]}
    assert about["روس"] == {"@type": "Country", "name": "روس", "sameAs": "https://www.wikidata.org/wiki/Q159"}
    assert "https://www.wikidata.org/wiki/Q7747" in {thing.get("sameAs") for thing in content["mentions"]}
    assert not {thing["name"] for thing in content["mentions"]} & set(about)


def test_nothing_breaks_out_of_the_head(hostile: SiteFolder, given: SiteFolder) -> None:
    (worse,) = ((matter, head) for matter, head in _articles(hostile).values() if matter["published"])
    matter, head = worse
    assert "</script>" in matter["headline"]
    assert head.meta["og:title"] == matter["headline"]
    assert head.content["publisher"]["name"] == matter["source"]["name"]
    assert "</script>" in head.content["creditText"]
    ordinary = next(iter(_articles(given).values()))[1]
    assert head.tags["script"] == ordinary.tags["script"]
    assert head.tags["title"] == 1
    assert NASTY.split()[1] not in head.scripts[0]


def test_a_card_is_named_where_there_is_one(given: SiteFolder) -> None:
    head = Head(given.site()["index.html"])
    assert head.meta["og:image"] == f"{ADDRESS}cards/site.png"
    assert head.meta["og:image:alt"] == "خبرنامہ"
    assert head.meta["twitter:card"] == "summary_large_image"
    assert given.site()["cards/site.png"].startswith(b"\x89PNG")
    assert head.content["@type"] == "WebSite"


def test_a_term_page_says_what_it_is_about(given: SiteFolder) -> None:
    content = Head(given.site()["people/vladimir-putin/index.html"]).content
    assert content["@type"] == "CollectionPage"
    assert content["about"][0]["sameAs"] == "https://www.wikidata.org/wiki/Q7747"
