"""Changes single files of a published site: prepared beside it, written in a journal, then put in place.

As long as the journal has not got its name, nothing of the site was touched, and the change is dropped. Once it has,
the change is carried out by a process of its own session, and if that too is killed, by the next build before it does
anything else: every step can be done twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from digest.errors import PublishError

_JOURNAL = "journal.json"


class DamagedJournalError(PublishError):
    """What a killed build wanted to change cannot be read any more."""


def changes_folder(target: Path) -> Path:
    """Return the folder that changes of a site are prepared in: beside it, so that files can be renamed into it."""
    return target.with_name(f".{target.name}.changes")


class SiteChanges:
    """Changes that are being prepared. Pages are written below `files`, at the path that they get in the site."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._folder = changes_folder(target)
        shutil.rmtree(self._folder, ignore_errors=True)
        self.files = self._folder / "files"
        self.files.mkdir(parents=True)

    def commit(self, removed: Iterable[str]) -> None:
        """Carry out what was prepared, and remove the files `removed`.

        Raises:
            PublishError: nothing may be changed there, and nothing was; or it could not be carried out whole, and
                the next build does it.
        """
        placed = sorted(path.relative_to(self.files).as_posix() for path in self.files.rglob("*") if not path.is_dir())
        journal = {"place": placed, "remove": sorted(set(removed) - set(placed))}
        _refuse_closed(self._target, [*journal["place"], *journal["remove"]])
        if any(journal.values()):
            unnamed = self._folder / f"{_JOURNAL}.next"
            with unnamed.open("w", encoding="utf-8") as file:
                json.dump(journal, file)
                file.flush()
                os.fsync(file.fileno())
            unnamed.rename(self._folder / _JOURNAL)
            _in_own_session(self._target)
        self.drop()

    def drop(self) -> None:
        """Forget what was prepared."""
        shutil.rmtree(self._folder, ignore_errors=True)


def finish_changes(target: Path) -> bool:
    """Carry out the changes that a killed build left behind; return whether there were any.

    Raises:
        DamagedJournalError: there were, and nobody knows which: the whole site has to be built.
    """
    folder = changes_folder(target)
    committed = (folder / _JOURNAL).is_file()
    if committed:
        try:
            carry_out(target)
        except (ValueError, LookupError, TypeError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise DamagedJournalError(f"{folder / _JOURNAL} was damaged; build again") from error
    shutil.rmtree(folder, ignore_errors=True)
    return committed


def _refuse_closed(target: Path, names: Iterable[str]) -> None:
    """Refuse a change before it begins when one of its folders may not be written: half of it would be done."""
    folders = {target / name.rpartition("/")[0] for name in names}
    for folder in sorted(folders):
        while not folder.exists() and folder != target:
            folder = folder.parent  # noqa: PLW2901 - the one that it will be made in
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PublishError(f"{folder} may not be written, so nothing was published; the old site stands")


def carry_out(target: Path) -> None:
    """Do what the journal says; what has been done already is passed over."""
    folder = changes_folder(target)
    journal = json.loads((folder / _JOURNAL).read_text(encoding="utf-8"))
    files, made = str(folder / "files"), set()
    for name in journal["place"]:
        place = f"{target}/{name}"
        parent = place.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - many times
            made.add(parent)
        with contextlib.suppress(FileNotFoundError):  # placed before the build was killed
            os.replace(f"{files}/{name}", place)  # noqa: PTH105 - the same
    for name in journal["remove"]:
        path = target / name
        path.unlink(missing_ok=True)
        _remove_empty(path.parent, target)


def _remove_empty(folder: Path, top: Path) -> None:
    with contextlib.suppress(OSError):  # not empty, or gone
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def _in_own_session(target: Path) -> None:
    """Carry out the journal where a kill of the build does not reach."""
    if not hasattr(os, "fork"):
        carry_out(target)
        return
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            carry_out(target)
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise PublishError(f"the changes could not be put in place in {target}; build again to finish them")
