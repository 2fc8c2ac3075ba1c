"""The engine against a searcher that looks at every article: the same articles, in the same order, counted truly."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.search import index as index_module
from digest.search import segment as segment_module
from digest.search.documents import SearchDocument, day_number
from digest.search.encoding import LIMITS
from digest.search.rows import impact
from tests.search.conftest import Index, article

WORDS = ("بلدیہ", "تجارت", "جمہور", "دریا", "سڑک", "فصل", "کتاب", "گندم", "لشکر", "مدرسہ", "نقشہ", "پرندہ")
"""Words that neither sound alike nor make another word when joined."""
TOPICS = ("کھیل", "موسم")


@dataclass(frozen=True)
class Question:
    """What is asked, taken apart."""

    words: tuple[str, ...]
    phrase: tuple[str, ...]
    topic: str
    year: int
    sort: str

    @property
    def text(self) -> str:
        parts = [
            *self.words,
            f'"{" ".join(self.phrase)}"' if self.phrase else "",
            f"topic:{self.topic}" if self.topic else "",
        ]
        return " ".join(
            [*parts, f"date:{self.year}" if self.year else "", ""]
        )  # a space behind: no word is being typed


@st.composite
def _articles(draw: st.DrawFn) -> list[SearchDocument]:
    line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
    texts = draw(st.lists(st.lists(line, min_size=2, max_size=4).map("\n".join), min_size=1, max_size=30))
    date = st.none() | st.dates(dt.date(2021, 6, 1), dt.date(2023, 6, 1))
    topic = st.sampled_from(((), ("topic:sport",), ("topic:weather",), ("topic:sport", "topic:weather")))
    return [article(n, text, date=draw(date), filters=draw(topic)) for n, text in enumerate(texts)]


_QUESTIONS = st.builds(
    Question,
    words=st.lists(st.sampled_from((*WORDS, "غیرموجود")), max_size=3, unique=True).map(tuple),
    phrase=st.just(()) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple),
    topic=st.sampled_from(("", "", "sport")),
    year=st.sampled_from((0, 0, 2022)),
    sort=st.sampled_from(("best", "newest", "oldest")),
)


class Oracle:
    """Looks at every article."""

    def __init__(self, documents: list[SearchDocument], pack: LanguagePack) -> None:
        self._documents = documents
        self._fold = pack.folder

    def ask(self, question: Question) -> tuple[int, list[int]]:
        """Return how many articles are found, and their numbers in order."""
        slots = [self._phrase(question.phrase)] if question.phrase else []
        slots += [self._word(word) for word in question.words]
        allowed = [n for n, one in enumerate(self._documents) if self._allowed(one, question)]
        if not slots:
            held = dict.fromkeys(allowed, 1) if question.topic or question.year else {}
        else:
            held = {n: sum(n in slot for slot in slots) for n in allowed}
        most = max(held.values(), default=0)
        found = [n for n, count in held.items() if count == most and most]
        scores = Counter[int]()
        for slot in slots:
            total, count = len(self._documents), len(slot)
            rarity = max(1, math.floor(32 * math.log(1 + (total - count + 0.5) / (count + 0.5)) + 0.5))
            for n, value in slot.items():
                scores[n] += value * rarity
        return len(found), sorted(found, key=lambda n: self._rank(n, scores[n], question.sort))

    def _rank(self, number: int, score: int, sort: str) -> tuple[float, ...]:
        day = day_number(self._documents[number].date)
        if sort == "best":
            return (-score, -day, -number)
        return (-day, -number) if sort == "newest" else (day or math.inf, -number)

    def _word(self, word: str) -> dict[int, int]:
        (form,) = self._fold.phrase(word)
        return {n: 10 * value for n in range(len(self._documents)) if (value := self._impact(n, form))}

    def _phrase(self, phrase: tuple[str, ...]) -> dict[int, int]:
        forms = [self._fold.phrase(word)[0] for word in phrase]
        found = {}
        for n, one in enumerate(self._documents):
            passages = [self._fold.words(passage).forms for passage in one.passages]
            if any(p[at : at + len(forms)] == forms for p in passages for at in range(len(p))):
                found[n] = 10 * max(self._impact(n, form) for form in forms)
        return found

    def _impact(self, number: int, form: str) -> int:
        one = self._documents[number]
        words = [word for passage in one.passages for word in self._fold.words(passage).forms]
        if form not in words:
            return 0
        weight = (
            words.count(form) + 3 * (form in self._fold.phrase(one.headline)) + (form in self._fold.phrase(one.summary))
        )
        return impact(weight, len(words))

    def _allowed(self, one: SearchDocument, question: Question) -> bool:
        if question.topic and f"topic:{question.topic}" not in one.filters:
            return False
        return not question.year or (one.date is not None and one.date.year == question.year)


@pytest.mark.parametrize("steps", [(65_536, 2048, 64), (8, 4, 2)], ids=["one segment", "many segments"])
def test_counts_and_order(
    steps: tuple[int, ...],
    tmp_path: Path,
    pack: LanguagePack,
    no_gazetteer: Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "_STEPS", steps)
    monkeypatch.setattr(segment_module, "block_size", lambda _: 60)
    monkeypatch.setitem(LIMITS, "page", 3)
    monkeypatch.setitem(LIMITS, "t", 300)
    monkeypatch.setitem(LIMITS, "x", 1000)
    monkeypatch.setitem(LIMITS, "folder", 2)
    monkeypatch.setattr(index_module, "block_size", lambda _: 60)

    @settings(max_examples=25)
    @given(_articles(), st.lists(_QUESTIONS, min_size=12, max_size=12))
    def same(documents: list[SearchDocument], questions: list[Question]) -> None:
        index = Index(tmp_path / "index", pack, no_gazetteer)
        index.build(documents)
        oracle = Oracle(documents, pack)
        answers = index.ask([{"query": q.text, "limit": 100, "sort": q.sort, "show": 100} for q in questions])
        for question, answer in zip(questions, answers, strict=True):
            count, order = oracle.ask(question)
            assert ([hit["sequence"] for hit in answer["hits"]], answer["total"]) == (order, count), question
            assert [shown["address"] for shown in answer["shown"]] == [f"articles/{n}/" for n in order]

    same()
