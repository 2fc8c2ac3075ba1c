"""The cues of a language (`names.yml`) and of the gazetteer, folded: what a name stands beside, and what is none."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from digest.gazetteer.lexicon import named_in
from digest.gazetteer.load import Gazetteer
from digest.gazetteer.spelling_out import expand
from digest.languages.fold import Folder, Words
from digest.languages.name_cues import load_name_cues
from digest.languages.pack import LanguagePack
from digest.model import EntityKind

Name = tuple[str, ...]
"""The folded words of a name."""


class Phrases:
    """Folded phrases, found at a place in a text.

    >>> Phrases([("وزیر",), ("وزیر", "خارجہ")]).after(["سابق", "وزیر", "خارجہ"], 1)
    2
    """

    def __init__(self, phrases: Iterable[Name]) -> None:
        self._by_first: dict[str, list[Name]] = {}
        self._by_last: dict[str, list[Name]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            if phrase:
                self._by_first.setdefault(phrase[0], []).append(phrase)
                self._by_last.setdefault(phrase[-1], []).append(phrase)

    def after(self, forms: Sequence[str], index: int) -> int:
        """Return how many words the longest phrase has that begins at `index`; 0 when there is none."""
        for phrase in self._by_first.get(forms[index], ()) if index < len(forms) else ():
            if tuple(forms[index : index + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def before(self, forms: Sequence[str], index: int) -> int:
        """Return how many words the longest phrase has that ends just before `index`; 0 when there is none."""
        for phrase in self._by_last.get(forms[index - 1], ()) if index else ():
            if index >= len(phrase) and tuple(forms[index - len(phrase) : index]) == phrase:
                return len(phrase)
        return 0

    def __contains__(self, phrase: Name) -> bool:
        return bool(phrase) and phrase in self._by_first.get(phrase[0], ())


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Cues:
    """Everything that reading for names asks of language and gazetteer. All words are folded."""

    folder: Folder
    roles: Phrases
    fillers: frozenset[str]
    agents: Phrases
    score_units: frozenset[str]
    numbers: frozenset[str]
    joiners: frozenset[str]
    list_marks: frozenset[str]
    genitives: frozenset[str]
    never_first: frozenset[str]
    heads: Phrases
    starts: Phrases
    joints: frozenset[str]
    generic: frozenset[str]
    place_before: frozenset[str]
    place_after: frozenset[str]
    things: frozenset[str]
    not_names: Phrases
    determiners: frozenset[str]
    verbs: frozenset[str]
    endings: tuple[str, ...]
    stem_finals: str
    ordinary: frozenset[str]
    stops: frozenset[str]
    """Words that no name holds: stop words, agents, verbs, determiners."""
    name_parts: Mapping[str, int]
    """Word → in how many people's names of the gazetteer it is."""


def cues_of(pack: LanguagePack, gazetteer: Gazetteer) -> Cues:
    """Fold the cues of `pack`; a language without `names.yml` has none, and then little is suggested."""
    file = load_name_cues(pack.tag)
    phrases = functools.partial(_phrases, pack.folder)
    words = functools.partial(_words, pack.folder)
    determiners, verbs = words(file.determiners), words(file.verbs)
    name_parts = _name_parts(gazetteer, pack, words(file.fillers))
    topic_words = _topic_words(gazetteer, pack) - name_parts.keys()
    joints = words(file.organisation_joints)
    return Cues(
        folder=pack.folder,
        roles=Phrases(phrases(file.roles)),
        fillers=words(file.fillers),
        agents=Phrases(phrases(file.agents)),
        score_units=words(file.score_units),
        numbers=words(file.numbers),
        joiners=words(file.joiners),
        list_marks=frozenset(file.list_marks),
        genitives=words(file.genitives),
        never_first=words(file.never_first),
        not_names=Phrases(phrases(file.not_names)),
        heads=Phrases(phrases(file.organisation_heads)),
        starts=Phrases(phrases(file.organisation_starts)),
        joints=joints,
        generic=words(file.generic),
        place_before=words(file.place_before),
        place_after=words(file.place_after),
        things=words(file.things),
        determiners=determiners,
        verbs=verbs,
        stem_finals=pack.folder.word(file.stem_finals),
        endings=tuple(map(pack.folder.word, file.endings)),
        ordinary=words(word for group in file.ordinary for word in group) | topic_words | words(file.things),
        stops=(pack.folded_stopwords | determiners | verbs) - joints,
        name_parts=name_parts,
    )


def _phrases(folder: Folder, texts: Iterable[str]) -> Iterable[Name]:
    return (folder.phrase(form) for text in texts for form in expand(text))


def _words(folder: Folder, texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for form in expand(text) for word in folder.phrase(form))


def _topic_words(gazetteer: Gazetteer, pack: LanguagePack) -> frozenset[str]:
    """Return the words that speak for a topic: the gazetteer's own list of ordinary words."""
    topics = gazetteer.of_kind(EntityKind.TOPIC)
    return frozenset(
        word for topic in topics for text in topic.lexicon.get(pack.tag, {}) for word in pack.folder.phrase(text)
    )


def _name_parts(gazetteer: Gazetteer, pack: LanguagePack, titles: frozenset[str]) -> Mapping[str, int]:
    """Count the words of people's names, each once a person."""
    bearers: dict[str, set[str]] = {}
    for entity, alias in named_in(gazetteer, pack.tag):
        if entity and entity.kind is EntityKind.PERSON and alias.form in ("name", "variant"):
            for word in pack.folder.phrase(alias.text):
                if len(word) > 1 and word not in titles:
                    bearers.setdefault(word, set()).add(entity.id)
    return Counter({word: len(people) for word, people in bearers.items()})


def spaced(words: Words, index: int) -> bool:
    """Return whether nothing but space stands between word `index` and the one before it."""
    return index > 0 and not words.text[words.ends[index - 1] : words.starts[index]].strip()
