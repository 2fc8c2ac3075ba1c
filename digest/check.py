"""Checks everything that maintainers write: settings, language packs, gazetteer, ledger, seeds and sidecars."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.clean.article import clean
from digest.errors import ArticleError, ConfigurationError
from digest.gazetteer.check import check_gazetteer
from digest.gazetteer.load import FOLDER, Gazetteer, load_gazetteer
from digest.languages.name_cues import load_name_cues
from digest.languages.pack import available_languages, check_patterns, load_pack
from digest.report import Issue
from digest.settings import Settings, load_settings
from digest.sources.folder import read_folder
from digest.store.ledger import read_ledger


def check_site(config_file: Path) -> tuple[Issue, ...]:
    """Return every finding of a site, without building it."""
    try:
        settings = load_settings(config_file)
    except ConfigurationError as error:
        return error.issues
    root = config_file.resolve().parent
    return tuple(_relative(issue, root) for issue in _findings(root, settings))


def _findings(root: Path, settings: Settings) -> Iterator[Issue]:
    packs = []
    for tag in available_languages():
        try:
            load_name_cues(tag)
            pack = load_pack(tag)
            check_patterns(pack)
            packs.append(pack)
        except ConfigurationError as error:
            yield from error.issues
    gazetteer: Gazetteer | None = None
    try:
        gazetteer = load_gazetteer([FOLDER, *(root / folder for folder in settings.gazetteer)])
        yield from check_gazetteer(gazetteer, tuple(packs))
    except ConfigurationError as error:
        yield from error.issues
    try:
        read_ledger(root / settings.ledger)
    except ConfigurationError as error:
        yield from error.issues
    yield from _seed_findings(root / settings.seeds, settings, gazetteer)


def _seed_findings(seeds: Path, settings: Settings, gazetteer: Gazetteer | None) -> Iterator[Issue]:
    for item in read_folder(seeds, settings.max_article_bytes, gazetteer.entities if gazetteer else None):
        if isinstance(item, Issue):
            yield item
            continue
        try:
            clean(item, settings.all_languages())
        except ArticleError as error:
            yield error.issue
        except ConfigurationError:
            return  # the pack is broken, and that has been said


def _relative(issue: Issue, root: Path) -> Issue:
    """Name files relative to the site, as people see them."""
    prefix = f"{root}/"
    if not issue.where.startswith(prefix):
        return issue
    return Issue(
        where=issue.where.removeprefix(prefix),
        code=issue.code,
        message=issue.message.replace(prefix, ""),
        hint=issue.hint,
        severity=issue.severity,
    )
