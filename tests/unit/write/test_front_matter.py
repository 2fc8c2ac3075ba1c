"""Front matter is read back equal, by YAML and by us, whatever an article holds."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Page
from digest.publish.source_page import read_page
from digest.write.front_matter import is_generated, label, render_page
from digest.write.markdown import escape

HOSTILE = [
    "---\ntitle: دوسرا\n---",
    "a: b",
    "- x",
    "{{ x }}",
    "{a: b}",
    "[a]",
    "*alias",
    "&anchor x",
    "!!python/object:os.system x",
    "# تبصرہ",
    "no # تبصرہ",
    "'",
    '"',
    "'quoted' \"double\"",
    "yes",
    "null",
    "~",
    "2021-12-28",
    "1e3",
    "0x1F",
    "12:30:45",
    " leading and trailing ",
    "line\nbreak\n\nand more\n",
    "tab\there",
    "\x00\x07\x1b[0m",
    "\u202e\u2028\u2029\ufeff",
    "|\n  literal",
    ">\n  folded",
    "%YAML 1.1",
    "...",
    "؟: ،",
    "=",
    "<<",
    "\U0001f600",
    "ا" * 3000 + " " + "ب " * 500,
    "",
]


def _matter(page: bytes) -> tuple[dict[str, Any], str]:
    text = page.decode()
    assert text.startswith("---\n")
    matter, _, body = text[4:].partition("\n---\n")
    return yaml.safe_load(matter), body


@pytest.mark.parametrize("text", HOSTILE)
def test_every_value_comes_back_as_it_was(text: str) -> None:
    _comes_back(text)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]))
    | st.text(alphabet="\"\\/u{}[]:,'\x7f\x85\u2028\ufeff\uffff\n")
)
def test_any_text_comes_back(text: str) -> None:
    _comes_back(text)


def _comes_back(text: str) -> None:
    matter = {
        "headline": text,
        "source": {"name": text, "url": None},
        "people": [text, text],
        "feeds": [{"path": text}, {}],
        "empty": [],
        "count": 12,
        "shown": True,
    }
    page = render_page(Page(path="a.md", front_matter=matter, body="# متن\n"))
    wanted = {**matter, "generated_by": "digest"}
    read, body = _matter(page)
    assert read == wanted
    assert body == "\n# متن\n"
    assert yaml.load(page.decode().split("\n---\n")[0], Loader=yaml.SafeLoader) == wanted
    assert read_page(page) == (wanted, "# متن\n".encode())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_generated_page_is_known_as_ours(text: str) -> None:
    page = render_page(Page(path="a.md", front_matter={"headline": text}, body=escape(text)))
    assert is_generated(page.decode())


@pytest.mark.parametrize(
    "head",
    [
        "",
        "# صفحہ\n\ngenerated_by: digest\n",
        "---\ntitle: x\n---\n\ngenerated_by: digest\n",
        "---\ntitle: generated_by: digest\n---\n",
        "---\ntitle: x\n generated_by: digest\n---\n",
        "---\ngenerated_by: somebody\n---\n",
        "\n---\ngenerated_by: digest\n---\n",
    ],
)
def test_a_hand_written_page_is_not_ours(head: str) -> None:
    assert not is_generated(head)


def test_an_article_cannot_claim_a_mark_of_its_own() -> None:
    page = render_page(Page(path="a.md", front_matter={"generated_by": "somebody"}, body=""))
    assert is_generated(page.decode())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>&\"'", "‹b›＆”'"),
        ("</title><script>", "‹/title›‹script›"),
        ("ایک\n دو\t تین ", "ایک دو تین"),
        ("", ""),
    ],
)
def test_a_label_holds_nothing_that_a_theme_could_run(text: str, shown: str) -> None:
    assert label(text) == shown


@pytest.mark.parametrize("name", ["no", "on", "null", "Title", "دن", ""])
def test_a_name_that_yaml_reads_otherwise_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="front matter is named in small letters"):
        render_page(Page(path="a.md", front_matter={name: 1}, body=""))
