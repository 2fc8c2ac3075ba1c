"""Why a request gave nothing, worded for the maintainer."""

from __future__ import annotations

from digest.errors import DigestError
from digest.report import Issue


class RetrievalError(DigestError):
    """An address could not be read; `issue` says what, where, why and what to do."""

    def __init__(self, issue: Issue, *, passing: bool = False) -> None:
        super().__init__(str(issue))
        self.issue = issue
        self.passing = passing
        """Whether the same request may well work another day, as after a 503 or a broken connection."""


def failure(code: str, url: str, message: str, hint: str = "", *, passing: bool = False) -> RetrievalError:
    """Return an error about `url`, whose unprintable characters are escaped: it may come from a hostile page."""
    return RetrievalError(Issue(code=code, where=shown(url), message=shown(message), hint=hint), passing=passing)


def shown(text: str, longest: int = 300) -> str:
    r"""Return `text` as it can be printed on one line of a terminal.

    >>> print(shown("http://a/\x1b[2J"))
    http://a/\x1b[2J
    """
    plain = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
    return plain if len(plain) <= longest else f"{plain[:longest]}…"
