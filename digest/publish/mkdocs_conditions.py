"""When pages may be made without MkDocs: only on a site whose every setting is known to leave them the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from digest.publish.links import is_plain, page_file
from digest.settings import PLUGIN

_PLUGINS = frozenset({"search", "material/search", PLUGIN})
_EXTENSIONS = frozenset({"toc", "tables", "fenced_code", "attr_list"})
_TEMPLATES = frozenset({"404.html", "sitemap.xml", "manifest.webmanifest"})
_SLUGIFY = {"case": "lower", "percent_encode": False, "normalize": "NFC"}
_ALL_PAGES = re.compile(r"\b(?:pages|build_date_utc|now)\b")
_GROUP_NAME = re.compile(r"\(\?P<[a-z_]+>")
_ENVIRONMENT = re.compile(r"^INHERIT\s*:|!ENV|!relative", re.MULTILINE)


def why_not(config: MkDocsConfig) -> str | None:
    """Return why MkDocs must build every page of this site; None when it need not."""
    return next((reason for reason in _reasons(config) if reason), None)


def _reasons(config: MkDocsConfig) -> Iterator[str | None]:
    if strange := sorted(set(config.plugins) - _PLUGINS):
        yield f"the plugin {strange[0]} may change pages"
    if config.hooks:
        yield "hooks may change pages"
    if strange := sorted(set(config.markdown_extensions) ^ _EXTENSIONS):
        yield f"the Markdown extension {strange[0]} makes other pages"
    if not _only_our_slugs(config):
        yield "the Markdown extensions have settings of their own"
    if not config.use_directory_urls:
        yield "use_directory_urls is off"
    if config.nav is None:
        yield "there is no nav"
    if config.exclude_docs or config.draft_docs:
        yield "exclude_docs or draft_docs may leave pages out"
    if config.extra_templates or set(config.theme.static_templates) - _TEMPLATES:
        yield "templates of your own may list all pages"
    if _ENVIRONMENT.search(Path(config.config_file_path).read_text(encoding="utf-8")):
        yield "mkdocs.yml takes settings from elsewhere"
    yield _templates_that_list_pages(config)


def _only_our_slugs(config: MkDocsConfig) -> bool:
    settings = {name: dict(values) for name, values in config.mdx_configs.items() if values}
    slugify = settings.get("toc", {}).get("slugify")
    if set(settings) != {"toc"} or set(settings["toc"]) - {"slugify", "toc_depth"}:
        return False
    if not isinstance(slugify, functools.partial) or not isinstance(settings["toc"].get("toc_depth", 6), int):
        return False
    return slugify.func.__module__ == "pymdownx.slugs" and not slugify.args and slugify.keywords == _SLUGIFY


def _templates_that_list_pages(config: MkDocsConfig) -> str | None:
    """A template of the site's own could go through all pages, and then every page depends on every other."""
    folder = config.theme.custom_dir
    for template in sorted(Path(folder).rglob("*.html")) if folder else ():
        if _ALL_PAGES.search(_code_of(template.read_text(encoding="utf-8"))):
            return f"{template.name} may list all pages or tell the time"
    return None


def _code_of(template: str) -> str:
    """Return the statements and expressions of a template without the strings in them."""
    code = " ".join(re.findall(r"\{[{%].*?[%}]\}", re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL), re.DOTALL))
    return re.sub(r"\"[^\"]*\"|'[^']*'", "", code)


def why_not_these(config: MkDocsConfig, generated: Iterable[str], own: Iterable[str]) -> str | None:
    """Return why MkDocs must build every page, given the files of the docs folder."""
    in_nav = frozenset(nav_paths(config.nav))
    out_of_nav = _matcher(config)
    places = {page_file(path): path for path in own if path.endswith(".md")}
    for path in generated:
        if not is_plain(path):
            return f"{path} is not a plain name"
        if path.endswith(".md"):
            if path not in in_nav and not out_of_nav(path):
                return f"{path} is neither in nav nor in not_in_nav"
            if (other := places.get(page_file(path)) or places.get(f"{path[:-3]}.html")) and other != path:
                return f"{path} and {other} want the same place"
    if readme := next((path for path in own if Path(path).stem == "README" and Path(path).suffix == ".md"), None):
        return f"{readme} may stand for an index"
    return None


def _matcher(config: MkDocsConfig) -> Callable[[str], bool]:
    """Return what tells whether a path is in `not_in_nav`: one expression where there are no exceptions."""
    spec = config.not_in_nav
    patterns = list(spec.patterns) if spec else []
    expressions = [_GROUP_NAME.sub("(?:", pattern.regex.pattern) for pattern in patterns if pattern.regex]
    if not patterns or not all(pattern.include for pattern in patterns) or len(expressions) < len(patterns):
        return lambda path: bool(spec and spec.match_file(path))
    whole = re.compile("|".join(f"(?:{expression})" for expression in expressions))
    return lambda path: whole.match(path) is not None


def nav_paths(nav: object) -> Iterator[str]:
    """Yield what a `nav` refers to."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from nav_paths(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from nav_paths(item)


def untitled(nav: object) -> Iterator[str]:
    """Yield the pages of a `nav` whose titles are taken from the pages."""
    for item in nav if isinstance(nav, list) else ():
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            for value in item.values():
                yield from untitled(value)
