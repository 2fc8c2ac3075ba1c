"""Names inside longer names that no gazetteer holds: جاپان گارڈن سٹی is a housing estate, and speaks of no Japan.

Nobody can list all hospitals, estates, films and dishes that are called after lands and people. But the words that news
puts behind the bare name of a land are few: postpositions, verbs, and some hundred nouns (ٹیم, حکومت, سرحد), the same for
every land. A name with another word behind it, before the sentence goes on, is in doubt; and a land, person or body of
which an article has nothing but names in doubt is not named. All of this is data: `companions.yml` of a language pack,
and `companions.tsv`, which is counted (`evaluation/companions.py`). A pack without them doubts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Words
from digest.languages.pack import LanguagePack
from digest.link.asked import asked_own
from digest.link.match import Match
from digest.link.namesakes import own_words
from digest.model import Entity, EntityKind, Mention, Rejection, Span

LANDS = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})

LETTERS: Mapping[str, str] = {"lands": "l", "adjectives": "a", "people": "p", "organisations": "o", "common": "c"}
"""What the letters of `companions.tsv` say: behind which names a word was met, and whether it is a common word."""

LONGER = "in a longer name: "
"""What a doubt begins with when another word makes it."""

_LONGEST = 3
"""Words of a longer name behind the name in it."""

_CREDITED = frozenset({"agency", "outlet"})
"""Types of bodies that stand in brackets behind a town: (اے ایف پی)."""

_MOST_IN_QUOTES = 5
_QUOTES = "‘’“”«»\"'"
_SENTENCE = re.compile(r"[۔،؟!:؛.\n]")
_DISTANCE = 40
"""Characters either side of a name within which quotation marks are looked for."""


class Compounds:
    """Recognises names of one language that are part of a longer name."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack, asked: set[str]) -> None:
        known, fold = pack.companions, pack.folder.word

        def folded(*words: str) -> frozenset[str]:
            return frozenset(map(fold, words))

        def measured(field: str) -> frozenset[str]:
            return frozenset(fold(word) for word, letters in pack.measured.items() if LETTERS[field] in letters)

        self._lexicon = lexicon
        self._asked = asked
        """Whose own names were asked for; grows until it is cleared by whom it belongs to."""
        self._pack = pack
        self._links = folded(*known.links)
        self._grammar = folded(*(word for group in known.grammar for word in group)) | pack.folded_stopwords
        lands = folded(*(word for group in known.lands for word in group)) | measured("lands")
        adjectives = folded(*(word for group in known.adjectives for word in group)) | measured("adjectives")
        common = measured("common")
        people = folded(*known.people) | measured("people") | common
        bodies = folded(*known.organisations) | measured("organisations") | common
        self._beside = {
            EntityKind.COUNTRY: lands,
            EntityKind.PLACE: lands,
            EntityKind.PERSON: people,
            EntityKind.ORGANISATION: bodies,
        }
        self._adjectives = adjectives | common
        self._endings = tuple(known.endings)
        self._called = folded(*known.called)
        self._copulas = folded(*known.copulas)
        self._districts = folded(*known.districts)
        self._parts = folded(*known.parts)
        self._city_states = folded(*known.city_states)
        self._surnames = folded(*known.surnames)
        self._offices = folded(*known.offices)
        self._words = self._grammar | folded(*pack.measured)

    def doubt(self, candidate: Candidate, match: Match, words: Words, names: Callable[[int], bool]) -> str | None:
        """Return in words why the name at `match` may be part of a longer one, or None.

        Args:
            candidate: what it would be.
            match: where it stands.
            words: the words of the passage.
            names: tells whether a name of its own begins at a word.
        """
        entity = candidate.entity
        if not self._links or entity is None or entity.kind not in self._beside:
            return None
        after = words.forms[match.last] if match.last < len(words) and words.joined(match.last) else ""
        adjective = candidate.alias.form == "demonym"
        beside = self._adjectives if adjective else self._beside[entity.kind]
        before = words.forms[match.first - 1] if match.first and words.joined(match.first) else ""
        if after and not self._plain(after, beside) and self._closed(words, match.last + 1):
            # «گورنر اسٹیٹ بینک جمیل احمد», «لولا» of «لولا ڈا سلوا»: what is behind it is somebody else's name, or its own
            if before not in self._offices and not names(match.last) and after not in self._own(entity):
                return f"{LONGER}«{' '.join(words.forms[match.first : match.last + 1])}»"
        if entity.kind is EntityKind.ORGANISATION and candidate.alias.form == "acronym" and entity.type not in _CREDITED:
            return self._introduced(entity, match, words)
        if entity.kind not in LANDS or adjective:
            return None
        if after in self._surnames and not names(match.last):
            return f"somebody's name goes on with «{after}»"
        return self._no_land(entity, after, match, words)

    def _introduced(self, entity: Entity, match: Match, words: Words) -> str | None:
        """Return what an acronym in brackets is short for, when it is no name of the body that is known by it."""
        gap = words.text[words.ends[match.first - 1] : match.span[0]] if match.first else ""
        if gap.strip() != "(":
            return None
        before = words.forms[match.first - 1]
        return None if before in self._own(entity) else f"short for something else: «{before}»"

    def _own(self, entity: Entity) -> frozenset[str]:
        """Return every word of every name of an entity."""
        self._asked.add(asked_own(entity.id))
        return own_words(entity, self._pack)

    def _plain(self, word: str, beside: AbstractSet[str]) -> bool:
        """Return whether a word says nothing of a longer name."""
        if word in beside or word in self._links or word in self._grammar or word.endswith(self._endings) or word.isdigit():
            return True
        return any(word.startswith(link) and word[len(link) :] in self._words for link in self._links)  # glued: کےصدر

    def _closed(self, words: Words, index: int) -> bool:
        """Return whether the sentence goes on behind a few words, as it does behind a name."""
        for position in range(index, index + _LONGEST):
            if position >= len(words) or not words.joined(position) or words.forms[position] in self._links:
                return True
            if words.forms[position] in self._grammar or words.forms[position].isdigit():
                return False
        return False

    def _no_land(self, entity: Entity, after: str, match: Match, words: Words) -> str | None:
        """Return why the name of a land is a title, a town, or another word that is written so."""
        if after in self._copulas:
            return f"hardly a land before «{after}»"
        before = words.forms[match.first - 1] if match.first and words.joined(match.first) else ""
        if before in self._called:
            return f"something is called so: «{before}»"
        if before in self._parts and (other := self._elsewhere(entity, words, match.first - 2)):
            return f"a place of {other} is called so: «{before}»"
        name = words.forms[match.first]
        if before in self._districts and entity.kind is EntityKind.COUNTRY and name not in self._city_states:
            return f"smaller than a land: «{before}»"
        return "in a title" if self._quoted(match, words) else None

    def _elsewhere(self, entity: Entity, words: Words, index: int) -> str | None:
        """Return the land before «کے شہر» or «کی ریاست», when `entity` lies in another."""
        if index > 0 and words.forms[index] in self._links:
            index -= 1
        if index < 0:
            return None
        lands = [c.entity for c in self._lexicon.candidates(words.forms[index]) if c.entity and c.entity.kind in LANDS]
        own = countries_of(entity)
        return lands[0].id if len(lands) == 1 and own.isdisjoint(countries_of(lands[0])) else None

    def _quoted(self, match: Match, words: Words) -> bool:
        """Return whether a name stands with a few others in quotation marks, and they are no sentence."""
        text, (start, end) = words.text, match.span
        opens = max(text.rfind(mark, max(0, start - _DISTANCE), start) for mark in _QUOTES)
        closes = min((at for mark in _QUOTES if (at := text.find(mark, end, end + _DISTANCE)) >= 0), default=-1)
        if opens < 0 or closes < 0 or _SENTENCE.search(text, opens, closes):
            return False
        inside = [form for form, at in zip(words.forms, words.starts, strict=True) if opens < at < closes]
        bare = match.last - match.first
        return bare < len(inside) <= _MOST_IN_QUOTES and self._links.isdisjoint(inside) and self._grammar.isdisjoint(inside)


def countries_of(entity: Entity) -> frozenset[str]:
    """Return the ids of the countries that a land is, or lies in."""
    return frozenset(entity.countries) or frozenset({entity.id})


def withhold(
    mentions: Sequence[Mention],
    rejections: Sequence[Rejection],
    doubts: Mapping[Span, str],
    entities: Mapping[str, Entity],
    fold: Callable[[str], Sequence[str]],
    prose: Sequence[Span],
) -> tuple[list[Mention], list[Rejection]]:
    """Return the mentions and rejections when what only doubtful names speak for is not named.

    Args:
        mentions: what counts so far.
        rejections: what does not.
        doubts: why the name at a span of the displayed text is in doubt.
        entities: the gazetteer's.
        fold: folds a surface into words.
        prose: where paragraphs stand; headlines and captions name things in passing.
    """
    if not doubts:
        return list(mentions), list(rejections)
    told = [m for m in mentions if any(start <= m.span[0] < end for start, end in prose)]
    doubts = {**doubts, **_inherited(told, doubts, fold)}
    certain = {named for mention in mentions if mention.span not in doubts for named in _stands_for(mention, entities)}
    kept: list[Mention] = []
    refused = list(rejections)
    for mention in mentions:
        doubt = doubts.get(mention.span)
        if doubt is None or not certain.isdisjoint(_stands_for(mention, entities)):
            kept.append(mention)
        else:
            refused.append(Rejection(entity=mention.entity, span=mention.span, surface=mention.surface, why=doubt))
    return kept, refused


def _inherited(
    mentions: Sequence[Mention], doubts: Mapping[Span, str], fold: Callable[[str], Sequence[str]]
) -> dict[Span, str]:
    """Return doubts of names that were in a longer name where they first stood: پیرس جیکسن is پیرس afterwards."""
    suspects = {mention.entity for mention in mentions if mention.span in doubts}
    first: dict[tuple[str, tuple[str, ...]], str | None] = {}
    found: dict[Span, str] = {}
    for mention in sorted(mentions, key=lambda mention: mention.span):
        if mention.entity in suspects:
            doubt = first.setdefault((mention.entity, tuple(fold(mention.surface))), doubts.get(mention.span))
            if doubt is not None:
                found[mention.span] = doubts.get(mention.span, f"first met {doubt}")
    return found


def _stands_for(mention: Mention, entities: Mapping[str, Entity]) -> Iterable[str]:
    return countries_of(entities[mention.entity]) if mention.kind in LANDS else (mention.entity,)
