"""Whatever the text, it is shown as it is: escaped Markdown, front matter, tidy and fold, decoding."""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from digest.clean.article import tidy_of
from digest.clean.decode import decode
from digest.errors import ArticleError
from digest.languages.pack import available_languages, load_pack
from digest.languages.romanise import romanise
from digest.languages.sentences import split_sentences
from digest.model import Page, RawArticle
from digest.sources.address import safe_url
from digest.write.front_matter import is_generated, label, render_page
from digest.write.markdown import Markdown, blocks, bullets, classed, escape, heading, link, outside_link, strong
from tests.rendering import as_shown, render

MARKS = "\\`*_[](){}<>#+-.!|~^=&;:\"'$%@/0123456789 \n\t؟۔،ا‌"
URDU = "روسپتنکیےاہھءآئؤإأٱيكهةـًٌٍَُِّْٰٓٔۂۀۃ"
CONTROLS = "\x00\x02\x03\x07\x1b\x85\xa0\xad\u200b\u200c\u200d\u200e\u202e\u2028\u2066\ufeff\ufffe\ue000"
SNIPPETS = [
    "<script>", "](", "![", "{{ x }}", "{: #a }", "&#60;", "&lt;", "1947.", "روس", " ", "\n\n", "```", "    ", "**",
]  # fmt: skip
texts = st.one_of(
    st.text(),
    st.text(st.sampled_from(MARKS)),
    st.text(st.sampled_from(URDU + CONTROLS + " ۔؟(")),
    st.lists(st.sampled_from(SNIPPETS)).map("".join),
)


def _inside(pattern: str, page: str) -> list[str]:
    """Return the texts that a page holds in the places of `pattern`; it must hold nothing else."""
    found = re.fullmatch(pattern, render(page))
    assert found is not None
    assert all("<" not in part for part in found.groups())
    return [html.unescape(part) for part in found.groups()]


@given(texts)
@example("\x02klzzwxh:0001\x03")
@example("\x03 1947. \x02")
@example("1947. سے پہلے")
@example("واہ!")
def test_escaped_text_renders_as_itself(text: str) -> None:
    shown = as_shown(text)
    if not shown:
        assert escape(text) == ""
        return
    assert _inside(r"<p>((?s:.*))</p>", escape(text)) == [shown]
    assert _inside(r'<h2 id="[^"]*">((?s:.*))</h2>', heading(2, escape(text))) == [shown]
    assert _inside(r"<p><strong>((?s:.*))</strong></p>", strong(escape(text))) == [shown]
    assert _inside(r'<p class="a b">((?s:.*))</p>', classed(escape(text), "a", "b")) == [shown]
    assert _inside(r"<ul>\n<li>((?s:.*))</li>\n<li>x</li>\n</ul>", bullets([escape(text), escape("x")])) == [shown]


@given(texts, texts, texts)
@example("", "]:", "")
@example("", "a]: b", "")
def test_a_link_between_texts_stays_a_link(before: str, label_: str, after: str) -> None:
    shown = [as_shown(text) for text in (before, label_, after)]
    if not shown[1]:
        return
    page = Markdown(f"{escape(before)}{link(escape(label_), 'countries/x/index.md')}{escape(after)}")
    assert _inside(r'<p>((?s:.*?))<a href="countries/x/index.md">((?s:.*?))</a>((?s:.*))</p>', page) == shown


@given(st.lists(texts, min_size=1, max_size=4))
def test_blocks_do_not_reach_into_each_other(parts: list[str]) -> None:
    shown = [as_shown(part) for part in parts if as_shown(part)]
    page = render(blocks([escape(part.replace("\x02", "").replace("\x03", "")) for part in parts]))
    assert [html.unescape(found) for found in re.findall(r"<p>((?s:.*?))</p>", page)] == shown
    assert page.count("<") == 2 * len(shown)


@given(st.text(), st.text(st.sampled_from("&;=?#/()[]*_~'%ا")))
def test_an_outside_link_leads_only_where_it_says(path: str, query: str) -> None:
    url = f"https://example.org/{path}?{query}"
    if safe_url(url):
        (address,) = _inside(r'<p><a href="([^"<>]*)">x</a></p>', outside_link(escape("x"), url))
        assert urllib.parse.unquote(address) == urllib.parse.unquote(url)
        assert address.startswith("https://example.org/")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


names = st.from_regex("[a-z_]+", fullmatch=True).filter(lambda name: yaml.safe_load(name) == name)


@given(st.dictionaries(names, values, max_size=4), texts)
@example({"lang": None, "year": False}, "")
def test_front_matter_comes_back_equal(matter: dict[str, object], body: str) -> None:
    page = render_page(Page(path="a.md", front_matter=matter, body=escape(body))).decode()
    assert is_generated(page)
    head, end, shown = page[4:].partition("\n---\n")
    assert end
    assert yaml.safe_load(head) == {**matter, "generated_by": "digest"}
    assert shown == f"\n{escape(body)}"


@given(texts)
def test_a_label_cannot_leave_its_attribute_or_element(text: str) -> None:
    assert not set(label(text)) & set('<>"&\n\r\t')
    assert label(label(text)) == label(text)


@given(st.sampled_from(available_languages()), texts)
@example("ur", "ﻙ۔ا\u200c\u200c ى\u0654")
def test_tidy_is_idempotent_and_counts_what_it_does(tag: str, text: str) -> None:
    tidy = tidy_of(load_pack(tag))
    once, fixes = tidy(text)
    assert tidy(once) == (once, {})
    assert all(count > 0 for count in fixes.values())
    assert unicodedata.is_normalized("NFC", once)
    if not fixes:
        assert once == text.strip()


@given(st.sampled_from(available_languages()), texts)
@example("ur", "İŉǰ")
def test_fold_is_idempotent_and_spans_are_words(tag: str, text: str) -> None:
    folder = load_pack(tag).folder
    words = folder.words(text)
    assert words.forms == [folder.word(form) for form in words.forms]
    position = 0
    for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
        assert position <= start < end <= len(text)
        assert folder.word(text[start:end]) == form
        position = end


@given(texts)
def test_sentences_lose_nothing(text: str) -> None:
    sentences = split_sentences(text, load_pack("ur"))
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence.strip() for sentence in sentences)


@given(texts)
def test_an_address_is_plain_whatever_it_is_made_of(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", romanise(text, load_pack("ur").romanise, {"روس": "russia"}))


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: text.encode("utf-16")))
def test_bytes_are_text_or_refused_with_a_place(body: bytes) -> None:
    try:
        text = decode(RawArticle(locator="seeds/a.txt", media_type="text/plain", body=body))
    except ArticleError as error:
        issue = error.issue
    else:
        assert text.encode() in body or body.startswith((b"\xff\xfe", b"\xfe\xff"))
        return
    assert issue.code == "not-utf-8"
    assert re.fullmatch(r"seeds/a\.txt:\d+", issue.where)
