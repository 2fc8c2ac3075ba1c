"""Starts a site of one's own: a folder that builds at once."""

from __future__ import annotations

from pathlib import Path

import yaml

from digest.errors import ConfigurationError
from digest.languages.pack import available_languages, load_pack
from digest.report import Issue

_SECTIONS = ("countries", "topics", "people", "organisations", "outlets", "archive")
_GENERATED = ("articles", "digests", *_SECTIONS, "sitemaps", "data", "cards", "search", "feeds")
_SEPARATOR = r"""[\s\u200c\-،۔؟!؛:"“”‘’()\[\]«»|/\\.,…–—·]+"""
"""Between words, for Material's search: it does not know ۔ ، ؟ ’ “ itself."""

_IGNORED = """\
# Made by every build
/site/
/.digest/
/site_src/index.md
/site_src/feed.*
/site_src/sitemap*.xml
/site_src/robots.txt
/site_src/llms.txt
"""

_ABOUT_GAZETTEER = """\
# People, places and organisations of your own

`digest suggest` finds their names in your articles, and `digest suggest --accept ID --name-en NAME` writes a file here
for one. An entity with an id that the package has too takes its place.
"""


def start_site(folder: Path, name: str | None, language: str) -> list[Path]:
    """Write the files of a new site and return them. Nothing that exists is touched.

    Raises:
        ConfigurationError: the folder holds something already, or the language has no pack.
    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):  # `git init` comes first for many
        issue = Issue(
            code="not-empty",
            where=str(folder),
            message="this folder is not empty, and nothing in it is overwritten",
            hint="Name a new folder",
        )
        raise ConfigurationError([issue])
    ui = load_pack(language).ui
    name = name or str(ui["site_name"])
    example = Path(__file__).parent / "languages" / language / "example.txt"
    files = {
        "mkdocs.yml": _mkdocs_yml(name, language),
        "seeds/example.txt": example.read_text(encoding="utf-8"),
        "site_src/about.md": f"# {ui['about']}\n\n{name}\n",
        "gazetteer/README.md": _ABOUT_GAZETTEER,
        ".gitignore": _IGNORED + "".join(f"/site_src/{top}/\n" for top in _GENERATED),
    }
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return [folder / path for path in files]


def _mkdocs_yml(name: str, language: str) -> str:
    pack = load_pack(language)
    config = {
        "site_name": name,
        "docs_dir": "site_src",
        "theme": {
            "name": "material",
            "language": language,
            "direction": pack.language.direction,
            "font": False,
            "favicon": "assets/favicon.svg",
            "features": ["navigation.tabs", "navigation.top", "search.highlight", "search.share"],
            "palette": [
                {
                    "media": "(prefers-color-scheme: light)",
                    "scheme": "default",
                    "primary": "custom",
                    "accent": "custom",
                },
                {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom"},
            ],
        },
        "nav": [
            {pack.ui["home"]: "index.md"},
            *({pack.ui[section]: f"{section}/index.md"} for section in _SECTIONS),
            {pack.ui["about"]: "about.md"},
        ],
        "not_in_nav": "/articles/\n/digests/\n" + "".join(f"/{section}/*/\n" for section in _SECTIONS) + "/search/\n",
        "markdown_extensions": ["attr_list", {"toc": {"toc_depth": 1, "slugify": _Slugify()}}],
        "plugins": [
            "search",
            {"digest": {"language": language, "gazetteer": ["gazetteer"]}},
        ],
        "validation": dict.fromkeys(("omitted_files", "absolute_links", "unrecognized_links", "anchors"), "warn"),
    }
    return yaml.dump(config, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Slugify:
    """Stands for Unicode heading ids, which `mkdocs.yml` names by a Python tag."""


class _Dumper(yaml.SafeDumper):
    """Writes `_Slugify` as the tag that MkDocs reads."""


_Dumper.add_representer(
    _Slugify,
    lambda dumper, _: dumper.represent_mapping(
        "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify", {"kwds": {"case": "lower"}}
    ),
)


def languages() -> tuple[str, ...]:
    """Return the languages a new site may be in."""
    return available_languages()
