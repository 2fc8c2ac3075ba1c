"""The MkDocs plugin `digest`: brings the pages up to date before each build, so that plain `mkdocs` works too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from digest.errors import ConfigurationError
from digest.gazetteer import load as gazetteer
from digest.languages import pack as languages
from digest.pipeline import Progress, Site, build_pages
from digest.publish.manifest import new_generation
from digest.publish.mkdocs_fast import FastBuild
from digest.publish.page_html import with_direction, with_search_name
from digest.publish.security_headers import HEADERS_FILE, headers_file
from digest.report import BuildReport, Severity
from digest.search import site as search
from digest.settings import PLUGIN, Settings, parse_settings
from digest.store.archive import Archive
from digest.store.pages import all_paths
from digest.write.sitemaps import SITEMAP

log = get_plugin_logger(PLUGIN)
_EARLIEST, _LATEST = "1970-01-02", "2100"
"""MkDocs stamps the sitemap with the newest date, in 32 bits: a story of 1947 or of 9999 would stop the build."""
THEME = Path(__file__).parent.parent / "theme"
MANIFEST = "manifest.webmanifest"
WORKER = "sw.js"


class _CheckedElsewhere(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """No options of MkDocs' own: `Settings` is the one truth for the plugin and the command line."""


class DigestPlugin(BasePlugin[_CheckedElsewhere]):  # type: ignore[no-untyped-call]  # the same
    """Runs the pipeline before MkDocs reads the docs folder.

    Nothing is done behind MkDocs' back: pages are Markdown files in `docs_dir`, and MkDocs does the rest.
    """

    supports_multiple_instances = False

    def __init__(self) -> None:
        self.settings = Settings()
        self._preview = False
        self.begin(lambda *_: None)

    def begin(self, progress: Progress) -> None:
        """Forget the last build: MkDocs keeps one plugin for all builds of a program."""
        self.report: BuildReport | None = None
        self.progress = progress
        """Told how the analysis goes on; `digest build` shows it."""
        self.fast: FastBuild | None = None
        """Set by `digest build`: the generated pages are made without MkDocs, and are the same."""
        self.why_plain: str | None = None
        """Why they were not, although that was asked for."""
        self.pages_are_up_to_date = False
        """Whether the pipeline has run already, and MkDocs is to render single pages only."""
        self.generation = ""
        """The mark that the docs folder had during the build."""

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

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our templates and styles behind the site's own, unless `custom_dir` names them."""
        theme = str(THEME)
        if theme not in map(str, config.theme.dirs):
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        if self._address(config):  # ours is in the docs folder, with truthful days, and in shards
            config.theme.static_templates.discard(SITEMAP)
        config.theme.static_templates.add(MANIFEST)
        if self.fast:
            self.fast.begin(config)
        return config

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give templates the wording of the language pack and the settings they ask for."""
        env.globals["digest_text"] = languages.load_pack(self.settings.language).text
        env.globals["digest_offline"] = self.settings.offline
        env.globals["digest_search_from_files"] = self.settings.search_from_files
        if self.fast:
            self.fast.env(env)
        return env

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Show the navigation to the fast build."""
        if self.fast:
            self.fast.nav(nav)
        return nav

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave the service worker out when it is not wanted: browsers that know an older one forget it."""
        if not self.settings.offline and (worker := files.get_file_from_path(WORKER)):
            files.remove(worker)
        return self.fast.files(files, config) if self.fast else files

    def _site(self, config: MkDocsConfig) -> Site:
        return Site(
            root=_root(config),
            docs=self.fast.docs if self.fast else Path(config.docs_dir),
            name=config.site_name,
            settings=self.settings,
            description=config.site_description or "",
            url=self._address(config),
            folders=config.use_directory_urls,
            hidden=_not_published(config),
        )

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Bring the generated pages up to date."""
        site = self._site(config)
        if not self.pages_are_up_to_date:
            self._bring_up_to_date(site)
        if self.fast:
            with Archive(site.root / self.settings.store) as archive:
                generated = frozenset(all_paths(archive))
            if reason := self.fast.collect(config, generated):
                self.fast, self.why_plain = None, reason

    def _bring_up_to_date(self, site: Site) -> None:
        languages.load_pack.cache_clear()  # `serve` rebuilds when a pack changes
        self.generation = new_generation(site.root / ".digest")
        try:
            self.report = build_pages(site, self.progress)
        except ConfigurationError as error:
            raise PluginError("\n".join(["nothing was built:", *map(str, error.issues)])) from error
        for issue in self.report.issues:
            (log.info if issue.severity is Severity.NOTE else log.warning)(str(issue))
        log.info(self.report.summary())

    def _address(self, config: MkDocsConfig) -> str | None:
        """Return `site_url` as the maintainer wrote it.

        A preview puts its own in its place; every page would be rewritten, and again by the next build.
        """
        if not (self._preview and config.config_file_path):
            return config.site_url or None
        with Path(config.config_file_path).open(encoding="utf-8") as file:
            return yaml_load(file).get("site_url") or None

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep the page out of the theme's index, and give the sitemap truthful dates.

        A page changed when its newest article appeared, not when it was built.
        """
        page.meta["search"] = {"exclude": True}  # the box asks our index; the theme's own is loaded on every page
        updated = str(page.meta.get("updated") or "")
        if not _EARLIEST <= updated < _LATEST:
            updated = ""
        if updated or not page.is_homepage:  # without a date on it the home page keeps the day of the build
            page.update_date = updated
        return self.fast.markdown(page, markdown) if self.fast else markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give long generated pages the content that was made without Python-Markdown."""
        return self.fast.content(page, html) if self.fast else html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Repair what the theme leaves out (`page_html.py`)."""
        return self._repaired(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Repair the theme's own pages (404) as well."""
        if not template_name.endswith(".html"):
            return output_content
        return self._repaired(output_content)

    def _repaired(self, html: str) -> str:
        pack = languages.load_pack(self.settings.language)
        return with_search_name(with_direction(html, pack.language.direction), pack.text("search"))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the search index and its scripts beside the pages, and the headers to serve them with."""
        folder = Path(config.site_dir, search.FOLDER)
        pack = languages.load_pack(self.settings.language)
        index, folders = self._site(config).search_index, config.use_directory_urls
        search.publish(index, folder, pack, folders=folders, from_files=self.settings.search_from_files)
        if self.fast:
            self.fast.finish(config)
        own = Path(config.site_dir, HEADERS_FILE)
        if not self.pages_are_up_to_date and not own.exists():  # the maintainer's may be in the docs folder
            own.write_text(headers_file(own.parent), encoding="utf-8")

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


def _not_published(config: MkDocsConfig) -> Callable[[str], bool]:
    """Return what tells pages that MkDocs leaves out, or shows only in previews."""
    patterns = [spec for spec in (config.exclude_docs, config.draft_docs) if spec]
    return lambda path: any(spec.match_file(path) for spec in patterns)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
