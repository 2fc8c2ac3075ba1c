"""What is no story goes, on record and by a rule with a name; what only looks like it stays."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from digest.clean.article import tidy_of
from digest.clean.boilerplate import Kept, boilerplate_of, split_footer
from digest.clean.lines import tidy_lines
from digest.errors import ConfigurationError
from digest.languages.pack import LanguagePack

STORY = "وزیر اعظم نے آج پارلیمنٹ سے خطاب کرتے ہوئے کہا کہ معیشت بہتر ہو رہی ہے اور آنے والے دن اچھے ہوں گے۔"


def _take_out(text: str, pack: LanguagePack) -> Kept:
    lines, _ = tidy_lines(text, tidy_of(pack))
    return boilerplate_of(pack).take_out(lines)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("مزید پڑھیں: حکومت کا نیا بجٹ پیش کرنے کا اعلان", "related-link"),
        ("یہ بھی پڑھیے: سیلاب سے متاثرہ علاقوں میں امداد جاری", "related-link"),
        ("ضرور پڑھیں - کرکٹ ٹیم کا دورہ منسوخ ہو گیا", "related-link"),
        ("مزید پڑھ", "read-more"),
        ("مزید پڑھیں...", "related-links-block"),
        ("اس حصے میں متعلقہ حوالے شامل ہیں (Related Nodes field)", "related-nodes-field"),
        ("تبصرہ (0)", "comment-count"),
        ("تبصرے (12) بند ہیں", "comment-count"),
        ("تبصرے (۱۲)", "comment-count"),
        ("شیئر کریں", "share-buttons"),
        ("فیس بک | ٹوئٹر | واٹس ایپ", "share-buttons"),
        ("© 2026 جملہ حقوق محفوظ ہیں", "copyright"),
        ("ماخذ: https://example.org/news/1", "source-address"),
    ],
)
def test_a_line_goes_by_its_rule_and_only_that_line(line: str, rule: str, pack: LanguagePack) -> None:
    kept = _take_out(f"{STORY}\n{line}\n{STORY} آخر۔", pack)
    if rule == "related-links-block":  # the pattern of the block does not know three Latin dots
        rule = "read-more"
    assert [(removal.rule, removal.line, removal.text) for removal in kept.removals] == [(rule, 2, line)]
    assert [kept_line.number for kept_line in kept.lines] == [1, 3]


@pytest.mark.parametrize(
    "line",
    [
        "یاد رہے کہ روس نے 2014 میں یہ علاقہ اپنی حدود میں شامل کیا تھا۔",
        "واضح رہے کہ یہ فیصلہ گزشتہ ہفتے کیا گیا تھا۔",
        "انہوں نے کہا کہ طلبہ مزید پڑھیں گے تو ملک ترقی کرے گا۔",
        "وزیر نے اس تبصرے کو مسترد کر دیا اور کہا کہ (0) کا ہندسہ غلط ہے۔",
        "فیس بک نے پیر کو اعلان کیا کہ وہ اپنا نام بدل رہی ہے۔",
        "ماخذ: مقامی اخبار",
        "ان کے خط کا ماخذ: https://example.org/ نہیں تھا",
    ],
)
def test_a_sentence_of_the_story_stays(line: str, pack: LanguagePack) -> None:
    kept = _take_out(f"{STORY}\n{line}", pack)
    assert not kept.removals
    assert len(kept.lines) == 2


def test_the_headline_of_a_related_link_is_kept_as_information(pack: LanguagePack) -> None:
    kept = _take_out(f"{STORY}\nمزید پڑھیں: حکومت کا نیا بجٹ پیش کرنے کا اعلان", pack)
    assert kept.related == ("حکومت کا نیا بجٹ پیش کرنے کا اعلان",)


def test_a_block_of_related_links_takes_titles_but_no_sentences(pack: LanguagePack) -> None:
    titles = ["پہلی متعلقہ خبر کی سرخی", "دوسری متعلقہ خبر کی سرخی جو کچھ زیادہ لمبی ہے"]
    kept = _take_out("\n".join([STORY, "یہ بھی پڑھیے", *titles, STORY, "کوئی مختصر سطر"]), pack)
    assert [removal.line for removal in kept.removals] == [2, 3, 4]
    assert {removal.rule for removal in kept.removals} == {"related-links-block"}
    assert kept.related == tuple(titles)
    assert [line.number for line in kept.lines] == [1, 5, 6]


def test_a_short_line_above_prose_is_a_sub_heading_again(pack: LanguagePack) -> None:
    lines = [STORY, "یہ بھی پڑھیے", "پہلی متعلقہ خبر کی سرخی", "کانٹے کا مقابلہ", f"{STORY} {STORY}"]
    kept = _take_out("\n".join(lines), pack)
    assert [line.number for line in kept.lines] == [1, 4, 5]


def test_a_block_of_related_links_ends_after_its_number_of_lines(pack: LanguagePack) -> None:
    titles = [f"سرخی نمبر {number} کے الفاظ" for number in range(1, 7)]
    kept = _take_out("\n".join([STORY, "متعلقہ خبریں", *titles]), pack)
    assert [line.text for line in kept.lines] == [STORY, *titles[4:]]


def test_the_address_of_the_original_is_learnt_from_its_line(pack: LanguagePack) -> None:
    kept = _take_out(f"{STORY}\nبشکریہ : https://example.org/news/1", pack)
    assert kept.source_url == "https://example.org/news/1"
    assert [removal.rule for removal in kept.removals] == ["source-address"]


def test_a_link_inside_running_text_is_marked_and_not_cut(pack: LanguagePack) -> None:
    rules = boilerplate_of(pack)
    text = f"{STORY} مزید پڑھیں: ایک اور خبر کی سرخی اور اس کے بعد کا متن"
    aside = rules.aside(text)
    assert aside is not None
    assert text[slice(*aside)].startswith("مزید پڑھیں:")
    assert aside[1] == len(text)
    assert rules.aside(STORY) is None


@pytest.mark.parametrize(
    ("foot", "left"),
    [
        ("شیئر کریں\nڈالر مزید سستا\nآج کا دن کیسا رہے گا؟", []),  # the page's own words begin its foot
        ("پاکستان 271: بابر 78\nشیئر کریں", ["پاکستان 271: بابر 78"]),  # what stands above them does not
        ("ڈالر مزید سستا", ["ڈالر مزید سستا"]),  # nothing known stands there, and the story is short
    ],
)
def test_titles_in_the_foot_of_a_page_go(foot: str, left: list[str], pack: LanguagePack) -> None:
    kept = _take_out(f"{STORY}\n{STORY} آخر۔\n{foot}", pack)
    lines, removals = split_footer(kept, pack.language.closing)
    assert [line.text for line in lines[2:]] == left
    assert {removal.rule for removal in removals} <= {"page-foot"}


def test_an_article_without_full_stops_has_no_foot(pack: LanguagePack) -> None:
    bare = STORY.rstrip("۔")
    kept = _take_out(f"{bare}\nشیئر کریں\n{bare} آخر", pack)
    assert split_footer(kept, pack.language.closing) == (kept.lines, ())


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "unterminated"),
        ("", "neither a pattern nor lines nor words"),
        (r"(ا)\1", "refers back"),
        ("(?i)a", "global flags"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(pack: LanguagePack, pattern: str, said: str) -> None:
    first, *rest = pack.boilerplate.rules
    broken = msgspec.structs.replace(first, pattern=pattern, exact=(), words=())
    wrong = dataclasses.replace(pack, boilerplate=msgspec.structs.replace(pack.boilerplate, rules=(broken, *rest)))
    with pytest.raises(ConfigurationError, match=f"{first.id}.*{said}"):
        boilerplate_of.__wrapped__(wrong)
