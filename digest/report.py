"""What a build has to tell people: issues, and the report that gathers them."""

from __future__ import annotations

import dataclasses
import enum

_LONGEST_MESSAGE = 400
"""Characters. A message may quote a headline, and a headline may be anything."""

_JOINERS = "\u200c\u200d"


class Severity(enum.StrEnum):
    """How bad it is: an error fails the command, a warning fails it only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Issue:
    """One finding, worded for the person who has to act on it.

    >>> print(Issue(code="empty", where="seeds/a.txt", message="no text", hint="add some"))
    seeds/a.txt: no text [empty]. add some
    """

    where: str
    """File, with `:line` where one is known."""
    code: str
    """Short stable name of the kind of finding, for filtering and for tests."""
    message: str
    """What is wrong, and why it matters."""
    hint: str = ""
    """What to do about it, as a sentence."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        message = self.message
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[: _LONGEST_MESSAGE - 1]}…"
        if not message.isprintable():  # what steers a terminal is shown; joiners are letters of some words
            message = "".join(c if c.isprintable() or c in _JOINERS else "\N{REPLACEMENT CHARACTER}" for c in message)
        text = f"{self.where}: {message} [{self.code}]"
        return f"{text}. {self.hint}" if self.hint else text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What one run of the pipeline did."""

    read: int
    """Articles that the sources delivered, good or bad."""
    analysed: int
    """Articles analysed now; the others came from the store."""
    written: int
    """Pages and other files whose bytes changed."""
    removed: int
    """Pages and other files that disappeared."""
    pages: int
    """All generated pages of the site."""
    files: int = 0
    """All generated files that are no pages: feeds, sitemaps, data, pictures."""
    changed: frozenset[str] = frozenset()
    """Generated files that are new or have other bytes, relative to the docs folder."""
    gone: frozenset[str] = frozenset()
    """Generated files that disappeared."""
    tops: frozenset[str] = frozenset()
    """Entries of the docs folder that hold generated pages."""
    issues: tuple[Issue, ...] = ()

    @property
    def refused(self) -> int:
        """How many articles could not be used."""
        return sum(issue.severity is Severity.ERROR for issue in self.issues)

    def summary(self) -> str:
        """One line for people."""
        return (
            f"{self.read} articles read ({self.analysed} analysed, {self.refused} refused); "
            f"{self.pages} pages and {self.files} other files, {self.written} written, {self.removed} removed"
        )
