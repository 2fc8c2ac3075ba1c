"""One tree of errors.

Two things can go wrong, and they are told apart here. An article may be unreadable: that is an
`ArticleError`, which the pipeline turns into a line of the build report, and the build goes on.
Or what the maintainers wrote (settings, language pack, gazetteer, ledger) may be wrong: that is a
`ConfigurationError`, and nothing is built, because every page would be wrong in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.report import Issue


class DigestError(Exception):
    """Base of every error that Khabarnama raises on purpose."""


class ArticleError(DigestError):
    """One article cannot be used; `issue` says what, where, why and what to do."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


class ConfigurationError(DigestError):
    """Settings, language pack, gazetteer or ledger are wrong; `issues` lists every finding."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(str(issue) for issue in issues))
        self.issues = tuple(issues)


class PublishError(DigestError):
    """The site could not be published; the old one still stands."""
