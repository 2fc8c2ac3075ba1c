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
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.errors import ConfigurationError
from digest.report import Issue

_HEADER = "id\tpermalink\tchecksum\tlocator"
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
    """The ledger in memory; `save` writes it if it changed."""

    def __init__(self, entries: Iterable[LedgerEntry] = ()) -> None:
        self._entries: list[LedgerEntry] = list(entries)
        self._by_locator = {entry.locator: entry.sequence for entry in self._entries}
        self._by_id = {entry.id: entry.sequence for entry in self._entries}
        self._text: str | None = None
        """The file's content; none once an entry has changed."""

    def __iter__(self) -> Iterator[LedgerEntry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, locator: str) -> LedgerEntry | None:
        """Return the entry of the article at `locator`."""
        sequence = self._by_locator.get(locator)
        return None if sequence is None else self._entries[sequence]

    def of(self, story_id: str) -> LedgerEntry | None:
        """Return the entry of an article."""
        sequence = self._by_id.get(story_id)
        return None if sequence is None else self._entries[sequence]

    def note_renames(self, present: Mapping[str, str]) -> None:
        """Find seeds that were renamed, by their bytes, and let them keep their entries.

        An entry goes to the seed with its checksum when its own locator is gone or holds something else now; so names
        may be exchanged and passed on. An entry whose locator another one takes over stays, as that of a lost article.

        Args:
            present: locator → checksum of every seed that is there now, readable or not.
        """
        moved: dict[str, list[LedgerEntry]] = {}
        for entry in self._entries:
            if present.get(entry.locator) != entry.checksum:
                moved.setdefault(entry.checksum, []).append(entry)
        claims: dict[str, LedgerEntry] = {}
        for locator in sorted(present):
            own = self.find(locator)
            if (own is None or own.checksum != present[locator]) and (entries := moved.get(present[locator])):
                claims[locator] = entries.pop(0)
        claimed = {entry.id for entry in claims.values()}
        for locator in claims:
            lost = self.find(locator)
            if lost and lost.id not in claimed:
                self._replace(dataclasses.replace(lost, locator=f"{locator}~{lost.id}"))
        if claims:
            self._text = None
        for locator, entry in claims.items():
            self._entries[entry.sequence] = dataclasses.replace(entry, locator=locator)
        self._by_locator = {entry.locator: entry.sequence for entry in self._entries}

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
            if letters[:_ID_LENGTH] not in self._by_id:
                break
        return letters[:_ID_LENGTH]

    def add(self, *, story_id: str, permalink: str, checksum: str, locator: str) -> LedgerEntry:
        """Append an article."""
        entry = LedgerEntry(
            id=story_id, permalink=permalink, checksum=checksum, locator=locator, sequence=len(self._entries)
        )
        self._entries.append(entry)
        self._by_locator[locator] = self._by_id[story_id] = entry.sequence
        self._text = None
        return entry

    def _replace(self, entry: LedgerEntry) -> None:
        self._text = None
        old = self._entries[entry.sequence]
        self._entries[entry.sequence] = entry
        self._by_locator.pop(old.locator, None)
        self._by_locator[entry.locator] = entry.sequence

    def checksum(self) -> str:
        """Return what tells whether somebody else has changed the ledger."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def text(self) -> str:
        """Return the file's content."""
        if self._text is None:
            lines = [_HEADER, *(f"{e.id}\t{e.permalink}\t{e.checksum}\t{e.locator}" for e in self._entries)]
            self._text = "\n".join(lines) + "\n"
        return self._text


def read_ledger(path: Path) -> Ledger:
    """Read the ledger; a missing file is an empty ledger.

    Raises:
        ConfigurationError: a line is not what this class writes. Addresses are never guessed.
    """
    if not path.exists():
        return Ledger()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ConfigurationError([_bad_line(path, 1, f"the file is not UTF-8: {error}")]) from error
    entries: list[LedgerEntry] = []
    seen: set[str] = set()
    issues: list[Issue] = []
    if lines and lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, 1):
        fields = line.split("\t")
        if number == 1:
            if line != _HEADER:
                issues.append(_bad_line(path, number, f"the first line must be {_HEADER!r}"))
            continue
        if len(fields) != 4 or not _ID.fullmatch(fields[0]) or not _PERMALINK.fullmatch(fields[1]):  # noqa: PLR2004 - four columns
            issues.append(_bad_line(path, number, "not id, permalink, checksum and locator, with tabs between"))
        elif fields[0] in seen or fields[1] in seen or fields[3] in seen:
            issues.append(_bad_line(path, number, "this id, permalink or locator stands in an earlier line"))
        else:
            seen.update((fields[0], fields[1], fields[3]))
            story_id, permalink, checksum, locator = fields
            entries.append(
                LedgerEntry(id=story_id, permalink=permalink, checksum=checksum, locator=locator, sequence=len(entries))
            )
    if issues:
        raise ConfigurationError(issues)
    return Ledger(entries)


def _bad_line(path: Path, number: int, message: str) -> Issue:
    return Issue(
        code="bad-ledger",
        where=f"{path}:{number}",
        message=message,
        hint="The ledger keeps published addresses alive: restore the line from version control",
    )
