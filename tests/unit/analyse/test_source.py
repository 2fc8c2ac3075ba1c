"""Where an article comes from, and which addresses a page may link to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from digest.analyse.source import Outlets
from digest.clean.article import clean
from digest.gazetteer.load import load_gazetteer
from digest.model import Basis, Hints, RawArticle, Source
from digest.sources.address import safe_url

STORY = "صدر نے کہا کہ تعلقات اچھے ہیں اور مذاکرات جلد ہوں گے۔"
DAWN = {"names": {"ur": "ڈان", "en": "Dawn"}, "type": "outlet", "domains": ["dawn.com", "dawnnews.tv"]}


@pytest.fixture
def outlets(gazetteer_folder: Callable[[Mapping[str, object]], Path]) -> Outlets:
    return Outlets(load_gazetteer([gazetteer_folder({"organisations/dawn": DAWN})]), "ur")


def _source(outlets: Outlets, text: str = STORY, **hints: str) -> Source:
    raw = RawArticle(locator="a", media_type="text/plain", body=text.encode(), hints=Hints(**hints))  # type: ignore[arg-type]
    return outlets.find(clean(raw, ("ur",)))


@pytest.mark.parametrize(
    "url", ["https://www.dawn.com/news/1", "http://urdu.dawnnews.tv/x", "https://DAWN.com:8080/", "https://dawn.com"]
)
def test_an_outlet_is_known_by_its_domain_and_those_below(url: str, outlets: Outlets) -> None:
    assert _source(outlets, url=url) == Source(outlet="dawn", name="ڈان", url=url, basis=Basis.URL)


@pytest.mark.parametrize(
    "url", ["https://notdawn.com/", "https://dawn.com.evil.example/", "https://example.org/dawn.com"]
)
def test_a_look_alike_is_only_its_own_host(url: str, outlets: Outlets) -> None:
    source = _source(outlets, url=url)
    assert source.outlet is None
    assert source.name == url.split("/")[2]


def test_a_line_in_the_text_names_the_address(outlets: Outlets) -> None:
    source = _source(outlets, f"{STORY}\nماخذ: https://www.dawn.com/news/1")
    assert (source.outlet, source.url) == ("dawn", "https://www.dawn.com/news/1")


def test_a_stated_outlet_may_be_an_id_a_name_or_new(outlets: Outlets) -> None:
    for stated in ("dawn", "ڈان", "Dawn"):
        assert _source(outlets, outlet=stated) == Source(outlet="dawn", name="ڈان", url=None, basis=Basis.METADATA)
    assert _source(outlets, outlet="گلگت ٹائمز").name == "گلگت ٹائمز"


def test_a_stated_outlet_is_tidied_like_any_text(outlets: Outlets) -> None:
    assert _source(outlets, outlet="\u202eگلگت\x00\n ٹائمز\u0643").name == "گلگت ٹائمزک"


def test_nothing_known_is_unknown(outlets: Outlets) -> None:
    unknown = Source(outlet=None, name=None, url=None, basis=Basis.UNKNOWN)
    assert _source(outlets) == unknown
    assert _source(outlets, url="javascript:alert(1)") == unknown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "https://",
        "https:///path",
        "ftp://example.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        'https://example.org/"onmouseover="x',
        "https://example.org/<script>",
        "https://example.org/`x`",
        "https://example.org/{{x}}",
        "https://example.org/|x",
        "https://example.org/\\x",
        "https://example.org/\u202egnp",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_a_page_must_not_link_to(url: str) -> None:
    assert not safe_url(url)


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=1&c=(2)#d", "http://خبر.example/صفحہ", "https://example.org:8080/~a/*;x=1"]
)
def test_an_address_that_a_page_may_link_to(url: str) -> None:
    assert safe_url(url)


def test_an_unsafe_address_hides_no_good_one(outlets: Outlets) -> None:
    good = "https://www.dawn.com/news/1"
    assert _source(outlets, f"{STORY}\nماخذ: {good}", url="javascript:alert(1)").url == good
    raw = RawArticle(
        locator="a",
        media_type="text/plain",
        body=STORY.encode(),
        hints=Hints(url=good),
        overrides=Hints(url="dawn.com", basis=Basis.SIDECAR),
    )
    assert outlets.find(clean(raw, ("ur",))).url == good
