"""The index on disk: the same from every way of building, few files for a new article, the documented format."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import gzip
import json
import random
import re
import weakref
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.gazetteer.load import Gazetteer
from digest.search import batches, scripts
from digest.search import index as index_module
from digest.search.documents import SearchDocument
from digest.search.encoding import compress, pad, room
from digest.search.index import FORMAT, plan
from digest.search.postings import Postings
from digest.search.vocabulary import Vocabulary
from tests.search.conftest import Index, IndexFactory, article
from tests.sites import ROOT

WORDS = [f"{a}{b}{c}ن" for a in "بتدرس" for b in "اویےک" for c in "لمنکج"]


def _articles(count: int) -> list[SearchDocument]:
    chance = random.Random(5)  # noqa: S311 - a test
    return [article(n, "\n".join(" ".join(chance.choices(WORDS, k=20)) for _ in range(3))) for n in range(count)]


def _segments(index: Index) -> dict[str, bytes]:
    return {name: content for name, content in index.files().items() if name.endswith(".bin")}


def test_clean_and_incremental_builds_are_the_same(index_factory: IndexFactory) -> None:
    articles = _articles(150)
    grown = index_factory(folder="grown")
    for count in (1, 2, 63, 64, 65, 130, 150):
        grown.build(articles[:count])
    assert grown.files() == index_factory(articles, folder="clean").files()


def test_removed_and_edited_articles_leave_nothing(index_factory: IndexFactory) -> None:
    articles = _articles(70)
    changed = index_factory(articles, folder="changed")
    kept = [one for one in articles if one.sequence not in (3, 69)]
    kept[10] = article(kept[10].sequence, "اور ہی خبر\nبالکل نئی")
    changed.build(kept)
    assert changed.files() == index_factory(kept, folder="clean").files()
    assert changed.found("بالکل ") == [kept[10].sequence]


def test_a_new_article_rewrites_few_files(index_factory: IndexFactory) -> None:
    articles = _articles(2200)
    index = index_factory(articles[:-1])
    before = _segments(index)
    assert index.build(articles) == 1
    after = _segments(index)
    new = {name: content for name, content in after.items() if before.get(name) != content}
    assert len(new) <= 10
    assert sum(map(len, new.values())) <= 0.05 * sum(map(len, after.values()))


def test_a_segment_that_is_made_is_let_go(index_factory: IndexFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Postings]] = []
    vocabularies: list[Vocabulary] = []
    begin = Postings.__init__

    def begins(self: Postings, vocabulary: Vocabulary, first: int) -> None:
        made.append(weakref.ref(self))
        vocabularies.append(vocabulary)
        begin(self, vocabulary, first)

    monkeypatch.setattr(Postings, "__init__", begins)
    gc.disable()  # a collection comes late: until then the segments of a large archive would all be there
    try:
        index_factory(_articles(70))
        assert [postings() for postings in made] == [None, None]
        assert [vocabulary.words for vocabulary in vocabularies] == [[""], [""]]
    finally:
        gc.enable()


def test_an_edit_reads_the_articles_of_one_batch(index_factory: IndexFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST", 16)
    articles = _articles(70)
    index = index_factory(articles, folder="changed")
    articles[20] = article(20, "اور ہی خبر\nبالکل نئی")
    assert index.build(articles, {20}) == 1
    assert index.asked.read == list(range(16, 32))
    del articles[33]
    index.build(articles, {33})
    assert index.asked.read == [32, *range(34, 48)]
    files = index.files()
    monkeypatch.undo()
    assert files == index_factory(articles, folder="clean").files(), "where a batch ends shows nowhere"
    assert not any(batches.FOLDER in name for name in files)


def test_batches_that_are_gone_or_damaged_are_made_anew(
    index_factory: IndexFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST", 16)
    articles = _articles(64)
    index = index_factory(articles, folder="changed")
    kept = sorted((index.folder / batches.FOLDER).iterdir())
    assert len(kept) == 4
    kept[0].unlink()
    kept[1].write_bytes(kept[1].read_bytes()[:-1] + b"?")
    articles[63] = article(63, "اور ہی خبر\nبالکل نئی")
    index.build(articles, {63})
    read = {int(path.name.partition("-")[0]) for path in kept if path not in (kept[0], kept[1])} - {48}
    assert len(index.asked.read) == 48
    assert not read & set(index.asked.read)
    assert index.files() == index_factory(articles, folder="clean").files()
    assert len(list((index.folder / batches.FOLDER).iterdir())) == 4, "what no segment is made of goes"


def test_what_a_power_cut_or_a_file_server_leaves_among_batches_is_no_batch(
    index_factory: IndexFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST", 16)
    articles = _articles(64)
    index = index_factory(articles, folder="changed")
    for path in (index.folder / batches.FOLDER).iterdir():
        path.write_bytes(b"")
    (index.folder / batches.FOLDER / "@eaDir").mkdir()
    articles[63] = article(63, "اور ہی خبر\nبالکل نئی")
    index.build(articles, {63})
    assert index.files() == index_factory(articles, folder="clean").files()


def test_an_article_older_than_newspapers_is_no_harm(index_factory: IndexFactory) -> None:
    old = article(0, "اور ہی خبر\nبالکل نئی", date=dt.date(1605, 1, 1))
    assert index_factory([old]).found("بالکل ") == [0]


def test_nothing_changed_is_nothing_made(index_factory: IndexFactory) -> None:
    articles = _articles(5)
    assert index_factory(articles).build(articles) == 0


_STEPS = st.lists(st.tuples(st.sampled_from(("add", "edit", "remove", "rename")), st.integers(0, 99)), max_size=12)


def test_any_sequence_of_changes_leaves_what_a_clean_build_makes(
    index_factory: IndexFactory, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The builder is told which articles changed, and looks at no others."""
    monkeypatch.setattr(index_module, "_STEPS", (16, 8, 4))
    monkeypatch.setattr(batches, "MOST", 4)
    number = iter(range(10_000))
    entities = ("vladimir-putin", "russia", "pakistan")

    def some(sequence: int, version: int) -> SearchDocument:
        named = entities[version % 3]
        text = f"{WORDS[version % 60]} {WORDS[sequence % 60]}\n{WORDS[-version % 60]} بات"
        return article(sequence, text, entities={named: 1}, filters=(f"country:{named}",))

    @settings(max_examples=12)
    @given(st.integers(0, 40), st.lists(_STEPS, min_size=1, max_size=5))
    def same(first: int, builds: list[list[tuple[str, int]]]) -> None:
        there = {sequence: some(sequence, 0) for sequence in range(first)}
        length = first
        index = index_factory(there.values(), names=gazetteer, folder=f"grown{next(number)}")
        for steps in builds:
            changed = set()
            for what, place in steps:
                if what == "add":
                    there[length] = some(length, place)
                    changed.add(length)
                    length += 1
                elif there:
                    sequence = sorted(there)[place % len(there)]
                    changed.add(sequence)
                    if what == "remove":
                        del there[sequence]
                    else:
                        address = f"articles/{what}-{place}/"
                        there[sequence] = dataclasses.replace(some(sequence, place), address=address)
            before = set(index_module.plan(max(index.asked.length(), 0)))
            index.build(there.values(), changed)
            bounds = set(index_module.plan(index.asked.length()))
            touched = {(a, b) for a, b in bounds if (a, b) not in before or any(a <= one < b for one in changed)}
            empty = {(a, b) for a, b in bounds if not any(a <= one < b for one in there)}
            assert set(index.asked.runs) <= touched | empty
        clean = index_factory(there.values(), names=gazetteer, folder=f"clean{next(number)}")
        assert index.files() == clean.files()

    same()


def test_an_update_that_was_killed_is_made_good(index_factory: IndexFactory) -> None:
    articles = _articles(70)
    index = index_factory(articles)
    (index.folder / "unfinished").touch()
    articles[3] = article(3, "اور ہی خبر\nبالکل نئی")
    index.build(articles, changed=())
    assert index.files() == index_factory(articles, folder="clean").files()
    index.build([*articles[:3], *articles[4:]], changed=())
    assert index.found("بالکل ") == [3], "what nobody says has changed is not looked at"


def test_a_new_alias_rewrites_only_where_its_entity_is_named(index_factory: IndexFactory, gazetteer: Gazetteer) -> None:
    named = [article(n, f"{WORDS[n]} کی خبر", entities={"vladimir-putin": 1} if n == 3 else {}) for n in range(66)]
    index = index_factory(named, names=gazetteer)
    before = _segments(index)
    putin = gazetteer.entities["vladimir-putin"]
    alias = dataclasses.replace(putin.aliases[0], text="پتوتنا")
    richer = dataclasses.replace(
        gazetteer,
        entities={**gazetteer.entities, putin.id: dataclasses.replace(putin, aliases=(*putin.aliases, alias))},
    )
    later = Index(index.folder, index.pack, richer)
    assert later.build(named, changed=()) == 1
    kept = {name for name, content in _segments(later).items() if before.get(name) == content}
    assert {name.partition("/")[0] for name in kept} == {name.partition("/")[0] for name in before if name[:3] == "64-"}
    assert later.found("پتوتنا ") == [3]
    assert later.files() == index_factory(named, names=richer, folder="clean").files()


def test_bounds_of_segments_stay() -> None:
    for count in (1, 64, 2047, 10_000, 100_000, 131_072):
        bounds = list(plan(count))
        assert bounds[0][0] == 0
        assert bounds[-1][1] == count
        assert all(end == start for (_, end), (start, _) in pairwise(bounds))
        assert len(bounds) <= 3 + count // 65_536


def test_padding_is_no_content() -> None:
    for length in range(300):
        packed = pad(compress(b"x" * length), room((len(compress(b"x" * length)),), 128))
        assert gzip.decompress(packed) == b"x" * length
        assert len(packed) % 128 == 0


def test_an_unknown_format_is_refused(index_factory: IndexFactory) -> None:
    index = index_factory(_articles(3))
    root = json.loads(gzip.decompress((index.published / "root.bin").read_bytes()))
    (index.published / "root.bin").write_bytes(gzip.compress(json.dumps(root | {"format": FORMAT + 1}).encode()))
    with pytest.raises(AssertionError, match=f"format {FORMAT + 1}"):
        index.ask(["کچھ"])


@pytest.mark.parametrize("content", [b"", b"<!doctype html><html><body>Please log in</body></html>"])
@pytest.mark.parametrize("name", ["t0.bin", "m0.bin", "x0.bin"])
def test_what_is_no_file_of_the_index_is_said_and_no_endless_work(
    name: str, content: bytes, index_factory: IndexFactory
) -> None:
    index = index_factory(_articles(3))
    for path in index.published.rglob(name):
        path.write_bytes(content)
    with pytest.raises(AssertionError, match="Error: "):
        index.ask([WORDS[0], "بالکل"])


def test_a_query_of_many_words_or_of_one_very_long_one(index_factory: IndexFactory) -> None:
    text = " ".join(f"{one}{other}" for one in WORDS[:20] for other in WORDS[:20])
    index = index_factory([*_articles(3), article(3, text)])
    assert index.found(text) == [3]
    assert index.found("بتدرسلمنکج" * 2_000) == []


def test_a_server_without_parts_serves_as_well(index_factory: IndexFactory) -> None:
    index = index_factory(_articles(100))
    asked = [{"query": word, "show": 3} for word in WORDS[:5]]
    hits = [answer["hits"] for answer in index.ask(asked)]
    assert hits == [answer["hits"] for answer in index.ask(asked, "--whole")]


def test_both_sides_name_the_same_format() -> None:
    reader = (scripts.ASSETS / "reader.js").read_text(encoding="utf-8")
    assert re.findall(r"FORMAT = (\d+)", reader) == [str(FORMAT)]
    assert f"Version {FORMAT}" in (ROOT / "docs" / "search-format.md").read_text(encoding="utf-8")


def test_modules_of_the_engine_share_no_name_and_import_backwards() -> None:
    seen: set[str] = set()
    for number, module in enumerate(scripts.ENGINE):
        source = (scripts.ASSETS / f"{module}.js").read_text(encoding="utf-8")
        names = re.findall(r"^(?:export )?(?:async )?(?:const|function|class|let) (\w+)", source, re.MULTILINE)
        assert not seen & set(names)
        seen |= set(names)
        imported = re.findall(r'^import .* from "\./(\w+)\.js"', source, re.MULTILINE)
        assert set(imported) <= set(scripts.ENGINE[:number])


def test_what_every_page_loads_is_small() -> None:
    worker = scripts.minified((scripts.ASSETS / "worker.js").read_text(encoding="utf-8"))
    assert len(worker) <= 1_000
