"""The search of a site: its index from the store, and the files that the site publishes."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.search.aliases import NameBook
from digest.search.documents import Content, SearchDocument, document
from digest.search.folding import SearchFolder
from digest.search.index import Indexer, published_files
from digest.store.archive import Archive
from digest.store.runs import fingerprints, ledger_length, run
from digest.write.permalinks import SECTIONS

FOLDER = "search"
"""Where the site keeps its search: the page, the scripts, the index."""
ASSETS = Path(__file__).parent / "assets"
ENGINE = ("fold", "distance", "reader", "query", "slots", "excerpt", "engine")
"""The modules of the engine, each behind those that it imports."""
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
_PLACEHOLDER = re.compile(r'"%(\w+)%"')
"""Wording that a script must have before it can load anything."""
_BETWEEN = re.compile(r"^(?:import [^;]*;|export \{[^}]*\};)[ \t]*\n", re.MULTILINE)
_WORDING = "article_count", "country", "topic", "person", "organisation", "outlet", "search_number"
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_CAST = re.compile(r"/\*\* @type [^\n]*?\*/ ?")
"""A type inside a line: for `tsc`, not for browsers."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Stored:
    """The articles of the archive, as the index asks for them."""

    archive: Archive
    content: Content

    def length(self) -> int:
        return ledger_length(self.archive)

    def marks(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        return fingerprints(self.archive, start, end)

    def documents(self, start: int, end: int) -> Iterator[SearchDocument]:
        return (document(entry, linked, self.content) for entry, linked in run(self.archive, start, end))


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


def site_files(index: Path, pack: LanguagePack) -> Iterator[tuple[str, bytes]]:
    """Yield what is published below `search/`: the scripts and the index."""
    yield "engine.js", bundle(ENGINE).encode()
    for script in sorted(ASSETS.glob("*.js")):
        if script.stem not in ENGINE:
            source = without_comments(script.read_text(encoding="utf-8"))
            yield script.name, _PLACEHOLDER.sub(lambda found: as_json(pack.ui[found[1]]), source).encode()
    for name, path in published_files(index):
        yield name, path.read_bytes()


def bundle(modules: Iterable[str]) -> str:
    """Return modules in one: a reader on a slow line asks for one file, and it is a fifth smaller.

    They are put one behind the other without what they import of each other; no name is given twice (a test checks).
    """
    sources = ((ASSETS / f"{module}.js").read_text(encoding="utf-8") for module in modules)
    return "".join(_BETWEEN.sub("", without_comments(source)) for source in sources)


def without_comments(script: str) -> str:
    r"""Return a script without indentation, types, and the comments that stand on lines of their own.

    People read the source, not what is published.

    >>> without_comments("// why\nlet a = /** @type {string} */ (1); // kept\n")
    'let a = (1); // kept\n'
    """
    return _INDENT.sub("", _CAST.sub("", _COMMENT.sub("", script)))


def as_json(value: object) -> str:
    """Return a value as JavaScript."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
