"""Indexes of made-up articles, and the engine that asks them, in node."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.search.aliases import NameBook
from digest.search.documents import SearchDocument, order
from digest.search.folding import SearchFolder
from digest.search.index import Indexer
from digest.search.site import extra, site_files
from tests.sites import ROOT

ASK = ROOT / "tests" / "js" / "ask.js"
Answers = list[dict[str, Any]]


def article(number: int, text: str, **fields: Any) -> SearchDocument:
    """Return an article whose paragraphs are the lines of a text; the first line is the headline."""
    headline, *paragraphs = text.split("\n")
    values: dict[str, Any] = {
        "sequence": number,
        "address": f"articles/{number}/",
        "headline": headline,
        "summary": paragraphs[0] if paragraphs else "",
        "date": dt.date(2024, 1, 1) + dt.timedelta(days=number),
        "outlet": "",
        "passages": (headline, *paragraphs),
        "text": "\n".join(paragraphs),
        "entities": {},
        "filters": (),
    }
    return SearchDocument(**values | fields)


class Asked:
    """Articles in memory; notes which runs of them are looked at, and which are read."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._documents = documents
        self.runs: list[tuple[int, int]] = []
        self.read: list[int] = []

    def length(self) -> int:
        return max((one.sequence + 1 for one in self._documents), default=0)

    def marks(self, start: int, end: int) -> list[tuple[int, str]]:
        return sorted((one.sequence, repr(one)) for one in self._run(start, end))

    def order(self, start: int, end: int) -> list[int]:
        return [one.sequence for one in self._run(start, end)]

    def documents(self, sequences: Sequence[int]) -> list[SearchDocument]:
        self.read += sequences
        there = {one.sequence: one for one in self._documents}
        return [there[sequence] for sequence in sequences]

    def _run(self, start: int, end: int) -> list[SearchDocument]:
        self.runs.append((start, end))
        return [one for one in self._documents if start <= one.sequence < end]


class Index:
    """An index on disk."""

    def __init__(self, folder: Path, pack: LanguagePack, gazetteer: Gazetteer) -> None:
        self.folder = folder
        self.published = folder.with_name(f"{folder.name}-published")
        self.pack = pack
        names = NameBook(gazetteer, SearchFolder(pack), pack.tag)
        self._indexer = Indexer(pack=pack, names=names, fingerprint=repr(gazetteer.entities), extra=extra(pack))

    def build(self, documents: Iterable[SearchDocument], changed: Iterable[int] | None = None) -> int:
        """Bring the index up to date with these articles, and publish it; return how many segments were made."""
        self.asked = Asked(sorted(documents, key=order))
        made = self._indexer.update(self.folder, self.asked, None if changed is None else frozenset(changed))
        shutil.rmtree(self.published, ignore_errors=True)
        for name, content in site_files(self.folder, self.pack):
            path = self.published / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (self.published / "package.json").write_text('{"type": "module"}')
        return made

    def files(self) -> dict[str, bytes]:
        """Return everything published, by path."""
        return {
            path.relative_to(self.published).as_posix(): path.read_bytes()
            for path in sorted(self.published.rglob("*"))
            if path.is_file()
        }

    def ask(self, questions: Sequence[Mapping[str, object] | str], *flags: str) -> Answers:
        """Ask the engine; a bare text asks for the best ten, and what readers see of them."""
        asked = [{"query": one, "show": 10} if isinstance(one, str) else one for one in questions]
        lines = "\n".join(map(json.dumps, asked)) + "\n"
        command = [str(shutil.which("node")), str(ASK), str(self.published), *flags]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def found(self, query: str) -> list[int]:
        """Return the numbers of the articles that a query finds, best first."""
        (answer,) = self.ask([{"query": query, "limit": 1000}])
        return [hit["sequence"] for hit in answer["hits"]]


IndexFactory = Callable[..., Index]


@pytest.fixture(scope="session", autouse=True)
def _node() -> None:
    if shutil.which("node") is None:
        pytest.fail("node is missing. `make test` installs it (Debian package nodejs)", pytrace=False)


@pytest.fixture(scope="session")
def no_gazetteer() -> Gazetteer:
    """Return a gazetteer that names nobody."""
    return Gazetteer(entities={}, phrases={}, fingerprint="")


@pytest.fixture
def index_factory(tmp_path: Path, pack: LanguagePack, no_gazetteer: Gazetteer) -> IndexFactory:
    """Return a function that makes an index of articles."""

    def make(
        documents: Iterable[SearchDocument] = (), *, names: Gazetteer = no_gazetteer, folder: str = "index"
    ) -> Index:
        index = Index(tmp_path / folder, pack, names)
        index.build(documents)
        return index

    return make
