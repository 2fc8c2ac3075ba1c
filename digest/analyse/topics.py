"""What a story is about: weighted words of each topic, and the entities that speak for it.

A topic scores the sum of weight × min(count, 3) over its words; words of the headline count three times. Scores
are divided by the square root of the length, so that long articles do not collect topics. At most three topics
are taken: the best one, and those that reach a good part of it. A topic gives way to its own sub-topic.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from digest.gazetteer.lexicon import END
from digest.gazetteer.load import Gazetteer
from digest.languages.fold import Folder, Words
from digest.model import Entity, EntityKind, Span, Term

Told = tuple[str, Words, Span | None]
"""A passage of a story: its role, its words, and where a related link stands in it."""

MAX_TOPICS = 3
LEAST = 2.0
"""Below this a topic is not taken, however low the others are."""
PART_OF_BEST = 0.45
_HEADLINE = 3
_MOST_COUNTED = 3
_CHILD_WINS = 1.0
_WORDS_OF_UNIT_LENGTH = 25


def phrases_of(topic: Entity, folder: Folder, language: str) -> dict[tuple[str, ...], int]:
    """Return the folded phrases that speak for a topic, and how strongly."""
    words: dict[tuple[str, ...], int] = {}
    for text, weight in topic.lexicon.get(language, {}).items():
        if phrase := folder.phrase(text):
            words[phrase] = max(weight, words.get(phrase, 0))
    return words


class TopicScorer:
    """Scores stories in one language."""

    def __init__(self, gazetteer: Gazetteer, folder: Folder, language: str) -> None:
        self._topics: Mapping[str, Entity] = {t.id: t for t in gazetteer.of_kind(EntityKind.TOPIC)}
        self._folder = folder
        self._weights: list[tuple[str, int]] = []
        """By number of a phrase: the topic it speaks for, and how strongly."""
        self._phrases: dict[str, dict[str, list[tuple[int, list[str]]]]] = {}
        """By the first and the second word of a phrase: its number and its other words. A single word has none."""
        self._evidence: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for topic in self._topics.values():
            for phrase, weight in phrases_of(topic, folder, language).items():
                behind = self._phrases.setdefault(phrase[0], {})
                behind.setdefault((*phrase, END)[1], []).append((len(self._weights), list(phrase[2:])))
                self._weights.append((topic.id, weight))
            for entity, weight in topic.evidence.items():
                self._evidence[entity].append((topic.id, weight))

    def score(self, told: Iterable[Told], entities: Iterable[str]) -> dict[str, float]:
        """Return the score of every topic that anything speaks for."""
        counts: dict[int, int] = {}
        length = 0
        for role, words, aside in told:
            forms = words.forms[: bisect(words.starts, aside[0])] if aside else words.forms
            length += len(forms)
            self._count(forms, counts, times=_HEADLINE if role == "headline" else 1)
        totals: dict[str, float] = defaultdict(float)
        for number, count in counts.items():
            topic, weight = self._weights[number]
            totals[topic] += weight * min(count, _MOST_COUNTED)
        for entity in entities:
            for topic, weight in self._evidence.get(entity, ()):
                totals[topic] += weight
        scale = math.sqrt(max(1.0, length / _WORDS_OF_UNIT_LENGTH))
        return {topic: round(total / scale, 3) for topic, total in totals.items()}

    def _count(self, forms: Sequence[str], counts: dict[int, int], *, times: int) -> None:
        """Add the phrases that stand in some words to the counts, by number; each counts so many times."""
        begun = self._phrases
        for index in compress(range(len(forms)), map(begun.__contains__, forms)):
            behind = begun[forms[index]]
            if END in behind:
                for number, _ in behind[END]:
                    counts[number] = counts.get(number, 0) + times
            if index + 1 < len(forms) and forms[index + 1] in behind:
                for number, rest in behind[forms[index + 1]]:
                    if not rest or forms[index + 2 : index + 2 + len(rest)] == rest:
                        counts[number] = counts.get(number, 0) + times

    def choose(self, told: Iterable[Told], entities: Iterable[str]) -> tuple[Term, ...]:
        """Return the topics of a story, best first."""
        scores = self.score(told, entities)
        ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
        if not ranked or scores[ranked[0]] < LEAST:
            return ()
        best = scores[ranked[0]]
        taken = [topic for topic in ranked if scores[topic] >= max(LEAST, best * PART_OF_BEST)]
        beaten = {
            self._topics[topic].parent
            for topic in ranked
            if scores[topic] >= LEAST
            and (parent := self._topics[topic].parent)
            and scores[topic] >= _CHILD_WINS * scores.get(parent, 0.0)
            and topic in taken
        }
        chosen = self._with_parent([topic for topic in taken if topic not in beaten][:MAX_TOPICS])
        score = {topic: scores.get(topic, 0.0) for topic in chosen}
        kind = EntityKind.TOPIC
        return tuple(Term(entity=topic, kind=kind, count=0, basis="lexicon", score=score[topic]) for topic in chosen)

    def _with_parent(self, chosen: list[str]) -> list[str]:
        """Let a common parent stand in place of the weakest of three topics that are all its own.

        Money, prices and shares in one story are the economy.
        """
        parents = {self._topics[topic].parent for topic in chosen}
        if len(chosen) == MAX_TOPICS and len(parents) == 1 and (parent := next(iter(parents))):
            return [*chosen[:-1], parent]
        return chosen
