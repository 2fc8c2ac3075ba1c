"""Publishes the site: only what changed, and without MkDocs, when all that is not generated is as it was."""

from __future__ import annotations

import dataclasses
import logging
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from digest.errors import PublishError
from digest.pipeline import Site, build_pages
from digest.publish.batches import NEEDED, Done, Shells, read_source, render_pages, write_page
from digest.publish.build_record import begin_record, end_record, limits_passed
from digest.publish.links import page_file
from digest.publish.manifest import Manifest, Publication, generation, manifest_path, new_generation, witness
from digest.publish.publication_epoch import epoch_of
from digest.publish.request import Request, search_files, search_rows
from digest.publish.site_changes import DamagedJournalError, SiteChanges, finish_changes
from digest.publish.site_tree import build_lock, clear_staging
from digest.report import BuildReport, Severity
from digest.settings import PLUGIN, Settings, load_settings
from digest.store.archive import Archive
from digest.store.collector import without_gc
from digest.store.pages import all_paths
from digest.store.seal import is_damage
from digest.write.tree import OPTIONAL

log = logging.getLogger(f"mkdocs.plugins.{PLUGIN}")


class _Changes(NamedTuple):
    """What is to be published: paths of generated files, and paths of search files in the site."""

    changed: list[Done]
    gone: list[str]
    search: list[Done]
    search_gone: list[str]


def publish_site(request: Request) -> tuple[BuildReport, Path]:
    """Bring the site of `request` up to date; return what was done and where the site is.

    Raises:
        PublishError: the site could not be published, or there were warnings under `strict`. The old site stands.
        ConfigurationError: settings, gazetteer, language pack or ledger are wrong.
    """
    settings = request.settings(load_settings(request.config_file))
    folder = request.root / ".digest"
    with build_lock(folder):
        before = begin_record(folder, request.site_dir)
        report, target, whole = _publish(request, settings, folder)
        known = None if whole or before is None else before.extent
        record = end_record(folder, request.site_dir, target, report.pages + report.files, known)
        return dataclasses.replace(report, issues=(*report.issues, *limits_passed(record.extent))), target


def _publish(request: Request, settings: Settings, folder: Path) -> tuple[BuildReport, Path, bool]:
    """Publish what changed, or all; return what was done, where the site is, and whether it was all."""
    report: BuildReport | None = None
    shells: Shells | None = None
    manifest_file = manifest_path(folder, request.site_dir)
    # Search from folders has every file twice, once as a script: MkDocs' own build puts them there.
    small = not request.plain and not settings.search_from_files and "journal" not in settings.without
    if small and manifest_file.exists():
        try:
            with Manifest(manifest_file) as manifest, without_gc():
                last = _last(request, manifest)
                if last and _same_epoch(request, last):
                    if NEEDED.isdisjoint(settings.without):
                        shells = last.shells
                    if witness(Path(last.target)) == last.witness:
                        report, published = _publish_changes(request, settings, manifest, last)
                        if published:
                            return report, Path(last.target), False
        except sqlite3.DatabaseError as error:  # a cache: the whole site is built instead
            if not is_damage(error):
                raise
            manifest_file.unlink(missing_ok=True)
    from digest.publish.mkdocs_build import publish_whole  # noqa: PLC0415 - MkDocs takes a third of a second

    whole, target = publish_whole(request, manifest_file, shells)
    # The pipeline ran twice; what it did, it did the first time.
    return dataclasses.replace(report, issues=whole.issues) if report else whole, target, True


def _last(request: Request, manifest: Manifest) -> Publication | None:
    """Return the last publication of this site, once all its changes are in place."""
    last = manifest.publication()
    if last is None or last.root != str(request.root):  # a copy: all addresses in it are the original's
        return None
    clear_staging(Path(last.target))
    try:
        if finish_changes(Path(last.target)):
            log.info("finished the changes of a build that was killed")
    except DamagedJournalError:
        return None
    return last


def _same_epoch(request: Request, last: Publication) -> bool:
    """Return whether everything is as it was that pages are made from, but for the generated pages and the site."""
    docs = Path(last.docs)
    return last.epoch == epoch_of(
        request.config_file.resolve(), docs, tops=last.tops, inside=last.inside, theme=last.theme
    )


def _publish_changes(
    request: Request, settings: Settings, manifest: Manifest, last: Publication
) -> tuple[BuildReport, bool]:
    """Publish what changed; return whether that is done, or the whole site has to be built."""
    known = generation(request.root / ".digest") == last.generation
    mark = new_generation(request.root / ".digest")
    site = Site(
        root=request.root,
        docs=Path(last.docs),
        name=last.name,
        settings=settings,
        description=last.description,
        url=last.url,
        only=request.change_list(settings),
    )
    report = build_pages(site, request.progress)
    changes = _changes(report, site, manifest, known=known)
    touched = {done.path for done in changes.changed}
    present = manifest.rows(touched).keys()
    if touched & last.sensitive or last.asked & (touched - present | set(changes.gone)):
        return report, False
    _say(report, last, strict=request.strict or last.strict)
    target = Path(last.target)
    prepared = SiteChanges(target)
    try:
        last = _prepare(request, changes, last, prepared.files, settings)
        prepared.commit([*(page_file(p) if p.endswith(".md") else p for p in changes.gone), *changes.search_gone])
    except BaseException:
        if not (prepared.files.parent / "journal.json").exists():
            prepared.drop()
        raise
    tops = last.tops | {path.partition("/")[0] for path in touched}
    last = msgspec.structs.replace(last, generation=mark, witness=witness(target), tops=tops)
    manifest.update(last, [*changes.changed, *changes.search], [*changes.gone, *changes.search_gone])
    return report, True


def _say(report: BuildReport, last: Publication, *, strict: bool) -> None:
    """Say what there is to say, as MkDocs would.

    Raises:
        PublishError: there were warnings, and they count.
    """
    warnings = [f"{PLUGIN}: {issue}" for issue in report.issues if issue.severity is not Severity.NOTE]
    for warning in (*warnings, *last.warnings):
        log.warning(warning)
    if strict and (count := len(warnings) + len(last.warnings)):
        raise PublishError(f"the site was not published: Aborted with {count} warnings in strict mode!")


def _changes(report: BuildReport, site: Site, manifest: Manifest, *, known: bool) -> _Changes:
    """Find what differs from what was published; all is looked at when other runs came between."""
    changed: Iterable[str] = report.changed
    gone: Iterable[str] = report.gone
    if not known:
        rows = manifest.rows()
        with Archive(site.root / site.settings.store) as archive:
            present = all_paths(archive)
        changed = sorted(path for path in present if _differs(site.docs / path, rows.get(path)))
        gone = sorted(path for path, row in rows.items() if row.digest and path not in present)
    else:
        own = (path for path in OPTIONAL if (site.docs / path).is_file())
        changed, gone = sorted({*changed, *own}), sorted(gone)
        rows = manifest.rows(changed)
    found = [read_source(str(site.docs), path)[0] for path in changed]
    found = [done for done in found if done.path not in rows or rows[done.path].digest != done.digest]
    return _Changes(found, list(gone), *_search_changes(site, manifest))


def _differs(path: Path, row: Done | None) -> bool:
    if row is None:
        return True
    state = path.stat()
    return (state.st_size, state.st_mtime_ns) != (row.size, row.modified)


def _search_changes(site: Site, manifest: Manifest) -> tuple[list[Done], list[str]]:
    """Find the search files that are not those that were published."""
    now = {row.path: row for row in search_rows(site.root, site.settings)}
    before = manifest.search_rows()
    return [row for path, row in now.items() if before.get(path) != row], sorted(before.keys() - now)


def _prepare(request: Request, changes: _Changes, last: Publication, out: Path, settings: Settings) -> Publication:
    """Make the changed files; return the publication with the shells that were made on the way."""
    docs = Path(last.docs)
    pages = [done.path for done in changes.changed if done.path.endswith(".md")]
    folders: set[str] = set()
    for done in changes.changed:
        if not done.path.endswith(".md"):
            write_page(f"{out}/{done.path}", (docs / done.path).read_bytes(), folders)
    wanted = {row.path for row in changes.search}
    for name, path in search_files(request.root, settings) if wanted else ():
        if name in wanted:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, out / name)
    batch = render_pages(docs, out, last.shells, pages, settings.workers(), settings.without)
    if not batch.left:
        return last
    from digest.publish.mkdocs_build import render_left  # noqa: PLC0415 - MkDocs takes a third of a second

    shells, _ = render_left(request, [path for path, *_ in batch.left], last.shells, out)
    return msgspec.structs.replace(last, shells=shells)


def show_log(handler: logging.Handler, *, quiet: bool) -> None:
    """Show what MkDocs and its plugins say through `handler`; only warnings when `quiet`."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING if quiet else logging.INFO)
    logger.addHandler(handler)
