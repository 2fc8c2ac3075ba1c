"""Ours: seeds as editors write them, a site as `digest new` makes it, and `digest build`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import digest
from benchmarks.builders.builder import LEARNT, Builder
from benchmarks.measure import Cost, measure
from benchmarks.news import Article
from digest.new_site import start_site

_KEPT = "about.md"
_LIST = "changed.txt"


class Ours(Builder):
    """Khabarnama, from raw articles to the site, with links, feeds and search."""

    name = "Khabarnama"
    output = "site"
    caches = (".digest", "permalinks.tsv")
    files_under_terms = False

    def prepare(self) -> None:
        """Start a site, with an address, so that there are feeds and sitemaps, and one entity of its own.

        No picture is drawn for shared links: nobody else does.
        """
        start_site(self.folder, None, "ur")
        (self.folder / "seeds/example.txt").unlink()
        config = self.folder / "mkdocs.yml"
        text = config.read_text(encoding="utf-8")
        block = "- digest:\n    language: ur\n"
        self._listed = False
        if block not in text:
            raise SystemExit("`digest new` writes another mkdocs.yml than the benchmark knows")
        text = text.replace(block, f"{block}    gazetteer: [gazetteer]\n    cards: none\n")
        text = f"site_url: https://example.org/\n{text}"
        config.write_text(text, encoding="utf-8")
        self._aliases: list[str] = []
        self._write_entity()

    def source(self, article: Article) -> str:
        """Return where an article lies."""
        return f"seeds/{article.path}.txt"

    def text(self, article: Article) -> str:
        """Return an article as an editor would feed it in."""
        return article.seed()

    def put_listed(self, article: Article) -> None:
        """Add an article, and name it to the next build."""
        self.put([article])
        self.write(_LIST, f"{self.source(article)}\n")
        self._listed = True

    def learn(self, alias: str, holders: Sequence[Article]) -> None:
        """Write an alias into the entity's file; finding the articles that hold it is our work."""
        del holders
        self._aliases.append(alias)
        self._write_entity()

    def forget(self) -> None:
        """Remove all that was ever built, generated pages included."""
        super().forget()
        for path in (self.folder / "site_src").iterdir():
            if path.name != _KEPT:
                self.put_aside(path)

    def command(self) -> Sequence[str | Path]:
        """Return how it is run."""
        listed = ("--changed", _LIST) if self._listed else ()
        return [sys.executable, "-m", "digest", "build", "--quiet", *listed]

    def version(self) -> str:
        """Return its version."""
        return digest.__version__

    def build(self) -> Mapping[str, Cost]:
        """Build; the gazetteer's cache is kept with the benchmark."""
        environment = {"XDG_CACHE_HOME": str(self.tools / "cache"), "NO_MKDOCS_2_WARNING": "1"}
        cost = measure(self.command(), self.folder, environment)
        self._listed = False
        return {self.name: cost}

    def _write_entity(self) -> None:
        aliases = f"aliases: {{ur: {json.dumps(self._aliases, ensure_ascii=False)}}}\n" if self._aliases else ""
        self.write(f"gazetteer/{LEARNT.taxonomy}/{LEARNT.slug}.yml", f"names: {{ur: {LEARNT.name}}}\n{aliases}")
