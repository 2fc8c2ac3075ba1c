"""Hostile seeds: each ends as a page that shows its text, or as a line in the report; nothing runs, nothing leaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.clean.article import tidy_of
from digest.languages.pack import load_pack
from tests.sites import PageHtml, SiteFolder, front_matter, make_site, read_tree

pytestmark = pytest.mark.site

PROSE = "روس کے صدر نے قازقستان کے دورے کے بعد کہا کہ دونوں ملکوں کے تعلقات پہلے سے زیادہ مضبوط ہو گئے ہیں"
BLOB = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(120_000))
SHOWN = {
    "script.txt": f"<script>alert(1)</script> {PROSE}۔\n<img src=x onerror=alert(2)><svg/onload=alert(3)> {PROSE}۔",
    "link.txt": f"[x](javascript:alert(1)) {PROSE}۔\n![y](http://example.org/y.png) [z]: <http://e.org> {PROSE}۔",
    "jinja.txt": f"{{{{ config.site_name }}}} {{% raw %}} {{: #x onclick=alert(1) }} {PROSE}۔",
    "matter.txt": f"---\ntitle: دوسرا عنوان\nsearch: {{exclude: true}}\n---\n{PROSE}۔",
    "heading.txt": f"# {PROSE}\n## {PROSE} مزید بہت سی باتیں بھی کہی گئیں۔\n=== \n{PROSE}۔",
    "list.txt": f"1947. {PROSE}۔\n+ {PROSE}۔\n- {PROSE}؟\n* {PROSE}!\n> {PROSE} پھر۔\n1) {PROSE} اور۔",
    "spaces.txt": f"    {PROSE}۔\n\t{PROSE}؟\n        پہلا {PROSE}۔",
    "table.txt": f"| ا | ب | {PROSE} |\n|---|---|---|\n| ج | د | {PROSE}۔ |",
    "code.txt": f"```python\nimport os\n```\n~~~\n`{PROSE}`۔",
    "quotes.txt": f'" onmouseover="alert(1)" x=\'{PROSE}\' &lt;b&gt; &#60;i&#62; <!-- {PROSE} --> <?php x ?>۔',
    "controls.txt": f"\u202e{PROSE}\u202c \u2066روس\u2069 \x00 \x1b[31m \ufeff\ufffe۔",
    "title.txt": f"</title><script>alert(1)</script>\n{PROSE}۔",
    "stops.txt": "۔۔۔\n؟؟؟",
    "only-a-title.txt": "صرف ایک سرخی اور کچھ نہیں",
    "labels.txt": f"{PROSE}\n{'شائع ' * 40}1\n{'تاریخ اشاعت ' * 40}1\n{PROSE}۔",
    "credit.txt": f"{PROSE}۔\nلفظ - فوٹو {'ا' * 400}۔\nبشکریہ {'ا' * 400}۔\n{PROSE}۔",
    "lopsided.txt": f"{f'{PROSE}۔{chr(10)}' * 16}{BLOB}\n{PROSE} اور۔",
    "image.txt": f"یہ کیسے ہوا؟!روس نے کہا کہ {PROSE}۔",
    "a#b?c&d.txt": f"{PROSE} #۔",
    "twin-one.txt": f"ایک ہی سرخی دو بار\n{PROSE}۔",
    "twin-two.txt": f"ایک ہی سرخی دو بار\n{PROSE} اور مزید۔",
}
REFUSED = {
    "empty.txt": (b"", "empty"),
    "latin.txt": ("Le pr\xe9sident a dit".encode("latin-1"), "not-utf-8"),
    "huge.txt": (("ا" * 2_500_000).encode(), "too-large"),
    "tab\tname.txt": (PROSE.encode(), "bad-name"),
    "bad-sidecar.yml": (b"headline: {{ x }}", "not-yaml"),
    "picture.png": (b"\x89PNG", "unknown-format"),
}
LINES = [
    {"id": "../../x", "text": f"{PROSE}۔", "title": "<b>سرخی</b> {{ x }}", "url": "javascript:alert(1)"},
    {"id": "outlet", "text": f"{PROSE}۔", "outlet": "<img src=x onerror=alert(1)>\u202e", "published": "---\nx: y"},
    {"id": "far", "text": f"{PROSE}۔", "url": "https://example.org/?a=1&copy;=2", "published": "9999-12-31"},
    {"id": "old", "text": f"{PROSE}۔", "published": "0001-01-01T00:00:00"},
    {"id": "x\ty", "text": f"{PROSE}۔"},
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteFolder, str]:
    """Return the built site, and what the build said."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret.txt").write_text("ایک راز جو کسی کو معلوم نہیں")
    site = make_site(folder / "site", {})
    site.put(SHOWN)
    site.put({name: content for name, (content, _) in REFUSED.items()})
    site.put({"bad-sidecar.txt": PROSE, "lines.jsonl": "\n".join([*map(json.dumps, LINES), "{", "[]"])})
    site.put({"sidecar.txt": f"{PROSE}۔", "sidecar.yml": 'headline: "</h1><script>alert(1)</script>\\e\\u202e"\n'})
    (site.root / "seeds/secret.txt").symlink_to(folder / "secret.txt")
    (site.root / "seeds/circle.txt").symlink_to("circle.txt")
    before = read_tree(folder)
    result = site.run("digest", "build")
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    changed = {path for path, content in read_tree(folder).items() if before.get(path) != content}
    assert {path.split("/")[1] for path in changed} == {"site_src", "site", ".digest", "permalinks.tsv"}
    assert {path.split("/")[0] for path in changed} == {"site"}
    return site, result.stderr


def _page(site: SiteFolder, seed: str) -> PageHtml:
    return PageHtml(site.site()[site.articles()[seed].removesuffix(".md") + "/index.html"])


@pytest.mark.parametrize("seed", SHOWN)
def test_every_line_is_shown_as_it_is(seed: str, built: tuple[SiteFolder, str]) -> None:
    tidy = tidy_of(load_pack("ur"))
    page = _page(built[0], seed)
    for line in SHOWN[seed].splitlines():
        shown = tidy(line)[0]
        if any(map(str.isalnum, shown)):  # a line of nothing but signs is an ornament, and taken out on record
            assert " ".join(shown.split()) in page.text


def test_nothing_on_any_page_could_run(built: tuple[SiteFolder, str]) -> None:
    for path, content in built[0].site().items():
        if path.endswith(".html"):
            assert PageHtml(content).dangers == (["script"] if path == "search/index.html" else []), path  # its own
            assert "{: .dg" not in content.decode(), path


def test_metadata_is_as_hostile_as_text(built: tuple[SiteFolder, str]) -> None:
    site, _ = built
    page = _page(site, "lines.jsonl#../../x")
    assert "<b>سرخی</b> {{ x }}" in page.text
    assert not [address for address in page.addresses if "javascript:alert" in address]
    assert "<img src=x onerror=alert(1)>" in _page(site, "lines.jsonl#outlet").text
    assert "https://example.org/?a=1&copy;=2" in [
        a.replace("%3B", ";") for a in _page(site, "lines.jsonl#far").addresses
    ]
    assert "</h1><script>alert(1)</script>" in _page(site, "sidecar.txt").text


def test_no_direction_control_reaches_any_file(built: tuple[SiteFolder, str]) -> None:
    controls = [chr(code).encode() for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    for path, content in built[0].pages().items():
        assert not [control for control in controls if control in content], path
        assert b"\x00" not in content, path


def test_front_matter_stays_ours(built: tuple[SiteFolder, str]) -> None:
    for path, page in built[0].pages().items():
        if path.endswith(".md") and path != "about.md":
            matter = front_matter(page)
            assert matter["generated_by"] == "digest"
            assert not set(matter["title"]) & set('<>"&')
    matter = front_matter(built[0].pages()[built[0].articles()["matter.txt"]])
    assert "search" not in matter
    assert matter["title"] != "دوسرا عنوان"


def test_two_articles_with_one_headline_have_two_pages(built: tuple[SiteFolder, str]) -> None:
    articles = built[0].articles()
    assert articles["twin-one.txt"] != articles["twin-two.txt"]
    assert len(set(articles.values())) == len(articles) == len(SHOWN) + 5


def test_the_search_index_holds_text_and_no_markup(built: tuple[SiteFolder, str]) -> None:
    for path, content in built[0].site().items():
        if path.startswith("search/") and path.endswith(".json"):
            assert b"<script" not in content
            assert b"<img" not in content
            assert b"onerror=alert(1)>" not in content


@pytest.mark.parametrize(("seed", "code"), [(seed, code) for seed, (_, code) in REFUSED.items()])
def test_what_is_refused_is_a_line_in_the_report(seed: str, code: str, built: tuple[SiteFolder, str]) -> None:
    _, said = built
    name = seed.replace("\t", "\\t")
    lines = [line for line in said.splitlines() if f"seeds/{name}" in line and f"[{code}]" in line]
    assert len(lines) == 1
    assert len(lines[0]) < 400


def test_links_out_circles_and_bad_lines_are_said_too(built: tuple[SiteFolder, str]) -> None:
    site, said = built
    for where, code in [
        ("seeds/secret.txt", "outside"),
        ("seeds/circle.txt", "unreadable"),
        ("seeds/lines.jsonl:6", "bad-json-line"),
        ("seeds/lines.jsonl:7", "bad-json-line"),
        ("seeds/lines.jsonl#x\\ty", "bad-name"),
    ]:
        assert [line for line in said.splitlines() if f"{where}: " in line and f"[{code}]" in line], where
    assert not [path for path, content in site.pages().items() if "ایک راز" in content.decode()]


def test_under_strict_it_fails_and_the_old_site_stands(built: tuple[SiteFolder, str]) -> None:
    site, _ = built
    before = site.site()
    site.put({"new.txt": f"{PROSE} نئی خبر۔"})
    result = site.run("digest", "build", "--strict")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert site.site() == before
    assert Path(site.root / "seeds/new.txt").exists()
