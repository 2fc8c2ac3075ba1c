"""Our search index against Material's own, Pagefind and MiniSearch: bytes, build cost, files, updates, recall.

    python benchmarks/search.py [ARTICLES] [--only ours,material,pagefind,minisearch]

Everything runs on the same articles (search_corpus.py) in the same run, one builder at a time, each in a process of
its own. `make bench-search` installs the peers; those that are missing are said to be missing.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import itertools
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.search_browser import measure_box, measure_browser
from benchmarks.search_corpus import VARIANTS, Corpus
from benchmarks.search_judged import judge, judged_index, judged_queries
from benchmarks.search_report import PEERS, bars, load, show, show_recall, versions
from digest.languages.pack import load_pack
from digest.pipeline import Site
from digest.search.aliases import NameBook
from digest.search.batches import MOST
from digest.search.documents import SearchDocument
from digest.search.folding import SearchFolder
from digest.search.index import Indexer, plan, published_files
from digest.search.site import extra, site_files
from digest.settings import Settings

ROOT = Path(__file__).parent.parent
PACK = load_pack("ur")
ASK = ROOT / "tests" / "js" / "ask.js"
_ASKED = 1_000
"""Articles of which peers without an index of their own are asked at most: of 10,000 they take an hour."""


def corpus_of(count: int) -> tuple[Corpus, NameBook]:
    """Return the corpus, and the names that the index is made with."""
    gazetteer = Site(root=ROOT, docs=ROOT, name="", settings=Settings()).gazetteer()
    return Corpus(count, gazetteer, PACK), NameBook(gazetteer, SearchFolder(PACK), PACK.tag)


@dataclasses.dataclass(frozen=True)
class First:
    """The first articles of a corpus, as the index asks for them."""

    corpus: Corpus
    count: int

    def length(self) -> int:
        """Return how many there are."""
        return self.count

    def marks(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Yield sequence and fingerprint."""
        return ((number, str(number)) for number in range(start, min(end, self.count)))

    def order(self, start: int, end: int) -> Sequence[int]:
        """Return the articles of a run by date: as they were added."""
        return range(start, min(end, self.count))

    def documents(self, sequences: Sequence[int]) -> Iterator[SearchDocument]:
        """Yield articles."""
        for sequence in sequences:
            yield from self.corpus.documents(sequence, sequence + 1)


def update(folder: Path, corpus: Corpus, names: NameBook, count: int, changed: frozenset[int] | None = None) -> int:
    """Bring the index up to date with the first `count` articles."""
    indexer = Indexer(pack=PACK, names=names, fingerprint="benchmark", extra=extra(PACK))
    return indexer.update(folder, First(corpus, count), changed)


def cpu() -> float:
    """Return the CPU seconds of this process and its children so far."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def build_ours(folder: Path, count: int) -> None:
    """Build, and print what it cost. Runs in a process of its own."""
    corpus, names = corpus_of(count)
    start = cpu()
    for _ in corpus.documents(0, count - 1):
        pass
    making = cpu() - start  # the articles are made while the index is: that is not its cost
    start = cpu()
    update(folder, corpus, names, count - 1)
    print(json.dumps({"cpu": cpu() - start - making, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def add_ours(folder: Path, count: int) -> None:
    """Add the last article, and print what it cost. Runs in a process of its own, where no name is known yet."""
    corpus, names = corpus_of(count)
    before = {name: path.read_bytes() for name, path in published_files(folder)}
    start = cpu()
    update(folder, corpus, names, count, frozenset((count - 1,)))
    added = cpu() - start
    after = {name: path.read_bytes() for name, path in published_files(folder)}
    new = [name for name in after if before.get(name) != after[name]]
    share = sum(len(after[name]) for name in new) / sum(map(len, after.values()))
    facts = {"files": len(after), "bytes": sum(map(len, after.values()))}
    print(json.dumps(facts | {"one_cpu": added, "one_files": len(new), "one_share": share}))


class Edited(First):
    """The same, when the oldest article has been edited."""

    def marks(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Yield sequence and fingerprint."""
        return ((number, mark if number else "edited") for number, mark in super().marks(start, end))

    def documents(self, sequences: Sequence[int]) -> Iterator[SearchDocument]:
        """Yield articles."""
        for document in super().documents(sequences):
            yield document if document.sequence else dataclasses.replace(document, headline="تصحیح", summary="")


def edit_ours(folder: Path, count: int) -> None:
    """Edit the oldest article in a copy of the index, and print what it cost. Runs in a process of its own."""
    corpus, names = corpus_of(count)
    copy = folder.with_name("edited")
    shutil.copytree(folder, copy)
    before = {name: path.read_bytes() for name, path in published_files(copy)}
    _, end = next(plan(count))
    start = cpu()
    for _ in corpus.documents(0, min(end, MOST)):  # those that the edited one is made anew with
        pass
    making = cpu() - start
    start = cpu()
    indexer = Indexer(pack=PACK, names=names, fingerprint="benchmark", extra=extra(PACK))
    indexer.update(copy, Edited(corpus, count), frozenset((0,)))
    edited = cpu() - start - making
    after = {name: path.read_bytes() for name, path in published_files(copy)}
    new = [name for name in after if before.get(name) != after[name]]
    share = sum(len(after[name]) for name in new) / sum(map(len, after.values()))
    print(json.dumps({"edit_cpu": edited, "edit_files": len(new), "edit_share": share}))


def questions(corpus: Corpus) -> Mapping[str, list[str]]:
    """Return what is asked when bytes are counted: one word or name, and three words."""
    chance = random.Random(3)  # noqa: S311 - a benchmark
    single = [person.spellings[0] for person in corpus.people[:400] if " " not in person.spellings[0]][:5]
    words = [corpus.words[rank] for rank in (300, 700, 1500, 4000, 9000)]
    three = [" ".join((*chance.sample(corpus.words[300:3000], 2), name)) for name in single]
    return {"first search, a name": single, "first search, a word": words, "first search, three words": three}


def named(corpus: Corpus) -> list[str]:
    """Return nine names of one word that articles hold, as readers may type them into a browser."""
    held = (spelling for number in range(corpus.count) for spelling, _ in corpus.named_in(number).values())
    return list(itertools.islice(dict.fromkeys(name for name in held if " " not in name), 9))


def ask(folder: Path, asked: Sequence[Mapping[str, object]], *flags: str) -> list[dict[str, Any]]:
    """Ask our engine in node."""
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(
        ["node", str(ASK), str(folder), *flags], input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def publish(index: Path, folder: Path) -> int:
    """Put scripts and index where the engine is asked; return what the scripts weigh on the wire."""
    wire = 0
    for name, content in site_files(index, PACK):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        wire += len(gzip.compress(content, 9)) if name in ("engine.js", "box.js", "worker.js") else 0
    (folder / "package.json").write_text('{"type": "module"}')
    return wire


def variants(corpus: Corpus) -> Iterator[tuple[str, str, set[int]]]:
    """Yield (kind, query, the articles it must find), by what the corpus knows of its articles."""
    by_person: dict[str, set[int]] = {}
    for number in range(corpus.count):
        for entity in corpus.named_in(number):
            by_person.setdefault(entity, set()).add(number)
    for person in corpus.people[:120:4]:
        for spelling in person.spellings[:4]:
            yield "names in the gazetteer", spelling, by_person.get(person.id, set())
    for group, (kind, spellings) in enumerate(VARIANTS):
        for spelling in spellings:
            yield kind, spelling, corpus.holding[group]


def measure_ours(work: Path, count: int) -> dict[str, Any]:
    """Build in a process of its own, then ask."""
    index, folder = work / "index", work / "ours"
    facts: dict[str, Any] = {}
    for step in ("--build-ours", "--add-ours", "--edit-ours"):
        command = [sys.executable, "-m", "benchmarks.search", str(count), step, str(index)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode:
            raise SystemExit(done.stderr)
        facts |= json.loads(done.stdout.splitlines()[-1])
    wire = publish(index, folder)
    facts["scripts"] = wire
    corpus, _ = corpus_of(count)
    for name, texts in questions(corpus).items():
        answers = ask(folder, [{"query": f"{text} ", "show": 10, "fresh": True} for text in texts])
        sizes = [answer["bytes"] + wire for answer in answers]
        facts[name] = (statistics.median(sizes), max(sizes))
        facts[f"{name}, warm ms"] = statistics.median(
            answer["ms"]
            for answer in ask(folder, [{"query": f"{text} ", "show": 10} for text in (*texts, *texts)])[len(texts) :]
        )
    names = named(corpus)
    facts |= measure_browser(folder, names)
    facts |= measure_box(folder, names, work)
    facts["judged"] = measure_judged(work)
    facts["asked"] = count
    facts["recall"] = recall(corpus, lambda queries: [
        [hit["sequence"] for hit in answer["hits"]]
        for answer in ask(folder, [{"query": f"{query} ", "limit": 10**6} for query in queries])
    ])  # fmt: skip
    return facts


def measure_judged(work: Path) -> Mapping[str, tuple[float, float, int]]:
    """Ask judged queries of an index of our own labelled articles."""
    index, numbers, gazetteer = judged_index(work)
    folder = work / "judged"
    publish(index, folder)
    return judge(
        list(judged_queries(gazetteer)),
        lambda queries: [
            [numbers[hit["sequence"]] for hit in answer["hits"]]
            for answer in ask(folder, [{"query": f"{query} ", "limit": 1000} for query in queries])
        ],
    )


def recall(corpus: Corpus, find: Callable[[list[str]], list[list[int]]]) -> dict[str, tuple[float, float]]:
    """Return, by kind, the share of the wanted articles found, and the share of the first ten that is wanted.

    Where fewer than ten are wanted, only as many are looked at.
    """
    cases = list(variants(corpus))
    shares: dict[str, list[tuple[float, float]]] = {}
    for (kind, _, wanted), found in zip(cases, find([query for _, query, _ in cases]), strict=True):
        if wanted:
            first = found[: min(10, len(wanted))]
            precision = len(wanted.intersection(first)) / len(first) if first else 0.0
            shares.setdefault(kind, []).append((len(wanted.intersection(found)) / len(wanted), precision))
    return {
        kind: (statistics.mean(one for one, _ in values), statistics.mean(other for _, other in values))
        for kind, values in shares.items()
    }


def page(document: SearchDocument) -> str:
    """Return an article as the simplest page, for peers that read HTML."""
    paragraphs = "".join(f"<p>{line}</p>" for line in document.text.split("\n"))
    title, start = document.headline, '<!doctype html><html lang="ur">'
    return f"{start}<title>{title}</title><body data-pagefind-body><h1>{title}</h1>{paragraphs}"


def measure_pagefind(work: Path, count: int) -> dict[str, Any]:
    """Build with Pagefind's binary over simple pages, and ask in node through its own script."""
    binary = (
        shutil.which("pagefind_extended")
        or shutil.which("pagefind")
        or str(PEERS / "node_modules" / ".bin" / "pagefind")
    )
    if not Path(binary).exists():
        return {"missing": "npm ci in benchmarks/peers"}
    site = work / "pages"
    corpus, _ = corpus_of(count)
    for document in corpus.documents():
        path = site / f"{document.sequence}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(document), encoding="utf-8")
    facts = timed([binary, "--site", str(site)], work)
    files = [path for path in (site / "pagefind").rglob("*") if path.is_file()]
    facts |= {"files": len(files), "bytes": sum(path.stat().st_size for path in files)}
    before = {path.name: path.stat().st_size for path in files}
    (document,) = corpus.documents(count, count + 1)
    (site / "extra.html").write_text(page(document), encoding="utf-8")
    again = timed([binary, "--site", str(site)], work)
    after = {path.name: path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file()}
    new = {name for name in after if name not in before}
    facts |= {
        "one_cpu": again["cpu"],
        "one_files": len(new),
        "one_share": sum(after[name] for name in new) / sum(after.values()),
    }
    asker = PEERS / "pagefind.mjs"
    facts |= peer_answers(["node", str(asker), str(site / "pagefind")], corpus)
    return facts


def timed(command: Sequence[str], folder: Path) -> dict[str, Any]:
    """Run a command under /usr/bin/time's own measure: CPU seconds and peak memory of it and its children."""
    script = (
        "import resource, subprocess, sys, json\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps({'cpu': used.ru_utime + used.ru_stime, 'mb': used.ru_maxrss / 1024}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], capture_output=True, text=True, check=True, cwd=folder
    )
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts


def peer_answers(command: Sequence[str], corpus: Corpus, *, sizes: bool = True) -> dict[str, Any]:
    """Ask a peer: {"query"} in, {"found": [numbers], "bytes"} out, a line each; `fresh` counts a first search."""
    facts: dict[str, Any] = {}
    for name, texts in questions(corpus).items() if sizes else ():
        weights = [peer(command, [{"query": text, "fresh": True}])[0]["bytes"] for text in texts[:3]]
        facts[name] = (statistics.median(weights), max(weights))
    facts["asked"] = corpus.count
    facts["recall"] = recall(
        corpus, lambda queries: [answer["found"] for answer in peer(command, [{"query": q} for q in queries])]
    )
    return facts


def peer(command: Sequence[str], asked: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Ask a peer's script in node."""
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(list(command), input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure_list(work: Path, count: int, kind: str) -> dict[str, Any]:
    """Build what Material and MiniSearch need: one JSON of all articles; then ask lunr or MiniSearch."""
    if not (PEERS / "node_modules" / kind).exists():
        return {"missing": "npm ci in benchmarks/peers"}
    corpus, _ = corpus_of(count)
    node = ["node", "--max-old-space-size=6000", str(PEERS / f"{kind}.mjs")]
    path, out = work / f"{kind}.json", work / f"{kind}.index"
    facts: dict[str, Any] = {"cpu": _write_list(path, corpus, kind), "files": 1, "one_files": 1, "one_share": 1.0}
    built = timed([*node, "build", str(path), str(out)], work)
    shipped = path if kind == "lunr" else out
    facts |= {"cpu": facts["cpu"] + built["cpu"], "mb": built["mb"], "bytes": shipped.stat().st_size}
    facts["one_cpu"] = facts["cpu"]
    size = len(gzip.compress(shipped.read_bytes(), 6))
    if count > _ASKED:
        corpus, _ = corpus_of(_ASKED)
        _write_list(path, corpus, kind)
        timed([*node, "build", str(path), str(out)], work)
    facts |= peer_answers([*node, "ask", str(path), str(out)], corpus, sizes=False)
    facts |= dict.fromkeys(questions(corpus), (size, size))
    return facts


def _write_list(path: Path, corpus: Corpus, kind: str) -> float:
    """Write all articles as one JSON; return the CPU seconds of writing."""
    docs = [{"location": str(one.sequence), "title": one.headline, "text": one.text} for one in corpus.documents()]
    start = cpu()
    # Material's plugin writes ASCII, as search_index.json is on disk; MiniSearch's index is its own dump.
    path.write_text(
        json.dumps(
            {"config": {"lang": ["en"], "separator": r"[\s\-]+"}, "docs": docs},
            sort_keys=True,
            ensure_ascii=kind == "lunr",
        )
    )
    return cpu() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=1000)
    parser.add_argument("--only", default="ours,material,pagefind,minisearch")
    parser.add_argument("--build-ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--add-ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--edit-ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, default=Path("/tmp/khabarnama-search"))  # noqa: S108 - may be named
    options = parser.parse_args()
    for step in (build_ours, add_ours, edit_ours):
        if folder := getattr(options, step.__name__):
            step(folder, options.articles)
            return
    work = options.work / str(options.articles)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    ways: Mapping[str, Callable[[], dict[str, Any]]] = {
        "ours": lambda: measure_ours(work, options.articles),
        "material": lambda: measure_list(work, options.articles, "lunr"),
        "pagefind": lambda: measure_pagefind(work, options.articles),
        "minisearch": lambda: measure_list(work, options.articles, "minisearch"),
    }
    print(f"{options.articles:,} articles; {versions()}; {load()}")
    found: dict[str, Mapping[str, Any]] = {}
    for name in options.only.split(","):
        start = time.perf_counter()
        found[name] = ways[name]()
        show(name, found[name], bars(options.articles))
        print(f"  (measured in {time.perf_counter() - start:.0f} s; {load()})", flush=True)
    show_recall(found)


if __name__ == "__main__":
    main()
