"""A site in another language than Urdu: its pages speak that language, and its styles know no left and right."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from digest.languages.pack import FOLDER, load_pack
from digest.new_site import start_site
from tests.site.conftest import ADDRESS
from tests.sites import ROOT, SiteFolder, Tree, front_matter

SHEETS = sorted((ROOT / "digest/theme/assets/stylesheets").glob("*.css"))
_PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
_NOT_OF_A_RULE = re.compile(r"/\*.*?\*/|@media[^{]*", re.DOTALL)
_ELSEWHERE = {"data", "search"}
"""Folders of data: names in every language, and the index."""


class _Shown(HTMLParser):
    """The text and the attributes of a page, without what says that it is in another language."""

    def __init__(self, page: str, own: str) -> None:
        super().__init__()
        self._own = own
        self._foreign: str | None = None
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what attributes say, or that a foreign name begins; such names are `<bdi>` and hold no other."""
        if (language := dict(attrs).get("lang")) and language != self._own:
            self._foreign = tag
        else:
            self.found += [value for _, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        """Note that a foreign name ends."""
        if tag == self._foreign:
            self._foreign = None

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self._foreign is None:
            self.found.append(data)


@pytest.fixture(scope="module", params=["ar"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a new site in another language, with the example of its pack and one of another day."""
    root = tmp_path_factory.mktemp("other") / "site"
    start_site(root, None, request.param)
    config = root / "mkdocs.yml"
    config.write_text(f"site_url: {ADDRESS}\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    example = (FOLDER / request.param / "example.txt").read_text(encoding="utf-8")
    built = SiteFolder(root, {"language": request.param}, ADDRESS)
    built.put({"other.txt": example.replace("2026", "2025")})
    done = built.run("digest", "build", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return built


@pytest.mark.site
def test_pages_have_no_letter_of_another_language(site: SiteFolder) -> None:
    pack = load_pack(str(site.options["language"]))
    never = re.compile(f"[{pack.language.detect.never}]")
    pages = _pages(site.site())
    assert {"search/index.html", "404.html", "index.html"} <= pages.keys()
    assert len({_kind(site, path) for path in pages}) >= 9
    found = {
        path: [text for text in _Shown(page, pack.tag).found if never.search(text)] for path, page in pages.items()
    }
    assert {path: texts for path, texts in found.items() if texts} == {}
    others = {path: content.decode() for path, content in site.site().items() if _is_text(path)}
    assert {"feed.xml", "manifest.webmanifest", "llms.txt"} <= others.keys()
    assert [path for path, content in others.items() if never.search(content)] == []


@pytest.mark.site
def test_pages_say_language_and_direction(site: SiteFolder) -> None:
    pack = load_pack(str(site.options["language"]))
    for path, page in _pages(site.site()).items():
        assert f'<html dir="{pack.language.direction}" lang="{pack.tag}"' in page, path


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_styles_know_no_left_and_right(sheet: Path) -> None:
    rules = _NOT_OF_A_RULE.sub("", sheet.read_text(encoding="utf-8"))
    assert _PHYSICAL.findall(rules) == []


@pytest.mark.parametrize(
    "rule", ["a{left:0}", "a { margin-right: 1px }", "a{float: left}", "a{border-top-left-radius:0}"]
)
def test_a_physical_rule_is_seen(rule: str) -> None:
    assert _PHYSICAL.search(rule)


def _pages(tree: Tree) -> dict[str, str]:
    return {path: content.decode() for path, content in tree.items() if path.endswith(".html")}


def _kind(site: SiteFolder, path: str) -> str:
    page = site.root / "site_src" / path.replace(".html", ".md")
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return str(front_matter(text)["kind"]) if text.startswith("---") else path


def _is_text(path: str) -> bool:
    folder = path.partition("/")[0]
    return folder not in _ELSEWHERE and path.endswith((".xml", ".json", ".txt", ".webmanifest"))
