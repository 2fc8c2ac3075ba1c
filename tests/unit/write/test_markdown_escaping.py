"""Every character that means something in Markdown comes out as itself; links and classes are the only markup."""

from __future__ import annotations

import html
import re
import urllib.parse

import pytest

from digest.write.markdown import (
    Markdown,
    blocks,
    bullets,
    chip,
    classed,
    escape,
    heading,
    join,
    link,
    outside_link,
    placed,
    strong,
)
from tests.rendering import as_shown, render

MEANINGFUL = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "[x]: http://example.org/",
    "<http://example.org>",
    "{{ page.title }} {% raw %} {: .x #y onclick=z }",
    "# عنوان",
    "### #",
    "C#",
    "1947. سے پہلے",
    "1) پہلا",
    "۱۹۴۷. سے پہلے",
    "- ایک",
    "+ ایک",
    "* ایک",
    "> اقتباس",
    "    چار خالی جگہیں",
    "\tٹیب",
    "---",
    "===",
    "***",
    "| ا | ب |",
    "```py",
    "~~~",
    "**جلی** _ترچھا_ ~~کٹا~~ ==نشان== ^اوپر^ `کوڈ`",
    "&amp; &#60; &copy; & x;",
    "پیچھے \\ آگے \\* \\",
    "لکیر  \nدوسری",
    "!!! note",
    "??? x",
    "::: x",
    "/// x",
    "[^1] اور *[خبر]: x",
    "واہ!",
    "\x02klzzwxh:0001\x03",
    "$x$ \\(x\\)",
    "--8<-- file",
    ":smile: :material-x:",
    "[TOC]",
    "<!-- x --> <?php ?>",
]


@pytest.mark.parametrize("text", MEANINGFUL)
def test_text_comes_out_as_itself_in_one_paragraph(text: str) -> None:
    found = re.fullmatch(r"<p>(.*)</p>", render(escape(text)))
    assert found is not None
    assert "<" not in found[1]
    assert html.unescape(found[1]) == as_shown(text)


@pytest.mark.parametrize("text", MEANINGFUL)
def test_text_comes_out_as_itself_in_a_heading(text: str) -> None:
    found = re.fullmatch(r'<h2 id="[^"]*">(.*)</h2>', render(heading(2, escape(text))))
    assert found is not None
    assert html.unescape(found[1]) == as_shown(text)


@pytest.mark.parametrize("text", MEANINGFUL)
def test_text_comes_out_as_itself_in_a_link_behind_other_text(text: str) -> None:
    page = Markdown(f"{escape(text)}{link(escape(text), 'countries/russia/index.md')}{escape(text)}")
    found = re.fullmatch(r'<p>(.*)<a href="countries/russia/index.md">(.*)</a>(.*)</p>', render(page))
    assert found is not None
    assert [html.unescape(part) for part in found.groups()] == [as_shown(text)] * 3


@pytest.mark.parametrize("text", MEANINGFUL)
def test_text_comes_out_as_itself_in_bullets_with_classes_beside(text: str) -> None:
    page = blocks([bullets([escape(text), strong(escape(text))]), classed(escape(text), "dg-facts")])
    found = re.fullmatch(
        r'<ul>\n<li>(.*)</li>\n<li><strong>(.*)</strong></li>\n</ul>\n<p class="dg-facts">(.*)</p>', render(page)
    )
    assert found is not None
    assert [html.unescape(part) for part in found.groups()] == [as_shown(text)] * 3


@pytest.mark.parametrize(
    ("target", "base", "address"),
    [
        ("index.md", "index.md", "index.md"),
        ("countries/russia/index.md", "index.md", "countries/russia/index.md"),
        ("countries/russia/index.md", "articles/2021/12/28/a.md", "../../../../countries/russia/index.md"),
        ("countries/russia/2.md", "countries/russia/index.md", "../../countries/russia/2.md"),
        ("index.md", "articles/undated/a/x.md", "../../../index.md"),
    ],
)
def test_links_are_relative_to_their_page(target: str, base: str, address: str) -> None:
    assert placed(link(escape("x"), target), base) == f"[x]({address})"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=1&c=2#d",
        "https://example.org/?a=1&copy;=2&lt;b",
        "https://example.org/a_(b)/*c*",
        "https://example.org/خبر/صفحہ",
        "https://example.org/%D8%AE?x=[1]",
        "https://example.org/a]b[c",
    ],
)
def test_an_outside_link_leads_where_it_says_and_nowhere_else(url: str) -> None:
    found = re.fullmatch(r'<p><a href="([^"]*)">x</a></p>', render(outside_link(escape("x"), url)))
    assert found is not None
    assert urllib.parse.unquote(html.unescape(found[1])) == urllib.parse.unquote(url)


def test_nothing_makes_no_block() -> None:
    assert escape(" \n\t ") == ""
    assert classed(escape(""), "dg-standfirst") == ""
    assert blocks([escape("ایک"), classed(escape(""), "x"), escape("دو")]) == "ایک\n\nدو\n"


def test_a_separator_keeps_its_spaces_and_is_escaped() -> None:
    assert join(" | ", [escape("ایک"), escape("دو")]) == "ایک &#124; دو"


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("معاہدہ CSTO، 28 بلین", ["CSTO"]),
        ("KazMunayGas (KMG)، 5 ارب", ["KazMunayGas (KMG)"]),
        ("تنظیم (CSTO)، 28 بلین", ["CSTO"]),
        ("CSTO، NATO اور OPEC", ["CSTO"]),
        ("ادارہ WHO: 28 ممالک", ["WHO"]),
        ("آئی فون iPhone 15 کی قیمت", []),
        ("28 CSTO ممالک", []),
        ("CSTO, 28 countries: WHO: 5", []),
        ("معاہدہ CSTO، اور", []),
    ],
)
def test_latin_names_do_not_draw_numbers_to_their_side(text: str, isolated: list[str]) -> None:
    page = render(escape(text))
    assert re.findall("<bdi>(.*?)</bdi>", page) == isolated
    assert re.sub("</?bdi>", "", page) == f"<p>{text}</p>"


@pytest.mark.parametrize("text", MEANINGFUL)
def test_text_comes_out_as_itself_in_a_chip(text: str) -> None:
    page = render(classed(chip(escape(text), "countries/russia/index.md"), "dg-chips"))
    found = re.fullmatch(r'<p class="dg-chips"><a class="dg-chip" href="countries/russia/index.md">(.*)</a></p>', page)
    assert found is not None
    assert html.unescape(found[1]) == as_shown(text)
