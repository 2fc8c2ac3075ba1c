"""The permalink ledger: a committed file that says which address every article has, for good.

One line an article, in the order of first publication: id, permalink, checksum of the seed, locator. Lines
are only ever added; when a seed is renamed or edited its line keeps id and permalink and takes the new locator
or checksum. A build without any store finds every address here again, and so does a fresh clone in CI.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
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
    """The ledger in memory. Its lines become entries when they are asked for: most builds look at few of them."""

    def __init__(self, entries: Iterable[LedgerEntry | str] = (), text: str | None = None) -> None:
        self._entries: list[LedgerEntry | str] = list(entries)
        """Entries, and well-formed lines of which nobody has asked anything yet."""
        self._text = text
        self._sum: tuple[str, str] | None = None
        """The content, and its checksum."""
        """The file's content; none once an entry has changed."""

    def __iter__(self) -> Iterator[LedgerEntry]:
        return map(self._at, range(len(self._entries)))

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, locator: str) -> LedgerEntry | None:
        """Return the entry of the article at `locator`."""
        sequence = self._by_locator.get(locator)
        return None if sequence is None else self._at(sequence)

    def of(self, story_id: str) -> LedgerEntry | None:
        """Return the entry of an article."""
        sequence = self._by_id.get(story_id)
        return None if sequence is None else self._at(sequence)

    def _at(self, sequence: int) -> LedgerEntry:
        entry = self._entries[sequence]
        if isinstance(entry, str):
            story_id, permalink, checksum, locator = entry.split("\t")
            entry = self._entries[sequence] = LedgerEntry(
                id=story_id, permalink=permalink, checksum=checksum, locator=locator, sequence=sequence
            )
        return entry

    def _seeds(self) -> Iterator[tuple[str, str]]:
        """Yield locator and checksum of every entry, in their order."""
        for entry in self._entries:
            if isinstance(entry, str):
                _, _, checksum, locator = entry.split("\t")
                yield locator, checksum
            else:
                yield entry.locator, entry.checksum

    @functools.cached_property
    def _by_locator(self) -> dict[str, int]:
        return {locator: sequence for sequence, (locator, _) in enumerate(self._seeds())}

    @functools.cached_property
    def _by_id(self) -> dict[str, int]:
        ids = (entry.partition("\t")[0] if isinstance(entry, str) else entry.id for entry in self._entries)
        return {story_id: sequence for sequence, story_id in enumerate(ids)}

    def note_renames(self, present: Mapping[str, str]) -> None:
        """Find seeds that were renamed, by their bytes, and let them keep their entries.

        An entry goes to the seed with its checksum when its own locator is gone or holds something else now; so names
        may be exchanged and passed on. An entry whose locator another one takes over stays, as that of a lost article.

        Args:
            present: locator → checksum of every seed that is there now, readable or not.
        """
        known = dict(self._seeds())
        seeking = sorted(locator for locator, checksum in present.items() if known.get(locator) != checksum)
        wanted = {present[locator] for locator in seeking}
        moved: dict[str, list[LedgerEntry]] = {}
        for sequence, (locator, checksum) in enumerate(self._seeds()):
            if checksum in wanted and present.get(locator) != checksum:
                moved.setdefault(checksum, []).append(self._at(sequence))
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
        self._text = None
        for locator, entry in claims.items():
            self._entries[entry.sequence] = dataclasses.replace(entry, locator=locator)
        del self._by_locator

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
        self._by_locator[locator] = self._by_id[story_id] = entry.sequence
        self._entries.append(entry)
        self._text = None
        return entry

    def _replace(self, entry: LedgerEntry) -> None:
        self._text = None
        old = self._at(entry.sequence)
        self._entries[entry.sequence] = entry
        self._by_locator.pop(old.locator, None)
        self._by_locator[entry.locator] = entry.sequence

    def checksum(self) -> str:
        """Return what tells whether somebody else has changed the ledger."""
        text = self.text()
        if self._sum is None or self._sum[0] is not text:
            self._sum = text, _checksum(text)
        return self._sum[1]

    def text(self) -> str:
        """Return the file's content."""
        if self._text is None:
            self._text = "\n".join((_HEADER, *map(_line, self._entries))) + "\n"
        return self._text


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
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ConfigurationError([_bad_line(path, 1, f"the file is not UTF-8: {error}")]) from error
    if text and checked == _checksum(text):
        return Ledger(text.split("\n")[1:-1], text)
    return Ledger(_checked(path, text.replace("\r\n", "\n").split("\n")))


def _checked(path: Path, lines: list[str]) -> list[LedgerEntry]:
    """Return the entries of a file's lines, every one looked at."""
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
    return entries


def _line(entry: LedgerEntry | str) -> str:
    if isinstance(entry, str):
        return entry
    return f"{entry.id}\t{entry.permalink}\t{entry.checksum}\t{entry.locator}"


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _bad_line(path: Path, number: int, message: str) -> Issue:
    return Issue(
        code="bad-ledger",
        where=f"{path}:{number}",
        message=message,
        hint="The ledger keeps published addresses alive: restore the line from version control",
    )
