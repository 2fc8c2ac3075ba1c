"""The standfirst: the first two sentences of the story, whole, and nothing that is not the story."""

from __future__ import annotations

from digest.analyse.source import Outlets
from digest.analyse.story import analyse
from digest.analyse.summary import summarise
from digest.clean.article import clean
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.model import Block, BlockKind, Hints, RawArticle, Story

FIRST, SECOND, THIRD = "پہلا جملہ یہاں ہے۔", "دوسرا جملہ یہاں ہے۔", "تیسرا جملہ یہاں ہے۔"
NOTHING = Gazetteer(entities={}, phrases={}, fingerprint="")


def _paragraphs(*texts: str) -> list[Block]:
    return [Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts]


def _story(text: str, pack: LanguagePack, hints: Hints | None = None) -> Story:
    raw = RawArticle(locator="a", media_type="text/plain", body=text.encode(), hints=hints or Hints())
    return analyse(clean(raw, ("ur",)), "x", pack, Outlets(NOTHING, "ur"))


def test_two_sentences_over_the_border_of_a_paragraph(pack: LanguagePack) -> None:
    assert summarise(_paragraphs(FIRST, f"{SECOND} {THIRD}"), FIRST, pack) == f"{FIRST} {SECOND}"
    assert summarise(_paragraphs(f"{FIRST} {SECOND} {THIRD}"), f"{FIRST} {SECOND} {THIRD}", pack) == f"{FIRST} {SECOND}"


def test_the_second_sentence_stays_out_when_it_makes_it_too_long(pack: LanguagePack) -> None:
    long = " ".join(["لفظ"] * 58) + "۔"
    assert summarise(_paragraphs(f"{FIRST} {long}"), f"{FIRST} {long}", pack) == FIRST


def test_one_endless_sentence_is_cut_and_says_so(pack: LanguagePack) -> None:
    text = " ".join(["لفظ"] * 500)
    assert summarise(_paragraphs(text), text, pack) == " ".join(["لفظ"] * 60) + "…"


def test_captions_headings_datelines_and_related_links_are_no_lead(pack: LanguagePack) -> None:
    story = _story(
        f"صدر کی تصویر، 27 نومبر۔ (ماخذ: RIA نووستی) |\nکراچی (اے ایف پی) {FIRST}\nمزید پڑھیں: کسی خبر کی سرخی یہ ہے\n"
        f"ایک سرخی\n{SECOND} {THIRD} {THIRD}",
        pack,
    )
    assert story.summary == f"{FIRST} {SECOND}"


def test_what_follows_a_link_inside_the_text_is_not_told(pack: LanguagePack) -> None:
    story = _story(f"{FIRST} مزید پڑھیں: کسی اور خبر کی سرخی یہاں ہے۔\n{SECOND}", pack)
    assert story.summary == f"{FIRST} {SECOND}"
    assert story.blocks[0].aside is not None


def test_a_stated_summary_stands_and_is_tidied(pack: LanguagePack) -> None:
    assert _story(FIRST, pack, Hints(summary="ميرا خلاصہ\u202e")).summary == "میرا خلاصہ"


def test_a_headline_alone_has_no_standfirst(pack: LanguagePack) -> None:
    story = _story("صرف ایک سرخی", pack)
    assert (story.headline.text, story.summary, story.words) == ("صرف ایک سرخی", "", 0)


def test_the_displayed_text_is_its_passages_joined(pack: LanguagePack) -> None:
    story = _story(f"سرخی یہ ہے\nکھلاڑی (فوٹو: اے پی)\n{FIRST}\n{SECOND}", pack)
    assert story.text == f"سرخی یہ ہے\nکھلاڑی\nاے پی\n{FIRST}\n{SECOND}"
    for passage in story.passages():
        assert story.text[passage.start : passage.start + len(passage.text)] == passage.text
