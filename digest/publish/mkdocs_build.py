"""Builds the whole site with MkDocs into a staging folder, and puts it in place when it is whole."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from digest.errors import PublishError
from digest.publish.batches import Done, Shells
from digest.publish.links import page_file
from digest.publish.manifest import Manifest, Publication, witness
from digest.publish.mkdocs_conditions import why_not
from digest.publish.mkdocs_fast import FastBuild
from digest.publish.mkdocs_plugin import DigestPlugin
from digest.publish.publication_epoch import epoch_of
from digest.publish.request import Request, search_rows
from digest.publish.site_changes import DamagedJournalError, finish_changes
from digest.publish.site_tree import refuse_foreign, staging
from digest.report import BuildReport, Issue, Severity
from digest.settings import CONFIG_FILE, PLUGIN


def publish_whole(request: Request, manifest_file: Path, shells: Shells | None = None) -> tuple[BuildReport, Path]:
    """Build the whole site with MkDocs, put it in place at once, and note what it was made from.

    The generated pages are made without MkDocs where that leaves them the same.

    Args:
        request: what is asked.
        manifest_file: where to note it.
        shells: of an earlier build under the same epoch, when there was one.

    Raises:
        PublishError: the configuration is wrong, a page is broken, or there were warnings under `strict`. The old
            site still stands.
    """
    with _in_words():
        config, plugin = _load(request)
        target = Path(config.site_dir).resolve()
        refuse_foreign(target)
        with contextlib.suppress(DamagedJournalError):  # the whole site is built
            finish_changes(target)
        docs, theme = Path(config.docs_dir), config.theme.custom_dir
        plugin.why_plain = "--plain" if request.plain else why_not(config)
        fast = plugin.fast = None if plugin.why_plain else FastBuild(docs, plugin.settings, shells=shells)
        with staging(target) as folder:
            config.site_dir = str(folder)
            build(config)
            publication = _publication(config, plugin, target, docs, theme) if plugin.fast else None
    if plugin.report is None:
        raise PublishError("the site was not published: MkDocs did not run the plugin")
    if fast and publication and plugin.fast:
        with Manifest(manifest_file) as manifest:
            publication = msgspec.structs.replace(publication, witness=witness(target))
            manifest.replace(publication, [*fast.done, *search_rows(request.root, plugin.settings)])
        return plugin.report, target
    manifest_file.unlink(missing_ok=True)
    failed = fast.failed if fast else []
    reason = None if request.plain else plugin.why_plain or next((f"{path}: {why}" for path, why in failed), None)
    return _with_note(plugin.report, reason), target


def render_left(request: Request, pages: Sequence[str], shells: Shells, out: Path) -> tuple[Shells, list[Done]]:
    """Let MkDocs render single pages into `out`: the first of their kind, or of no kind; return the shells then known.

    Raises:
        PublishError: as for the whole site.
    """
    with _in_words(), tempfile.TemporaryDirectory(prefix="digest-") as folder:
        config, plugin = _load(request)
        plugin.fast = FastBuild(Path(config.docs_dir), plugin.settings, only=pages, shells=shells)
        plugin.pages_are_up_to_date = True
        config.site_dir, config.strict = folder, False
        build(config)
        if plugin.fast is None:
            raise PublishError(f"the site was not published: {plugin.why_plain}")
        for path in pages:
            place = out / page_file(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(folder, page_file(path)), place)
        return plugin.fast.shells(), plugin.fast.done


def _load(request: Request) -> tuple[MkDocsConfig, DigestPlugin]:
    # MkDocs refuses a folder that holds the sources
    options = {"site_dir": str(request.site_dir.resolve())} if request.site_dir else {}
    config = load_config(config_file=str(request.config_file), strict=request.strict or None, **options)
    plugin = cast("DigestPlugin | None", config.plugins.get(PLUGIN))
    if plugin is None:
        raise PublishError(f"{request.config_file}: add `{PLUGIN}` to `plugins:`, so that MkDocs publishes the digest")
    plugin.begin(request.progress)
    plugin.settings = request.settings(plugin.settings)
    return config, plugin


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (MkDocsException, SystemExit) as error:
        raise PublishError(f"the site was not published: {error}") from error


def _publication(
    config: MkDocsConfig, plugin: DigestPlugin, target: Path, docs: Path, theme: str | None
) -> Publication | None:
    fast = plugin.fast
    if fast is None or fast.failed:  # the next build says it again
        return None
    tops = frozenset(path.partition("/")[0] for path in fast.generated)
    inside = tuple(path for path in fast.own if path.partition("/")[0] in tops)
    return Publication(
        root=str(Path(config.config_file_path).resolve().parent),
        epoch=epoch_of(Path(config.config_file_path), docs, tops=tops, inside=inside, theme=theme),
        target=str(target),
        docs=str(docs),
        name=config.site_name,
        description=config.site_description or "",
        url=config.site_url or None,
        theme=theme,
        tops=tops,
        inside=inside,
        shells=fast.shells(),
        asked=fast.asked(),
        sensitive=fast.sensitive(config),
        warnings=tuple(fast.warnings.said),
        witness="",
        generation=plugin.generation,
        strict=bool(config.user_configs[0].get("strict")),  # the file's: what was asked of one build is not kept
    )


def _with_note(report: BuildReport, reason: str | None) -> BuildReport:
    note = Issue(
        code="slow-publishing",
        where=CONFIG_FILE,
        message=f"MkDocs built pages itself that need not be, which takes longer: {reason}",
        severity=Severity.NOTE,
    )
    return dataclasses.replace(report, issues=(*report.issues, note)) if reason else report


def serve_site(config_file: Path, *, address: str | None, open_in_browser: bool) -> None:
    """Serve the site and build it again whenever something that people write changes, until interrupted.

    Raises:
        PublishError: the configuration or the first build failed.
    """
    options: dict[str, Any] = {"dev_addr": address} if address else {}
    try:
        serve(config_file=str(config_file), open_in_browser=open_in_browser, **options)
    except (MkDocsException, SystemExit) as error:
        raise PublishError(f"the preview stopped: {error}") from error
