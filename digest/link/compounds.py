"""Names inside longer names that no gazetteer holds: جاپان گارڈن سٹی is a housing estate, and speaks of no Japan.

Nobody can list all hospitals, estates, films and dishes that are called after lands and people. But the words that
news puts behind the bare name of a land are few: postpositions, verbs, and some hundred nouns (ٹیم, حکومت, سرحد), the
same for every land. A name with another word behind it, before the sentence goes on, is in doubt; and a land, person or
body of which an article has nothing but names in doubt is not named (`doubts.py`). All of this is data of a language
pack: `companions.yml`, and `companions.txt`, counted by `evaluation/companions.py`. A pack without doubts no name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.companions import LETTERS
from digest.languages.fold import Words
from digest.languages.pack import LanguagePack
from digest.link.match import Match
from digest.model import Entity, EntityKind

LANDS = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})

LONGER = "in a longer name: "
"""What a doubt begins with when a word makes it that is not common."""
PHRASE = "in a longer phrase: "
"""What it begins with when a common word makes it."""
ONCE = (PHRASE, "hardly a land", "a title", "in a title")
"""What doubts begin with that say nothing of the same name elsewhere in the article."""

_LONGEST = 3
"""Words of a longer name behind the name in it."""

_CREDITED = "outlet"
"""Type of bodies that stand in brackets behind a town: (اے ایف پی)."""

_LETTER = 4
"""Letters of the longest name of a letter: ڈبلیو has five, but no acronym is made of that alone."""

_MOST_IN_QUOTES = 5
_QUOTES = "‘’“”«»\"'"
_QUOTE = re.compile(f"[{_QUOTES}]")
_SENTENCE = re.compile(r"[۔،؟!:؛.\n]")
_DISTANCE = 40
"""Characters either side of a name within which quotation marks are looked for."""


class Compounds:
    """Recognises names of one language that are part of a longer name."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack, own: Callable[[str], AbstractSet[str]]) -> None:
        known, fold = pack.companions, pack.folder.word

        def folded(*words: str) -> frozenset[str]:
            return frozenset(map(fold, words))

        def measured(field: str) -> frozenset[str]:
            return frozenset(fold(word) for word, letters in pack.measured.items() if LETTERS[field] in letters)

        self._lexicon = lexicon
        self._own = own
        """Returns the folded words of the names of an entity."""
        self._links = folded(*known.links)
        self._glued = tuple(self._links)
        self._grammar = folded(*(word for group in known.grammar for word in group)) | pack.folded_stopwords
        self._words = self._grammar | folded(*pack.measured)
        plain, common = self._links | self._grammar, measured("common")
        lands = plain | measured("lands") | folded(*(word for group in known.lands for word in group))
        adjectives = folded(*(word for group in known.adjectives for word in group))
        self._adjectives = plain | common | measured("adjectives") | adjectives
        self._plain = {
            EntityKind.COUNTRY: lands,
            EntityKind.PLACE: lands,
            EntityKind.PERSON: plain | common | measured("people") | folded(*known.people),
            EntityKind.ORGANISATION: plain | common | measured("organisations") | folded(*known.organisations),
        }
        """By kind of a name the words that stand behind it without making it longer."""
        self._endings = tuple(known.endings)
        self._offices = folded(*known.offices)
        self._called = folded(*known.called)
        self._districts = folded(*known.districts)
        self._parts = folded(*known.parts)
        self._before = self._called | self._districts | self._parts
        self._copulas = folded(*known.copulas)
        self._after = folded(*known.surnames) | self._copulas
        self._city_states = folded(*known.city_states)

    @property
    def knows(self) -> bool:
        """Whether the pack says what stands behind names."""
        return bool(self._links)

    def doubt(self, candidate: Candidate, match: Match, words: Words, names: Callable[[int], bool]) -> str | None:
        """Return in words why the name at `match` may be part of a longer one, or None.

        Args:
            candidate: what it would be.
            match: where it stands.
            words: the words of the passage.
            names: tells whether a name of its own begins at a word.
        """
        entity = candidate.entity
        if entity is None or not self.knows:
            return None
        land, adjective = entity.kind in LANDS, candidate.alias.form == "demonym"
        plain = self._adjectives if land and adjective else self._plain.get(entity.kind)
        if plain is None:
            return None
        after = words.forms[match.last] if match.last < len(words.forms) else ""
        if after and after not in plain and self._goes_on(entity, match, words) and not names(match.last):
            begins = PHRASE if after in self._words else LONGER
            return f"{begins}«{words.text[match.span[0] : words.ends[match.last]]}»"
        if land and not adjective:
            return self._no_land(entity, match, words, names)
        if candidate.alias.form == "acronym" and entity.kind is EntityKind.ORGANISATION and entity.type != _CREDITED:
            return self._introduced(entity, match, words)
        return None

    def _goes_on(self, entity: Entity, match: Match, words: Words) -> bool:
        """Return whether a word that is seldom met behind such a name makes it longer."""
        after = words.forms[match.last]
        if not words.joined(match.last) or after.isdigit() or after.endswith(self._endings):
            return False
        glued = self._links if after.startswith(self._glued) else ()  # کےصدر; all at once, for most begin with none
        if any(after.startswith(link) and after[len(link) :] in self._words for link in glued):
            return False
        before = words.forms[match.first - 1] if match.first and words.joined(match.first) else ""
        if before in self._offices or not self._closed(words, match.last + 1):  # «گورنر اسٹیٹ بینک جمیل احمد»
            return False
        return after not in self._own(entity.id)  # «لولا» of «لولا ڈا سلوا»

    def _introduced(self, entity: Entity, match: Match, words: Words) -> str | None:
        """Return what an acronym in brackets is short for, when it is no name of the body that is known by it."""
        gap = words.text[words.ends[match.first - 1] : match.span[0]] if match.first else ""
        if gap.strip() != "(":
            return None
        before = words.forms[match.first - 1]
        own = self._own(entity.id)
        spelt_out = any(len(word) > _LETTER and not word.isascii() for word in own)
        return f"short for something else: «{before}»" if spelt_out and before not in own else None

    def _closed(self, words: Words, index: int) -> bool:
        """Return whether the sentence goes on behind a few words, as it does behind a name."""
        for position in range(index, index + _LONGEST):
            if position >= len(words.forms) or not words.joined(position) or words.forms[position] in self._links:
                return True
            if words.forms[position] in self._grammar or words.forms[position].isdigit():
                return False
        return False

    def _no_land(self, entity: Entity, match: Match, words: Words, names: Callable[[int], bool]) -> str | None:
        """Return why the name of a land is a title, a town, somebody's, or another word that is written so."""
        after = words.forms[match.last] if match.last < len(words.forms) else ""
        if after in self._after and words.joined(match.last):
            if after in self._copulas:
                return f"hardly a land before «{after}»"
            if not names(match.last):
                return f"somebody's name goes on with «{after}»"
        before = words.forms[match.first - 1] if match.first else ""
        if before in self._before and words.joined(match.first):
            if before in self._called:
                return f"a title behind «{before}»"
            if before in self._parts and (other := self._elsewhere(entity, words, match.first - 2)):
                return f"a place of {other} is called so: «{before}»"
            city = words.forms[match.first] in self._city_states
            if before in self._districts and entity.kind is EntityKind.COUNTRY and not city:
                return f"smaller than a land: «{before}»"
        return "in a title" if self._quoted(match, words) else None

    def _elsewhere(self, entity: Entity, words: Words, index: int) -> str | None:
        """Return the land before «کے شہر» or «کی ریاست», when `entity` lies in another."""
        if index > 0 and words.forms[index] in self._links:
            index -= 1
        if index < 0:
            return None
        lands = [c.entity for c in self._lexicon.candidates(words.forms[index]) if c.entity and c.entity.kind in LANDS]
        own = entity.lands
        return lands[0].id if len(lands) == 1 and own.isdisjoint(lands[0].lands) else None

    def _quoted(self, match: Match, words: Words) -> bool:
        """Return whether a name stands with a few others in quotation marks, and they are no sentence."""
        text, (start, end) = words.text, match.span
        found = _QUOTE.search(text, end, end + _DISTANCE)
        if not found:
            return False
        opens, closes = max(text.rfind(mark, max(0, start - _DISTANCE), start) for mark in _QUOTES), found.start()
        if opens < 0 or _SENTENCE.search(text, opens, closes):
            return False
        inside = words.forms[bisect_right(words.starts, opens) : bisect_left(words.starts, closes)]
        sentence = not (self._links.isdisjoint(inside) and self._grammar.isdisjoint(inside))
        return match.last - match.first < len(inside) <= _MOST_IN_QUOTES and not sentence
