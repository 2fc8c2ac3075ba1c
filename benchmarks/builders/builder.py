"""What every builder of the comparison does: lay an archive out, take changes, and say how it is run."""

from __future__ import annotations

import dataclasses
import json
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Cost, measure
from benchmarks.news import Article, Term

HERE = Path(__file__).parent
GONE = HERE.parent.parent / ".bench" / "gone"
"""What was put aside."""
LEARNT = Term(taxonomy="organisations", slug="bench-agency", name="بنچ ایجنسی")
"""The entity that gets an alias more."""


def sweep() -> None:
    """Delete what was put aside."""
    shutil.rmtree(GONE, ignore_errors=True)


class Builder:
    """A site builder with a folder of its own."""

    name: str
    output = "public"
    caches: tuple[str, ...] = ()
    """What it keeps between runs, beside its output."""
    builds_whole = False
    """Whether it has no other way than to build all again, so that one change is measured for all kinds of change."""
    files_under_terms = True
    """Whether it has to be told what articles are filed under."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder = folder
        self.tools = tools
        self.articles: dict[int, Article] = {}

    def lay_out(self, articles: Iterable[Article]) -> None:
        """Write the sources of an archive into an empty folder."""
        self.put_aside(self.folder)
        self.folder.mkdir(parents=True)
        self.prepare()
        self.put(articles)

    def prepare(self) -> None:
        """Write everything that is no article."""
        shutil.copytree(HERE / self.name.lower(), self.folder, dirs_exist_ok=True)

    def put(self, articles: Iterable[Article]) -> None:
        """Add articles, or replace them."""
        for article in articles:
            self.articles[article.number] = article
            self.write(self.source(article), self.text(article))

    def put_listed(self, article: Article) -> None:
        """Add an article, and say so to a builder that can be told what changed."""
        self.put([article])

    def remove(self, article: Article) -> None:
        """Remove an article."""
        del self.articles[article.number]
        (self.folder / self.source(article)).unlink()

    def learn(self, alias: str, holders: Sequence[Article]) -> None:
        """Let an alias be an entity's: for a builder that reads no news, its articles are filed under a term more."""
        del alias
        changed = [self.articles[one.number] for one in holders if LEARNT not in self.articles[one.number].terms]
        self.put(dataclasses.replace(one, terms=(*one.terms, LEARNT)) for one in changed)

    def source(self, article: Article) -> str:
        """Return where an article lies."""
        return f"content/articles/{article.path}.md"

    def text(self, article: Article) -> str:
        """Return an article in the builder's own form."""
        return f"---\n{front_matter(article)}---\n\n{body(article)}"

    def write(self, path: str, text: str) -> None:
        """Write a file, unless it says so already."""
        target = self.folder / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def forget_site(self) -> None:
        """Remove what was published."""
        self.put_aside(self.folder / self.output)

    def forget(self) -> None:
        """Remove all that was ever built."""
        self.forget_site()
        for name in self.caches:
            self.put_aside(self.folder / name)

    def put_aside(self, path: Path) -> None:
        """Take a file or folder out of the way, which `sweep` deletes when all is measured.

        ext4 looks for inodes that were deleted in the last minutes whenever it makes a file: whoever builds after a
        large folder was deleted would pay for that.
        """
        if path.exists():
            GONE.mkdir(parents=True, exist_ok=True)
            path.rename(GONE / secrets.token_hex(8))

    def command(self) -> Sequence[str | Path]:
        """Return how it is run, in its folder."""
        raise NotImplementedError

    def version(self) -> str:
        """Return its version."""
        raise NotImplementedError

    def build(self) -> Mapping[str, Cost]:
        """Build, and return the cost by the name it goes under."""
        return {self.name: measure(self.command(), self.folder)}


def by_taxonomy(article: Article) -> dict[str, list[Term]]:
    """Return an article's terms by taxonomy."""
    found: dict[str, list[Term]] = {}
    for term in article.terms:
        found.setdefault(term.taxonomy, []).append(term)
    return found


def front_matter(article: Article) -> str:
    """Return the lines of YAML that builders with taxonomies read; JSON strings and lists are YAML."""
    values: dict[str, object] = {"title": article.title, "description": article.paragraphs[0]}
    values |= {kind: [term.slug for term in terms] for kind, terms in by_taxonomy(article).items()}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
    return "".join([f"date: {article.date}\n", *lines])


def body(article: Article) -> str:
    """Return the paragraphs."""
    return "\n\n".join(article.paragraphs) + "\n"
