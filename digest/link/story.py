"""The link stage on one screen: a story becomes a linked story."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from digest.analyse.topics import TopicScorer
from digest.gazetteer.lexicon import build_lexicon
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack, load_pack
from digest.link.asked import Asked, asked, asked_mention
from digest.link.mentions import Linker
from digest.link.reading import Reading, read_passages
from digest.link.stories import Signature, signature
from digest.link.terms import file_under
from digest.model import Hints, LinkedStory, Story


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What is understood of an article, and what is kept beside that so that nobody has to read its text again."""

    linked: LinkedStory
    asked: Asked
    """What it asked of the gazetteer."""
    readings: Sequence[Reading]

    @property
    def signature(self) -> Signature:
        """What tells whether another article tells the same story; made when it is asked for."""
        return signature(self.linked, ((reading.passage.role, reading.words.forms) for reading in self.readings))


@dataclasses.dataclass(frozen=True, slots=True)
class LanguageLinker:
    """Everything that links stories of one language."""

    linker: Linker
    topics: TopicScorer

    def link(self, story: Story, overrides: Hints, named: AbstractSet[str]) -> Understanding:
        """Return `story` with its mentions and terms.

        Args:
            story: the story.
            overrides: what its sidecar says.
            named: the questions of what sidecar and source name (`asked.names_asked`).
        """
        self.linker.asked.clear()
        readings = read_passages(story, self.linker.folder)
        mentions, rejections = self.linker.link(readings)
        told = [(reading.passage.role, reading.words, reading.passage.aside) for reading in readings]
        topics = self.topics.choose(told, {mention.entity for mention in mentions})
        terms = file_under(story, mentions, topics, self.linker, overrides)
        words = set[str]().union(*(reading.words.forms for reading in readings))
        words.update(itertools.chain.from_iterable(map(self.linker.folder.phrase, story.related)))
        linked = LinkedStory(story=story, mentions=mentions, rejections=rejections, terms=terms)
        named = {*named, *(asked_mention(mention.entity) for mention in mentions)}
        return Understanding(linked=linked, asked=asked(words, self.linker.asked | named), readings=readings)


def language_linker(gazetteer: Gazetteer, tag: str) -> LanguageLinker:
    """Compile the gazetteer for one language."""
    pack: LanguagePack = load_pack(tag)
    lexicon = build_lexicon(gazetteer, pack.folder, tag)
    return LanguageLinker(Linker(lexicon, pack), TopicScorer(gazetteer, pack.folder, tag))
