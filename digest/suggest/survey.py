"""Reads a whole archive for names that the gazetteer does not hold: the flow of `digest suggest` on one screen.

The archive is read twice: first its words are counted, then names are looked for with these counts.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator

from digest.clean.article import clean
from digest.errors import ArticleError
from digest.gazetteer.lexicon import Lexicon, build_lexicon
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack, load_pack
from digest.model import EntityKind, LinkedStory, Passage, RawArticle
from digest.report import Issue
from digest.suggest.bodies import BodyFinder
from digest.suggest.cues import Name, cues_of
from digest.suggest.people import PeopleFinder
from digest.suggest.rank import Suggestion, rank
from digest.suggest.sightings import Sighting, Text
from digest.suggest.tally import Tallies
from digest.suggest.variants import Spellings
from digest.suggest.vocabulary import Vocabulary

Archive = Callable[[], Iterable[RawArticle | Issue]]
"""Reads the archive, from the start each time."""
Analyst = Callable[[RawArticle, str], LinkedStory]
_UNREAD = ("photo-credit", "source-credit")


def survey(archive: Archive, analyst: Analyst, gazetteer: Gazetteer, tag: str) -> list[Suggestion]:
    """Return the names of language `tag` that the archive suggests, the most useful first."""
    pack = load_pack(tag)
    cues = cues_of(pack, gazetteer)
    vocabulary = Vocabulary(cues)
    for passages in _cleaned(archive, pack):
        vocabulary.learn(map(pack.folder.words, passages))
    vocabulary.finish()
    letters = frozenset(map(pack.folder.word, pack.language.letter_names))
    finders = PeopleFinder(cues, vocabulary, letters), BodyFinder(cues, vocabulary, letters)
    tallies = Tallies(pack)
    reader = _Reader(pack, gazetteer)
    for linked in _linked(archive, analyst, tag):
        found = [s for text in reader.texts(linked) for finder in finders for s in finder.find(text)]
        tallies.add_article(reader.unknown(found, linked), linked.term_ids(EntityKind.COUNTRY)[:3])
    return rank(tallies.by_key.values(), vocabulary, Spellings(pack, gazetteer, cues.name_parts), pack)


def _cleaned(archive: Archive, pack: LanguagePack) -> Iterator[list[str]]:
    for raw in archive():
        if isinstance(raw, Issue):
            continue
        try:
            article = clean(raw, (pack.tag,))
        except ArticleError:
            continue  # it is refused by the build too, which says why
        yield [block.text for block in article.blocks] + ([article.title] if article.title else [])


def _linked(archive: Archive, analyst: Analyst, tag: str) -> Iterator[LinkedStory]:
    for raw in archive():
        if isinstance(raw, Issue):
            continue
        try:
            linked = analyst(raw, "surveyed")
        except ArticleError:
            continue
        if linked.story.language == tag:
            yield linked


class _Reader:
    """Prepares linked stories for the finders, and leaves out of what they find whatever is known."""

    def __init__(self, pack: LanguagePack, gazetteer: Gazetteer) -> None:
        self._pack = pack
        self._lexicon: Lexicon = build_lexicon(gazetteer, pack.folder, pack.tag)
        self._gazetteer = gazetteer
        self._words_of: dict[str, frozenset[str]] = {}

    def texts(self, linked: LinkedStory) -> Iterator[Text]:
        """Yield the passages of a story with what is known in them."""
        for passage in linked.story.passages():
            if passage.role not in _UNREAD:
                yield self._text(passage, linked)

    def unknown(self, sightings: Iterable[Sighting], linked: LinkedStory) -> Iterator[Sighting]:
        """Yield the sightings that are no known name, nor a part of the name of somebody the article names."""
        present = {mention.entity for mention in linked.mentions}
        for sighting in sightings:
            name = sighting.name
            if self._is_known(name):
                continue
            words = frozenset(name)
            if sighting.kind is EntityKind.PERSON and any(words <= self._parts(entity) for entity in present):
                continue
            yield sighting

    def _text(self, passage: Passage, linked: LinkedStory) -> Text:
        words = self._pack.folder.words(passage.text)
        start, end = passage.start, passage.start + len(passage.text)
        known = [False] * len(words)
        people: set[int] = set()
        bodies: set[int] = set()
        places: set[int] = set()
        taken = [(m.span, m.kind) for m in linked.mentions] + [
            (r.span, None) for r in linked.rejections if not r.entity
        ]
        for span, kind in taken:
            if start <= span[0] < end:
                for index in _between(words.starts, words.ends, span[0] - start, span[1] - start):
                    known[index] = True
                    if kind is EntityKind.PERSON:
                        people.add(index)
                    elif kind is EntityKind.ORGANISATION:
                        bodies.add(index)
                    elif kind is not None:
                        places.add(index)
        return Text(
            words=words,
            known=tuple(known),
            people=frozenset(people),
            bodies=frozenset(bodies),
            places=frozenset(places),
        )

    def _is_known(self, name: Name) -> bool:
        node = self._lexicon.after(name[0])
        for word in name[1:]:
            node = node.get(word) if node else None
        return bool(node and "" in node)

    def _parts(self, entity_id: str) -> frozenset[str]:
        if entity_id not in self._words_of:
            entity = self._gazetteer.entities[entity_id]
            texts = [alias.text for alias in entity.aliases if alias.language == self._pack.tag]
            self._words_of[entity_id] = frozenset(word for text in texts for word in self._pack.folder.phrase(text))
        return self._words_of[entity_id]


def _between(starts: list[int], ends: list[int], first: int, last: int) -> range:
    """Return the indexes of the words that lie, wholly or in part, between two offsets."""
    return range(bisect.bisect_right(ends, first), bisect.bisect_left(starts, last))
