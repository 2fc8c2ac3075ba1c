"""What maintainers correct: same stories are shown once, what is retracted is nowhere, what is renamed leads on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from tests.sites import SiteFolder, front_matter, make_site

LEDE = (
    "وزیر اعظم نے اسلام آباد میں تیل کی قیمتوں میں پانچ روپے کمی کا اعلان کرتے ہوئے کہا کہ نئی قیمتوں کا اطلاق جمعرات "
    "کی رات سے ہوگا اور پٹرول کی فی لیٹر قیمت 97 روپے ہو جائے گی"
)
MORE = "۔ وزارت خزانہ کے مطابق مٹی کے تیل اور ڈیزل کے نرخ برقرار رہیں گے جبکہ اگلا جائزہ 15 دسمبر کو لیا جائے گا۔"
ELSE = "کراچی میں ہفتے کے روز کتابوں کی سالانہ نمائش شروع ہوئی جس میں تین سو ناشرین اور ہزاروں طلبہ شریک ہیں۔"
TEXTS = {
    "one": ("dawn", "2021-11-30", LEDE + MORE),
    "two": ("jang", "2021-11-30", "خصوصی رپورٹ: " + LEDE + "، عوام نے خیر مقدم کیا" + MORE),
    "far": ("express", "2021-11-30", ELSE),
}


def _sidecar(outlet: str, day: str) -> str:
    return f"outlet: {outlet}\npublished: {day}\n"


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """Return a site of two reports of one story and a report of another."""
    made = make_site(tmp_path / "site", {}, url="https://example.org/")
    for name, (outlet, day, text) in TEXTS.items():
        made.put({f"{name}.txt": text + "\n", f"{name}.yml": _sidecar(outlet, day)})
    return made


def _text(site: SiteFolder, path: str) -> str:
    return site.pages()[path].decode()


def test_reports_of_one_story_name_each_other_and_the_digest_shows_them_once(site: SiteFolder) -> None:
    site.build_pages()
    paths = site.articles()
    one, two, far = (_text(site, paths[f"{name}.txt"]) for name in ("one", "two", "far"))
    assert "## ایک ہی خبر، 2 ذرائع" in one
    assert paths["two.txt"].rpartition("/")[2] in one
    assert paths["one.txt"].rpartition("/")[2] in two
    assert "ایک ہی خبر" not in far
    day = _text(site, "digests/2021/11/30/index.md")
    main = day[day.index("اہم خبریں") :]
    assert main.count("### ") == 2
    assert main.index("ایک ہی خبر، 2 ذرائع") < main.index(Path(paths["far.txt"]).name)


def test_a_second_report_changes_the_first_ones_page_as_a_clean_build_does(site: SiteFolder, tmp_path: Path) -> None:
    text = (site.root / "seeds/two.txt").read_text(encoding="utf-8")
    site.remove("two.txt")
    site.build_pages()
    assert "ایک ہی خبر" not in _text(site, site.articles()["one.txt"])
    site.put({"two.txt": text})
    site.build_pages()
    assert site.pages() == site.clean_build(tmp_path / "clean")


def test_the_same_text_twice_is_published_twice_and_reported(site: SiteFolder) -> None:
    site.put({"again.txt": TEXTS["one"][2] + "\n"})
    report = site.build_pages()
    assert [issue.code for issue in report.issues].count("same-text") == 1
    assert len(site.articles()) == 4
    reviewed = site.run("digest", "review", "--no-names", "--json")
    found = [json.loads(line) for line in reviewed.stdout.splitlines()]
    assert [finding["kind"] for finding in found].count("copies") >= 1
    assert all(finding["command"].startswith("digest ") for finding in found)


@pytest.mark.site
def test_a_retracted_article_is_nowhere_but_on_its_own_page(site: SiteFolder) -> None:
    site.build_pages()
    path = site.articles()["far.txt"]
    done = site.run("digest", "retract", "far", "--reason", "نمائش <b>منسوخ</b> تھی")
    assert done.returncode == 0, done.stderr
    built = site.run("digest", "build", "--quiet", "--strict")
    assert built.returncode == 0, built.stderr
    tree = dict(site.site())
    page = path.removesuffix(".md") + "/index.html"
    own = tree.pop(page).decode()
    assert 'content="noindex"' in own
    assert "نمائش &lt;b&gt;منسوخ&lt;/b&gt; تھی" in own
    assert "ناشرین" not in own
    slug = path.rpartition("/")[2].removesuffix(".md").encode()
    told = "ناشرین".encode()
    assert not [name for name, content in tree.items() if slug in content or told in content]
    assert front_matter(site.pages()[path])["kind"] == "tombstone"
    site.run("digest", "retract", "far", "--undo")
    site.build_pages()
    assert front_matter(site.pages()[path])["kind"] == "article"


def test_the_old_address_of_a_renamed_entity_leads_to_the_new_one(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {}, gazetteer="[gazetteer]")
    people = site.root / "gazetteer/people"
    people.mkdir(parents=True)
    (people / "one.yml").write_text("names: {ur: چودھری آزمائش}\n", encoding="utf-8")
    site.put({"a.txt": "چودھری آزمائش نے کہا کہ کتاب میلہ اچھا رہا اور لوگ خوش ہیں۔\n"})
    assert site.run("digest", "rename", "one", "chaudhry-azmaish").returncode == 0
    assert site.run("digest", "build", "--quiet", "--strict").returncode == 0
    old = site.site()["people/one/index.html"].decode()
    assert 'http-equiv="refresh" content="0; url=../../people/chaudhry-azmaish/"' in old
    assert 'content="noindex"' in old
    assert "people/chaudhry-azmaish/index.html" in site.site()


def test_a_line_of_a_file_is_corrected_and_retracted_like_any_article(site: SiteFolder, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"{number}", "text": f"{ELSE} {MORE * number}"}) for number in range(3)]
    site.put({"l.jsonl": "\n".join(lines)})
    site.build_pages()
    before = site.pages()
    commands = CliRunner()
    told = ["-f", str(site.root / "mkdocs.yml")]
    edited = commands.invoke(main, ["edit", "seeds/l.jsonl#1", "headline=کتابوں کا میلہ", *told])
    assert edited.exit_code == 0, edited.output
    (gone,) = [line.split("\t")[0] for line in (site.root / "permalinks.tsv").read_text().splitlines() if "#2" in line]
    assert commands.invoke(main, ["retract", gone, "--reason", "واپس لی گئی", *told]).exit_code == 0
    site.build_pages()
    assert front_matter(_text(site, site.articles()["l.jsonl#1"]))["headline"] == "کتابوں کا میلہ"
    assert "l.jsonl#0" in site.articles()
    assert "l.jsonl#2" not in site.articles()
    assert site.pages() == site.clean_build(tmp_path / "clean")
    for sidecar in (site.root / "seeds").glob("l.jsonl.*"):
        sidecar.unlink()
    site.build_pages()
    assert site.pages() == before
