"""What a changed name reaches: every article that could be understood otherwise, and few others."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.gazetteer.differences import difference, take_snapshot
from digest.gazetteer.lexicon import Lexicon, Name
from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import load_pack
from digest.link.asked import mark, unpacked
from digest.link.match import Matcher
from digest.link.reach import reach_of
from digest.link.story import language_linker
from digest.model import Alias, Basis, Entity, EntityKind, Hints, RawArticle
from digest.pipeline import Analyst
from tests.conftest import write_gazetteer

Files = dict[str, Any]
BASE: Mapping[str, Any] = {
    "countries/china": {"names": {"ur": "چین"}, "iso": "CN"},
    "countries/india": {"names": {"ur": "بھارت"}, "iso": "IN"},
    "places/punjab": {"names": {"ur": "پنجاب"}, "countries": ["india"]},
    "people/narendra-modi": {
        "names": {"ur": "نریندر مودی"},
        "aliases": {"ur": [{"text": "مودی", "form": "short"}]},
    },
    "people/kevin-pietersen": {"names": {"ur": "کیون پیٹرسن"}, "aliases": {"ur": ["کیین پیٹرسن"]}},
    "organisations/gazette": {"names": {"ur": "گزٹ"}, "domains": ["gazette.example"]},
    "topics/sport": {"names": {"ur": "کھیل"}, "lexicon": {"ur": {"میچ": 4}}, "entities": {"india": 2}},
}


def _with(alias: object, entity: str = "countries/china") -> Callable[[Files], None]:
    return lambda files: files[entity].setdefault("aliases", {}).setdefault("ur", []).append(alias)


def _set(name: str, **fields: object) -> Callable[[Files], None]:
    return lambda files: files.setdefault(name, {}).update(fields)


def _gazetteer(folder: Path, edit: Callable[[Files], None] = lambda _: None) -> Gazetteer:
    files = copy.deepcopy(dict(BASE))
    edit(files)
    return load_gazetteer([write_gazetteer(folder, files)])


def _reaches(folder: Path, edit: Callable[[Files], None], text: str, hints: Hints = Hints()) -> bool:  # noqa: B008
    """Return whether an edit reaches an article; see to it that it does when the article is understood otherwise."""
    old, new = _gazetteer(folder / "old"), _gazetteer(folder / "new", edit)
    stated = Hints(basis=Basis.SIDECAR)
    raw = RawArticle(locator="a", media_type="text/plain", body=text.encode(), hints=hints, overrides=stated)
    analyst = Analyst(new, ("ur",))
    before = Analyst(old, ("ur",)).read(raw, "a")
    asked = before.asked
    differing = difference(take_snapshot(old), new)
    assert differing
    pack = load_pack("ur")

    def vocabulary(skeleton: str) -> list[str]:
        return [word for word in asked.words if pack.skeletons and pack.skeletons.word(word) == skeleton]

    reach = reach_of(differing, analyst.lexicon("ur"), pack, vocabulary)
    reached = list(reach.concerned([("a", asked.marks)])) == ["a"]
    assert reached or analyst.read(raw, "a").linked == before.linked
    return reached


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (_with("بیجنگ"), "وہ بیجنگ گئے۔"),
        (_with("بیجنگ"), "وہ بیجنگمیں ہیں۔"),  # a clitic behind it
        (_with("شہر ممنوعہ"), "وہ شہر ممنوعہ گئے۔"),
        (_with("شہر ممنوعہ"), "وہ شہر ممنوعہکے پاس ہیں۔"),
        (_with("شہر ممنوعہ"), "وہ شہرممنوعہ گئے۔"),  # written as one
        (_with({"text": "چین", "unless": {"after": ["سے"]}}), "وہ چین سے بیٹھے۔"),
        (_with("بھارتکی سرحد"), "بھارتکی ٹیم گئی۔"),  # بھارتکی begins a name now, and is no longer taken apart
        (_set("people/joe-root", names={"ur": "جو روٹلینڈ"}), "جو روٹ لینڈ آئے۔"),  # wrongly split
        (_set("people/a-patel", names={"ur": "اکشر پٹیل"}), "اکشر پاٹیل آئے۔"),  # misspelt
        (_with({"text": "کیون پیٹر سن", "strength": "weak"}), "کیون پیٹر سن آئے۔"),  # it is no misspelling any more
        (_with({"text": "کیونپیٹرسن", "strength": "weak"}), "کیون پیٹر سن آئے۔"),
        (_set("people/sunil-gupta", names={"ur": "سنیل گپتا"}), "سنیل مودی آئے۔"),  # somebody else's given name
        (_set("people/sunil-gupta", names={"ur": "سنیل گپتا"}), "مودی گپتا آئے۔"),  # and surname
        (_with("سنیل جی", "people/narendra-modi"), "سنیل مودی آئے۔"),
        (_set("topics/sport", lexicon={"ur": {"گول کیپر": 5}}), "گول ہوا، کیپر گرا، پھر گول کیپر اٹھا۔"),
        (_set("topics/sport", entities={"china": 3}), "چین کی ٹیم آئی۔"),
        (_set("topics/sport", parent="topics"), "ایک میچ ہوا۔"),
        (_set("places/punjab", countries=["china", "india"]), "پنجاب میں بارش ہوئی۔"),
        (_set("phrases/ur"), "چین کی بات۔"),
    ],
)
def test_what_is_reached(edit: Callable[[Files], None], text: str, tmp_path: Path) -> None:
    def edited(files: Files) -> None:
        edit(files)
        if "phrases/ur" in files:
            files["phrases/ur"] = [{"text": "چین کی"}]
        if files["topics/sport"].get("parent"):
            files["topics/topics"] = {"names": {"ur": "سب"}}

    assert _reaches(tmp_path, edited, f"خبر\n{text}\n")


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (_with("بیجنگ"), "وہ بیجن گئے۔"),
        (_with("شہر ممنوعہ"), "وہ شہر گئے۔"),
        (_with("بھارت ماتا", "countries/india"), "بھارتکی ٹیم، بھارت زندہ باد۔"),
        (_with("ولادیمیر پوتن"), "پوتن آئے اور گئے۔"),
        (_set("people/sunil-gupta", names={"ur": "سنیل گپتا"}), "سنیل آئے اور چین گئے۔"),
        (_set("topics/sport", lexicon={"ur": {"میچ": 4, "گول کیپر": 5}}), "میچ میں گول ہوا۔"),
        (_set("topics/sport", entities={"india": 2, "china": 3}), "بھارت کی ٹیم آئی۔"),
        (_set("people/drone", names={"ur": "ڈرون حملے"}), "دوران حملہ ہوا، ملا ہے۔"),  # the consonants alone
        (_set("people/aaa", names={"ur": "کیون خان"}), "کیان پیٹرسن آئے۔"),  # as near to کیون as to کیین
        (_set("countries/china", description={"en": "A country."}), "چین کی ٹیم آئی۔"),
    ],
)
def test_what_is_not_reached(edit: Callable[[Files], None], text: str, tmp_path: Path) -> None:
    assert not _reaches(tmp_path, edit, f"خبر\n{text}\n")


@pytest.mark.parametrize(
    ("hints", "reached"),
    [
        (Hints(url="https://www.gazette.example/1"), True),
        (Hints(url="https://news.gazette.example/1"), True),
        (Hints(outlet="gazette"), True),
        (Hints(outlet="The Gazette"), True),
        (Hints(outlet="Another"), False),
        (Hints(url="https://another.example/1"), False),
    ],
)
def test_outlets_are_reached_by_what_articles_say_of_them(hints: Hints, reached: bool, tmp_path: Path) -> None:  # noqa: FBT001
    edit = _set("organisations/gazette", names={"ur": "نیا گزٹ", "en": "The Gazette"})
    assert _reaches(tmp_path, edit, "خبر\nبارش ہوئی۔\n", hints) is reached


def test_what_related_headlines_ask_is_marked(tmp_path: Path) -> None:
    gazetteer = _gazetteer(tmp_path)
    raw = RawArticle(locator="a", media_type="text/plain", body="خبر\nبھارت اور چین میں بات ہوئی۔\n".encode())
    story = Analyst(gazetteer, ("ur",))(raw, "a").story
    story = dataclasses.replace(story, related=("بھارت اور چین: گزٹ کا تبصرہ",))
    found = language_linker(gazetteer, "ur").link(story, Hints(), set())
    assert "gazette" in found.linked.term_ids(EntityKind.ORGANISATION)
    assert mark(load_pack("ur").folder.word("تبصرہ")) in unpacked(found.asked.marks)


LETTERS = "کیرمودانسےپتب"
words = st.text(LETTERS, min_size=2, max_size=9)
ENTITY = Entity(id="x", kind=EntityKind.PERSON, names={})


@given(name=words, word=words)
def test_whatever_is_taken_apart_is_among_what_is_glued_to_the_name(name: str, word: str) -> None:
    pack = load_pack("ur")
    name = pack.folder.word(name)
    names: dict[str, list[Name]] = {name: [((name,), ENTITY, Alias(text=name, language="ur"))]}
    matcher = Matcher(Lexicon("ur", {}, names, pack.folder), pack.folder, pack.language.clitics)
    glued = set(matcher.glued_to(name))
    for clitic in (*map(pack.folder.word, pack.language.clitics.before), word[:2]):
        for form in (clitic + name, name + clitic, word):
            assert not matcher.glued(form) or form in glued
    for clitic in map(pack.folder.word, pack.language.clitics.after):
        for form in (name + clitic, word + clitic):
            assert not matcher.glued(form) or form in glued
            assert name not in matcher.stems(form) or form in set(matcher.ending_in(name))
