"""The desk where news comes in: gathers from all sources, leaves out what is there, writes the rest, and counts."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from digest.clean.article import clean
from digest.errors import ArticleError, ConfigurationError
from digest.intake.arrival import Arrival, checksum
from digest.intake.gather import Gatherer, Item, is_address, left_out
from digest.intake.importer import Wanted
from digest.intake.known import Known, Presence, address_key, text_key
from digest.intake.language import is_in
from digest.intake.seedling import seed_path, write_seed
from digest.intake.together import together
from digest.languages.pack import available_languages
from digest.model import RawArticle
from digest.report import Issue, Severity
from digest.retrieve.client import Client
from digest.retrieve.limits import Limits
from digest.retrieve.memory import Memory
from digest.settings import Settings
from digest.sources.locator import split_locator
from digest.store.ledger import read_ledger

_LISTED = 50
"""Findings and articles of a source that are kept for people to read; of the others there is a count."""

Watch = Callable[[int, int, int], None]
"""Told how many articles were looked at, how many came in, and how many sources are done."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one source."""

    source: str
    came: int = 0
    listed: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Seeds that were written, with their headlines; the first of them."""
    left_out: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    """Reason → how many articles were left out as they should be."""
    failed: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    """Reason → how many could not be brought in."""
    issues: list[Issue] = dataclasses.field(default_factory=list)
    """What could not be brought in, and why; the first of them."""

    def note(self, issue: Issue) -> None:
        """Count a finding."""
        if issue.severity is Severity.NOTE:
            self.left_out[issue.code] += 1
            return
        self.failed[issue.code] += 1
        if len(self.issues) < _LISTED:
            self.issues.append(issue)


def bring_in(
    root: Path,
    settings: Settings,
    sources: Sequence[str],
    *,
    languages: Sequence[str] = (),
    watch: Watch = lambda *_: None,
) -> list[Outcome]:
    """Bring in the articles of `sources` as seeds, and say what became of each.

    Args:
        root: folder of `mkdocs.yml`.
        settings: of the site.
        sources: names of files and folders, and addresses.
        languages: only articles in these; empty: dumps are filtered by the languages of the site, and nothing else is.
        watch: told how it goes on.

    Raises:
        ConfigurationError: a source is not there, or needs a library that is not installed.
    """
    _check_languages(languages)
    if missing := [source for source in sources if not is_address(source) and not Path(source).exists()]:
        raise ConfigurationError([_no_source(source) for source in missing])
    seeds = root / settings.seeds
    cache = (root / settings.store).parent
    memory = Memory(cache / "feeds.json", _question(settings, languages))
    with Known(cache / "intake.sqlite", seeds, settings.max_article_bytes) as known:
        wanted = _wanted(settings, languages, known)
        gatherer = Gatherer(client=Client(_limits(settings), memory), memory=memory, known=known, wanted=wanted)
        desk = _Desk(seeds, known, wanted, settings, _deleted(root, settings))
        outcomes = [Outcome(source=source) for source in sources]
        try:
            read = done = 0
            for number, item in _all_items(gatherer, sources):
                if item is None:
                    done += 1
                else:
                    read += 1
                    desk.take(item, outcomes[number])
                watch(read, sum(outcome.came for outcome in outcomes), done)
        finally:
            memory.save()
    return outcomes


def _question(settings: Settings, languages: Sequence[str]) -> str:
    """Return what tells runs apart that want other articles of the same feeds: what one left out, another may take."""
    sizes = (settings.max_article_bytes, settings.max_download_bytes)
    wanted = (sorted(languages), settings.all_languages(), sizes, sorted(settings.private_hosts))
    return checksum(repr(wanted).encode())[:8]


def _limits(settings: Settings) -> Limits:
    return Limits(
        contact=settings.contact,
        private_hosts=frozenset(settings.private_hosts),
        deadline=settings.request_deadline,
        largest=settings.max_download_bytes,
        pause=settings.request_pause,
    )


def _wanted(settings: Settings, languages: Sequence[str], known: Known) -> Wanted:
    return Wanted(
        languages=tuple(languages) or settings.all_languages(),
        filtered=bool(languages),
        max_bytes=settings.max_article_bytes,
        max_page_bytes=settings.max_download_bytes,
        left_out=lambda url: left_out(known.presence([address_key(url)]), url),
    )


def _check_languages(languages: Sequence[str]) -> None:
    if unknown := [tag for tag in languages if tag not in available_languages()]:
        issue = Issue(
            code="unknown-language",
            where="--language",
            message=f"there is no language pack for {', '.join(map(repr, unknown))}",
            hint=f"Use some of: {', '.join(available_languages())}",
        )
        raise ConfigurationError([issue])


def _all_items(gatherer: Gatherer, sources: Sequence[str]) -> Iterator[tuple[int, Item | None]]:
    """Read files one after the other, then ask all servers at once; no host ever gets two requests at a time.

    Each item comes with the number of its source; None is the end of one.
    """
    addresses = [number for number, source in enumerate(sources) if is_address(source)]
    for number, source in enumerate(sources):
        if number not in addresses:
            yield from ((number, item) for item in gatherer.gather(source))
            yield number, None
    asked = [itertools.chain(gatherer.gather(sources[number]), [None]) for number in addresses]
    for place, item in together(asked):
        yield addresses[place], item


class _Desk:
    """Decides what comes in."""

    def __init__(self, seeds: Path, known: Known, wanted: Wanted, settings: Settings, deleted: frozenset[str]) -> None:
        self._seeds = seeds
        self._known = known
        self._wanted = wanted
        self._settings = settings
        self._deleted = deleted
        self._now = dt.datetime.now(dt.UTC).replace(microsecond=0)

    def take(self, item: Item, outcome: Outcome) -> None:
        """Write an arrival, or count why not."""
        if isinstance(item, Issue):
            outcome.note(item)
            return
        try:
            if reason := self._reason_against(item, outcome.source):
                outcome.note(reason)
                return
            path = write_seed(item, self._seeds, self._now)
        except ArticleError as error:
            outcome.note(error.issue)
            return
        self._known.note(path, _keys(item))
        outcome.came += 1
        if len(outcome.listed) < _LISTED:
            first = next((line for line in item.text.splitlines() if line.strip()), "")
            name = f"{self._seeds.name}/{path.relative_to(self._seeds).as_posix()}"
            outcome.listed.append((name, item.hints.headline or first.strip()))

    def _reason_against(self, arrival: Arrival, source: str) -> Issue | None:
        """Return why an arrival stays out, None if it may come in.

        Raises:
            ArticleError: the build could not use it, so there is no point in keeping it.
        """
        where = arrival.origin.address
        presence = self._known.presence(_keys(arrival))
        path = seed_path(arrival)
        if (self._seeds / path).exists():
            presence = Presence.THERE
        elif presence is Presence.NEW and f"{self._seeds.name}/{path.as_posix()}" in self._deleted:
            presence = Presence.REMOVED
        by_itself = source in (where, *arrival.addresses) or Path(source).name == where
        if (presence is Presence.THERE or not by_itself) and (reason := left_out(presence, where)):
            return reason
        if self._wanted.filtered and not is_in(arrival.text, self._wanted.languages):
            return Issue(code="other-language", where=where, message="in another language", severity=Severity.NOTE)
        body = arrival.text.encode("utf-8", "replace")
        if len(body) > self._settings.max_article_bytes:
            message = f"{len(body):,} bytes are more than an article has (at most {self._settings.max_article_bytes:,})"
            return Issue(code="too-large", where=where, message=message, hint="Raise `max_article_bytes` in mkdocs.yml")
        raw = RawArticle(locator=where, media_type="text/plain", body=body, hints=arrival.hints)
        clean(raw, self._settings.all_languages())
        return None


def _keys(arrival: Arrival) -> list[str]:
    """Return what an arrival would be known by: text, bytes, addresses."""
    return [text_key(arrival.text), arrival.origin.sha256, *map(address_key, arrival.addresses)]


def _deleted(root: Path, settings: Settings) -> frozenset[str]:
    """Return the names of seeds that were published and are gone: nobody wants them back tonight."""
    ledger = read_ledger(root / settings.ledger)
    folder = (root / settings.seeds).parent
    return frozenset(entry.locator for entry in ledger if not (folder / split_locator(entry.locator)[0]).exists())


def _no_source(source: str) -> Issue:
    return Issue(
        code="no-source",
        where=source,
        message="there is no such file or folder",
        hint="Name a file, a folder, or an address that begins with https://",
    )
