"""The peers. Each gets the same articles and makes comparable pages, with a minimal theme where it allows one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.builders.builder import HERE, Builder, body, by_taxonomy
from benchmarks.measure import Cost, measure
from benchmarks.news import TAXONOMIES, Article, Term

_PER_PAGE = 100
_LATEST = 20


def _said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _only(folder: Path, pattern: str) -> Path:
    """Return the binary itself: a wrapper's start would count against it."""
    found = [path for path in folder.glob(pattern) if path.is_file()]
    if not found:
        raise SystemExit(f"{folder}/{pattern} is missing: make .bench/installed")
    return found[0]


class Hugo(Builder):
    """Hugo, and Hugo with Pagefind over its pages."""

    name = "Hugo"
    with_search = False

    def command(self) -> Sequence[str | Path]:
        """Return how it is run: as most do, and faster than when it also looks for what was removed."""
        return [self._binary(), "--quiet"]

    def version(self) -> str:
        """Return its version."""
        return _said(self._binary(), "version").split()[1].partition("-")[0]

    def build(self) -> Mapping[str, Cost]:
        """Build, and let Pagefind read the pages if that is asked for."""
        cost = measure(self.command(), self.folder)
        if not self.with_search:
            return {self.name: cost}
        pagefind = _only(self.tools / "node/node_modules/@pagefind", "*/bin/pagefind_extended")
        return {self.name: cost, "Hugo + Pagefind": cost + measure([pagefind, "--site", self.output], self.folder)}

    def _binary(self) -> Path:
        return _only(self.tools / "python/lib", "python3*/site-packages/hugo/binaries/hugo*")


class Eleventy(Builder):
    """Eleventy."""

    name = "Eleventy"

    def prepare(self) -> None:
        """Write templates and configuration."""
        super().prepare()
        self.write("content/articles/articles.json", json.dumps({"layout": "article.njk"}))

    def command(self) -> Sequence[str | Path]:
        """Return how it is run."""
        return ["node", self.tools / "node/node_modules/@11ty/eleventy/cmd.cjs", "--quiet"]

    def version(self) -> str:
        """Return its version."""
        package = (self.tools / "node/node_modules/@11ty/eleventy/package.json").read_text(encoding="utf-8")
        return str(json.loads(package)["version"])


class Pelican(Builder):
    """Pelican, with its cache."""

    name = "Pelican"
    caches = ("cache",)

    def source(self, article: Article) -> str:
        """Return where an article lies."""
        return f"content/{article.path}.md"

    def text(self, article: Article) -> str:
        """Return an article with Pelican's own metadata."""
        terms = by_taxonomy(article)
        tags = [term.slug for kind in TAXONOMIES[:4] for term in terms.get(kind, ())]
        outlet = terms["outlets"][0].slug if "outlets" in terms else "unknown"
        return (
            f"Title: {article.title}\nDate: {article.date}\nCategory: {outlet}\nTags: {', '.join(tags)}\n"
            f"Slug: {article.path}\nSummary: {article.paragraphs[0]}\n\n{body(article)}"
        )

    def command(self) -> Sequence[str | Path]:
        """Return how it is run."""
        return [self.tools / "pelican/bin/pelican", "--quiet"]

    def version(self) -> str:
        """Return its version."""
        return _said(self.tools / "pelican/bin/pelican", "--version")


class MkDocs(Builder):
    """Plain MkDocs with Material and its stock search; pages of terms are written for it, at no cost of its own."""

    name = "MkDocs"
    builds_whole = True
    caches = (".cache",)

    def prepare(self) -> None:
        """Write the configuration."""
        shutil.copy(HERE / "mkdocs.yml", self.folder / "mkdocs.yml")

    def put(self, articles: Iterable[Article]) -> None:
        """Add articles, and bring the pages of terms up to date."""
        super().put(articles)
        self._write_lists()

    def remove(self, article: Article) -> None:
        """Remove an article, and bring the pages of terms up to date."""
        super().remove(article)
        self._write_lists()

    def source(self, article: Article) -> str:
        """Return where an article lies."""
        return f"docs/articles/{article.path}.md"

    def text(self, article: Article) -> str:
        """Return an article with links to its terms."""
        up = "../" * (article.path.count("/") + 1)
        kinds = by_taxonomy(article).values()
        terms = [
            " · ".join(f"[{term.name}]({up}{term.taxonomy}/{term.slug}/index.md)" for term in kind) for kind in kinds
        ]
        matter = f"---\ntitle: {json.dumps(article.title, ensure_ascii=False)}\n---\n\n"
        return f"{matter}# {article.title}\n\n{article.date}\n\n" + body(article) + "\n" + "\n\n".join(terms) + "\n"

    def command(self) -> Sequence[str | Path]:
        """Return how it is run."""
        return [self.tools / "python/bin/mkdocs", "build", "--quiet"]

    def version(self) -> str:
        """Return its version, and Material's."""
        freeze = (
            "import importlib.metadata as m; print(m.version('mkdocs'), 'with Material', m.version('mkdocs-material'))"
        )
        return _said(self.tools / "python/bin/python", "-c", freeze)

    def build(self) -> Mapping[str, Cost]:
        """Build."""
        return {self.name: measure(self.command(), self.folder, {"NO_MKDOCS_2_WARNING": "1"})}

    def installed(self, package: str) -> str:
        """Return the version of a package of the peers' own environment."""
        asked = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
        return _said(self.tools / "python/bin/python", "-c", asked)

    def _write_lists(self) -> None:
        newest = sorted(self.articles.values(), key=lambda one: (one.date, one.number), reverse=True)
        filed: dict[Term, list[Article]] = defaultdict(list)
        for article in newest:
            for term in article.terms:
                filed[term].append(article)
        for term, articles in filed.items():
            for number, text in _pages(term.name, articles, "../../"):
                self.write(f"docs/{term.taxonomy}/{term.slug}/{number or 'index'}.md", text)
        for kind in TAXONOMIES:
            terms = sorted((term for term in filed if term.taxonomy == kind), key=lambda term: -len(filed[term]))
            lines = [f"- [{term.name}]({term.slug}/index.md) {len(filed[term])}" for term in terms]
            self.write(f"docs/{kind}/index.md", f"# {kind}\n\n" + "\n".join(lines) + "\n")
        self.write("docs/index.md", f"# خبرنامہ\n\n{_items(newest[:_LATEST], '')}")


class Zensical(MkDocs):
    """Zensical, which reads the same tree."""

    name = "Zensical"

    def command(self) -> Sequence[str | Path]:
        """Return how it is run."""
        return [self.tools / "python/bin/zensical", "build", "--config-file", "mkdocs.yml"]

    def version(self) -> str:
        """Return its version."""
        return self.installed("zensical")


def _pages(name: str, articles: Sequence[Article], up: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of the pages of a term; the first is number 0."""
    last = (len(articles) - 1) // _PER_PAGE
    for number in range(last + 1):
        some = articles[number * _PER_PAGE : (number + 1) * _PER_PAGE]
        links = [f"[→]({number - 1 or 'index'}.md)"] if number else []
        links += [f"[←]({number + 1}.md)"] if number < last else []
        yield number, f"# {name}\n\n{_items(some, up)}\n{' '.join(links)}\n"


def _items(articles: Iterable[Article], up: str) -> str:
    return "".join(
        f"- [{one.title}]({up}articles/{one.path}.md) {one.date}\n\n    {one.paragraphs[0]}\n\n" for one in articles
    )
