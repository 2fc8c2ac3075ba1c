"""The whole flow on one screen: seeds → clean → analyse → link → store → pages in the docs folder.

MkDocs publishes what this leaves behind; `digest.publish` calls it before each build.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from digest.analyse.source import Outlets
from digest.analyse.story import analyse
from digest.clean.article import clean
from digest.epoch import epoch_of
from digest.errors import ArticleError
from digest.gazetteer.load import FOLDER, Gazetteer
from digest.languages.pack import load_pack
from digest.link.story import LanguageLinker, language_linker
from digest.model import LinkedStory, RawArticle
from digest.report import BuildReport, Issue, Severity
from digest.search.site import update_index
from digest.settings import Settings
from digest.sources.folder import read_folder
from digest.store.archive import Archive
from digest.store.files import write_if_changed
from digest.store.gazetteer_cache import load_cached_gazetteer
from digest.store.ledger import Ledger, read_ledger
from digest.write.permalinks import new_permalink
from digest.write.site import all_pages
from digest.write.tree import PageTree
from digest.write.wording import Wording

Progress = Callable[[int, int, str], None]
"""Told how many articles are done, how many there are, and which one is next."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a site is and what its maintainers chose."""

    root: Path
    """Folder of `mkdocs.yml`."""
    docs: Path
    """MkDocs' docs folder."""
    name: str
    settings: Settings

    @property
    def search_index(self) -> Path:
        """Folder that the search index is kept in between builds: beside the store, and a cache like it."""
        return (self.root / self.settings.store).parent / "search"

    def gazetteer(self) -> Gazetteer:
        """Load the package's gazetteer, and the site's own on top of it."""
        folders = [FOLDER, *(self.root / folder for folder in self.settings.gazetteer)]
        return load_cached_gazetteer(folders, self.settings.all_languages())


class Analyst:
    """Cleans, analyses and links articles; a pure function of (article, language packs, gazetteer)."""

    def __init__(self, gazetteer: Gazetteer, languages: tuple[str, ...]) -> None:
        self._gazetteer = gazetteer
        self._languages = languages
        self._linkers: dict[str, LanguageLinker] = {}
        self._outlets: dict[str, Outlets] = {}

    def __call__(self, raw: RawArticle, story_id: str) -> LinkedStory:
        """Return what the digest understands of one article.

        Raises:
            ArticleError: it cannot be used.
        """
        cleaned = clean(raw, self._languages)
        tag = cleaned.language
        if tag not in self._linkers:
            self._linkers[tag] = language_linker(self._gazetteer, tag)
            self._outlets[tag] = Outlets(self._gazetteer, tag)
        story = analyse(cleaned, story_id, load_pack(tag), self._outlets[tag])
        return self._linkers[tag].link(story, raw.overrides)


def build_pages(site: Site, progress: Progress = lambda *_: None) -> BuildReport:
    """Bring the generated pages up to date with the seeds, and say what was done.

    Raises:
        ConfigurationError: gazetteer, language pack, ledger or a page's path is wrong; nothing was removed.
    """
    settings = site.settings
    gazetteer = site.gazetteer()
    words = Wording(load_pack(settings.language), gazetteer.entities)
    ledger_path = site.root / settings.ledger
    ledger = read_ledger(ledger_path)
    tree = PageTree(site.docs)
    issues: list[Issue] = []
    unfinished = site.root / f"{settings.store}.unfinished"  # a killed build leaves pages that no store knows of
    with Archive(site.root / settings.store) as archive:
        if archive.recreated:
            issues.append(_recreated(settings.store))
        fresh = not archive.pages() or unfinished.exists()
        unfinished.touch()
        seeds = site.root / settings.seeds
        read, analysed = _update(archive, ledger, seeds, gazetteer, settings, issues, progress)
        for page in all_pages(archive, ledger, gazetteer.entities, words, settings, site.name):
            tree.write(page)
        removed = tree.remove_orphans(None if fresh else archive.pages())
        archive.set_pages(frozenset(tree.paths))
        update_index(archive, gazetteer, words.pack, site.search_index)
        if len(ledger):
            write_if_changed(ledger_path, ledger.text().encode())
    unfinished.unlink(missing_ok=True)
    return BuildReport(
        read=read,
        analysed=analysed,
        written=tree.written,
        removed=removed,
        pages=len(tree.paths),
        tops=frozenset(path.partition("/")[0] for path in tree.paths),
        issues=tuple(sorted(issues)),
    )


def _update(
    archive: Archive,
    ledger: Ledger,
    seeds: Path,
    gazetteer: Gazetteer,
    settings: Settings,
    issues: list[Issue],
    progress: Progress,
) -> tuple[int, int]:
    """Analyse what is new or changed, forget what is gone; return how many were read and analysed."""
    present = {raw.locator: seed_checksum(raw) for raw in _articles(seeds, settings, None)}
    ledger.note_renames(present)
    epoch = epoch_of(gazetteer, settings)
    known = archive.known()
    analyst = Analyst(gazetteer, settings.all_languages())
    kept: set[str] = set()
    read = analysed = 0
    for raw in _articles(seeds, settings, issues):
        progress(read, len(present), raw.locator)
        read += 1
        entry = ledger.find(raw.locator)
        version = article_checksum(raw)
        if entry and known.get(entry.id) == (version, epoch, entry.permalink, entry.sequence):
            kept.add(entry.id)
            continue
        try:
            linked = analyst(raw, entry.id if entry else ledger.new_id(raw.locator))
        except ArticleError as error:
            issues.append(error.issue)
            continue
        if entry is None:
            permalink = new_permalink(linked, load_pack(linked.story.language).romanise)
            entry = ledger.add(
                story_id=linked.story.id, permalink=permalink, checksum=present[raw.locator], locator=raw.locator
            )
        entry = ledger.note_checksum(entry, present[raw.locator])
        archive.put(linked, checksum=version, epoch=epoch, permalink=entry.permalink, sequence=entry.sequence)
        kept.add(entry.id)
        analysed += 1
    for gone in known.keys() - kept:
        archive.remove(gone)
    return read, analysed


def _articles(seeds: Path, settings: Settings, issues: list[Issue] | None) -> Iterator[RawArticle]:
    """Yield the articles of the seeds folder; note what cannot be read, and locators that come twice."""
    seen: set[str] = set()
    for item in read_folder(seeds, settings.max_article_bytes):
        if isinstance(item, Issue):
            if issues is not None:
                issues.append(item)
        elif item.locator in seen:
            if issues is not None:
                issues.append(_twice(item.locator))
        else:
            seen.add(item.locator)
            yield item


def seed_checksum(raw: RawArticle) -> str:
    """Return the checksum of the seed alone: what the ledger knows an article by when its file is renamed."""
    return hashlib.sha256(raw.body).hexdigest()


def article_checksum(raw: RawArticle) -> str:
    """Return the checksum of everything that an analysis depends on: seed, hints and sidecar."""
    return hashlib.sha256(msgspec.msgpack.encode(raw)).hexdigest()


def _recreated(store: str) -> Issue:
    return Issue(
        code="store-recreated",
        where=store,
        message="the store was damaged or of another version; it was made again from the seeds, nothing is lost",
        severity=Severity.NOTE,
    )


def _twice(locator: str) -> Issue:
    return Issue(
        code="id-twice",
        where=locator,
        message="an article with this id was read already; this one is left out",
        hint="Give every line of a .jsonl file an id of its own",
    )
