"""Puts a finished site in the place of the old one, at once.

A build goes to a staging folder beside the site. Only when it is whole do the two folders change places, in one
step where the system has one (Linux: renameat2 with RENAME_EXCHANGE), so that a build killed at any moment leaves
the old site or the new one, never a mixture.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from digest.errors import PublishError

try:
    import fcntl
except ImportError:  # Windows has no flock; there two builds at once are the maintainer's to avoid
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_STAGING = ".{name}.next-"
_SEARCH_FILES = ("search/worker.js", "search/search_index.json")
"""Ours, and that of MkDocs' own plugin."""


@contextlib.contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the only build of a site; a second one is told so instead of mixing with the first.

    Raises:
        PublishError: another build is running.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise PublishError("another build of this site is running; wait for it, then build again") from error
        yield


def refuse_foreign(target: Path) -> None:
    """Refuse to build in the place of a folder that holds something else than an older site: it would be removed.

    Raises:
        PublishError: there is such a folder, or a file.
    """
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not _is_site(target)):
        raise PublishError(f"{target} is no older site, and building there would remove it; name a new folder")


def _is_site(folder: Path) -> bool:
    """Return whether a folder holds what MkDocs left: many sites of other makers have a sitemap too."""
    return (folder / "sitemap.xml").is_file() and any((folder / name).is_file() for name in _SEARCH_FILES)


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give a folder to build in, and put it in the place of `target` when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_staging(target)
    import tempfile  # noqa: PLC0415 - when the whole site is published

    folder = Path(tempfile.mkdtemp(prefix=_STAGING.format(name=target.name), dir=target.parent))
    state = target.stat() if target.is_dir() else None
    if state and hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # the group of a web root, and that its files get the same
            os.chown(folder, -1, state.st_gid)
            folder.chmod(0o700 | state.st_mode & stat.S_ISGID)
    try:
        yield folder
        folder.chmod(stat.S_IMODE(state.st_mode) if state else 0o755)
        replace_tree(folder, target)
        _return_hidden(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_staging(target: Path) -> None:
    """Remove what builds that were killed had not finished; no other build may be running."""
    for left_over in target.parent.glob(f"{_STAGING.format(name=target.name)}*"):
        _return_hidden(left_over, target)
        shutil.rmtree(left_over, ignore_errors=True)


def _return_hidden(old: Path, target: Path) -> None:
    """Give back what is not the site's: `.git` of a deployment branch, `.nojekyll`. MkDocs leaves them alone too."""
    if target.is_dir():
        for item in old.glob(".*"):
            if not (target / item.name).exists():
                item.rename(target / item.name)


def replace_tree(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`; what was there is then at `new`."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = new.with_name(f"{new.name}.old")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        old.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False when the system cannot."""
    import ctypes  # noqa: PLC0415 - when the whole site is published

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    result: int = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return result == 0
