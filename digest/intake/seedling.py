"""Writes an arrival into the seeds folder: first the sidecar, then the seed.

A seed without its sidecar would be half an article; a sidecar without a seed is nothing that anybody reads. Both appear
by renaming, so a run that is killed at any moment leaves whole articles only, and the next run goes on from there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

from slugify import slugify

from digest.errors import ArticleError
from digest.intake.arrival import Arrival, one_line
from digest.intake.known import text_key
from digest.report import Issue
from digest.sources.sidecar import Metadata, Provenance, SidecarFile, sidecar_path, sidecar_text
from digest.store.files import write_if_changed

_FILES = "files"
"""Folder of what did not come from an address."""
_NAME_LENGTH = 60
_NAMED_MARK = 8
_MARK = 16
"""Hexadecimal digits of the text's checksum in a name."""


def seed_path(arrival: Arrival) -> Path:
    """Return where an arrival belongs, relative to the seeds folder: `dawn.com/2024-11-27-0123456789abcdef.txt`.

    Only ASCII letters, digits, dots and hyphens, whatever the source calls it: no title or file name reaches the disk.
    """
    mark = text_key(arrival.text)
    if arrival.name:
        name = slugify(arrival.name, max_length=_NAME_LENGTH, word_boundary=True) or "article"
        return Path(_FILES) / f"{name}-{mark[:_NAMED_MARK]}.txt"
    host = urlsplit(arrival.addresses[0]).hostname if arrival.addresses else None
    folder = re.sub(r"[^a-z0-9.-]+|^[.-]+|[.-]+$|\.(?=\.)", "", (host or "").lower().removeprefix("www."))[
        :_NAME_LENGTH
    ]
    return Path(folder.strip(".-") or _FILES) / f"{arrival.hints.published or 'undated'}-{mark[:_MARK]}.txt"


def write_seed(arrival: Arrival, seeds: Path, now: dt.datetime) -> Path:
    """Write the seed and its sidecar, and return the path of the seed.

    Args:
        arrival: an article that is not there yet.
        seeds: the seeds folder.
        now: the time of this run, in UTC.

    Raises:
        ArticleError: its folder is a link that leads out of the seeds folder.
    """
    path = seeds / seed_path(arrival)
    if not path.parent.resolve().is_relative_to(seeds.resolve()):
        raise ArticleError(
            Issue(
                code="outside",
                where=str(path.parent),
                message="this link leads out of the seeds folder, and nothing is written there",
                hint="Replace the link by a folder",
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(sidecar_path(path), sidecar_text(_sidecar(arrival, now)).encode("utf-8"))
    write_if_changed(path, arrival.text.rstrip().encode("utf-8", "replace") + b"\n")
    return path


def _sidecar(arrival: Arrival, now: dt.datetime) -> SidecarFile:
    overrides = dataclasses.asdict(arrival.overrides) if arrival.overrides else {}
    stated = {field: getattr(arrival.hints, field) for field in Metadata.__struct_fields__}
    origin = arrival.origin
    return SidecarFile(
        **{field: value for field, value in overrides.items() if field != "basis"},
        metadata=Metadata(**stated),
        provenance=Provenance(
            address=one_line(origin.address),
            retrieved=origin.retrieved,
            added=None if origin.retrieved else now,
            sha256=origin.sha256,
            media_type=one_line(origin.media_type),
            encoding=origin.encoding,
            feed=one_line(origin.feed),
        ),
    )
