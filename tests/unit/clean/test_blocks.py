"""Paragraphs, sub-headings and captions are told apart by what they look like and what stands around them."""

from __future__ import annotations

import pytest

from digest.clean.article import tidy_of
from digest.clean.blocks import classify, is_title_like
from digest.clean.boilerplate import boilerplate_of
from digest.clean.lines import Line, tidy_lines
from digest.clean.pieces import in_pieces
from digest.languages.pack import LanguagePack
from digest.model import Block, BlockKind, Credit, Removal

PROSE = "حکومت نے کہا ہے کہ آئندہ مالی سال کے بجٹ میں تعلیم اور صحت کے لیے زیادہ رقم رکھی جائے گی تاکہ عوام خوش ہوں۔"


def _classify(lines: list[str], pack: LanguagePack) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    tidied, _ = tidy_lines("\n".join(lines), tidy_of(pack))
    return classify(tidied, pack, boilerplate_of(pack))


def _kinds(lines: list[str], pack: LanguagePack) -> list[BlockKind]:
    return [block.kind for block in _classify(lines, pack)[0]]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("صدر اجلاس میں۔ (ماخذ: RIA نووستی) |", "صدر اجلاس میں۔", Credit(text="RIA نووستی", role="source")),
        ("وزیر خارجہ بات کر رہے ہیں---فوٹو: اے پی", "وزیر خارجہ بات کر رہے ہیں", Credit(text="اے پی", role="photo")),
        ("وزیر خارجہ بات کر رہے ہیں — فائل فوٹو: ڈان", "وزیر خارجہ بات کر رہے ہیں", Credit(text="ڈان", role="photo")),
        ("کھلاڑی میدان میں (تصویر: رائٹرز)", "کھلاڑی میدان میں", Credit(text="رائٹرز", role="photo")),
    ],
)
def test_a_caption_and_its_credit(line: str, caption: str, credit: Credit, pack: LanguagePack) -> None:
    blocks, removals = _classify([PROSE, line, PROSE + " پھر۔"], pack)
    assert blocks[1] == Block(kind=BlockKind.CAPTION, text=caption, credit=credit)
    assert not removals


def test_a_caption_that_stands_twice_stays_once(pack: LanguagePack) -> None:
    caption = "صدر اجلاس میں۔ (ماخذ: RIA نووستی) |"
    blocks, removals = _classify([caption, PROSE, caption], pack)
    assert [block.kind for block in blocks] == [BlockKind.CAPTION, BlockKind.PARAGRAPH]
    assert [(removal.rule, removal.line) for removal in removals] == [("repeated-line", 3)]


def test_a_paragraph_is_a_repetition_only_directly_after_itself(pack: LanguagePack) -> None:
    blocks, removals = _classify([PROSE, PROSE, "ایک اور جملہ یہاں ہے۔", PROSE], pack)
    assert [block.text for block in blocks] == [PROSE, "ایک اور جملہ یہاں ہے۔", PROSE]
    assert [removal.line for removal in removals] == [2]


def test_a_short_line_above_prose_is_a_sub_heading(pack: LanguagePack) -> None:
    assert _kinds([PROSE, "بجٹ کی تفصیل", PROSE], pack) == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("line", ["کیا بجٹ بہتر ہے؟", "’ہم کھل کر بول رہے ہیں‘"])
def test_a_question_and_a_quotation_may_be_a_sub_heading(line: str, pack: LanguagePack) -> None:
    assert _kinds([PROSE, line, PROSE], pack)[1] is BlockKind.HEADING


@pytest.mark.parametrize(
    "line",
    [
        "بجٹ کی تفصیل۔",  # a full stop: only in the company of other headings
        "وزیر نے کہا:",
        "بجٹ کی تفصیل،",
        " ".join(["لفظ"] * 13),
    ],
)
def test_what_ends_like_a_sentence_or_is_long_is_no_sub_heading(line: str, pack: LanguagePack) -> None:
    assert BlockKind.HEADING not in _kinds([PROSE, line, PROSE], pack)


def test_the_first_and_the_last_line_are_no_sub_headings(pack: LanguagePack) -> None:
    assert BlockKind.HEADING not in _kinds(["مختصر سطر", PROSE, "آخری سطر"], pack)


def test_captions_between_a_heading_and_its_prose_do_not_matter(pack: LanguagePack) -> None:
    lines = [PROSE, "بجٹ کی تفصیل", "وزیر خزانہ (فوٹو: اے پی)", PROSE + " پھر۔"]
    assert _kinds(lines, pack) == ["paragraph", "heading", "caption", "paragraph"]


def test_with_other_headings_about_a_full_stop_may_end_one(pack: LanguagePack) -> None:
    lines = [PROSE, "بجٹ کی تفصیل", PROSE, "نئی ہوائیں چلتی ہیں۔", PROSE]
    assert _kinds(lines, pack) == ["paragraph", "heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("line", ["انہوں نے اسے رد کیا۔", "یہ بات وزیر نے کہا ہے۔", "’یہ اچھا ہے۔", "ایک۔ دو۔"])
def test_short_prose_among_headings_stays_prose(line: str, pack: LanguagePack) -> None:
    assert _kinds([PROSE, "بجٹ کی تفصیل", PROSE, line, PROSE], pack)[3] == BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("text", "title_like"),
    [
        ("روس کے امریکا سے اگلے ماہ سیکیورٹی مذاکرات", True),
        ("کیا مذاکرات ہوں گے؟", True),
        ("وزیر نے کہا ’ہم تیار ہیں۔‘", False),
        ("وزیر نے کہا کہ ہم تیار ہیں۔", False),
        ("وزیر نے کہا:", False),
        (" ".join(["لفظ"] * 20), True),
        (" ".join(["لفظ"] * 21), False),
    ],
)
def test_what_may_be_a_headline(text: str, title_like: bool, pack: LanguagePack) -> None:  # noqa: FBT001
    assert is_title_like(Line(1, text, len(text.split())), pack) is title_like


def test_a_paragraph_of_signs_is_cut_where_no_word_is(pack: LanguagePack) -> None:
    line = f"{PROSE} " + "[x]، " * 4_000
    blocks, removals = _classify([PROSE, line, PROSE], pack)
    pieces = [block.text for block in blocks[1:-1]]
    assert len(pieces) > 3
    assert all(piece == piece.strip() for piece in pieces)
    assert "".join(pieces).replace(" ", "") == tidy_lines(line, tidy_of(pack))[0][0].text.replace(" ", "")
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
    assert not removals


def test_a_related_link_in_a_paragraph_that_is_cut_stays_out_of_the_summary() -> None:
    pieces = in_pieces(Block(kind=BlockKind.PARAGRAPH, text="!" * 5_000, aside=(4_500, 5_000)))
    assert [piece.aside for piece in pieces] == [None, None, (500, 1_000)]


@pytest.mark.parametrize("line", ["[" * 5_000, "ا" * 5_000, "تصویر: " + "ا" * 5_000])
def test_a_word_as_long_as_a_page_is_no_heading_and_no_caption(line: str, pack: LanguagePack) -> None:
    assert set(_kinds([PROSE, line, PROSE], pack)) == {BlockKind.PARAGRAPH}
    assert not is_title_like(tidy_lines(line, tidy_of(pack))[0][0], pack)
