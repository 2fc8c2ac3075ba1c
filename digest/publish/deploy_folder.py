"""Deploys a site to a folder that a web server shows: prepared beside it, exchanged in one step.

Files that are the same are not copied: the new folder gets a second name (hard link) of the file that is there, which
keeps its time too, so that browsers need not load it again.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from digest.errors import PublishError
from digest.publish.deployment import Sent
from digest.publish.site_tree import staging

SIGNS = ("index.html", "sitemap.xml", "search/worker.js")
"""Files that every site of ours has; a folder or branch without them is somebody else's."""


def deploy_to_folder(site: Path, target: Path, root: Path) -> Sent:
    """Put a copy of `site` in the place of `target`; what is hidden in it (`.well-known`) stays.

    Args:
        site: the built site.
        target: the folder.
        root: folder of `mkdocs.yml`, which must not be replaced.

    Raises:
        PublishError: `target` holds something else than an older site.
    """
    target = target.resolve()
    _refuse_overlap(site.resolve(), target, root.resolve())
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target} is a file; name a folder")
    old = {name for name in files_of(target) if not name.startswith(".")} if target.is_dir() else set()
    if not is_ours(old):
        raise PublishError(f"{target} holds something else than an older site, which would be lost; name a new folder")
    names = sorted(files_of(site))
    made: set[str] = set()
    copied = 0
    with staging(target) as folder:
        for name in names:
            place = f"{folder}/{name}"
            if (parent := place.rpartition("/")[0]) not in made:
                os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - of tens of thousands of files
                made.add(parent)
            if not (name in old and _take_over(f"{target}/{name}", f"{site}/{name}", place)):
                shutil.copy2(f"{site}/{name}", place)
                copied += 1
    return Sent(changed=copied, same=len(names) - copied, removed=len(old.difference(names)))


def _refuse_overlap(site: Path, target: Path, root: Path) -> None:
    home = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111 - in a container there may be none
    for other, what in ((root, "the project"), (site, "the built site"), (home, "your home folder")):
        if target in (other, *other.parents):
            raise PublishError(f"{target} holds {what} itself; name a folder of its own")
    if site in target.parents:
        raise PublishError(f"{target} is inside the built site; name a folder of its own")


def _take_over(old: str, new: str, place: str) -> bool:
    """Give `old` a second name at `place`, if it is the same file as `new`; return whether it is."""
    was, now = os.lstat(old), os.stat(new)  # noqa: PTH116 - of tens of thousands of files
    if (was.st_mode, was.st_size) != (now.st_mode, now.st_size):
        return False
    if was.st_mtime_ns != now.st_mtime_ns and not filecmp.cmp(old, new, shallow=False):
        return False
    try:
        os.link(old, place)
    except OSError:  # a file system without hard links
        shutil.copy2(old, place)
    return True


def files_of(folder: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder."""
    top = len(str(folder)) + 1
    folders = [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    yield entry.path[top:]


def is_ours(names: Collection[str]) -> bool:
    """Return whether a folder with files of these names may be replaced: an older site, or nothing to lose."""
    return not names or set(SIGNS).issubset(names)
