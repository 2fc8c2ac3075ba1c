"""The MkDocs plugin `digest`: brings the pages up to date before each build, so that plain `mkdocs` works too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from digest.errors import ConfigurationError
from digest.gazetteer import load as gazetteer
from digest.languages import pack as languages
from digest.pipeline import Progress, Site, build_pages
from digest.publish.page_html import with_direction
from digest.report import BuildReport, Severity
from digest.search import site as search
from digest.settings import PLUGIN, Settings, parse_settings
from digest.store.files import write_if_changed

log = get_plugin_logger(PLUGIN)
THEME = Path(__file__).parent.parent / "theme"


class _CheckedElsewhere(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """No options of MkDocs' own: `Settings` is the one truth for the plugin and the command line."""


class DigestPlugin(BasePlugin[_CheckedElsewhere]):  # type: ignore[no-untyped-call]  # the same
    """Runs the pipeline before MkDocs reads the docs folder.

    Nothing is done behind MkDocs' back: pages are Markdown files in `docs_dir`, and MkDocs does the rest.
    """

    supports_multiple_instances = False

    def __init__(self) -> None:
        self.settings = Settings()
        self.report: BuildReport | None = None
        self.progress: Progress = lambda *_: None
        """Told how the analysis goes on; `digest build` shows it."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the plugin's block; a wrong key or value is an error that names the valid ones."""
        super().load_config({}, config_file_path)
        try:
            self.settings = parse_settings(options, where=config_file_path or "mkdocs.yml")
        except ConfigurationError as error:
            return [
                (PLUGIN, ValidationError(f"{issue.message}. {issue.hint}".rstrip(". "))) for issue in error.issues
            ], []
        return [], []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our templates and styles behind the site's own, unless `custom_dir` names them."""
        theme = str(THEME)
        if theme not in map(str, config.theme.dirs):
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Bring the generated pages up to date."""
        site = _site(config, self.settings)
        languages.load_pack.cache_clear()  # `serve` rebuilds when a pack changes
        try:
            self.report = build_pages(site, self.progress)
        except ConfigurationError as error:
            raise PluginError("\n".join(["nothing was built:", *map(str, error.issues)])) from error
        for issue in self.report.issues:
            (log.info if issue.severity is Severity.NOTE else log.warning)(str(issue))
        log.info(self.report.summary())

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep the page out of the theme's index, and give the sitemap truthful dates.

        A page changed when its newest article appeared, not when it was built.
        """
        page.meta["search"] = {"exclude": True}  # the box asks our index; the theme's own is loaded on every page
        updated = page.meta.get("updated")
        if (
            updated or not page.is_homepage
        ):  # the home page of an archive without a single date keeps the day of the build
            page.update_date = str(updated or "")
        return markdown

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Say the direction on `<html>`, where the theme says only the language."""
        return with_direction(output, languages.load_pack(self.settings.language).language.direction)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Say the direction on the theme's own pages (404)."""
        if not template_name.endswith(".html"):
            return output_content
        return with_direction(output_content, languages.load_pack(self.settings.language).language.direction)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the search index and its scripts beside the pages."""
        folder = Path(config.site_dir, search.FOLDER)
        pack = languages.load_pack(self.settings.language)
        for name, content in search.site_files(_site(config, self.settings).search_index, pack):
            write_if_changed(folder / name, content)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what people write, and not what we write: else every build would start the next one."""
        root = _root(config)
        server.unwatch(config.docs_dir)
        written = build_outputs(self.report, Path(config.docs_dir))
        own = [path for path in Path(config.docs_dir).iterdir() if path not in written]
        sources = [root / self.settings.seeds, *(root / folder for folder in self.settings.gazetteer)]
        for path in (*own, *sources, THEME, gazetteer.FOLDER, languages.FOLDER):
            if path.exists():
                server.watch(str(path))
        return server


def build_outputs(report: BuildReport | None, docs: Path) -> frozenset[Path]:
    """Return the entries of the docs folder that hold generated pages."""
    return frozenset(docs / top for top in (report.tops if report else ()))


def _site(config: MkDocsConfig, settings: Settings) -> Site:
    return Site(root=_root(config), docs=Path(config.docs_dir), name=config.site_name, settings=settings)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
