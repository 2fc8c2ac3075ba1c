"""Site folders that tests build, and readers of what comes out."""

from __future__ import annotations

import contextlib
import dataclasses
import html.parser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from digest.pipeline import Site, build_pages
from digest.report import BuildReport
from digest.settings import Settings

ROOT = Path(__file__).parent.parent
SEEDS = {path.name: path.read_bytes() for path in sorted((ROOT / "seeds").glob("00?_*.txt"))}
Tree = Mapping[str, bytes]


@dataclasses.dataclass(frozen=True)
class SiteFolder:
    """A site on disk."""

    root: Path
    options: Mapping[str, Any]
    url: str | None = None
    """Where it says that it is published."""

    def put(self, files: Mapping[str, str | bytes]) -> None:
        """Write seeds and sidecars."""
        for name, content in files.items():
            path = self.root / "seeds" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def remove(self, name: str) -> None:
        """Remove a seed."""
        (self.root / "seeds" / name).unlink()

    def rename(self, name: str, to: str) -> None:
        """Rename a seed."""
        (self.root / "seeds" / name).rename(self.root / "seeds" / to)

    def build_pages(self) -> BuildReport:
        """Bring the pages up to date, without MkDocs."""
        return build_pages(self.described())

    def described(self) -> Site:
        """Return what the pipeline has to know of the site, as the plugin reads it from `mkdocs.yml`."""
        config = (self.root / "mkdocs.yml").read_text(encoding="utf-8")
        name, description = (
            re.findall(rf"^{key}: (.*)$", config, re.MULTILINE) for key in ("site_name", "site_description")
        )
        return Site(
            root=self.root,
            docs=self.root / "site_src",
            name=name[0],
            description=description[0],
            settings=Settings(**self.options),
            url=self.url,
        )

    def run(self, command: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `digest` or `mkdocs` in the folder, as a maintainer does."""
        return subprocess.run(
            [Path(sys.executable).with_name(command), *arguments],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def pages(self) -> Tree:
        """Return everything in the docs folder."""
        return read_tree(self.root / "site_src")

    def site(self) -> Tree:
        """Return everything in the published site."""
        return read_tree(self.root / "site")

    def articles(self) -> Mapping[str, str]:
        """Return the path of the page of every article that is there, by its seed."""
        pages = ((path, front_matter(page)) for path, page in self.pages().items() if path.startswith("articles/"))
        return {matter["seed"].removeprefix("seeds/"): path for path, matter in pages if matter["kind"] == "article"}

    def clean_build(self, to: Path) -> Tree:
        """Return the pages of a clean build of the same seeds with the same ledger."""
        fresh = make_site(to, {}, url=self.url, **self.options)
        shutil.rmtree(to / "seeds")
        shutil.copytree(self.root / "seeds", to / "seeds", symlinks=True)
        shutil.copy(self.root / "permalinks.tsv", to)
        fresh.build_pages()
        return fresh.pages()


def make_site(
    root: Path, seeds: Mapping[str, str | bytes] | None = None, *, url: str | None = None, **options: object
) -> SiteFolder:
    """Make a site with the settings and the about page of ours."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("custom_dir: digest/theme", f"custom_dir: {ROOT / 'digest/theme'}")
    config = f"site_url: {url}\n{config}" if url else config
    for key, value in options.items():
        config = re.sub(rf"^      {key}: .*\n", "", config, flags=re.MULTILINE)
        config = config.replace("  - digest:\n", f"  - digest:\n      {key}: {value}\n")
    (root / "site_src").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    shutil.copy(ROOT / "site_src/about.md", root / "site_src/about.md")
    site = SiteFolder(root, options, url)
    site.put(SEEDS if seeds is None else seeds)
    return site


def stored(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a store holds but the stamps of the seeds, which are the file system's."""
    with contextlib.closing(sqlite3.connect(store)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in tables if name != "files"}  # noqa: S608


def read_tree(folder: Path) -> Tree:
    """Return the files below a folder by their path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def front_matter(page: bytes | str) -> dict[str, Any]:
    """Return the front matter of a page, as a YAML library reads it."""
    text = page.decode() if isinstance(page, bytes) else page
    assert text.startswith("---\n")
    matter: dict[str, Any] = yaml.safe_load(text[4:].partition("\n---\n")[0])
    return matter


class PageHtml(html.parser.HTMLParser):
    """What a browser finds on a page: the text and the tags of its `<article>`, and everything that could run."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.dangers: list[str] = []
        self._words: list[str] = []
        self._in_article = self._in_script = False
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and what is dangerous in it."""
        self._in_article |= tag == "article"
        self._in_script |= tag == "script" and ("type", "application/ld+json") not in attrs
        if self._in_article:
            self.tags.append(tag)
            of_the_box = tag == "input" and dict(attrs).get("name") in _CHOICES_OF_THE_READER
            self.dangers += [tag] if tag in _DANGEROUS_TAGS and not of_the_box else []
        for name, value in attrs:
            self.dangers += [f"{tag} {name}={value}"] if name.startswith("on") or name == "srcdoc" else []
            if name in ("href", "src", "action"):
                self.addresses.append(value or "")
                hostile = re.match(r"\s*(javascript|vbscript|data):", value or "", re.IGNORECASE)
                self.dangers += [f"{tag} {name}={value}"] if hostile and value != _OF_THE_THEME else []

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a tag."""
        self._in_article &= tag != "article"
        self._in_script &= tag != "script"

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self._in_script and "alert" in data:
            self.dangers.append(data)
        if self._in_article:
            self._words.append(data)

    @property
    def text(self) -> str:
        """The text of the article, with white space made plain."""
        return " ".join("".join(self._words).split())


_CHOICES_OF_THE_READER = ("dgScript", "dgSize")
_OF_THE_THEME = "javascript:void(0)"
_DANGEROUS_TAGS = frozenset(
    {"script", "img", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "input"}
)
"""Tags that no page of ours has in its article; the hostile seeds write most of them."""
