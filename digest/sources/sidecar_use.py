"""Which sidecars of a folder are read: by no article, by one, by several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.report import Issue, Severity
from digest.sources.line_sidecars import ENDINGS
from digest.sources.reader import readers
from digest.sources.sidecar import SUFFIX


def sidecar_findings(names: Sequence[str], name: str) -> Iterator[Issue]:
    """Yield the sidecars of a folder that no article reads, and those that several read."""
    sidecars = [file for file in names if file.endswith(SUFFIX)]
    if not sidecars:  # as nearly all folders
        return
    served: dict[str, list[str]] = {}
    for file in names:
        stem, _, suffix = file.rpartition(".")
        if f".{suffix.lower()}" in readers():
            served.setdefault(f"{stem}{SUFFIX}", []).append(file)
    of_lines = tuple(f"{file}." for file in names if file.lower().endswith(ENDINGS))
    for file in sidecars:
        if not file.startswith((".", *of_lines)):
            files = served.get(file, [])
            if not files:
                yield orphan(f"{name}/{file}")
            elif len(files) > 1:
                yield _shared(f"{name}/{file}", files)


def orphan(locator: str) -> Issue:
    """Return what there is to say of a sidecar that nobody reads."""
    return Issue(
        code="orphan-sidecar",
        where=locator,
        message="there is no article of this name, so nobody reads this sidecar",
        hint="Give it the name of its article (of a .jsonl file, NAME.jsonl.ID.yml), or remove it",
        severity=Severity.WARNING,
    )


def _shared(locator: str, served: Sequence[str]) -> Issue:
    names = ", ".join(served)
    return Issue(
        code="shared-sidecar",
        where=locator,
        message=f"this sidecar holds for several files: {names}",
        hint="Rename all but one of them if that is not meant",
        severity=Severity.WARNING,
    )
