"""The renderer of our own Markdown says what Python-Markdown and MkDocs say, or that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.meta import get_data

from digest import model
from digest.publish.links import Neighbourhood, Place
from digest.publish.source_page import read_page
from digest.publish.strict_headings import Heading
from digest.publish.strict_inline import Unusual
from digest.publish.strict_markdown import Rendered, render
from digest.write.front_matter import render_page
from digest.write.markdown import (
    Markdown,
    blocks,
    bullets,
    chip,
    classed,
    escape,
    heading,
    in_language,
    join,
    link,
    outside_link,
    picture,
    placed,
    strong,
)
from tests.sites import make_site

PAGES = ("index.md", "a/b/c.md", "a/b/index.md", "a/other.md", "a/b/d.md", "x/y/index.md", "x/feed.xml", "a/b/c/e.md")
NASTY = st.sampled_from(
    ["*", "**", "_", "`", "``", "[x](y)", "![", "<b>", "</p>", "&amp;", "&#35;", "&", "{: .x }", "{", "}", "#", "1.",
     "- ", "+", "|", "~~~", "\\", "\\\\", "\n", "\t", "    ", "^", "==", "$x$", ":", "<!--", "-->", "https://x.y/_a_",
     "\u200c", "\u200f", "\x02", "\x03", "\x0b", "\u2028", "\xa0", "\ue000", "روس", "CSTO، 28", "(", ")", "“", "'",
     '"', 'data-search-x="y"', "]:", "> ", "? ", "! "]
)  # fmt: skip
TEXT = st.lists(NASTY | st.text(max_size=6), max_size=8).map("".join)
TARGET = st.sampled_from(PAGES)


@st.composite
def bodies(draw: st.DrawFn, base: str) -> str:
    """Return a page body as the writer makes them."""
    inline = st.one_of(
        TEXT.map(escape),
        st.builds(lambda text, target: link(escape(text), target), TEXT, TARGET),
        st.builds(lambda text, target: chip(strong(escape(text)), target), TEXT, TARGET),
        st.builds(lambda text: outside_link(escape(text), "https://example.org/a_b?c=1&d=%C3%A9#x"), TEXT),
        TEXT.map(lambda text: strong(escape(text))),
        TEXT.map(lambda text: in_language(text, "fa")),
    )
    line = st.lists(inline, max_size=5).map(lambda parts: join(" · ", parts))
    block = st.one_of(
        line,
        line.map(lambda text: classed(text, "dg-facts", "dg-x")),
        st.builds(heading, st.integers(1, 6), line),
        st.lists(line, min_size=1, max_size=3).map(lambda items: bullets(items, "dg-related")),
        st.lists(line, min_size=1, max_size=3).map(bullets),
        TEXT.map(lambda text: picture(Markdown("🇷🇺"), text, "dg-flag")),
    )
    return placed(blocks(draw(st.lists(block, min_size=1, max_size=5))), base)


class _MkDocs:
    """MkDocs as the judge."""

    def __init__(self, folder: Path) -> None:
        self._config = load_config(str(make_site(folder, {}).root / "mkdocs.yml"))
        self._config.mdx_configs["toc"].pop("toc_depth", None)  # every heading is to be compared

    def __call__(self, path: str, body: str) -> Rendered:
        files = Files([File(name, None, "site", use_directory_urls=True) for name in PAGES])
        file = files.get_file_from_path(path)
        assert file
        page = Page(None, file, self._config)
        page.markdown = body
        page.render(self._config, files)
        return Rendered(
            (page.content or "").encode(), [Heading(item.level, item.id, item.title) for item in _flat(page.toc)]
        )


def _flat(items: Any) -> Iterator[AnchorLink]:
    for item in items:
        yield item
        yield from _flat(item.children)


@pytest.fixture(scope="module")
def mkdocs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Rendered]:
    """Return what renders a body at a path."""
    return _MkDocs(tmp_path_factory.mktemp("judge") / "site")


@given(st.data(), st.sampled_from(["a/b/c.md", "a/b/index.md", "index.md", "a/other.md"]))
def test_it_says_what_mkdocs_says_or_that_it_does_not_know(
    mkdocs: Callable[[str, str], Rendered], data: st.DataObject, path: str
) -> None:
    body = data.draw(bodies(path))
    try:
        ours = render(body.encode(), Place(path, PAGES.__contains__))
    except Unusual:
        return
    assert ours == mkdocs(path, body)


LISTS = ("a/b/index.md", "x/y/index.md", "a/b/c.md", "a/b/d.md", "a/other.md", "index.md")
ROW = st.builds(
    lambda text, target, first, second: [
        heading(3, link(escape(text), target)),
        classed(join(" · ", [link(escape("اخبار"), first), escape(text)]), "dg-facts"),
        escape(f"متن {text}"),
        classed(join(" ", [chip(escape("روس"), first), chip(escape("چین"), second)]), "dg-chips"),
    ],
    TEXT.map(lambda text: f"روس {text}"),
    TARGET,
    TARGET,
    TARGET,
)
"""The row of an article in a list."""


@given(st.lists(ROW, min_size=1, max_size=3), st.lists(st.sampled_from(LISTS), min_size=2, max_size=5))
def test_a_row_is_on_every_page_what_mkdocs_makes_of_it_there(
    mkdocs: Callable[[str, str], Rendered], rows: list[list[Markdown]], paths: list[str]
) -> None:
    shared: dict[tuple[int, bool], Neighbourhood] = {}
    listed = [block for row in [*rows, *rows] for block in row]
    page = blocks([heading(1, escape("فہرست")), *listed, heading(2, escape("پھر")), *rows[0], bullets([escape("آخر")])])
    for path in paths:
        body = placed(page, path)
        try:
            ours = render(body.encode(), Place(path, PAGES.__contains__, shared))
        except Unusual:
            continue
        assert ours == mkdocs(path, body)


def test_a_remembered_row_does_not_hide_that_its_link_leads_nowhere() -> None:
    row = b"### [a](../../x/y/index.md)\n\nb\n"
    shared: dict[tuple[int, bool], Neighbourhood] = {}
    shown = render(row, Place("a/b/index.md", PAGES.__contains__, shared))
    assert shown.content == b'<h3 id="a"><a href="../../x/y/">a</a></h3>\n<p>b</p>'
    assert render(row, Place("a/c/index.md", PAGES.__contains__, shared)) == shown
    assert render(row, Place("x/c/index.md", PAGES.__contains__, shared)).content.startswith(
        b'<h3 id="a"><a href="../y/">'
    )
    with pytest.raises(Unusual):
        render(row, Place("a/b/c/index.md", PAGES.__contains__, shared))
    with pytest.raises(Unusual):
        render(row, Place("a/b/index.md", ("a/b/index.md",).__contains__))


def test_many_rows_of_the_same_words_have_ids_of_their_own() -> None:
    row = b"### [a](../../x/y/index.md)\n\nb\n\n"
    rendered = render(b"# a\n\n" + row * 3 + b"## a\n", Place("a/b/index.md", PAGES.__contains__))
    assert [heading.id for heading in rendered.headings] == ["a", "a_1", "a_2", "a_3", "a_4"]
    assert [f'id="{heading.id}"'.encode() in rendered.content for heading in rendered.headings] == [True] * 5


@given(TEXT)
def test_it_knows_every_paragraph_of_an_article(text: str) -> None:
    shown = escape(text)
    if (
        shown.strip()
        and "data-search-" not in text
        and not {"\x00", "\x0b", "\x7f"} & set(shown)
        and shown.isprintable()
    ):
        render(blocks([shown]).encode(), Place("a/b/c.md", PAGES.__contains__))


@pytest.mark.parametrize(
    "body",
    [
        "a < b\n", "a *b* c\n", "`code`\n", "1. one\n", "    code\n", "> quote\n", "a\nb\n", "[a](nowhere.md)\n",
        "---\n",
        "[a][b]\n", "![a](b.png)\n", "<div>x</div>\n", "| a | b |\n", "- a\n\n- b\n", "# a {#b}\n", "a  \n", "a_b_c\n",
        "<b>x</b>\n", "&copy; x\n", '[a](d.md "title")\n', "[a](d.md#b)\n", "text", "a\r\n", "*a*\n",
    ],
)  # fmt: skip
def test_what_we_never_write_is_left_to_mkdocs(body: str) -> None:
    with pytest.raises(Unusual):
        render(body.encode(), Place("a/b/c.md", PAGES.__contains__))


_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(0, 10**9), TEXT, st.text(max_size=12), st.from_regex(r"[0-9a-fx:._+-]{1,8}")
)
_VALUES = st.one_of(
    _SCALARS,
    st.lists(_SCALARS, max_size=3),
    st.dictionaries(st.sampled_from(["name", "url"]), _SCALARS, max_size=2),
    st.lists(st.fixed_dictionaries({"path": _SCALARS, "title": _SCALARS}), max_size=2),
)


@given(st.dictionaries(st.sampled_from(["title", "kind", "feeds", "updated", "hide"]), _VALUES, max_size=4), TEXT)
def test_front_matter_is_read_as_a_yaml_library_reads_it(matter: dict[str, Any], text: str) -> None:
    matter = {"id": "x", **matter}
    page = render_page(model.Page(path="a.md", front_matter=matter, body=f"# x\n\n{escape(text)}\n"))
    read = read_page(page)
    body, meta = get_data(page.decode())
    assert read is not None
    assert (read.body.decode(), dict(read.meta)) == (body, meta)
    assert [type(value) for value in read.meta.values()] == [type(value) for value in meta.values()]


@pytest.mark.parametrize(
    "head",
    [
        'title: {"q":"1"\nb: "2"}, "z": 3', 'title: {"q":[\nb: ["2"]}', 'title: ["a",\nb: "c"]',
        'title: ["a"]\nb: "c"]', 'title: [["a"]\nb: "c"] "d"', 'title: {"q":[["1"]\nb: ["2"]}',
        'title: "a\nb: c"', 'title: "a\\"\nb: "c"', 'title: "a" "b"', 'title: "a"\ntitle: "b"',
        'title: "\\ud800"', 'title: "a\x85b"', "title: 1 2", 'yes: "a"', 'title: "a", "b": "c"',
    ],
)  # fmt: skip
def test_front_matter_that_we_do_not_write_is_read_as_yaml_or_not_at_all(head: str) -> None:
    source = f"---\n{head}\ngenerated_by: digest\n---\n\n# x\n".encode()
    read = read_page(source)
    try:
        wanted = yaml.safe_load(f"{head}\ngenerated_by: digest\n")
    except yaml.YAMLError:
        wanted = None
    assert (dict(read.meta) if read else None) == wanted


def test_a_page_that_is_not_utf8_is_left_to_mkdocs() -> None:
    place = Place("a/b/c.md", PAGES.__contains__)
    for body in (b"\xd8\n", b"# \xd8\n", b"- \xd8\n", b"### [a](d.md)\n\n\xd8\n"):
        with pytest.raises(Unusual):
            render(body, place)
    assert read_page(b'---\ntitle: "\xd8"\ngenerated_by: digest\n---\n\n# x\n') is None
