"""The analyst: cleans, analyses and links one article; and the ticket by which another process makes itself one.

The stages that it goes through are imported when the first article comes: most builds have few, and many have none.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from digest.gazetteer.load import Gazetteer
from digest.model import LinkedStory, RawArticle
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.analyse.source import Outlets
    from digest.gazetteer.lexicon import Lexicon
    from digest.link.story import LanguageLinker, Understanding


class Analyst:
    """Cleans, analyses and links articles; a pure function of (article, language packs, gazetteer)."""

    def __init__(self, gazetteer: Gazetteer, languages: tuple[str, ...]) -> None:
        self._gazetteer = gazetteer
        self._languages = languages
        self._linkers: dict[str, LanguageLinker] = {}
        self._outlets: dict[str, Outlets] = {}
        self._one_at_a_time = threading.Lock()

    def __call__(self, raw: RawArticle, story_id: str) -> LinkedStory:
        """Return what the digest understands of one article.

        Raises:
            ArticleError: it cannot be used.
        """
        return self.read(raw, story_id).linked

    def read(self, raw: RawArticle, story_id: str) -> Understanding:
        """Return what the digest understands of one article, and what is kept beside that.

        Threads take turns: linking remembers the words it has seen, and they would only take turns at the interpreter.

        Raises:
            ArticleError: it cannot be used.
        """
        from digest.analyse.story import analyse  # noqa: PLC0415 - see above
        from digest.clean.article import clean  # noqa: PLC0415
        from digest.languages.pack import load_pack  # noqa: PLC0415
        from digest.link.asked import names_asked  # noqa: PLC0415

        with self._one_at_a_time:
            cleaned = clean(raw, self._languages)
            tag = cleaned.language
            linker = self._linker(tag)
            story = analyse(cleaned, story_id, load_pack(tag), self._outlets[tag])
            return linker.link(story, raw.overrides, names_asked(raw, story.source))

    def prepare(self, language: str) -> None:
        """Compile the gazetteer for a language now: what is there before a fork is there in every worker."""
        with self._one_at_a_time:
            self._linker(language)

    def lexicon(self, language: str) -> Lexicon:
        """Return the gazetteer, compiled for a language."""
        with self._one_at_a_time:
            return self._linker(language).linker.lexicon

    def _linker(self, language: str) -> LanguageLinker:
        from digest.analyse.source import Outlets  # noqa: PLC0415
        from digest.link.story import language_linker  # noqa: PLC0415

        if language not in self._linkers:
            self._linkers[language] = language_linker(self._gazetteer, language)
            self._outlets[language] = Outlets(self._gazetteer, language)
        return self._linkers[language]


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker must know to make the same analyst: where the site's own entities are, and the epoch to check."""

    epoch: str
    gazetteer: tuple[str, ...]
    """Folders with entities of the site's own, absolute: workers on other machines need them in the same place."""
    language: str
    languages: tuple[str, ...]
    max_article_bytes: int

    def settings(self) -> Settings:
        """Return the settings that the epoch depends on."""
        return Settings(language=self.language, languages=self.languages, max_article_bytes=self.max_article_bytes)


def ticket_of(settings: Settings, root: Path, epoch: str) -> Ticket:
    """Return the ticket of a site whose `mkdocs.yml` is in `root`."""
    return Ticket(
        epoch=epoch,
        gazetteer=tuple(str((root / folder).resolve()) for folder in settings.gazetteer),
        language=settings.language,
        languages=settings.languages,
        max_article_bytes=settings.max_article_bytes,
    )
