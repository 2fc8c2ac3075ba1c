"""What is asked of a publication, and the search files that it publishes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from digest.pipeline import Progress
from digest.publish.batches import Done
from digest.search.index import published_files
from digest.search.site import FOLDER
from digest.settings import Settings, with_options
from digest.sources.change_list import ChangeList, parse_change_list


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How `digest build` was called."""

    config_file: Path
    strict: bool = False
    site_dir: Path | None = None
    progress: Progress = lambda *_: None
    chosen: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """Settings that replace those of the file; None replaces nothing."""
    changed: bytes | None = None
    """A list of what changed among the seeds (`sources.change_list`); None means that all are looked at."""
    plain: bool = False
    """Whether MkDocs is to build every page itself."""

    def settings(self, of_file: Settings) -> Settings:
        """Return the settings to build with.

        Raises:
            ConfigurationError: a chosen one does not fit.
        """
        return with_options(of_file, self.chosen)

    @property
    def root(self) -> Path:
        """Folder of `mkdocs.yml`."""
        return self.config_file.resolve().parent

    def change_list(self, settings: Settings) -> ChangeList | None:
        """Return the seeds on the list, if there is one."""
        if self.changed is None:
            return None
        bases = (Path.cwd(), self.root, *self.root.parents)  # git gives paths from the top of its tree
        return parse_change_list(self.changed, seeds=self.root / settings.seeds, bases=bases)


def search_files(root: Path, settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield the files of the search index, by the path that they get in the site."""
    for name, path in published_files((root / settings.store).parent / "search"):
        yield f"{FOLDER}/{name}", path


def search_rows(root: Path, settings: Settings) -> Iterator[Done]:
    """Yield what the manifest notes of the search index: the state of its files stands for their content.

    They are written only if they change, and a changed one is another file.
    """
    for name, path in search_files(root, settings):
        state = path.stat()
        yield Done(name, b"", state.st_size, state.st_mtime_ns)
