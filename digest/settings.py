"""The typed settings: everything the `digest:` block of `mkdocs.yml` may hold.

The MkDocs plugin and the command line both read them here, so that there is one truth and one wording of errors.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from digest.errors import ConfigurationError
from digest.kept import file_stamps, kept
from digest.languages.pack import FOLDER, available_languages
from digest.report import Issue

PLUGIN = "digest"
CONFIG_FILE = "mkdocs.yml"

Technique = Literal["shells", "fast-markdown", "workers", "journal", "stamps", "relink", "units"]
"""What makes building fast; docs/how-to/find-a-fault-in-a-build.md says what each does."""
TECHNIQUES: tuple[Technique, ...] = get_args(Technique)
Positive = Annotated[int, msgspec.Meta(ge=1)]
StorePath = Annotated[str, msgspec.Meta(pattern=r"\.sqlite$")]
SchedulerAddress = Annotated[str, msgspec.Meta(pattern=r"^(tcp|tls)://\S+:\d+$")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a maintainer may choose. Paths are relative to the folder of `mkdocs.yml`."""

    seeds: str = "seeds"
    """Folder of the articles and their sidecars."""
    ledger: str = "permalinks.tsv"
    """The permalink ledger; commit it."""
    store: StorePath = ".digest/store.sqlite"
    """The store of analysed articles; a cache, made again when it is missing or damaged: name no other file."""
    gazetteer: tuple[str, ...] = ()
    """Folders with entities of your own; an id there replaces the one that ships with the package."""
    language: str = "ur"
    """Language of the site: its pages' own words, and what an article is in when nothing says otherwise."""
    languages: tuple[str, ...] = ()
    """Other languages that articles may be in."""
    per_page: Positive = 100
    """Articles on one page of a term or of the archive."""
    latest: Positive = 20
    """Articles on the home page."""
    related: Annotated[int, msgspec.Meta(ge=0)] = 5
    """Related articles under an article."""
    content: Literal["full", "excerpt"] = "full"
    """What pages, feeds and data show of an article: all of it, or its standfirst and a link to the original."""
    feeds: Literal["all", "site", "none"] = "all"
    """Which feeds there are: of the site and every term, of the site, none. They need MkDocs' `site_url`."""
    cards: Literal["article", "site", "none"] = "site"
    """Which pictures for shared links are drawn: one for every article, one for the site, none."""
    data: bool = True
    """Whether the archive is offered as open data, in `data/`."""
    offline: bool = True
    """Whether readers' browsers keep the last pages read, for when there is no network (a service worker)."""
    search_from_files: bool = False
    """Whether search works on pages opened from a folder too (`file:`), as from a memory stick; it takes more room."""
    jobs: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Processes that analyse articles, when there are many; 0 is one for each processor."""
    scheduler: SchedulerAddress | None = None
    """Address of a Dask scheduler whose workers analyse articles instead (docs/how-to/large-archives.md)."""
    without: tuple[Technique, ...] = ()
    """Techniques of fast building that are not used: to find out which one is at fault. The site is the same."""
    max_article_bytes: Positive = 1_000_000
    """Larger articles are refused: they are dumps, not articles."""
    sources: tuple[str, ...] = ()
    """Addresses of feeds that `digest fetch` brings news in from."""
    contact: str = ""
    """Address of a page or mailbox of yours; the servers that are asked are told it."""
    private_hosts: tuple[str, ...] = ()
    """`host` or `host:port` of servers of your own, which may be asked although their addresses are not public."""
    request_pause: Annotated[float, msgspec.Meta(ge=0)] = 1.0
    """Seconds between two requests to the same host; its robots.txt may ask for more."""
    request_deadline: Annotated[float, msgspec.Meta(gt=0)] = 30.0
    """Seconds after which an answer must be complete."""
    max_download_bytes: Positive = 10_000_000
    """Larger pages and feeds are not downloaded."""

    def workers(self) -> int:
        """Return how many processes may work at once."""
        return 1 if "workers" in self.without else self.jobs or cores()

    def all_languages(self) -> tuple[str, ...]:
        """Return every language an article may be in, the site's own first."""
        return tuple(dict.fromkeys((self.language, *self.languages)))


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parse_settings(block: object, *, where: str) -> Settings:
    """Check the plugin's block and return it typed.

    >>> parse_settings({"per_page": 50}, where="mkdocs.yml").per_page
    50

    Raises:
        ConfigurationError: it is no mapping, or has an unknown key (the valid ones are named), a wrong type or an
            unknown language.
    """
    names = [field.name for field in dataclasses.fields(Settings)]
    block = {} if block is None else block
    if not isinstance(block, Mapping):
        issue = Issue(
            code="bad-setting",
            where=where,
            message=f"the block `plugins: - {PLUGIN}:` must be a mapping, and not {block!r}",
            hint="Write each setting on a line of its own below it, as in `language: ur`",
        )
        raise ConfigurationError([issue])
    if unknown := [str(key) for key in block if key not in names]:
        issue = Issue(
            code="unknown-setting",
            where=where,
            message=f"unknown setting {', '.join(map(repr, unknown))} under `plugins: - {PLUGIN}:`",
            hint=f"The settings are: {', '.join(names)}",
        )
        raise ConfigurationError([issue])
    settings = _converted(block, where)
    if missing := [tag for tag in settings.all_languages() if tag not in available_languages()]:
        issue = Issue(
            code="unknown-language",
            where=where,
            message=f"there is no language pack for {', '.join(map(repr, missing))}",
            hint=f"Use some of: {', '.join(available_languages())}",
        )
        raise ConfigurationError([issue])
    return settings


def with_options(settings: Settings, options: Mapping[str, object]) -> Settings:
    """Return the settings with what was chosen on the command line; None chooses nothing.

    Raises:
        ConfigurationError: a value does not fit.
    """
    chosen = {name: value for name, value in options.items() if value is not None}
    return _converted(dataclasses.asdict(settings) | chosen, "command line") if chosen else settings


_HINTS = {
    "$.scheduler": "Write an address with its port, as in tcp://192.168.1.5:8786",
    "$.store": "Name a file that ends in .sqlite and is nothing else: it is written over when it is damaged",
}


def _converted(block: Mapping[Any, object], where: str) -> Settings:
    try:
        return msgspec.convert(dict(block), Settings)
    except msgspec.ValidationError as error:
        hint = next((hint for place, hint in _HINTS.items() if f"`{place}`" in str(error)), "")
        raise ConfigurationError([Issue(code="bad-setting", where=where, message=str(error), hint=hint)]) from error


def load_settings(config_file: Path) -> Settings:
    """Return the settings of the site whose `mkdocs.yml` is `config_file`, without importing MkDocs.

    Raises:
        ConfigurationError: there is no such file, it is not YAML, or the block is wrong.
    """
    try:
        text = config_file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        issue = Issue(
            code="no-site",
            where=str(config_file),
            message="there is no site here",
            hint="Run this in the folder of a mkdocs.yml, name one with --config-file, or start one: digest new DIR",
        )
        raise ConfigurationError([issue]) from error
    except (OSError, ValueError) as error:  # ValueError: no UTF-8
        raise ConfigurationError([_not_yaml(config_file, error)]) from error
    if "!ENV" in text or "INHERIT" in text:  # what it means is not in the text alone
        return _settings_in(text, config_file)
    basis = text, file_stamps([FOLDER.parent]), available_languages()
    return kept("settings", basis, Settings, lambda: _settings_in(text, config_file))


def _settings_in(text: str, config_file: Path) -> Settings:
    from digest.plugin_block import plugin_block  # noqa: PLC0415 - YAML, which most runs need not read

    try:
        block = plugin_block(text, PLUGIN, config_file)
    except (OSError, ValueError) as error:
        raise ConfigurationError([_not_yaml(config_file, error)]) from error
    return parse_settings(block, where=str(config_file))


def _not_yaml(config_file: Path, error: Exception) -> Issue:
    return Issue(code="not-yaml", where=str(config_file), message=" ".join(str(error).split()))
