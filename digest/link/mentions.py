"""Links a story: which entities it names, where, and under which terms it is filed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Folder, Words
from digest.languages.pack import LanguagePack
from digest.link.disambiguate import ELSEWHERE, RULED_OUT, decide
from digest.link.match import Match, Matcher
from digest.link.namesakes import Namesakes
from digest.link.one_sense import settle
from digest.link.similar import SimilarNames
from digest.model import Mention, Passage, Rejection, Span, Story

_ROUNDS = 3
"""An entity that context establishes may establish others; no article needed more rounds."""


@dataclasses.dataclass(slots=True)
class Reading:
    """A passage and its words."""

    passage: Passage
    words: Words


@dataclasses.dataclass(slots=True)
class _Text:
    """A passage, its words, and everything that may stand in it."""

    passage: Passage
    words: Words
    matches: list[list[Match]]
    similar: list[Match]
    taken: set[int] = dataclasses.field(default_factory=set)
    """Numbers of the words that names and phrases have used up."""
    found: list[Mention | Rejection] | None = None
    waits: bool = False
    """Whether a decision here may change when more is known of the article."""


def read_passages(story: Story, folder: Folder) -> tuple[Reading, ...]:
    """Return the words of every passage of a story, once for all who need them."""
    return tuple(Reading(passage, folder.words(passage.text)) for passage in story.passages())


class Linker:
    """Finds the mentions of one language's stories."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self.lexicon = lexicon
        self.folder: Folder = pack.folder
        self._similar = SimilarNames(lexicon, pack)
        self._namesakes = Namesakes(lexicon, pack)
        self._matcher = Matcher(lexicon, pack.folder, pack.language.clitics)

    def link(self, readings: Iterable[Reading]) -> tuple[tuple[Mention, ...], tuple[Rejection, ...]]:
        """Return what a story names in its displayed text, and what looked like a name but is none."""
        texts = [self._text(reading) for reading in readings if reading.passage.role != "photo-credit"]
        article = frozenset(form for text in texts for form in text.words.forms)
        established: AbstractSet[str] = frozenset()
        mentions: list[Mention] = []
        rejections: list[Rejection] = []
        for _ in range(_ROUNDS):
            for text in texts:
                if text.found is None or text.waits:
                    self._decide(text, article, established)
            found = [item for text in texts for item in text.found or ()]
            mentions = [item for item in found if isinstance(item, Mention)]
            rejections = [item for item in found if isinstance(item, Rejection)]
            mentions, rejections = settle(mentions, rejections, self.folder.phrase)
            now = self._with_countries({mention.entity for mention in mentions if mention.why != ELSEWHERE})
            if now == established:
                break
            established = now
        mentions.sort(key=lambda mention: mention.span)
        return tuple(mentions), tuple(rejections)

    def _with_countries(self, named: set[str]) -> frozenset[str]:
        """Add the countries of named places: who names Karachi names Pakistan."""
        places = (self.lexicon.entities[entity] for entity in named)
        return frozenset(named).union(*(place.countries for place in places if len(place.countries) == 1))

    def names_in(self, line: str) -> frozenset[str]:
        """Return the entities that a single line names with strong aliases (for related headlines)."""
        passage = Passage(role="related", text=line, start=0, block=None)
        text = self._text(Reading(passage, self.folder.words(line)))
        article = frozenset(text.words.forms)
        found = self._resolve(text, article, frozenset())
        return frozenset(mention.entity for mention in found if isinstance(mention, Mention))

    def _text(self, reading: Reading) -> _Text:
        words = reading.words
        similar = sorted(self._similar.find(words), key=lambda match: (match.first, -match.last))
        return _Text(reading.passage, words, list(self._matcher.all(words)), similar)

    def _decide(self, text: _Text, article: AbstractSet[str], established: AbstractSet[str]) -> None:
        """Resolve a passage and keep what was found."""
        text.taken.clear()
        text.waits = False
        text.found = list(self._resolve(text, article, established))
        text.found += self._almost(text, article, established)

    def _resolve(
        self, text: _Text, article: AbstractSet[str], established: AbstractSet[str]
    ) -> Iterator[Mention | Rejection]:
        """Walk a passage from its start; at each place the longest alias that counts wins."""
        position = 0
        for matches in text.matches:
            if matches[0].first < position:
                continue
            for match in matches:
                if _overlaps(match.span, text.passage.aside):
                    continue
                chosen = self._choose(match, text, article, established)
                yield chosen
                if isinstance(chosen, Mention) or any(c.entity is None for c in match.candidates):
                    position = match.last
                    text.taken.update(range(match.first, match.last))
                    break

    def _almost(self, text: _Text, article: AbstractSet[str], established: AbstractSet[str]) -> Iterator[Mention]:
        """Yield names that are misspelt or wrongly split, where nothing else was recognised."""
        for match in text.similar:
            used = range(match.first, match.last)
            if not text.taken.isdisjoint(used) or _overlaps(match.span, text.passage.aside):
                continue
            found = self._choose(match, text, article, established)
            if isinstance(found, Mention):
                text.taken.update(used)
                yield dataclasses.replace(found, form="similar", why=f"spelt nearly like «{found.alias}»")

    def _choose(
        self, match: Match, text: _Text, article: AbstractSet[str], established: AbstractSet[str]
    ) -> Mention | Rejection:
        """Return the mention at `match`, or why there is none."""
        accepted: list[tuple[Candidate, str]] = []
        refused: list[tuple[Candidate, str]] = []
        for candidate in match.candidates:
            text.waits |= not candidate.alias.strong or bool(candidate.unless and candidate.unless.entities)
            counts, why = decide(candidate, match, text.words, article, established)
            open_ = counts or why.startswith(RULED_OUT)
            if open_ and (other := self._namesakes.around(candidate, match, text.words)):
                counts, why = False, other
            (accepted if counts else refused).append((candidate, why))
        start, end = match.span
        span = (text.passage.start + start, text.passage.start + end)
        surface = text.passage.text[start:end]
        if len(accepted) > 1:
            accepted = _narrow(accepted, established)
        if len(accepted) == 1:
            candidate, why = accepted[0]
            entity = candidate.entity
            assert entity is not None  # noqa: S101 - phrases are never accepted
            return Mention(
                entity=entity.id,
                kind=entity.kind,
                span=span,
                surface=surface,
                form=candidate.alias.form,
                alias=candidate.alias.text,
                why=why,
            )
        if accepted:
            names = ", ".join(c.entity.id for c, _ in accepted if c.entity)
            return Rejection(entity=names, span=span, surface=surface, why="several could be meant")
        candidate, why = refused[0]
        return Rejection(entity=candidate.entity.id if candidate.entity else "", span=span, surface=surface, why=why)


def _narrow(accepted: list[tuple[Candidate, str]], established: AbstractSet[str]) -> list[tuple[Candidate, str]]:
    """Of several that count, keep those with an own reason, then those that the article names elsewhere."""
    reasoned = [pair for pair in accepted if pair[1] != ELSEWHERE]
    if len(reasoned) == 1:
        return reasoned
    known = [pair for pair in accepted if pair[0].entity and pair[0].entity.id in established]
    return known or accepted


def _overlaps(span: Span, aside: Span | None) -> bool:
    return aside is not None and span[0] < aside[1] and aside[0] < span[1]
