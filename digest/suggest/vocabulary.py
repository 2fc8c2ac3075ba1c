"""Tells ordinary words from parts of names, by what the archive itself does with them.

An ordinary word stands behind a determiner (اس فیصلے) or before a verb (فیصلہ کیا) time and again, and it is inflected
(فیصلوں); a name hardly ever is. A word that is too rare for that is judged by its letters: a model of letter triples,
made of the people's names in the gazetteer against the ordinary words, knows that ووسی سبانڈا looks like a name.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from digest.languages.fold import Words
from digest.suggest.cues import Cues, spaced

_MOST_WORDS = 300_000
"""Words counted; when there are more, those met once are forgotten. A bound for hostile or endless archives."""

_USED_AS_WORD = 0.2
_USED_AS_NAME = 0.025
"""How often an ordinary word, and a name, stands beside a determiner or verb (COUNTER: .19 and .03)."""

_ORDINARY_FROM = 0.12
_SURE_FROM = 6
"""A word used like this in this many places teaches the letter model what ordinary words look like."""

_NAMES_TO_LEARN_FROM = 200
"""With so many words of names the letter model is believed by half; with fewer, less."""


class Vocabulary:
    """Counts of the archive's words, read once before names are looked for."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self.counts: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.total_articles = 0
        self._used: Counter[str] = Counter()
        self._letters: LetterModel | None = None
        self._known: dict[str, float] = {}

    def learn(self, passages: Iterable[Words]) -> None:
        """Count the words of one article."""
        determiners, verbs = self._cues.determiners, self._cues.verbs
        met: set[str] = set()
        for words in passages:
            forms = words.forms
            self.counts.update(forms)
            met.update(forms)
            last = len(forms) - 1
            for index, form in enumerate(forms):
                if form in determiners:
                    if index < last:
                        self._used[forms[index + 1]] += 1
                elif form in verbs and index and spaced(words, index):
                    self._used[forms[index - 1]] += 1
        self.articles.update(met)
        self.total_articles += 1
        if len(self.counts) > _MOST_WORDS:
            self._forget_rare()

    def finish(self) -> None:
        """Make the letter model; to be called when all articles have been read."""
        cues = self._cues
        taught = {
            word
            for word, count in self.counts.items()
            if count >= _SURE_FROM and self._used[word] / count >= _ORDINARY_FROM and word not in cues.name_parts
        }
        self._letters = LetterModel(cues.name_parts, taught | cues.ordinary | cues.stops)
        self._known.clear()

    def nameness(self, word: str) -> float:
        """Return how much speaks for `word` being a part of a name: about -6 (no) to 6 (yes)."""
        score = self._known.get(word)
        if score is None:
            score = self._known[word] = self._judge(word)
        return score

    def bearers(self, word: str) -> int:
        """Return how many people of the gazetteer bear `word` in their name."""
        return self._cues.name_parts.get(word, 0)

    def _judge(self, word: str) -> float:
        cues = self._cues
        if word in cues.stops or word.isdigit() or len(word) < 2:  # noqa: PLR2004 - a letter
            return -6.0
        bearers = cues.name_parts.get(word, 0)
        count, used = self.counts[word], min(self._used[word], self.counts[word])
        as_word = max(0.0, used - 0.5) * math.log(_USED_AS_NAME / _USED_AS_WORD)
        as_name = (count - used) * math.log((1 - _USED_AS_NAME) / (1 - _USED_AS_WORD))
        score = max(-4.0, min(1.5, as_word + as_name))
        score += max(-2.0, min(2.0, self._letters(word))) if self._letters else 0.0
        score += min(2.5, 0.8 + math.log1p(bearers)) if bearers else 0.0
        if word in cues.ordinary:
            score -= 4.0
        elif not bearers:
            score -= 1.5 * self._inflected(word)
            # The more articles a word is in, the less it is the name of somebody nobody has listed.
            score -= 25 * max(0.0, self.articles[word] / max(100, self.total_articles) - 0.02)
        return max(-6.0, min(6.0, score))

    def _inflected(self, word: str) -> int:
        """Return how far the archive inflects `word`: its plural is met, or it looks like one whose singular is."""
        endings = self._cues.endings
        stem = word[:-1] if word[-1] in self._cues.stem_finals else word
        plural = any(self.counts[stem + ending] for ending in endings if len(ending) > 1)
        singular = any(
            word.endswith(ending) and len(word) - len(ending) > 2 and self.counts[word[: -len(ending)]]  # noqa: PLR2004
            for ending in endings
        )
        return plural + singular

    def _forget_rare(self) -> None:
        for word in [word for word, count in self.counts.items() if count == 1]:
            del self.counts[word]
            del self.articles[word]
            self._used.pop(word, None)


class LetterModel:
    """Letter triples of names against those of ordinary words.

    >>> model = LetterModel(["سبانڈا", "چگمبورا", "ماساکڈزا"], ["فیصلہ", "مطالبہ", "اجلاس"])
    >>> model("چگمبانڈا") > 0 > model("مطالبات")
    True
    """

    def __init__(self, names: Iterable[str], words: Iterable[str]) -> None:
        names = list(names)
        self._trust = len(names) / (len(names) + _NAMES_TO_LEARN_FROM)
        self._names = Counter(triple for name in names for triple in _triples(name))
        self._words = Counter(triple for word in words for triple in _triples(word))
        self._of_names = sum(self._names.values()) + 1
        self._of_words = sum(self._words.values()) + 1

    def __call__(self, word: str) -> float:
        """Return the logarithm of how much likelier the letters of `word` are in a name."""
        kinds = 5000  # about as many triples are met
        score = 0.0
        for triple in _triples(word):
            in_names = (self._names[triple] + 0.5) / (self._of_names + 0.5 * kinds)
            in_words = (self._words[triple] + 0.5) / (self._of_words + 0.5 * kinds)
            score += math.log(in_names / in_words)
        return score * self._trust


def _triples(word: str) -> list[str]:
    framed = f"^{word[:40]}$"
    return [framed[index : index + 3] for index in range(len(framed) - 2)]
