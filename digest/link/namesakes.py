"""Keeps short names from people who only share them: سنیل مودی is not the prime minister, محمد پیرس خان no city.

A surname alone is somebody else's when a known given name that is not his stands before it, or when another known
surname stands behind the name. The given names and surnames are those of the gazetteer's own people, so the rule grows
with it. A country or place whose name stands inside a person's name is none: what shows that is data (`personal`).
"""

from __future__ import annotations

import functools

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Words
from digest.languages.pack import LanguagePack
from digest.link.match import Match
from digest.model import EntityKind

_LANDS = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})


class Namesakes:
    """Recognises longer names around a match, in one language."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._lexicon = lexicon
        self._pack = pack
        self._before = frozenset(map(pack.folder.word, pack.language.personal.before))
        self._after = frozenset(map(pack.folder.word, pack.language.personal.after))

    def around(self, candidate: Candidate, match: Match, words: Words) -> str | None:
        """Return in words why `match` is part of somebody else's name, or None."""
        entity = candidate.entity
        short = entity is not None and entity.kind is EntityKind.PERSON and candidate.alias.form == "short"
        place = entity is not None and entity.kind in _LANDS and match.last - match.first == 1
        if entity is None or not (short or place):
            return None
        before = words.forms[match.first - 1] if match.first and words.joined(match.first) else ""
        after = words.forms[match.last] if match.last < len(words) and words.joined(match.last) else ""
        if short:
            own = self._own_words(entity.id)
            if before in self._given and before not in own:
                return f"«{before}» before it is another's given name"
            if after in self._family and after not in own:
                return f"«{after}» behind it is another's surname"
        if place:
            if after in self._after:
                return f"a person's name goes on with «{after}»"
            if before in self._before:
                return f"a person's name begins with «{before}»"
        return None

    @functools.cached_property
    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return first and last words of the names of all people, but for words of the language itself."""
        fold, tag = self._pack.folder.phrase, self._pack.tag
        people = (e for e in self._lexicon.entities.values() if e.kind is EntityKind.PERSON and tag in e.names)
        full = [words for person in people if len(words := fold(person.names[tag])) > 1]
        ordinary = self._pack.folded_stopwords | frozenset(map(self._pack.folder.word, self._pack.language.titles))
        return frozenset(words[0] for words in full) - ordinary, frozenset(words[-1] for words in full) - ordinary

    @property
    def _given(self) -> frozenset[str]:
        return self._names[0]

    @property
    def _family(self) -> frozenset[str]:
        return self._names[1]

    @functools.cache  # noqa: B019 - one instance a language, for the life of the process
    def _own_words(self, entity: str) -> frozenset[str]:
        """Return every word of every alias of a person."""
        aliases = self._lexicon.entities[entity].aliases
        return frozenset(word for alias in aliases for word in self._pack.folder.phrase(alias.text))
