"""What the pipeline cannot use, and which seeds that concerns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from digest.report import Issue, Severity
from digest.sources.locator import split_locator
from digest.store.entry import Entry

_LINE_SIDECAR = re.compile(r"(\.(?:jsonl|ndjson))\.[^/]*\.yml$")


def seeds_of(issues: Iterable[Issue]) -> frozenset[str]:
    """Return the seeds that errors are about; a sidecar's error is about its seed."""
    return frozenset(seed_of(issue.where) for issue in issues if issue.severity is Severity.ERROR)


def seed_of(where: str) -> str:
    """Return the seed of a locator or place, without its ending: `seeds/a.yml:3` and `seeds/a.txt` are of `seeds/a`."""
    file = _LINE_SIDECAR.sub(r"\1", re.sub(r":\d+$", "", split_locator(where)[0]))
    return str(PurePosixPath(file).with_suffix(""))


def no_seeds(seeds: str) -> Issue:
    """Say that the folder of the articles is not there."""
    return Issue(
        code="no-seeds",
        where=seeds,
        message="there is no such folder, so nothing was built and nothing was removed",
        hint="Make it and put articles in, or correct `seeds:` in mkdocs.yml",
    )


def recreated(store: str) -> Issue:
    """Say that the store was made again."""
    return Issue(
        code="store-recreated",
        where=store,
        message="the store was damaged or of another version; it was made again from the seeds, nothing is lost",
        severity=Severity.NOTE,
    )


def same_text(one: Entry, other: Entry) -> Issue:
    """Say that two articles have the same text. Both are published: which one is not wanted, a person decides."""
    return Issue(
        code="same-text",
        where=other.id,
        message=f"«{other.headline}» has the same text as {one.id}; both are published",
        hint=f"To withdraw it: digest retract {other.id} --reason 'copy of {one.id}'",
        severity=Severity.NOTE,
    )


def twice(locator: str) -> Issue:
    """Say that an id came twice."""
    return Issue(
        code="id-twice",
        where=locator,
        message="an article with this id was read already; this one is left out",
        hint="Give every line of a .jsonl file an id of its own",
    )


def worker_lost() -> Issue:
    """Say that a worker died."""
    return Issue(
        code="worker-lost",
        where="analysis",
        message="a worker died, for want of memory perhaps; what it was reading was read again, and nothing is lost",
        hint="If this happens often, run fewer: --jobs 1",
        severity=Severity.NOTE,
    )


def left_alone() -> Issue:
    """Say that nobody else works any more."""
    return Issue(
        code="scheduler-lost",
        where="analysis",
        message="the scheduler or all of its workers went away; the rest was read on this machine, and nothing is lost",
        severity=Severity.NOTE,
    )


def deadly(locator: str) -> Issue:
    """Say that an article kills whoever reads it."""
    return Issue(
        code="kills-workers",
        where=locator,
        message="every process that reads this article dies, so it was left out",
        hint="Look at it with `digest inspect`, and send it with a report of this fault to the makers of khabarnama",
    )
