"""What is on record of the last build of a site: whether it ended well, where the site is, how large it is.

A record says «failed» from the moment a build begins, and «whole» only at its end, so that a killed build is a failed
one. `digest deploy` publishes nothing else than what the record vouches for.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from digest.errors import PublishError
from digest.publish.manifest import manifest_path, witness
from digest.report import Issue, Severity

MOST_FILES = 20_000
"""Files that Cloudflare Pages takes in its free plan, the least of all hosts."""
MOST_BYTES = 1_000_000_000
"""Size of a site on GitHub Pages."""
LARGEST_FILE = 25 * 1024 * 1024
"""Size of a file on Cloudflare Pages; GitHub refuses files of 100 MiB."""
ADVICE = "docs/how-to/publish.md says what to leave out, and which hosts take more"


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """How large a site is; sizes in bytes."""

    files: int = 0
    size: int = 0
    largest: int = 0
    largest_file: str = ""


class BuildRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The last build of a site folder."""

    root: str
    """Folder of `mkdocs.yml`: the record of a copied site is the original's."""
    target: str = ""
    whole: bool = False
    witness: str = ""
    extent: Extent = Extent()


def record_path(folder: Path, site_dir: Path | None) -> Path:
    """Return where the record of a site folder is kept."""
    return manifest_path(folder, site_dir).with_name(manifest_path(folder, site_dir).stem + ".json")


def read_record(path: Path) -> BuildRecord | None:
    """Return the record; None when there is none, or one that cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=BuildRecord)
    except (OSError, msgspec.DecodeError):
        return None


def write_record(path: Path, record: BuildRecord) -> None:
    """Put a record in the place of the last one, at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unnamed = path.with_suffix(".next")
    unnamed.write_bytes(msgspec.json.encode(record))
    unnamed.replace(path)


def begin_record(folder: Path, site_dir: Path | None) -> BuildRecord | None:
    """Note that a build begins; return the record of the last one."""
    path = record_path(folder, site_dir)
    before = read_record(path)
    write_record(path, BuildRecord(root=str(folder.parent), extent=before.extent if before else Extent()))
    return before


def end_record(
    folder: Path, site_dir: Path | None, target: Path, generated: int, known: Extent | None = None
) -> BuildRecord:
    """Note that a build ended well.

    Args:
        folder: `.digest` beside `mkdocs.yml`.
        site_dir: where it was built, unless that is what `mkdocs.yml` says.
        target: the site.
        generated: how many generated files it has.
        known: its extent when it was last measured; it is measured now, when there is none.
    """
    extent = known or extent_of(target)
    extent = msgspec.structs.replace(extent, files=max(extent.files, generated))
    record = BuildRecord(
        root=str(folder.parent), target=str(target), whole=True, witness=witness(target), extent=extent
    )
    write_record(record_path(folder, site_dir), record)
    return record


def built_site(folder: Path, site_dir: Path | None) -> Path:
    """Return the folder of the site that the last build left whole.

    Args:
        folder: `.digest` beside `mkdocs.yml`.
        site_dir: where it was built, unless that is what `mkdocs.yml` says.

    Raises:
        PublishError: there is none, the last build failed, or something else changed the site since.
    """
    record = read_record(record_path(folder, site_dir))
    if record is None or record.root != str(folder.parent):
        raise PublishError("there is no site to deploy yet; build it first: digest build")
    if not record.whole:
        raise PublishError("the last build failed, and an older site is not deployed; put it right, then: digest build")
    if record.witness != witness(target := Path(record.target)):
        raise PublishError(f"{target} is not what the last build left there; build again, then deploy: digest build")
    return target


def extent_of(site: Path) -> Extent:
    """Measure a site."""
    files = size = largest = 0
    largest_file = ""
    folders = [str(site)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                    continue
                length = entry.stat().st_size
                files, size = files + 1, size + length
                if length > largest:
                    largest, largest_file = length, entry.path
    shown = Path(largest_file).relative_to(site).as_posix() if largest_file else ""
    return Extent(files=files, size=size, largest=largest, largest_file=shown)


def limits_passed(extent: Extent) -> list[Issue]:
    """Return what free hosts will not take of a site of this extent."""
    found = []
    if extent.files > MOST_FILES:
        found.append(f"{extent.files:,} files: Cloudflare Pages takes {MOST_FILES:,} in its free plan")
    if extent.size > MOST_BYTES:
        found.append(f"{extent.size / 1e9:.1f} GB: GitHub Pages takes 1 GB")
    if extent.largest > LARGEST_FILE:
        shown = f"{extent.largest_file} has {extent.largest / 1024**2:.0f} MiB"
        found.append(f"{shown}: Cloudflare Pages takes files of 25 MiB, GitHub of 100")
    return [
        Issue(code="host-limit", where="the site", message=message, hint=ADVICE, severity=Severity.NOTE)
        for message in found
    ]
