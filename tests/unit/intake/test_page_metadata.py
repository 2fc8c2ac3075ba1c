"""Saved pages: the article without the page around it, and what the page states, JSON-LD before Open Graph."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from digest.errors import ArticleError
from digest.intake.arrival import Arrival
from digest.intake.page import read_page, text_of_html
from tests.intake_samples import HEADLINE, TEXT

NOW = dt.datetime(2024, 11, 30, tzinfo=dt.UTC)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())


def _read(head: str = "", body: str = PARAGRAPHS, address: str = "https://example.org/news/1") -> Arrival:
    navigation = "<nav><ul><li><a href='/'>صفحۂ اول</a></li><li><a href='/w'>دنیا</a></li></ul></nav>"
    around = "<aside><a href='/2'>ایک اور خبر</a></aside><footer>تمام حقوق محفوظ</footer>"
    markup = f"<html><head>{head}</head><body>{navigation}<article>{body}</article>{around}</body></html>"
    return read_page(markup.encode(), where="a.html", address=address, retrieved=NOW)


def _ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def _meta(**named: str) -> str:
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in named.items())


def test_the_text_is_the_article_and_nothing_around_it() -> None:
    assert _read().text == TEXT


def test_json_ld_comes_before_open_graph() -> None:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "datePublished": "2024-11-27T23:30:00-05:00",
        "author": [{"@type": "Person", "name": "علی"}, "رضا"],
        "publisher": {"name": "اخبار"},
        "inLanguage": "ur-PK",
        "mainEntityOfPage": {"@id": "https://example.org/news/1-title"},
    }
    head = _meta(og_title="دوسری سرخی", og_site_name="دوسرا", article_published_time="2020-01-01") + _ld(article)
    hints = _read(head).hints
    assert (hints.headline, hints.byline, hints.outlet) == (HEADLINE, "علی، رضا", "اخبار")
    assert (hints.published, hints.language) == ("2024-11-27", "ur")
    assert hints.url == "https://example.org/news/1-title"


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda article: {"@graph": [{"@type": "WebSite", "name": "x"}, article]},
        lambda article: [{"@type": "BreadcrumbList"}, article],
        lambda article: [[article]],
        lambda article: {**article, "@type": ["Article", "NewsArticle"]},
    ],
)
def test_json_ld_is_found_wherever_publishers_put_it(wrapped: Any) -> None:
    article = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2024-11-27"}
    hints = _read(_ld(wrapped(article))).hints
    assert (hints.headline, hints.published) == (HEADLINE, "2024-11-27")


def test_open_graph_and_its_relatives_are_read() -> None:
    head = _meta(
        og_title=HEADLINE, og_site_name="اخبار", article_published_time="2024-11-27T10:00:00Z", og_locale="fa_IR"
    )
    hints = _read(head + '<meta name="author" content="علی">').hints
    assert (hints.headline, hints.outlet, hints.published) == (HEADLINE, "اخبار", "2024-11-27")
    assert (hints.language, hints.byline) == ("fa", "علی")


@pytest.mark.parametrize("date", ["yesterday", "2024-13-45", "27/11/2024", "", "1732704000", "0000-00-00T00:00:00Z"])
def test_a_day_that_is_none_is_not_invented(date: str) -> None:
    assert (
        _read(_ld({"@type": "NewsArticle", "datePublished": date}) + "<time>2024-01-01</time>").hints.published is None
    )


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("https://www.example.org/news/x", "https://www.example.org/news/x"),
        ("https://m.example.org/news/x", "https://m.example.org/news/x"),
        ("https://www.bbc.com/urdu/1", "https://example.org/news/1"),
        ("https://notexample.org/1", "https://example.org/news/1"),
        ("javascript:alert(1)", "https://example.org/news/1"),
        ("https://[::1/", "https://example.org/news/1"),
    ],
)
def test_a_page_speaks_for_its_own_site_only(stated: str, kept: str) -> None:
    assert _read(f'<link rel="canonical" href="{stated}">').hints.url == kept


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": </script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        _ld({"@type": "NewsArticle", "headline": {"a": 1}, "author": 7, "publisher": [[]], "inLanguage": {"name": 3}}),
        _ld([{"@type": "NewsArticle"}] * 5_000),
        _ld({"@type": {"a": "b"}}),
        "<meta property='og:title'>" * 5_000,
        "<meta property=og:title content='&#0;&#x202e;&#xd800;'>",
    ],
)
def test_broken_metadata_states_nothing_and_harms_nothing(head: str) -> None:
    arrival = _read(head)
    assert arrival.text.endswith(TEXT)
    assert arrival.hints.headline is None


def test_fields_are_one_printable_line() -> None:
    hints = _read(_meta(og_title="ا\n---\n# x \x1b[2J \u202eب" + "x" * 5_000)).hints
    assert hints.headline is not None
    assert hints.headline.isprintable()
    assert len(hints.headline) <= 1_000


def test_a_page_without_an_article_is_said() -> None:
    for body in ("", "<div id=app></div>", "<!-- nothing -->"):
        with pytest.raises(ArticleError) as refused:
            read_page(body.encode(), where="a.html", address="a.html", retrieved=None)
        assert refused.value.issue.code == "no-article"


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-8"])
def test_the_encoding_is_found_and_recorded(encoding: str) -> None:
    text = TEXT.replace("ی", "ي").replace("ئ", "ي").replace("ؤ", "و").replace("۔", ".")
    markup = f"<html><head><meta charset={encoding}></head><body><article><p>{text}</p></article></body></html>"
    arrival = read_page(markup.encode(encoding), where="a", address="a.html", retrieved=None)
    assert arrival.origin.encoding.startswith(encoding)
    assert " ".join(arrival.text.split()) == " ".join(text.split())


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "font", "a"])
def test_ten_thousand_levels_are_no_stack_overflow(tag: str) -> None:
    deep = f"<{tag}>" * 10_000
    assert _read(body=PARAGRAPHS + deep).text.startswith(TEXT[:100])
    try:
        _read(body=deep + PARAGRAPHS)
    except ArticleError as error:
        assert error.issue.code == "no-article"  # noqa: PT017 - it may be found or not
    assert text_of_html(deep + "خبر") in ("خبر", "")


def test_html_in_feeds_becomes_lines_of_text() -> None:
    assert (
        text_of_html("<p>ایک <b>دو</b></p>تین<br>چار<script>x</script><ul><li>پانچ</li></ul>")
        == "ایک دو\nتین\nچار\nپانچ"
    )
