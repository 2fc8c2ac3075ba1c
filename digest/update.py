"""Brings the store up to date with the seeds: only changed files are opened, and only changed articles analysed."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from digest.analyst import Analyst, Ticket
from digest.crew import Crew
from digest.executors import Outcome, Refused, analyse_all
from digest.languages.pack import load_pack
from digest.model import Entity, RawArticle
from digest.refusals import seed_of, seeds_of, twice
from digest.report import Issue
from digest.sources.change_list import ChangeList, look_at_listed
from digest.sources.checksums import article_checksum, seed_checksum
from digest.sources.folder import SeedFile, list_folder
from digest.sources.locator import split_locator
from digest.store import intake
from digest.store.archive import Archive
from digest.store.dependence import Questions, renewed
from digest.store.ledger import Ledger
from digest.store.retractions import forget_retraction, is_retracted, reasons
from digest.store.same_story import keep_signature
from digest.worker import Task
from digest.write.permalinks import new_permalink

Progress = Callable[[int, int, str], None]
"""Told how many articles are done, how many there are, and which one is next."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the seeds are to be read."""

    seeds: Path
    max_bytes: int
    entities: Mapping[str, Entity]
    """The gazetteer: sidecars may name only what it holds."""
    epoch: str
    """Under which an analysis is made now; one of another epoch is made again."""
    ticket: Ticket
    """What workers need to know."""
    crew: Crew | None
    """Who analyses; None means this process alone."""
    everything: bool
    """Whether to open every file, whatever its stamp says."""
    only: ChangeList | None = None
    """What alone is looked at; None means all seeds."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What was found."""

    read: int
    """Articles in the seeds, good or bad."""
    analysed: int
    issues: tuple[Issue, ...]
    gone: frozenset[str]
    """Articles whose page says that they are gone, or withdrawn, and may have to say something else now."""


def update_archive(
    archive: Archive, ledger: Ledger, reading: Reading, analyst: Analyst, progress: Progress = lambda *_: None
) -> Update:
    """Analyse what is new or changed, forget what is gone.

    Args:
        archive: the store; `archive.changes` says afterwards what changed.
        ledger: gets a line for every new article.
        reading: how to read the seeds.
        analyst: makes the analyses in this process.
        progress: is told how it goes on.
    """
    files, known, said = _look(archive, reading)
    now = time.time_ns()
    stamps = {locator: intake.stamp(file.parts, now) for locator, file in files.items()}
    changed = list(stamps) if reading.everything else list(_changed_since(known, stamps))
    gone = known.keys() - files.keys()
    analysed, notes = 0, list[Issue]()
    withdrawn: set[str] = set()
    if changed or gone:
        before = dict(intake.articles_of(archive, (*changed, *gone)))
        found = _look_through(archive, ledger, [files[at] for at in changed], before, reading)
        intake.forget_files(archive, gone)
        intake.keep_files(archive, {at: stamps[at] for at in changed}, found)
        desk = _Desk(archive, ledger, reading.epoch)
        articles = _articles((files[at] for at in changed), reading.max_bytes)
        tasks = desk.changed(articles, progress, sum(map(len, found.values())))
        found.clear()  # a hundred thousand of them take fifty megabytes, while all workers are at work
        stamps.clear()
        with archive.filling():
            note = desk.notes.append
            for outcome in analyse_all(tasks, analyst, ticket=reading.ticket, crew=reading.crew, note=note):
                desk.take(outcome)
        intake.keep_findings(archive, desk.refusals)
        for story_id in {story_id for story_id in before.values() if story_id} - desk.kept:
            archive.drop(story_id)
        withdrawn = desk.withdrawn | _seeds_gone(archive, ledger, before)
        analysed, notes = desk.analysed, desk.notes
    issues = (*notes, *said, *intake.known_issues(archive))
    return Update(read=intake.count_articles(archive), analysed=analysed, issues=issues, gone=frozenset(withdrawn))


def _look(archive: Archive, reading: Reading) -> tuple[dict[str, SeedFile], dict[str, str], list[Issue]]:
    """Look for files; return them by locator, the stamps of those known there, and what there is to say of the folder.

    What is said of places that are not on the list is what was said of them last.
    """
    if reading.only is None or reading.everything:
        listed, known, kept = list(list_folder(reading.seeds)), intake.known_files(archive), list[Issue]()
    else:
        looked = look_at_listed(reading.seeds, reading.only.names, partial(intake.known_beginning, archive))
        listed, known = list(looked.found), intake.known_among(archive, looked.places)
        kept = [issue for issue in intake.known_listing(archive) if not looked.covers(issue.where)]
    said = [*kept, *(item for item in listed if isinstance(item, Issue))]
    intake.keep_listing(archive, said)
    return {item.locator: item for item in listed if isinstance(item, SeedFile)}, known, said


def _changed_since(known: Mapping[str, str], stamps: Mapping[str, str]) -> Iterator[str]:
    """Yield the files that have another stamp than when they were read, or may change without getting one."""
    return (at for at, stamp in stamps.items() if not stamp or known.get(at) != stamp)


class _Desk:
    """Where changed articles are looked at, one after the other, in the order of their names."""

    def __init__(self, archive: Archive, ledger: Ledger, epoch: str) -> None:
        self._archive = archive
        self._ledger = ledger
        self._epoch = epoch
        self._questions = Questions(archive)
        self.kept: set[str] = set()
        self.notes: list[Issue] = []
        self.refusals: dict[str, list[Issue]] = {}
        """Locator of a file → why articles of it were refused."""
        self.withdrawn: set[str] = set()
        self.analysed = 0

    def changed(self, articles: Iterable[RawArticle], progress: Progress, total: int) -> Iterator[Task]:
        """Yield the articles whose analysis is not there already, each with its id."""
        for number, raw in enumerate(articles):
            progress(number, total, raw.locator)
            entry = self._ledger.find(raw.locator)
            if is_retracted(self._archive, entry, raw):
                self.withdrawn |= {entry.id} if entry else set()
                continue
            version = article_checksum(raw)
            known = self._archive.version(entry.id) if entry else None
            if entry and known == (version, self._epoch, entry.permalink, entry.sequence):
                self._ledger.note_checksum(entry, seed_checksum(raw))
                self.kept.add(entry.id)
            else:
                yield raw, entry.id if entry else self._ledger.new_id(raw.locator)

    def take(self, outcome: Outcome) -> None:
        """Keep an analysis, and give a new article its line in the ledger; or note why it was refused."""
        raw, ledger = outcome.raw, self._ledger
        if isinstance(outcome, Refused):
            self.refusals.setdefault(split_locator(raw.locator)[0], []).append(outcome.issue)
            return
        linked, payload = outcome.linked, outcome.payload
        entry = ledger.find(raw.locator)
        if entry is None:
            if ledger.of(linked.story.id):  # taken since it was sent to be analysed
                new_id = ledger.new_id(raw.locator)
                linked = dataclasses.replace(linked, story=dataclasses.replace(linked.story, id=new_id))
                payload = msgspec.msgpack.encode(linked)
            permalink = new_permalink(linked, load_pack(linked.story.language).romanise)
            entry = ledger.add(
                story_id=linked.story.id, permalink=permalink, checksum=seed_checksum(raw), locator=raw.locator
            )
        entry = ledger.note_checksum(entry, seed_checksum(raw))
        checksum, permalink, sequence = article_checksum(raw), entry.permalink, entry.sequence
        version = checksum, self._epoch, permalink, sequence
        if not renewed(self._archive, entry.id, payload, version):
            self._archive.put(
                linked, checksum=checksum, epoch=self._epoch, permalink=permalink, sequence=sequence, payload=payload
            )
            keep_signature(self._archive, entry.id, outcome.signature)
        self._questions.keep(linked.story, outcome.asked)
        self.kept.add(entry.id)
        self.analysed += 1


def _seeds_gone(archive: Archive, ledger: Ledger, before: Iterable[str]) -> set[str]:
    """Forget why articles were withdrawn whose seeds are gone; return all whose seeds are gone.

    Of a withdrawn one the seed may be gone although a file of its name is there: another seed was given that name.
    """
    withdrawn = [entry for entry in map(ledger.of, reasons(archive)) if entry]
    there = intake.known_among_articles(archive, (*before, *(entry.locator for entry in withdrawn)))
    gone = {entry.id for locator in before if locator not in there and (entry := ledger.find(locator))}
    gone |= {entry.id for entry in withdrawn if entry.locator not in there}
    for story_id in gone:
        forget_retraction(archive, story_id)
    return gone


def _look_through(
    archive: Archive, ledger: Ledger, files: Iterable[SeedFile], before: Mapping[str, str | None], reading: Reading
) -> dict[str, list[intake.SeedArticle]]:
    """Read changed files for the first time: tell renamed articles from new ones before any gets its line.

    Returns:
        Locator of each file → its articles. What could not be read is noted in the store.
    """
    found: dict[str, list[intake.SeedArticle]] = {}
    issues: dict[str, list[Issue]] = {}
    for file in files:
        found[file.locator] = articles = []
        issues[file.locator] = unread = []
        seen: set[str] = set()
        for item in file.read(reading.max_bytes, reading.entities):
            if isinstance(item, Issue):
                unread.append(item)
            elif item.locator in seen:
                unread.append(twice(item.locator))
            else:
                seen.add(item.locator)
                articles.append(intake.SeedArticle(locator=item.locator, checksum=seed_checksum(item)))
    intake.keep_unread(archive, issues)
    now = {article.locator: article.checksum for articles in found.values() for article in articles}
    concerned = {*now.values(), *intake.checksums_of(archive, before)}
    there = {at: checksum for at, checksum in intake.articles_with(archive, concerned) if at not in before}
    refused = seeds_of(intake.known_unread(archive))
    for entry in ledger.with_checksums(concerned) if refused else ():  # what cannot be read is there all the same
        if seed_of(entry.locator) in refused:
            now[entry.locator] = entry.checksum
    ledger.note_renames(there | now)
    return found


def _articles(files: Iterable[SeedFile], max_bytes: int) -> Iterator[RawArticle]:
    for file in files:
        seen: set[str] = set()
        for item in file.read(max_bytes):
            if isinstance(item, RawArticle) and item.locator not in seen:
                seen.add(item.locator)
                yield item
