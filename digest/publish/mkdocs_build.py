"""Builds the whole site with MkDocs into a staging folder, and puts it in place when it is whole."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from digest.errors import PublishError
from digest.pipeline import Progress
from digest.publish.mkdocs_plugin import DigestPlugin
from digest.publish.site_tree import build_lock, refuse_foreign, staging
from digest.report import BuildReport
from digest.settings import PLUGIN, with_options


def publish_site(
    config_file: Path,
    *,
    strict: bool = False,
    site_dir: Path | None = None,
    progress: Progress = lambda *_: None,
    chosen: Mapping[str, object] | None = None,
) -> tuple[BuildReport, Path]:
    """Build the site of `config_file`; return what was done and where the site is.

    It is `mkdocs build` and nothing else, but the old site stays whole until the new one is. Settings in `chosen`
    replace those of the file.

    Raises:
        PublishError: the configuration is wrong, a page is broken, another build is running, or there were
            warnings under `strict`. The old site still stands.
    """
    try:
        options = {"site_dir": str(site_dir.resolve())} if site_dir else {}  # MkDocs refuses one that holds the sources
        config = load_config(config_file=str(config_file), strict=strict or None, **options)
        plugin = cast("DigestPlugin | None", config.plugins.get(PLUGIN))
        if plugin is None:
            raise PublishError(f"{config_file}: add `{PLUGIN}` to `plugins:`, so that MkDocs publishes the digest")
        plugin.progress = progress
        plugin.settings = with_options(plugin.settings, chosen or {})
        target = Path(config.site_dir).resolve()
        refuse_foreign(target)
        with build_lock(config_file.resolve().parent / ".digest"), staging(target) as folder:
            config.site_dir = str(folder)
            build(config)
    except (MkDocsException, SystemExit) as error:
        raise PublishError(f"the site was not published: {error}") from error
    report = plugin.report
    if report is None:
        raise PublishError("the site was not published: MkDocs did not run the plugin")
    return report, target


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


def show_log(handler: logging.Handler, *, quiet: bool) -> None:
    """Show what MkDocs and its plugins say through `handler`; only warnings when `quiet`."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING if quiet else logging.INFO)
    logger.addHandler(handler)
