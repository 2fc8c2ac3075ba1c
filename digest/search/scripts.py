"""The scripts as they are published: small, with the site's wording, and the engine in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rjsmin

from digest.languages.pack import LanguagePack

ASSETS = Path(__file__).parent / "assets"
ENGINE = ("fold", "distance", "reader", "query", "slots", "excerpt", "engine")
"""The modules of the engine, each behind those that it imports."""
FROM_FOLDERS = "files"
"""Searches pages that were opened from a folder; published only when the site asks for it."""
_PLACEHOLDER = re.compile(r'"%(\w+)%"')
"""Wording that a script must have before it can load anything."""
_BETWEEN = re.compile(r"^(?:import [^;]*;|export \{[^}]*\};)[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def scripts(pack: LanguagePack, *, folders: bool) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every script that pages load over a network.

    Args:
        pack: language of the site.
        folders: whether the address of an article ends in `/` (MkDocs' `use_directory_urls`) and not in `.html`.
    """
    words = _words(pack, *(("/", "/") if folders else (".html", "/index.html")))
    yield "engine.js", minified(bundle(ENGINE))
    for script in sorted(ASSETS.glob("*.js")):
        if script.stem not in (*ENGINE, FROM_FOLDERS):
            yield script.name, minified(_worded(_source(script.stem), words))


def script_for_folders(pack: LanguagePack, *, folders: bool) -> bytes:
    """Return the one script that pages opened from a folder search with. It does nothing anywhere else.

    Box and page use some names twice, so each is a block of its own.
    """
    words = _words(pack, "/index.html" if folders else ".html", "/index.html")
    shim, box, page = (_EXPORT.sub("", bundle((name,))) for name in (FROM_FOLDERS, "box", "search"))
    start, _, end = shim.partition("class Neighbour")
    parts = (start, _EXPORT.sub("", bundle(ENGINE)), f"{{\n{box}class Neighbour{end}}}\n", f"{{\n{page}}}\n")
    script = _worded("".join(parts), words).replace("import.meta.url", "HERE")
    return minified(f'if (location.protocol === "file:") (() => {{\n"use strict";\n{script}}})();\n')


def minified(script: str) -> bytes:
    r"""Return a script as browsers load it, without comments, types and needless space; people read the source.

    >>> minified("// why\nlet a = /** @type {string} */ (1); // how\n")
    b'let a=(1);'
    """
    small: str = rjsmin.jsmin(script)
    return small.encode()


def bundle(modules: Iterable[str]) -> str:
    """Return modules in one: a reader on a slow line asks for one file, and it is a fifth smaller.

    They are put one behind the other without what they import of each other; no name is given twice (a test checks).
    """
    return "".join(_BETWEEN.sub("", _source(module)) for module in modules)


def as_json(value: object) -> str:
    """Return a value as JavaScript."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _source(module: str) -> str:
    return (ASSETS / f"{module}.js").read_text(encoding="utf-8")


def _words(pack: LanguagePack, article_end: str, term_end: str) -> Mapping[str, Any]:
    return {**pack.ui, "article_end": article_end, "term_end": term_end, "search_page": f"search{term_end}"}


def _worded(script: str, words: Mapping[str, Any]) -> str:
    return _PLACEHOLDER.sub(lambda found: as_json(words[found[1]]), script)
