"""The editor's desk: what `digest suggest` shows of a site, and what accepting does to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from digest.errors import DigestError
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import load_pack
from digest.model import EntityKind, RawArticle
from digest.report import Issue
from digest.settings import Settings
from digest.sources.folder import read_file, read_folder
from digest.suggest.accept import Decision, find_suggestion, take
from digest.suggest.listing import choose, lines, plain
from digest.suggest.rank import Suggestion
from digest.suggest.survey import Analyst, survey


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A site and the articles that are read for names: its seeds, or the files that are given."""

    root: Path
    settings: Settings
    files: tuple[Path, ...]
    gazetteer: Gazetteer
    analyst: Analyst

    def answer(
        self,
        *,
        limit: int | None = None,
        kind: str | None = None,
        as_json: bool = False,
        accept: str | None = None,
        slug: str | None = None,
        name_en: str | None = None,
        country: str | None = None,
    ) -> Iterator[str]:
        """List suggestions, or accept one; yield what is to be printed, line by line.

        Raises:
            DigestError: it cannot be accepted; nothing was changed.
        """
        suggestions, tag = self.suggestions(), self.settings.language
        wanted = EntityKind(kind) if kind else None
        if accept:
            own = [self.root / folder for folder in self.settings.gazetteer]
            decision = Decision(slug=slug, kind=wanted, name_en=name_en, country=country)
            path = take(find_suggestion(suggestions, accept), decision, self.gazetteer, load_pack(tag), own)
            shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
            yield f"wrote {shown}\nRead it, complete it, and run: digest check"
            return
        chosen = choose(suggestions, wanted, limit)
        if as_json:
            yield from (msgspec.json.encode(plain(suggestion, tag)).decode() for suggestion in chosen)
        else:
            yield from lines(chosen, len(suggestions), tag)

    def suggestions(self) -> list[Suggestion]:
        """Return the names that the gazetteer does not know.

        Raises:
            DigestError: there is no article.
        """
        read = 0

        def archive() -> Iterable[RawArticle | Issue]:
            nonlocal read
            for item in self._read():
                read += isinstance(item, RawArticle)
                yield item

        suggestions = survey(archive, self.analyst, self.gazetteer, self.settings.language)
        if not read:
            where = ", ".join(map(str, self.files)) or self.settings.seeds
            message = f"there is no article in {where}: put some there, or name .txt or .jsonl files"
            raise DigestError(message)
        return suggestions

    def _read(self) -> Iterator[RawArticle | Issue]:
        if not self.files:
            yield from read_folder(self.root / self.settings.seeds, self.settings.max_article_bytes)
        for path in self.files:
            yield from read_file(path, str(path), self.settings.max_article_bytes)
