"""After any sequence of changes of the gazetteer the pages are those of a clean build, and few articles are read."""

from __future__ import annotations

import contextlib
import copy
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import write_gazetteer
from tests.sites import SiteFolder, make_site

ENTITIES: Mapping[str, Any] = {
    "countries/russia": {"names": {"ur": "روس", "en": "Russia"}, "iso": "RU", "aliases": {"ur": ["روسی"]}},
    "countries/india": {"names": {"ur": "بھارت"}, "iso": "IN"},
    "countries/syria": {
        "names": {"ur": "شام"},
        "iso": "SY",
        "aliases": {"ur": [{"text": "شام", "strength": "weak", "needs": {"near": ["دمشق"]}}]},
    },
    "places/punjab": {"names": {"ur": "پنجاب"}, "countries": ["india"]},
    "people/vladimir-putin": {
        "names": {"ur": "ولادیمیر پوتن"},
        "aliases": {"ur": [{"text": "پوتن", "form": "short"}]},
        "country": "russia",
    },
    "people/kevin-pietersen": {"names": {"ur": "کیون پیٹرسن"}},
    "organisations/sco": {"names": {"ur": "شنگھائی تعاون تنظیم"}},
    "organisations/gazette": {"names": {"ur": "گزٹ"}, "domains": ["gazette.example"], "type": "outlet"},
    "topics/diplomacy": {"names": {"ur": "سفارت کاری"}, "lexicon": {"ur": {"مذاکرات": 3, "سفیر": 3}}},
    "topics/sport": {"names": {"ur": "کھیل"}, "lexicon": {"ur": {"میچ": 4}}, "entities": {"kevin-pietersen": 3}},
    "topics/cricket": {"names": {"ur": "کرکٹ"}, "parent": "sport", "lexicon": {"ur": {"میچ": 3, "وکٹ": 3}}},
    "phrases/ur": [{"text": "روسی ترکستان"}],
}
"""With every kind of entity, and every kind of rule."""

SEEDS: Mapping[str, str] = {
    "a.txt": "روس اور بھارت کے مذاکرات\n28 دسمبر 2021\nولادیمیر پوتن نے کہا، روسی ترکستان کا سفیر ہے۔ پوتن خوش ہیں۔\n",
    "b.txt": "کرکٹ کا میچ\nکیون پیٹر سن نے میچ میں تین وکٹ لیے۔ بھارتکی ٹیم پنجاب گئی۔ سنیل پوتن بھی تھے۔\n",
    "c.txt": "شام کی خبر\n3 نومبر 2021\nدمشق: شام کی حکومت نے شنگھائی تعاون تنظیم سے کہا۔ شنگھائی تعاون بڑھے گا۔\n",
    "d.txt": "پنجاب میں بارش\nپنجاب میں کل شام بارش ہوئی اور دریا بھر گئے۔ پوتن ملک نے بتایا۔\n",
    "e.txt": "ایک گزٹ\nگزٹ کے مطابق مذاکرات کا میچ روسکے سفیر نے دیکھا۔ کیون پیٹرسن اور ولادیمیر بھی۔\n",
    "g.txt": "بے جا فاصلے\nصدرولادیمیر پوتن اور کیونپیٹر سن ملے۔ شنگھائی تعاون تن ظیم نے د ریائے سندھ دیکھا۔\n",
    "f.txt": "بے نام خبر\nآج کوئی خاص بات نہیں ہوئی مگر ہوا چلتی رہی۔\n",
}
SIDECARS: Mapping[str, str] = {
    "d.yml": "countries: [RU, nowhere]\ntopics: [sport]\n",
    "e.yml": "url: https://www.gazette.example/1\n",
    "f.yml": "outlet: gazette\npeople: [vladimir-putin]\n",
}
WORDS = (
    "روس",
    "بھارت",
    "سنیل",
    "پوتن",
    "شنگھائی تعاون",
    "بارش",
    "دریا",
    "ملک",
    "بات",
    "کیون",
    "پیٹر سن",
    "کل شام",
    "دریائے سندھ",
    "ولادیمیر پوتن",
)
"""What becomes an alias: words that the seeds have, alone and in others' names."""
NEAR = ("دمشق", "حکومت", "ٹیم", "کل")
RULES: tuple[Mapping[str, Any], ...] = (
    {},
    {"form": "short"},
    {"strength": "weak"},
    {"strength": "weak", "alone": False, "needs": {"near": list(NEAR[:2])}},
    {"strength": "weak", "needs": {"entities": ["india"]}},
    {"unless": {"after": ["کا", "کی"], "entities": ["russia"]}},
)
Entities = dict[str, Any]
Edit = Callable[[Entities, int, int], None]


def _of(entities: Entities, number: int, *folders: str) -> Any:
    """Return one of the entities of some kinds, or of all that have aliases."""
    there = [name for name in sorted(entities) if name.partition("/")[0] in folders]
    return entities[there[number % len(there)]] if there else {"names": {}}


NAMED = ("countries", "places", "people", "organisations")


def _aliases(entity: Any) -> list[Any]:
    listed: list[Any] = entity.setdefault("aliases", {}).setdefault("ur", [])
    return listed


def _add_alias(entities: Entities, one: int, other: int) -> None:
    _aliases(_of(entities, one, *NAMED)).append(
        {"text": WORDS[other % len(WORDS)], **copy.deepcopy(RULES[one % len(RULES)])}
    )


def _remove_alias(entities: Entities, one: int, other: int) -> None:
    if aliases := _aliases(_of(entities, one, *NAMED)):
        aliases.pop(other % len(aliases))


def _move_alias(entities: Entities, one: int, other: int) -> None:
    if aliases := _aliases(_of(entities, one, *NAMED)):
        _aliases(_of(entities, other, *NAMED)).append(aliases.pop())


def _change_rule(entities: Entities, one: int, other: int) -> None:
    aliases = _aliases(_of(entities, one, *NAMED))
    for number, alias in enumerate(aliases):
        text = alias if isinstance(alias, str) else alias["text"]
        aliases[number] = {"text": text, **copy.deepcopy(RULES[other % len(RULES)])}


def _rename(entities: Entities, one: int, other: int) -> None:
    _of(entities, one, *NAMED, "topics")["names"] = {"ur": WORDS[other % len(WORDS)], "en": f"Name {other}"}


def _move_place(entities: Entities, one: int, other: int) -> None:
    there = [name.partition("/")[2] for name in sorted(entities) if name.startswith("countries/")]
    entity = _of(entities, one, "places", "organisations")
    entity["countries"] = [there[other % len(there)], *there[one % len(there) :][:1]]


def _add_entity(entities: Entities, one: int, other: int) -> None:
    kind, word = ("people", "organisations", "people")[one % 3], WORDS[other % len(WORDS)]
    entities[f"{kind}/new-{one}"] = {"names": {"ur": f"{word} {WORDS[one % len(WORDS)]}" if one % 2 else word}}


def _remove_entity(entities: Entities, one: int, other: int) -> None:
    there = [name for name in sorted(entities) if not name.startswith(("countries/", "phrases/"))]
    del entities[there[(one + other) % len(there)]]


def _add_country(entities: Entities, one: int, other: int) -> None:
    entities["countries/new"] = {"names": {"ur": WORDS[other % len(WORDS)]}, "iso": ("XA", "XB")[one % 2]}


def _weigh(entities: Entities, one: int, other: int) -> None:
    topic = _of(entities, one, "topics")
    topic.setdefault("lexicon", {}).setdefault("ur", {})[WORDS[other % len(WORDS)]] = one % 5 + 1


def _adopt(entities: Entities, one: int, other: int) -> None:
    topic = _of(entities, one, "topics")
    topic["parent"] = "sport" if other % 2 else None
    topic["entities"] = {("india", "vladimir-putin", "sco")[other % 3]: other % 5 + 1}


def _phrase(entities: Entities, one: int, other: int) -> None:
    entities["phrases/ur"] = [
        {"text": f"{WORDS[one % len(WORDS)]} {NEAR[other % len(NEAR)]}"},
        {"text": WORDS[other % len(WORDS)]},
    ]


def _domain(entities: Entities, one: int, other: int) -> None:
    _of(entities, one, "organisations")["domains"] = ["gazette.example"] if other % 2 else [f"{other}.example"]


EDITS: tuple[Edit, ...] = (
    _add_alias, _add_alias, _remove_alias, _move_alias, _change_rule, _rename, _move_place, _add_entity,
    _remove_entity, _add_country, _weigh, _adopt, _phrase, _domain,
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _stamps_hold_at_once() -> Iterator[None]:
    """Let files that are just written be left unopened: else all of them are read again for that alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digest.store.intake._FRESH_NS", 0)
        yield


def _site(folder: Path, **options: Any) -> SiteFolder:
    seeds = {**SEEDS, **SIDECARS}
    return make_site(
        folder / "site", seeds, url="https://example.org/", per_page=2, latest=3, cards="none", jobs=1, **options
    )


def _write(folder: Path, entities: Entities) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    write_gazetteer(folder, entities)


steps = st.lists(
    st.tuples(st.sampled_from([*EDITS, None]), st.integers(0, 23), st.integers(0, 23)), min_size=1, max_size=7
)


@settings(max_examples=100)
@given(steps=steps)
def test_any_sequence_of_changes_makes_the_pages_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Edit | None, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("gazetteer")
    entities = copy.deepcopy(dict(ENTITIES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digest.pipeline.FOLDER", folder / "gazetteer")
        _write(folder / "gazetteer", entities)
        site = _site(folder)
        site.build_pages()
        for edit, one, other in steps:
            if edit:
                edit(entities, one, other)
            else:
                _write(folder / "gazetteer", entities)
                site.build_pages()
        _write(folder / "gazetteer", entities)
        last = site.build_pages()
        assert site.pages() == site.clean_build(folder / "clean")
        clean = SiteFolder(folder / "clean", site.options, site.url).build_pages()
        assert last.issues == clean.issues
    shutil.rmtree(folder)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site that is built, whose gazetteer is the folder `gazetteer` beside it."""
    monkeypatch.setattr("digest.pipeline.FOLDER", tmp_path / "gazetteer")
    _write(tmp_path / "gazetteer", dict(ENTITIES))
    made = _site(tmp_path)
    made.build_pages()
    return made


def _changed(site: SiteFolder, edit: Callable[[Entities], None]) -> tuple[int, set[str]]:
    """Change the gazetteer; return how many articles were analysed, and which pages got other bytes."""
    entities = copy.deepcopy(dict(ENTITIES))
    edit(entities)
    _write(site.root.parent / "gazetteer", entities)
    before = site.pages()
    report = site.build_pages()
    after = site.pages()
    assert after == site.clean_build(site.root.parent / "clean")
    return report.analysed, {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_an_alias_has_the_articles_analysed_that_hold_it(site: SiteFolder) -> None:
    def edit(entities: Entities) -> None:
        entities["countries/india"]["aliases"] = {"ur": ["ہوا چلتی"]}

    analysed, changed = _changed(site, edit)
    assert analysed == 1
    assert site.articles()["f.txt"] in changed
    assert site.articles()["c.txt"] not in changed


@pytest.mark.parametrize(
    ("alias", "articles"),
    [
        ("بالکل کہیں نہیں", 0),
        ("دریا", 1),  # as it stands
        ("دری", 0),  # کی is glued to names, ا is not
        ("دمشق شہر", 0),  # one of its words
        ("ولادیمیر ملک", 0),  # both words, but in two articles
        ("گزٹ کے مطابق", 1),
    ],
)
def test_only_articles_with_all_words_of_an_alias_are_analysed(alias: str, articles: int, site: SiteFolder) -> None:
    analysed, _ = _changed(site, lambda entities: _aliases(entities["organisations/sco"]).append(alias))
    assert analysed == articles


def test_a_topics_word_has_the_articles_analysed_that_hold_it(site: SiteFolder) -> None:
    analysed, _ = _changed(site, lambda entities: entities["topics/sport"]["lexicon"]["ur"].update({"بارش": 5}))
    assert analysed == 1


def test_a_new_name_is_shown_everywhere_although_nothing_is_analysed_for_it(site: SiteFolder) -> None:
    def edit(entities: Entities) -> None:
        entities["countries/russia"]["names"]["en"] = "The Russian Federation"

    analysed, changed = _changed(site, edit)
    assert analysed == 0
    assert "countries/russia/index.md" in changed


def test_an_article_that_is_understood_as_before_is_not_written_again(site: SiteFolder) -> None:
    analysed, changed = _changed(site, lambda entities: _aliases(entities["people/kevin-pietersen"]).append("ٹیم گئی"))
    assert analysed == 1
    assert not [path for path in changed if not path.startswith("search")]


def test_another_sidecar_problem_is_said_at_once(site: SiteFolder) -> None:
    assert "unknown-id" in {issue.code for issue in site.build_pages().issues}
    _write(
        site.root.parent / "gazetteer", {**ENTITIES, "countries/nowhere": {"names": {"ur": "کہیں نہیں"}, "iso": "XN"}}
    )
    assert "unknown-id" not in {issue.code for issue in site.build_pages().issues}
    _write(site.root.parent / "gazetteer", {k: v for k, v in ENTITIES.items() if k != "people/vladimir-putin"})
    issues = [issue for issue in site.build_pages().issues if issue.code == "unknown-id"]
    assert {issue.where for issue in issues} == {"seeds/d.yml", "seeds/f.yml"}


def test_the_sidecar_of_a_withdrawn_article_is_looked_at_too(site: SiteFolder) -> None:
    site.put({"c.yml": "retracted: why\npeople: [kevin-pietersen, nobody]\n"})
    said = [issue for issue in site.build_pages().issues if issue.where == "seeds/c.yml"]
    assert [("nobody" in issue.message) for issue in said] == [True]
    edited = {**ENTITIES, "people/nobody": {"names": {"ur": "کوئی نہیں"}}}
    _write(site.root.parent / "gazetteer", edited)
    assert not [issue for issue in site.build_pages().issues if issue.where == "seeds/c.yml"]
    del edited["people/kevin-pietersen"]
    _write(site.root.parent / "gazetteer", edited)
    said = [issue for issue in site.build_pages().issues if issue.where == "seeds/c.yml"]
    assert ["kevin-pietersen" in issue.message for issue in said] == [True]


def test_a_damaged_snapshot_has_everything_analysed(site: SiteFolder) -> None:
    with contextlib.closing(sqlite3.connect(site.root / ".digest/store.sqlite")) as db, db:
        db.execute("UPDATE gazetteer SET snapshot = x'00'")
    analysed, _ = _changed(site, lambda entities: entities["countries/russia"].update(iso="RS"))
    assert analysed == len(SEEDS)
