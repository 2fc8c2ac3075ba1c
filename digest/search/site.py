"""The search of a site: its index from the store, and the files that the site publishes."""

from __future__ import annotations

import base64
import dataclasses
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.search.aliases import NameBook
from digest.search.documents import Content, SearchDocument, document
from digest.search.folding import SearchFolder
from digest.search.index import ROOT, Indexer, published_files, segment_files
from digest.search.scripts import FROM_FOLDERS, script_for_folders, scripts
from digest.store.archive import Archive
from digest.store.files import write_if_changed
from digest.store.runs import articles, by_date, fingerprints, ledger_length
from digest.write.permalinks import SECTIONS

FOLDER = "search"
"""Where the site keeps its search: the page, the scripts, the index."""
_WORDING = "article_count", "country", "topic", "person", "organisation", "outlet", "search_number"


@dataclasses.dataclass(frozen=True, slots=True)
class _Stored:
    """The articles of the archive, as the index asks for them."""

    archive: Archive
    content: Content

    def length(self) -> int:
        return ledger_length(self.archive)

    def marks(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        return fingerprints(self.archive, start, end)

    def order(self, start: int, end: int) -> Sequence[int]:
        return by_date(self.archive, start, end)

    def documents(self, sequences: Sequence[int]) -> Iterator[SearchDocument]:
        return (document(entry, linked, self.content) for entry, linked in articles(self.archive, sequences))


def update_index(
    archive: Archive,
    gazetteer: Gazetteer,
    pack: LanguagePack,
    folder: Path,
    changed: frozenset[int] | None = None,
    *,
    content: Content = "full",
) -> int:
    """Bring the index of the archive up to date; return how many of its segments were made anew.

    The result is the same, byte for byte, whatever was there before and whatever `changed` says truly.

    Args:
        archive: the store, with all changes made.
        gazetteer: names and spellings; a changed one is noticed here.
        pack: language of the site.
        folder: of the index, kept between builds.
        changed: ledger sequences of every article that was added, edited, renamed or removed since the index was last
            brought up to date *and* those changes were kept. The cost is that of their segments and of the root file,
            whatever the size of the archive. None: look at all articles (about 0.04 ms each); right after a build that
            did not finish.
        content: what the site shows of an article; excerpts show no more.
    """
    words = SearchFolder(pack)
    indexer = Indexer(
        pack=pack,
        names=NameBook(gazetteer, words, pack.tag),
        fingerprint=gazetteer.fingerprint,
        extra=extra(pack),
        variant=content,
    )
    return indexer.update(folder, _Stored(archive, content), changed)


def extra(pack: LanguagePack) -> Mapping[str, Any]:
    """Return what the browser needs to know of the site: wording, sections, names of filters."""
    filters = {
        pack.folder.word(name): kind for kind, names in pack.ui["search_filters"].items() for name in (kind, *names)
    }
    return {
        "ui": {key: pack.ui[key] for key in _WORDING},
        "sections": {str(kind): section for kind, section in SECTIONS.items()},
        "filters": dict(sorted(filters.items())),
    }


def site_files(
    index: Path,
    pack: LanguagePack,
    *,
    folders: bool = True,
    from_files: bool = False,
    without: Collection[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """Yield what is published below `search/`: the scripts and the index.

    Args:
        index: folder of the index.
        pack: language of the site.
        folders: whether the address of an article ends in `/` (MkDocs' `use_directory_urls`) and not in `.html`.
        from_files: whether pages opened from a folder (`file:`) are searched too: the index is there twice then.
        without: segments to leave out.
    """
    yield from scripts(pack, folders=folders)
    for name, path in published_files(index):
        if name.partition("/")[0] in without:
            continue
        content = path.read_bytes()
        yield name, content
        if from_files:
            yield f"{name}.js", f'digestFile("{name}","{base64.b64encode(content).decode()}")'.encode()
    if from_files:
        yield f"{FROM_FOLDERS}.js", script_for_folders(pack, folders=folders)
        yield "search_index.js", b""  # Material loads it from folders; files.js has said already what is in it


def publish(index: Path, folder: Path, pack: LanguagePack, *, folders: bool = True, from_files: bool = False) -> None:
    """Bring the published folder up to date: what `site_files` yields, without reading segments that are there.

    A segment's folder is named after its content, so one that is whole is never written again; the root file, which
    names the segments, comes after them, and those that it does not name go last.
    """
    segments = {name.partition("/")[0] for name, _ in published_files(index) if "/" in name}
    there = {name for name in segments if _whole(index / name, folder / name, twice=from_files)}
    for name in segments - there:
        shutil.rmtree(folder / name, ignore_errors=True)
    root: list[tuple[str, bytes]] = []
    for name, content in site_files(index, pack, folders=folders, from_files=from_files, without=there):
        if name.startswith(ROOT):
            root.append((name, content))
        else:
            write_if_changed(folder / name, content)
    for name, content in root:
        write_if_changed(folder / name, content)
    for path in folder.glob("[0-9]*-*/"):
        if path.name not in segments:
            shutil.rmtree(path)


def _whole(index: Path, published: Path, *, twice: bool) -> bool:
    """Return whether all files of a segment are published, each as long as it is."""
    names = dict(segment_files(index))
    if sum(path.is_file() for path in published.rglob("*")) != len(names) * (2 if twice else 1):
        return False
    return all(
        (published / name).exists() and (published / name).stat().st_size == path.stat().st_size
        for name, path in names.items()
    )
