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
from digest.errors import ArticleError, ConfigurationError
from digest.gazetteer.load import FOLDER, Gazetteer
from digest.gazetteer.redirects import Redirects, read_redirects
from digest.languages.pack import load_pack
from digest.link.story import LanguageLinker, language_linker
from digest.model import Asset, LinkedStory, RawArticle
from digest.refusals import no_seeds, recreated, same_text, seed_of, seeds_of, twice
from digest.report import BuildReport, Issue
from digest.search.site import update_index
from digest.settings import Settings
from digest.sources.folder import read_folder
from digest.store.archive import Archive
from digest.store.files import write_if_changed
from digest.store.gazetteer_cache import load_cached_gazetteer
from digest.store.ledger import Ledger, read_ledger
from digest.store.retractions import is_retracted
from digest.store.same_story import settle
from digest.store.same_story_lookups import copies
from digest.write.cards import Artist, can_draw, cards, no_cards
from digest.write.permalinks import new_permalink
from digest.write.publication import Publication, build_day, no_address
from digest.write.site import all_assets, all_pages
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
    description: str = ""
    url: str | None = None
    """MkDocs' `site_url`; without it there are no feeds, sitemaps and pictures, whose addresses must be whole."""
    hidden: Callable[[str], bool] = lambda _: False
    """Tells hand-written pages that are not published, drafts for one; sitemaps leave them out."""

    def publication(self, gazetteer: Gazetteer) -> Publication:
        """Return the site as its feeds, sitemaps and data describe it."""
        return Publication(
            name=self.name,
            description=self.description,
            url=f"{self.url.rstrip('/')}/" if self.url else None,
            words=Wording(load_pack(self.settings.language), gazetteer.entities),
            entities=gazetteer.entities,
            settings=self.settings,
            today=build_day(),
        )

    @property
    def search_index(self) -> Path:
        """Folder that the search index is kept in between builds: beside the store, and a cache like it."""
        return (self.root / self.settings.store).parent / "search"

    def redirects(self) -> Redirects:
        """Read which ids entities had before."""
        return read_redirects([FOLDER, *(self.root / folder for folder in self.settings.gazetteer)])

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
    publication = site.publication(gazetteer)
    ledger_path = site.root / settings.ledger
    tree = PageTree(site.docs)
    seeds = site.root / settings.seeds
    if not seeds.is_dir():  # a typo must not turn every published page into a tombstone
        raise ConfigurationError([no_seeds(settings.seeds)])
    issues: list[Issue] = []
    unfinished = site.root / f"{settings.store}.unfinished"  # a killed build leaves pages that no store knows of
    with Archive(site.root / settings.store) as archive:
        ledger = read_ledger(ledger_path)  # under the store's lock: two builds must not both add lines
        if archive.recreated:
            issues.append(recreated(settings.store))
        fresh = not archive.pages() or unfinished.exists()
        unfinished.touch()
        read, analysed = _update(archive, ledger, seeds, gazetteer, settings, issues, progress)
        settle(archive)
        issues += [same_text(*pair) for pair in copies(archive, exact=True)]
        for page in all_pages(archive, ledger, publication, site.redirects()):
            tree.write(page)
        _write_assets(tree, archive, publication, site)
        issues += _missing(publication)
        removed = tree.remove_orphans(None if fresh else archive.pages())
        archive.set_pages(frozenset(tree.paths))
        update_index(archive, gazetteer, publication.words.pack, site.search_index)
        if len(ledger):
            write_if_changed(ledger_path, ledger.text().encode())
    unfinished.unlink(missing_ok=True)
    pages = sum(path.endswith(".md") for path in tree.paths)
    return BuildReport(
        read=read,
        analysed=analysed,
        written=tree.written,
        removed=removed,
        pages=pages,
        files=len(tree.paths) - pages,
        tops=frozenset(path.partition("/")[0] for path in tree.paths),
        issues=tuple(sorted(issues)),
    )


def _write_assets(tree: PageTree, archive: Archive, publication: Publication, site: Site) -> None:
    """Write what is no page; pictures only if they are not there already, because drawing takes time."""
    own_pages = [path for path in tree.own_pages() if not site.hidden(path)]
    for asset in all_assets(archive, publication, own_pages):
        tree.write_asset(asset)
    artist = Artist(site.root / ".digest" / "fonts")
    for card in cards(archive, publication):
        if not tree.keep(card.path, card.mark):
            tree.write_asset(Asset(path=card.path, content=artist.draw(card)))


def _missing(publication: Publication) -> list[Issue]:
    """Say which ways in to the site there cannot be, and what to do."""
    if publication.url is None:
        return [no_address()]
    return [no_cards()] if publication.settings.cards != "none" and not can_draw() else []


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
    refusals: list[Issue] = []
    present = {raw.locator: seed_checksum(raw) for raw in _articles(seeds, settings, refusals)}
    refused = seeds_of(refusals)
    ledger.note_renames(present | {e.locator: e.checksum for e in ledger if seed_of(e.locator) in refused})
    epoch = epoch_of(gazetteer, settings)
    known = archive.known()
    analyst = Analyst(gazetteer, settings.all_languages())
    kept: set[str] = set()
    read = analysed = 0
    for raw in _articles(seeds, settings, issues):
        progress(read, len(present), raw.locator)
        read += 1
        entry = ledger.find(raw.locator)
        if is_retracted(archive, entry, raw):
            continue
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
                story_id=linked.story.id, permalink=permalink, checksum=seed_checksum(raw), locator=raw.locator
            )
        entry = ledger.note_checksum(entry, seed_checksum(raw))
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
                issues.append(twice(item.locator))
        else:
            seen.add(item.locator)
            yield item


def seed_checksum(raw: RawArticle) -> str:
    """Return the checksum of the seed alone: what the ledger knows an article by when its file is renamed."""
    return hashlib.sha256(raw.body).hexdigest()


def article_checksum(raw: RawArticle) -> str:
    """Return the checksum of everything that an analysis depends on: seed, hints and sidecar."""
    return hashlib.sha256(msgspec.msgpack.encode(raw)).hexdigest()
