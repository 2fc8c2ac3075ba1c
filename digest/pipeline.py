"""The whole flow on one screen: seeds → clean → analyse → link → store → pages in the docs folder.

MkDocs publishes what this leaves behind; `digest.publish` calls it before each build.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec

from digest.analyst import Analyst, ticket_of
from digest.epoch import analysis_epoch, epoch_of, writing_epoch
from digest.errors import ConfigurationError
from digest.executors import crew_for
from digest.gazetteer.load import FOLDER, Gazetteer
from digest.gazetteer.redirects import Redirects, read_redirects
from digest.languages.pack import load_pack
from digest.refusals import no_seeds, recreated, same_text
from digest.relink import Concerned, find_concerned
from digest.report import BuildReport, Issue
from digest.search.site import update_index
from digest.settings import Settings
from digest.sources.change_list import ChangeList
from digest.store.archive import Archive, forget
from digest.store.dependence import note_shown
from digest.store.files import sweep, write_if_changed
from digest.store.gazetteer_cache import load_cached_gazetteer
from digest.store.ledger import Ledger, read_ledger
from digest.store.pages import page_counts, paths_of, telling_paths
from digest.store.same_story import settle
from digest.store.same_story_lookups import copies
from digest.store.seal import is_damage
from digest.update import Progress, Reading, Update, update_archive
from digest.write.cards import Artist, can_draw, drawn_with, no_cards
from digest.write.publication import Publication, build_day, no_address
from digest.write.tree import SITE, TOPS, PageTree, Printed, own_page_paths
from digest.write.wording import Wording

__all__ = ["Analyst", "Progress", "Site", "build_pages"]

_LEDGER = "ledger"
"""The fact under which the checksum of the ledger is kept that a build has left."""


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
    only: ChangeList | None = None
    """What changed among the seeds, if that is known; nothing else of them is looked at then."""
    folders: bool = True
    """Whether the address of a page ends in `/` (MkDocs' `use_directory_urls`) and not in `.html`."""
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
            folders=self.folders,
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


def build_pages(site: Site, progress: Progress = lambda *_: None) -> BuildReport:
    """Bring the generated pages up to date with the seeds, and say what was done.

    Raises:
        ConfigurationError: gazetteer, language pack, ledger or a page's path is wrong; nothing was removed.
    """
    if not (site.root / site.settings.seeds).is_dir():  # a typo must not turn every published page into a tombstone
        raise ConfigurationError([no_seeds(site.settings.seeds)])
    # What people write is read first: where it is wrong, the store is not at fault.
    gazetteer, redirects = site.gazetteer(), site.redirects()
    try:
        return _build(site, gazetteer, redirects, progress, anew=False)
    except (sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error) and not is_damage(error):
            raise
    forget(site.root / site.settings.store)  # damage that was met on the way: all begins again, from the seeds
    return _build(site, gazetteer, redirects, progress, anew=True)


def _build(site: Site, gazetteer: Gazetteer, redirects: Redirects, progress: Progress, *, anew: bool) -> BuildReport:
    settings = site.settings
    publication = site.publication(gazetteer)
    ledger_path = site.root / settings.ledger
    unfinished = site.root / f"{settings.store}.unfinished"  # a killed build leaves pages that no store knows of
    with Archive(site.root / settings.store) as archive:
        # under the store's lock: two builds must not both add lines
        ledger = read_ledger(ledger_path, left := archive.fact(_LEDGER))
        if killed := unfinished.exists():
            sweep(site.docs)
        unfinished.touch()
        edited = left != ledger.checksum()  # pages of articles that are gone follow the ledger alone
        reading, concerned, update = _read_seeds(site, archive, ledger, gazetteer, progress, killed=killed)
        gazetteer.forget_derived()
        note_shown(archive, sorted(concerned.shown))
        told = settle(archive) | update.gone
        everything = concerned.everything or edited
        printed = _print(site, archive, ledger, publication, redirects, told, afresh=killed, everything=everything)
        _index(site, archive, gazetteer, publication, killed=killed)
        if len(ledger):
            write_if_changed(ledger_path, ledger.text().encode())
        archive.note("reading", _state_of_reading(reading, ledger))
        archive.note(_LEDGER, ledger.checksum())
        pages, files = page_counts(archive)
        tops = TOPS | {path.partition("/")[0] for path in paths_of(archive, SITE)}
        issues = [*update.issues, *_missing(publication), *(site.only.findings() if site.only else ())]
        issues += [same_text(*pair) for pair in copies(archive, exact=True)]
        if anew or archive.recreated:
            issues.append(recreated(settings.store))
    unfinished.unlink(missing_ok=True)
    return BuildReport(
        read=update.read,
        analysed=update.analysed,
        written=len(printed.changed),
        removed=len(printed.gone),
        pages=pages,
        files=files,
        changed=printed.changed,
        gone=printed.gone,
        tops=tops,
        issues=tuple(sorted(issues)),
    )


def _read_seeds(
    site: Site, archive: Archive, ledger: Ledger, gazetteer: Gazetteer, progress: Progress, *, killed: bool
) -> tuple[Reading, Concerned, Update]:
    """Bring the store up to date with seeds and gazetteer. The analyst goes when that is done: it takes much memory."""
    settings = site.settings
    reading = _reading(site, archive, ledger, gazetteer)
    analyst = Analyst(gazetteer, settings.all_languages())
    concerned = find_concerned(archive, gazetteer, reading.epoch, analyst, settings)
    if concerned.changed or killed:  # seeds may be concerned that are on no list, or on that of a build that ended
        reading = dataclasses.replace(reading, only=None)
    return reading, concerned, update_archive(archive, ledger, reading, analyst, progress)


def _reading(site: Site, archive: Archive, ledger: Ledger, gazetteer: Gazetteer) -> Reading:
    """Return how the seeds are read: every file, when something changed that any of them may depend on."""
    settings = site.settings
    epoch = analysis_epoch(settings)
    reading = Reading(
        seeds=site.root / settings.seeds,
        max_bytes=settings.max_article_bytes,
        entities=gazetteer.entities,
        epoch=epoch,
        ticket=ticket_of(settings, site.root, epoch_of(gazetteer, settings, epoch)),
        crew=crew_for(settings),
        everything=False,
        only=site.only,
    )
    same = archive.fact("reading") == _state_of_reading(reading, ledger)
    return dataclasses.replace(reading, everything=not same or "stamps" in settings.without)


def _state_of_reading(reading: Reading, ledger: Ledger) -> str:
    return f"{reading.seeds.name} {reading.epoch} {ledger.checksum()}"


def _print(
    site: Site,
    archive: Archive,
    ledger: Ledger,
    publication: Publication,
    redirects: Redirects,
    told: frozenset[str],
    *,
    afresh: bool,
    everything: bool,
) -> Printed:
    """Write the pages that something changed on; all, when something changed that shows on all of them."""
    tree = PageTree(site.docs)
    own_pages = [path for path in own_page_paths(site.docs) if not site.hidden(path)]
    # Who works, and how, shows on no page.
    settings = dataclasses.replace(site.settings, jobs=0, scheduler=None, without=())
    facts = (publication.name, publication.description, publication.url, publication.folders, settings, drawn_with())
    epoch = writing_epoch(*facts)
    known = telling_paths(archive)
    afresh = afresh or not known
    everything = everything or afresh or "units" in site.settings.without
    everything = everything or archive.fact("writing") != epoch or tree.lacks(known)
    besides = hashlib.sha256(f"{publication.today} {own_pages} {sorted(redirects.items())}".encode()).hexdigest()
    if not (everything or archive.changes or told) and archive.fact("besides") == besides:
        return Printed(changed=frozenset(), gone=frozenset())
    from digest.write.press import Order, print_units  # noqa: PLC0415 - most builds on a timer have nothing to write
    from digest.write.site import SiteWriter  # noqa: PLC0415

    order = Order(per_page=site.settings.per_page, everything=everything, told=told, afresh=afresh)
    writer = SiteWriter(archive, ledger, publication, own_pages, redirects, everything=everything)
    printed = print_units(archive, ledger, writer, tree, Artist(site.root / ".digest" / "fonts"), order)
    archive.note("writing", epoch)
    archive.note("besides", besides)
    return printed


def _index(site: Site, archive: Archive, gazetteer: Gazetteer, publication: Publication, *, killed: bool) -> None:
    """Bring the search index up to date: only what changed is looked at, unless an earlier build did not finish."""
    changed = frozenset(state.sequence for change in archive.changes for state in change if state)
    known = None if killed or archive.recreated else changed
    update_index(archive, gazetteer, publication.words.pack, site.search_index, known, content=site.settings.content)


def _missing(publication: Publication) -> list[Issue]:
    """Say which ways in to the site there cannot be, and what to do."""
    if publication.url is None:
        return [no_address()]
    return [no_cards()] if publication.settings.cards != "none" and not can_draw() else []
