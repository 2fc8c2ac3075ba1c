"""What a deployment did."""

from __future__ import annotations

import dataclasses

from digest.report import Issue


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How many files a deployment touched."""

    changed: int
    """New and changed ones."""
    same: int
    """Those that were there already."""
    removed: int | None
    """Those that are no longer there; None when that is not told."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A deployment that ended well."""

    where: str
    sent: Sent
    notes: tuple[Issue, ...] = ()

    def summary(self) -> str:
        """One line for people.

        >>> Deployment(where="/srv/www", sent=Sent(changed=3, same=60, removed=0)).summary()
        'Deployed to /srv/www: 3 files sent, 60 as they were, 0 removed.'
        """
        sent = self.sent
        if not sent.changed and sent.removed == 0:
            return f"{self.where} has this site already: all {sent.same} files are as they were."
        gone = "" if sent.removed is None else f", {sent.removed} removed"
        return f"Deployed to {self.where}: {sent.changed} files sent, {sent.same} as they were{gone}."
