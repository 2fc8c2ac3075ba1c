"""The permalink ledger: a committed file that says which address every article has, for good.

One line an article, in the order of first publication: id, permalink, checksum of the seed, locator. Lines
are only ever added; when a seed is renamed or edited its line keeps id and permalink and takes the new locator
or checksum. A build without any store finds every address here again, and so does a fresh clone in CI.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from digest.errors import ConfigurationError
from digest.report import Issue
from digest.store.ledger_text import HEADER, LedgerText

_PERMALINK = re.compile(r"articles(?:/[a-z0-9][a-z0-9-]*)+")
_ID = re.compile(r"[a-z2-7]{10,32}")
_ID_LENGTH = 10
"""Characters of an id: 50 bits."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger."""

    id: str
    permalink: str
    """Address below the site, without slashes at its ends: `articles/2021/12/28/…`."""
    checksum: str
    locator: str
    sequence: int
    """Place in the ledger, from 0: the order of first publication."""


class Ledger:
    """The ledger in memory: the file as it was read, and the entries that are new or have changed since."""

    def __init__(self, text: str = "") -> None:
        """Take the content of a file, in which every line is right or will be looked at."""
        self._read = LedgerText(text)
        self._read_sum = hashlib.sha256(text.encode())
        self._count = len(self._read)
        self._changed: dict[int, LedgerEntry] = {}
        """By their place in the ledger."""
        self._moved: dict[str, int | None] = {}
        """Locators of changed entries, and those that they had before."""
        self._added: dict[str, int] = {}
        """By id."""
        self._text: str | None = None
        """The file's content; none until it is asked for again after a change."""
        self._sum: str | None = None
        """Its checksum, likewise."""

    def __iter__(self) -> Iterator[LedgerEntry]:
        return map(self._at, range(self._count))

    def __len__(self) -> int:
        return self._count

    def find(self, locator: str) -> LedgerEntry | None:
        """Return the entry of the article at `locator`."""
        sequence = self._moved[locator] if locator in self._moved else self._read.of_locator(locator)
        return None if sequence is None else self._at(sequence)

    def of(self, story_id: str) -> LedgerEntry | None:
        """Return the entry of an article."""
        sequence = self._added[story_id] if story_id in self._added else self._read.of_id(story_id)
        return None if sequence is None else self._at(sequence)

    def with_checksums(self, checksums: Collection[str]) -> list[LedgerEntry]:
        """Return the entries whose seeds had one of some checksums, in their order."""
        read = (number for number in self._read.of_checksums(checksums) if number not in self._changed)
        changed = (number for number, entry in self._changed.items() if entry.checksum in checksums)
        return [self._at(number) for number in sorted((*read, *changed))]

    def _at(self, sequence: int) -> LedgerEntry:
        entry = self._changed.get(sequence)
        if entry is None:
            story_id, permalink, checksum, locator = self._read[sequence].split("\t")
            entry = LedgerEntry(id=story_id, permalink=permalink, checksum=checksum, locator=locator, sequence=sequence)
        return entry

    def note_renames(self, present: Mapping[str, str]) -> None:
        """Find seeds that were renamed, by their bytes, and let them keep their entries.

        An entry goes to the seed with its checksum when its own locator is gone or holds something else now; so names
        may be exchanged and passed on. An entry whose locator another one takes over stays, as that of a lost article.

        Args:
            present: locator → checksum of every seed that is there now, readable or not. Seeds may be left out whose
                checksum no seed has that came, changed or went since the last time: nothing can come of them.
        """
        seeking = [locator for locator, checksum in sorted(present.items()) if not self._holds(locator, checksum)]
        moved: dict[str, list[LedgerEntry]] = {}
        for entry in self.with_checksums({present[locator] for locator in seeking}) if seeking else ():
            if present.get(entry.locator) != entry.checksum:
                moved.setdefault(entry.checksum, []).append(entry)
        for of_checksum in moved.values():  # one whose seed is gone, before one whose seed was edited
            of_checksum.sort(key=lambda entry: entry.locator in present)
        claims: dict[str, LedgerEntry] = {}
        for locator in seeking:
            if entries := moved.get(present[locator]):
                claims[locator] = entries.pop(0)
        if not claims:
            return
        claimed = {entry.id for entry in claims.values()}
        for locator in claims:
            lost = self.find(locator)
            if lost and lost.id not in claimed:
                self._replace(dataclasses.replace(lost, locator=f"{locator}~{lost.id}"))
        self._moved |= dict.fromkeys(entry.locator for entry in claims.values())
        for locator, entry in claims.items():
            self._keep(dataclasses.replace(entry, locator=locator))

    def _holds(self, locator: str, checksum: str) -> bool:
        entry = self.find(locator)
        return entry is not None and entry.checksum == checksum

    def note_checksum(self, entry: LedgerEntry, checksum: str) -> LedgerEntry:
        """Keep the checksum of an edited article."""
        if entry.checksum != checksum:
            entry = dataclasses.replace(entry, checksum=checksum)
            self._replace(entry)
        return entry

    def new_id(self, locator: str) -> str:
        """Return the id of a new article: a hash of its locator, and of a number too when it is taken.

        It is taken when the locator is used again for another article after its seed was renamed.

        >>> Ledger().new_id("seeds/a.txt")
        'ifpl7had7q'
        """
        for number in itertools.count():
            text = f"{locator}\0{number}" if number else locator
            letters = base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()
            if self.of(letters[:_ID_LENGTH]) is None:
                break
        return letters[:_ID_LENGTH]

    def add(self, *, story_id: str, permalink: str, checksum: str, locator: str) -> LedgerEntry:
        """Append an article."""
        entry = LedgerEntry(id=story_id, permalink=permalink, checksum=checksum, locator=locator, sequence=self._count)
        self._count += 1
        self._added[story_id] = entry.sequence
        self._keep(entry)
        return entry

    def _replace(self, entry: LedgerEntry) -> None:
        self._moved[self._at(entry.sequence).locator] = None
        self._keep(entry)

    def _keep(self, entry: LedgerEntry) -> None:
        self._text = self._sum = None
        self._changed[entry.sequence] = entry
        self._moved[entry.locator] = entry.sequence

    def checksum(self) -> str:
        """Return what tells whether somebody else has changed the ledger."""
        if self._sum is None:
            content = self._read_sum.copy()  # most builds add a few lines to a hundred thousand
            if self._has_old_lines():
                content.update(self._new_lines().encode())
            else:
                content = hashlib.sha256(self.text().encode())
            self._sum = content.hexdigest()
        return self._sum

    def text(self) -> str:
        """Return the file's content."""
        if self._text is None:
            read = self._read
            before = read.text or f"{HEADER}\n"
            if not self._has_old_lines():
                lines = (_line(self._changed[n]) if n in self._changed else read[n] for n in range(len(read)))
                before = "".join(f"{line}\n" for line in (HEADER, *lines))
            self._text = before + self._new_lines()
        return self._text

    def _has_old_lines(self) -> bool:
        """Return whether everything that was read stands in the file as before."""
        return bool(self._read.text) and all(number >= len(self._read) for number in self._changed)

    def _new_lines(self) -> str:
        return "".join(f"{_line(self._changed[number])}\n" for number in range(len(self._read), self._count))


def read_ledger(path: Path, checked: str | None = None) -> Ledger:
    """Read the ledger; a missing file is an empty ledger.

    Args:
        path: of the file.
        checked: the checksum of a ledger that was found to be right before: then its lines are not looked at again.

    Raises:
        ConfigurationError: a line is not what this class writes. Addresses are never guessed.
    """
    if not path.exists():
        return Ledger()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError([_bad_line(path, 1, f"the file is not UTF-8: {error}")]) from error
    ledger = Ledger(text)
    if not text or ledger.checksum() == checked:
        return ledger
    return Ledger("".join(f"{line}\n" for line in _checked(path, text.replace("\r\n", "\n").split("\n"))))


def _checked(path: Path, lines: list[str]) -> list[str]:
    """Return a file's lines, every one looked at."""
    seen: set[str] = set()
    issues: list[Issue] = []
    if lines and lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, 1):
        fields = line.split("\t")
        if number == 1:
            if line != HEADER:
                issues.append(_bad_line(path, number, f"the first line must be {HEADER!r}"))
            continue
        if len(fields) != 4 or not all(fields) or not _ID.fullmatch(fields[0]) or not _PERMALINK.fullmatch(fields[1]):  # noqa: PLR2004 - four columns
            issues.append(_bad_line(path, number, "not id, permalink, checksum and locator, with tabs between"))
        elif fields[0] in seen or fields[1] in seen or fields[3] in seen:
            issues.append(_bad_line(path, number, "this id, permalink or locator stands in an earlier line"))
        else:
            seen.update((fields[0], fields[1], fields[3]))
    if issues:
        raise ConfigurationError(issues)
    return lines


def _line(entry: LedgerEntry) -> str:
    return f"{entry.id}\t{entry.permalink}\t{entry.checksum}\t{entry.locator}"


def _bad_line(path: Path, number: int, message: str) -> Issue:
    return Issue(
        code="bad-ledger",
        where=f"{path}:{number}",
        message=message,
        hint="The ledger keeps published addresses alive: restore the line from version control",
    )
