"""The gazetteer as the matcher needs it: a trie over folded words, and compiled context rules.

All kinds share one trie, so that the longest name wins whatever it names: شنگھائی تعاون تنظیم is an
organisation before شنگھائی is a city. Phrases that are no names sit in the same trie and use up their words.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from digest.gazetteer.derived import Derived
from digest.gazetteer.kept_names import KeptNames, Name, names_decoder, phrase
from digest.gazetteer.load import Gazetteer
from digest.languages.fold import Folder
from digest.model import Alias, Context, Entity, EntityKind

END = ""
"""Key under which a trie node keeps its candidates; no folded word is empty."""

_EVERY_LANGUAGE = "en"
"""Latin names and acronyms stand in texts of every language."""

_JOINABLE_LETTERS = 6
"""A name of two words is also met written as one (فنلینڈ), when it has at least this many letters."""


class Candidate(msgspec.Struct, gc=False):
    """What an alias in the trie may stand for; `entity` is None for a phrase that is no name.

    Its context rules are folded when they are first read: most aliases of a gazetteer never meet an article.
    """

    entity: Entity | None
    alias: Alias
    folder: Folder
    _needs: Context | msgspec.UnsetType | None = msgspec.UNSET
    _unless: Context | msgspec.UnsetType | None = msgspec.UNSET

    @property
    def needs(self) -> Context | None:
        """What must stand around a weak alias, folded."""
        if self._needs is msgspec.UNSET:
            self._needs = compile_context(self.alias.needs, self.folder)
        return self._needs

    @property
    def unless(self) -> Context | None:
        """What must not stand around the alias, folded."""
        if self._unless is msgspec.UNSET:
            self._unless = compile_context(self.alias.unless, self.folder)
        return self._unless


Trie = dict[str, Any]
_NO_NAMES: list[Name] = []
_FEW = 5_000
"""Questions for the names of a word that a few articles ask."""


class Lexicon:
    """The compiled gazetteer of one language.

    Names are sorted by their first word when the lexicon is made, and become a trie when that word is first met: a run
    over one article should not pay for forty thousand names.
    """

    def __init__(
        self,
        language: str,
        entities: Mapping[str, Entity],
        names: Mapping[str, list[Name]] | Mapping[str, bytes],
        folder: Folder,
        derived: Derived | None = None,
        decode: Callable[[bytes], list[Name]] = lambda _: _NO_NAMES,
    ) -> None:
        """Take the names of a language.

        Args:
            language: its tag.
            entities: the gazetteer.
            names: first word → names, or the names as they are kept (`kept_names`).
            folder: the fold of the language.
            derived: what is worked out of the names, where it is known already.
            decode: takes kept names apart.
        """
        self.language = language
        self.derived = derived
        """What is worked out of the names, where it is known already."""
        self.entities = entities
        self._names = names
        self._asked = 0
        """Questions to names as they are kept."""
        self._taken_apart: dict[str, list[Name]] = {}
        self._decode = decode
        self.folder = folder
        self._tries: dict[str, Trie | None] = {}

    def after(self, word: str) -> Trie | None:
        """Return the trie of the names that begin with a folded word, below that word."""
        if not self._begins(word):
            return None
        if word not in self._tries:
            trie: Trie = {}
            for words, entity, alias in self.beginning_with(word):
                _insert(trie, words[1:], Candidate(entity, alias, self.folder))
            self._tries[word] = trie
        return self._tries[word]

    def _begins(self, word: str) -> bool:
        """Return whether a name begins with a word."""
        if isinstance(self._names, KeptNames):
            self._asked += 1
            if self._asked > _FEW:  # more than a few articles: a dictionary answers ten times as fast
                self._names = dict(self._names)
        return word in self._names

    def candidates(self, word: str) -> tuple[Candidate, ...]:
        """Return what exactly this folded word may stand for."""
        node = self.after(word)
        return tuple(node.get(END, ())) if node else ()

    def first_words(self) -> Iterable[str]:
        """Return the folded first words of all names."""
        return self._names

    def beginning_with(self, word: str) -> list[Name]:
        """Return the folded names that begin with a folded word, with the entity and alias each stands for."""
        names = self._taken_apart.get(word)
        if names is None:
            if not self._begins(word):
                return _NO_NAMES
            kept = self._names[word]
            names = self._taken_apart[word] = self._decode(kept) if isinstance(kept, bytes) else kept
        return names

    def names(self) -> Iterable[Name]:
        """Return all folded names, with the entity and alias each stands for."""
        return itertools.chain.from_iterable(map(self.beginning_with, self._names))

    def items(self) -> Iterator[tuple[tuple[str, ...], list[Candidate]]]:
        """Yield every folded name with what it may stand for."""
        for word in self._names:
            if node := self.after(word):
                yield from _walk(node, (word,))


def build_lexicon(gazetteer: Gazetteer, folder: Folder, language: str) -> Lexicon:
    """Compile `gazetteer` for texts in `language`."""
    derived = gazetteer.derived.get(language)
    if derived and derived.names:
        kept = KeptNames(derived.names)
        return Lexicon(language, gazetteer.entities, kept, folder, derived, names_decoder(gazetteer, language))
    folded = gazetteer.folded.get(language) or fold_aliases(gazetteer, folder, language)
    names: defaultdict[str, list[Name]] = defaultdict(list)
    for (entity, alias), words in zip(named_in(gazetteer, language), folded, strict=True):
        if not words:
            continue
        names[words[0]].append((words, entity, alias))
        if joined := joined_form(words, alias):
            names[joined].append(((joined,), entity, alias))
    return Lexicon(language, gazetteer.entities, names, folder, derived)


def joined_form(words: tuple[str, ...], alias: Alias) -> str | None:
    """Return the word that a name of two is also met as; None for most."""
    if len(words) == 2 and alias.strong and len(joined := words[0] + words[1]) >= _JOINABLE_LETTERS:  # noqa: PLR2004 - two words
        return joined
    return None


def speaks(alias: Alias, language: str) -> bool:
    """Return whether an alias is looked for in texts of a language."""
    return alias.language == language or alias.language == _EVERY_LANGUAGE  # noqa: PLR1714 - forty thousand times


def named_in(gazetteer: Gazetteer, language: str) -> Iterator[tuple[Entity | None, Alias]]:
    """Yield everything that may be named in texts of a language, in a fixed order; phrases that are no names last."""
    for entity in gazetteer.entities.values():
        if entity.kind is not EntityKind.TOPIC:
            for alias in entity.aliases:
                if speaks(alias, language):
                    yield entity, alias
    for text in gazetteer.phrases.get(language, ()):
        yield None, phrase(text, language)


def fold_aliases(
    gazetteer: Gazetteer, folder: Folder, language: str, known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[tuple[str, ...], ...]:
    """Return the folded words of everything in `named_in`, in the same order.

    Args:
        gazetteer: the gazetteer.
        folder: the fold of the language.
        language: its tag.
        known: texts that were folded before, with their words.
    """
    known = known or {}
    texts = (alias.text for _, alias in named_in(gazetteer, language))
    return tuple(known[text] if text in known else folder.phrase(text) for text in texts)


def compile_context(context: Mapping[str, tuple[str, ...]] | None, folder: Folder) -> Context | None:
    """Fold the words of a context rule; None when there is no rule."""
    if not context:
        return None
    folded = {kind: tuple(map(folder.phrase, texts)) for kind, texts in context.items() if kind != "entities"}
    return Context(**folded, entities=frozenset(context.get("entities", ())))


def _insert(trie: Trie, words: tuple[str, ...], candidate: Candidate) -> None:
    node = trie
    for word in words:
        node = node.setdefault(word, {})
    known: list[Candidate] = node.setdefault(END, [])
    if all(other.entity is not candidate.entity or other.alias.form == "phrase" for other in known):
        known.append(candidate)
    elif candidate.alias.strong:  # the same entity twice: a strong alias is worth more than a weak one that folds alike
        known[:] = [c if c.entity is not candidate.entity or c.alias.strong else candidate for c in known]


def _walk(node: Trie, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Candidate]]]:
    for word, child in node.items():
        if word == END:
            yield words, child
        else:
            yield from _walk(child, (*words, word))
