"""From bytes to blocks: headline, date line and boilerplate are taken out, and everything is on record."""

from __future__ import annotations

import pytest

from digest.clean.article import clean
from digest.errors import ArticleError
from digest.model import Basis, CleanArticle, Hints, RawArticle

LEDE = "حکومت نے کہا ہے کہ آئندہ مالی سال کے بجٹ میں تعلیم کے لیے زیادہ رقم رکھی جائے گی۔"
MORE = "وزیر خزانہ نے پارلیمنٹ میں بتایا کہ اس رقم سے ہزاروں نئے سکول بنائے جائیں گے۔"
HEADLINE = "بجٹ میں تعلیم کے لیے اضافہ"


def _clean(text: str, hints: Hints | None = None, overrides: Hints | None = None) -> CleanArticle:
    raw = RawArticle(
        locator="seeds/a.txt",
        media_type="text/plain",
        body=text.encode(),
        hints=hints or Hints(),
        overrides=overrides or Hints(basis=Basis.SIDECAR),
    )
    return clean(raw, ("ur",))


def test_the_first_line_is_the_headline_when_a_story_follows() -> None:
    article = _clean(f"{HEADLINE}\n\n{LEDE}\n{MORE}")
    assert article.title == HEADLINE
    assert [block.text for block in article.blocks] == [LEDE, MORE]


def test_a_lede_in_the_first_line_is_no_headline() -> None:
    article = _clean(f"{LEDE}\n{MORE}")
    assert article.title is None
    assert [block.text for block in article.blocks] == [LEDE, MORE]


def test_a_headline_that_is_repeated_goes_on_record() -> None:
    article = _clean(f"{HEADLINE}\n{HEADLINE}\n{LEDE}")
    assert article.title == HEADLINE
    assert [(removal.rule, removal.line) for removal in article.removals] == [("headline-repeated", 2)]


def test_a_stated_headline_is_not_repeated_in_the_text() -> None:
    article = _clean(f"{HEADLINE}\n{LEDE}", Hints(headline=HEADLINE.replace("ک", "\u0643")))
    assert article.title is None
    assert [block.text for block in article.blocks] == [LEDE]
    assert [removal.rule for removal in article.removals] == ["headline-repeated"]


MINE = Hints(headline="میری سرخی", basis=Basis.SIDECAR)


def test_another_first_line_stays_when_the_source_states_a_headline() -> None:
    for overrides in (None, MINE):
        article = _clean(f"{HEADLINE}\n{LEDE}", Hints(headline="تیسری سرخی"), overrides)
        assert [block.text for block in article.blocks] == [HEADLINE, LEDE]


def test_a_headline_that_a_person_corrects_is_no_paragraph() -> None:
    article = _clean(f"{HEADLINE}\n{HEADLINE}\n{LEDE}", overrides=MINE)
    assert article.title is None
    assert [block.text for block in article.blocks] == [LEDE]
    assert [removal.rule for removal in article.removals] == ["headline-corrected", "headline-repeated"]


@pytest.mark.parametrize("text", [f"{LEDE}\n{MORE}", HEADLINE])
def test_a_headline_that_a_person_adds_takes_nothing_away(text: str) -> None:
    article = _clean(text, overrides=MINE)
    assert "\n".join(block.text for block in article.blocks) == text
    assert not article.removals


@pytest.mark.parametrize("date", ["28 دسمبر 2021", "شائع: منگل، 28 دسمبر 2021", "اپ ڈیٹ 28 دسمبر 2021 10:30am"])
def test_a_line_that_holds_only_a_date_is_taken_out(date: str) -> None:
    article = _clean(f"{HEADLINE}\n{date}\n{LEDE}\n{MORE}")
    assert article.dateline_text == date
    assert [removal.rule for removal in article.removals] == ["date-line"]
    assert article.title == HEADLINE


def test_a_date_in_the_middle_of_a_long_article_is_text() -> None:
    lines = [f"{MORE} یہ سطر نمبر {number} ہے۔" for number in range(10)]
    article = _clean("\n".join([*lines, "28 دسمبر 2021", *lines]))
    assert article.dateline_text is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), (" \n\t\n\u200f", "empty"), ("تبصرہ (0)\nمزید پڑھ", "no-story"), ("28 دسمبر 2021", "no-story")],
)
def test_nothing_left_is_an_error_that_says_why(text: str, code: str) -> None:
    with pytest.raises(ArticleError) as refused:
        _clean(text)
    assert refused.value.issue.code == code
    assert refused.value.issue.where == "seeds/a.txt"
    assert refused.value.issue.hint


def test_removals_are_in_the_order_of_the_source() -> None:
    article = _clean(f"{HEADLINE}\nتبصرہ (0)\n28 دسمبر 2021\n{LEDE}\nمزید پڑھ\n{MORE}")
    assert [(removal.line, removal.rule) for removal in article.removals] == [
        (2, "comment-count"),
        (3, "date-line"),
        (5, "read-more"),
    ]


def test_the_sources_headline_is_not_text_when_a_person_corrects_it() -> None:
    corrected = Hints(headline="تعلیم کا بجٹ بڑھ گیا", basis=Basis.SIDECAR)
    article = _clean(f"{HEADLINE}\n\n{LEDE}", Hints(headline=HEADLINE), corrected)
    assert [block.text for block in article.blocks] == [LEDE]
    assert [removal.rule for removal in article.removals] == ["headline-repeated"]


@pytest.mark.parametrize("text", [HEADLINE, f"{HEADLINE}\n28 دسمبر 2021"])
def test_a_stated_headline_that_is_all_there_is_stays(text: str) -> None:
    article = _clean(text, Hints(headline=HEADLINE))
    assert [block.text for block in article.blocks] == [HEADLINE]
    assert "headline-repeated" not in [removal.rule for removal in article.removals]


LONG_HEADLINE = "بجٹ میں تعلیم کے لیے اضافہ، نئے سکول بنیں گے"


@pytest.mark.parametrize("above", ["پاکستان", "سماء | پاکستان", "الجزیرہ\nخبریں | سوڈان جنگ"])
def test_the_name_of_a_section_is_no_headline(above: str) -> None:
    article = _clean(f"{above}\n{LONG_HEADLINE}\n{LEDE}\n{MORE}")
    assert article.title == LONG_HEADLINE
    assert [removal.text for removal in article.removals] == above.splitlines()


def test_a_short_headline_over_prose_is_one() -> None:
    assert _clean(f"بجٹ پیش\n{LEDE}\n{MORE}").title == "بجٹ پیش"


def test_a_section_is_passed_over_above_a_stated_headline() -> None:
    article = _clean(f"قومی منظر\n{LONG_HEADLINE}\n{LEDE}", Hints(headline=LONG_HEADLINE))
    assert [removal.rule for removal in article.removals] == ["kicker", "headline-repeated"]
    assert [block.text for block in article.blocks] == [LEDE]


def test_a_section_under_the_headline_goes_and_further_down_it_is_a_sub_heading() -> None:
    article = _clean(f"{LONG_HEADLINE}\nماحولیات\n{LEDE}\nماحولیات\n{MORE}")
    assert [(removal.rule, removal.line) for removal in article.removals] == [("section-name", 2)]
    assert [block.text for block in article.blocks] == [LEDE, "ماحولیات", MORE]


def test_what_stands_under_a_story_without_full_stops_goes() -> None:
    story = [(LEDE[:-1] + " اور یہ بھی کہ " + MORE)[:-1]] * 2
    article = _clean("\n".join([LONG_HEADLINE, story[0], story[1] + " ہاں", "شیئر کریں", "زلزلہ", "سوات"]))
    assert [removal.rule for removal in article.removals] == ["share-buttons", "page-foot", "page-foot"]
    assert len(article.blocks) == 2


def test_a_name_under_the_headline_is_no_sub_heading() -> None:
    article = _clean(f"{LONG_HEADLINE}\nنادر گورمانی\n{LEDE}\nتعلیم کا بجٹ\n{MORE}")
    assert [str(block.kind) for block in article.blocks] == ["paragraph", "paragraph", "heading", "paragraph"]
