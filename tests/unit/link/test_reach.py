"""What a changed name reaches: every article that could be understood otherwise, and few others."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from digest.gazetteer.differences import difference, take_snapshot
from digest.gazetteer.kept_names import Name
from digest.gazetteer.lexicon import Lexicon
from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import load_pack
from digest.link.asked import mark, unpacked
from digest.link.clues import Clue
from digest.link.match import Matcher
from digest.link.misspaced import MisspacedNames
from digest.link.reach import reach_of
from digest.link.splits import Vocabulary, other_spaces
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


def _vocabulary(words: Iterable[str]) -> Vocabulary:
    """Return the words of a skeleton among some, and among what is left of them: as the store keeps them."""
    pack = load_pack("ur")
    assert pack.skeletons
    bones = pack.skeletons
    kept = {piece for word in words for piece in (word, *pack.run_on.rests(word))}
    return lambda skeleton: [piece for piece in kept if bones.word(piece) == skeleton]


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
    reach = reach_of(differing, analyst.lexicon("ur"), pack, _vocabulary(asked.words))
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
        (_set("people/x", names={"ur": "وہاب ریاض"}), "وہاب ریا ض آئے۔"),  # a space too many
        (_set("people/x", names={"ur": "ایڈ ملی بینڈ"}), "ایڈملی بینڈ آئے۔"),  # one too few
        (_set("people/x", names={"ur": "انور ظہیر جمالی"}), "انورظہیرجمالی آئے۔"),
        (_set("people/x", names={"ur": "حسنی مبارک"}), "صدرحسنی مبارک آئے۔"),  # words glued to it
        (_set("people/x", names={"ur": "شعیب ملک"}), "شعیب ملکجو آئے۔"),
        (_set("people/x", names={"ur": "کلائیو لائیڈ"}), "سیلیکٹرکلائیولا ئیڈنے کہا۔"),  # all of that
        (_set("people/x", names={"ur": "عالیہ بھٹ سنگھ"}), "عالیہبھٹ سن گھ آئیں۔"),  # a ہ at the end of a word
        (_set("people/x", names={"ur": "وہاب ریا ض"}), "صدروہاب ریا ض آئے۔"),
        (_with({"text": "وہاب ریا ض", "strength": "weak"}), "وہاب ریا ض آئے۔"),
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
        (_set("people/x", names={"ur": "وہاب ریاض"}), "وہاب نے ریا کاری نہیں کی۔"),
        (_set("people/x", names={"ur": "حسنی مبارک"}), "صدرحسن کو مبارک ہو۔"),
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


spaces = st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=3)
glued = st.sampled_from(["", "صدر", "اداکارہ", "نے", "کیخلاف", "کہ", "ملک"])


@given(
    name=st.lists(words, min_size=1, max_size=3).map(" ".join),
    before=glued,
    after=glued,
    edits=spaces,
)
def test_whatever_is_read_with_other_spaces_is_among_the_clues(
    name: str, before: str, after: str, edits: list[tuple[int, bool]]
) -> None:
    pack = load_pack("ur")
    folded = pack.folder.phrase(name)
    names: dict[str, list[Name]] = {folded[0]: [(folded, ENTITY, Alias(text=name, language="ur"))]}
    text = name
    for place, put_in in edits:
        text = f"{text[:place]} {text[place:]}" if put_in else text[:place] + text[place:].replace(" ", "", 1)
    printed = pack.folder.words(f"آج {before}{text}{after} گیا")
    finder = MisspacedNames(Lexicon("ur", {}, names, pack.folder), pack)
    beginnings = [finder.beginning(form) for form in printed.forms]
    found = [match for index, start in enumerate(beginnings) if start and (match := finder.at(printed, index, start))]
    clues = [Clue.of(split) for split in other_spaces(folded, pack, _vocabulary(printed.forms))]
    marks = frozenset(map(mark, printed.forms))
    event(f"{len(found)} found")
    assert not found or any(clue.among(marks) for clue in clues)
    for match in found:
        start, end = match.span
        assert printed.text[start:end].replace(" ", "") == name.replace(" ", "")
