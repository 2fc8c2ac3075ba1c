"""The gazetteer as the matcher needs it: a trie over folded words, and compiled context rules.

All kinds share one trie, so that the longest name wins whatever it names: شنگھائی تعاون تنظیم is an
organisation before شنگھائی is a city. Phrases that are no names sit in the same trie and use up their words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from digest.gazetteer.load import Gazetteer
from digest.languages.fold import Folder
from digest.model import Alias, Context, Entity, EntityKind

END = ""
"""Key under which a trie node keeps its candidates; no folded word is empty."""

_EVERY_LANGUAGE = "en"
"""Latin names and acronyms stand in texts of every language."""

_JOINABLE_LETTERS = 6
"""A name of two words is also met written as one (فنلینڈ), when it has at least this many letters."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What an alias in the trie may stand for; `entity` is None for a phrase that is no name."""

    entity: Entity | None
    alias: Alias
    needs: Context | None = None
    unless: Context | None = None


Trie = dict[str, Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The compiled gazetteer of one language."""

    language: str
    trie: Trie
    entities: Mapping[str, Entity]

    def candidates(self, words: Iterable[str]) -> tuple[Candidate, ...]:
        """Return what exactly these folded words may stand for."""
        node: Trie = self.trie
        for word in words:
            found = node.get(word)
            if found is None:
                return ()
            node = found
        return tuple(node.get(END, ()))


def build_lexicon(gazetteer: Gazetteer, folder: Folder, language: str) -> Lexicon:
    """Compile `gazetteer` for texts in `language`."""
    trie: Trie = {}
    for entity in gazetteer.entities.values():
        if entity.kind is EntityKind.TOPIC:
            continue
        for alias in entity.aliases:
            if alias.language in (language, _EVERY_LANGUAGE):
                candidate = Candidate(
                    entity=entity,
                    alias=alias,
                    needs=compile_context(alias.needs, folder),
                    unless=compile_context(alias.unless, folder),
                )
                _insert(trie, folder.phrase(alias.text), candidate)
    for text in gazetteer.phrases.get(language, ()):
        phrase = Alias(text=text, language=language, form="phrase")
        _insert(trie, folder.phrase(text), Candidate(entity=None, alias=phrase))
    return Lexicon(language=language, trie=trie, entities=gazetteer.entities)


def compile_context(context: Mapping[str, tuple[str, ...]] | None, folder: Folder) -> Context | None:
    """Fold the words of a context rule; None when there is no rule."""
    if not context:
        return None
    folded = {kind: tuple(map(folder.phrase, texts)) for kind, texts in context.items() if kind != "entities"}
    return Context(**folded, entities=frozenset(context.get("entities", ())))


def _insert(trie: Trie, words: tuple[str, ...], candidate: Candidate) -> None:
    if not words:
        return
    _insert_exact(trie, words, candidate)
    joined = "".join(words)
    if len(words) == 2 and len(joined) >= _JOINABLE_LETTERS and candidate.alias.strong:  # noqa: PLR2004 - two words
        _insert_exact(trie, (joined,), candidate)


def _insert_exact(trie: Trie, words: tuple[str, ...], candidate: Candidate) -> None:
    node = trie
    for word in words:
        node = node.setdefault(word, {})
    known: list[Candidate] = node.setdefault(END, [])
    if all(other.entity is not candidate.entity or other.alias.form == "phrase" for other in known):
        known.append(candidate)
    elif candidate.alias.strong:  # the same entity twice: a strong alias is worth more than a weak one that folds alike
        known[:] = [c if c.entity is not candidate.entity or c.alias.strong else candidate for c in known]
