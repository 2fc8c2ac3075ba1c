"""Links a story: which entities it names, where, and under which terms it is filed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Folder
from digest.languages.pack import LanguagePack
from digest.link.compounds import Compounds
from digest.link.disambiguate import BESIDE, ELSEWHERE, RULED_OUT, decide
from digest.link.doubts import paragraphs, withhold
from digest.link.match import Match
from digest.link.namesakes import SOMEBODY, Namesakes
from digest.link.one_sense import settle
from digest.link.reading import Reader, Reading, Text
from digest.model import Mention, Passage, Rejection, Span

_ROUNDS = 3
"""An entity that context establishes may establish others; no article needed more rounds."""


class Linker:
    """Finds the mentions of one language's stories."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self.lexicon = lexicon
        self.folder: Folder = pack.folder
        self._namesakes = Namesakes(lexicon, pack)
        self._reader = Reader(lexicon, pack)
        self._compounds = Compounds(lexicon, pack, self._namesakes.own)

    @property
    def asked(self) -> set[str]:
        """What was asked of the gazetteer besides the words themselves (`asked.py`); grows until it is cleared."""
        return self._namesakes.asked

    def link(self, readings: Iterable[Reading]) -> tuple[tuple[Mention, ...], tuple[Rejection, ...]]:
        """Return what a story names in its displayed text, and what looked like a name but is none."""
        texts = [self._reader.read(reading) for reading in readings if reading.passage.role != "photo-credit"]
        article = frozenset[str]().union(*(text.words.forms for text in texts))
        prose = paragraphs([text.passage for text in texts])
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
            if self._compounds.knows:
                doubts = {span: doubt for text in texts for span, doubt in text.doubts.items()}
                mentions, rejections = withhold(mentions, rejections, doubts, self.lexicon.entities, prose)
            now = self._with_countries({mention.entity for mention in mentions if mention.why != ELSEWHERE})
            if now == established or not any(text.waits for text in texts):
                break  # nothing would be decided otherwise
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
        text = self._reader.read(Reading(passage, self.folder.words(line)))
        article = frozenset(text.words.forms)
        found = self._resolve(text, article, frozenset())
        return frozenset(mention.entity for mention in found if isinstance(mention, Mention))

    def _decide(self, text: Text, article: AbstractSet[str], established: AbstractSet[str]) -> None:
        """Resolve a passage and keep what was found."""
        text.taken.clear()
        text.waits = False
        text.found = list(self._resolve(text, article, established))
        text.found += self._almost(text, article, established)

    def _resolve(
        self, text: Text, article: AbstractSet[str], established: AbstractSet[str]
    ) -> Iterator[Mention | Rejection]:
        """Walk a passage from its start; at each place the longest alias that counts wins."""
        position = 0
        aside = text.passage.aside
        for matches in text.matches:
            if matches[0].first < position:
                continue
            for match in matches:
                if aside is not None and _overlaps(match.span, aside):
                    continue
                chosen = text.settled.get(match) or self._choose(match, text, article, established)
                yield chosen
                if isinstance(chosen, Mention) or any(c.entity is None for c in match.candidates):
                    position = match.last
                    text.taken.update(range(match.first, match.last))
                    break

    def _almost(self, text: Text, article: AbstractSet[str], established: AbstractSet[str]) -> Iterator[Mention]:
        """Yield names that are misspelt or wrongly split, where nothing else was recognised."""
        for match in text.similar:
            used = range(match.first, match.last)
            if not text.taken.isdisjoint(used) or (text.passage.aside and _overlaps(match.span, text.passage.aside)):
                continue
            found = text.settled.get(match) or self._choose(match, text, article, established)
            if isinstance(found, Mention):
                text.taken.update(used)
                why = found.why if match.misspaced else f"spelt nearly like «{found.alias}»"
                yield dataclasses.replace(found, form="similar", why=why)

    def _choose(
        self, match: Match, text: Text, article: AbstractSet[str], established: AbstractSet[str]
    ) -> Mention | Rejection:
        """Return the mention at `match`, or why there is none; keep an answer that no further round can change."""
        accepted: list[tuple[Candidate, str]] = []
        refused: list[tuple[Candidate, str]] = []
        waits = False
        for candidate in match.candidates:
            unless = candidate.unless
            waits = waits or not candidate.alias.strong or (unless is not None and bool(unless.entities))
            counts, why = decide(candidate, match, text.words, article, established)
            open_ = counts or why.startswith(RULED_OUT)
            other = self._namesakes.around(candidate, match, text.words) if open_ else None
            if other and (counts or other.startswith(SOMEBODY)):
                counts, why = False, other
            (accepted if counts else refused).append((candidate, why))
        text.waits |= waits
        several = len(accepted) > 1
        if several:
            accepted = _narrow(accepted, established)
        found = _outcome(accepted, refused, match, text.passage)
        text.doubts.pop(found.span, None)  # of a round before: there it may have been another name
        if isinstance(found, Mention) and not found.why.startswith(BESIDE):
            self._doubt(accepted[0][0], match, text, found.span)
        if not (waits or several):
            text.settled[match] = found
        return found

    def _doubt(self, candidate: Candidate, match: Match, text: Text, span: Span) -> None:
        """Note it when a name may be part of a longer one."""
        if doubt := self._compounds.doubt(candidate, match, text.words, text.names):
            text.doubts[span] = doubt


def _outcome(
    accepted: list[tuple[Candidate, str]], refused: list[tuple[Candidate, str]], match: Match, passage: Passage
) -> Mention | Rejection:
    """Put into words what was decided at `match`: one entity that counts is a mention, none or several are not."""
    start, end = match.span
    span = (passage.start + start, passage.start + end)
    surface = passage.text[start:end]
    if len(accepted) == 1:
        candidate, why = accepted[0]
        entity = candidate.entity
        assert entity is not None  # noqa: S101 - phrases are never accepted
        return Mention(
            entity=entity.id,
            kind=entity.kind,
            span=span,
            surface=surface,
            form="similar" if match.misspaced else candidate.alias.form,
            alias=candidate.alias.text,
            why=f"«{candidate.alias.text}» with other spaces" if match.misspaced and why != ELSEWHERE else why,
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


def _overlaps(span: Span, aside: Span) -> bool:
    return span[0] < aside[1] and aside[0] < span[1]
