"""After any sequence of adds, edits, removals and renames the pages are those of a clean build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError
from digest.pipeline import build_pages
from tests.conftest import SiteFactory
from tests.sites import SiteFolder, front_matter, make_site

COUNTRIES = ("روس", "قازقستان", "یوکرین", "ایران", "چین")
PEOPLE = ("ولادیمیر پوتن", "ڈونلڈ ٹرمپ", "عمران خان")


def seed(number: int, edition: int = 0) -> str:
    """Return an article; its terms and its date follow from the number, its text from the edition too."""
    country, other = COUNTRIES[number % 5], COUNTRIES[(number + edition + 1) % 5]
    date = f"{number % 27 + 1} {'دسمبر' if number % 2 else 'نومبر'} 2021\n" if number % 4 else ""
    return (
        f"خبر نمبر {number} کی سرخی\n{date}{PEOPLE[number % 3]} نے {country} اور {other} کے مذاکرات پر بات کی۔\n"
        f"یہ خبر نمبر {number} کی اشاعت {edition} ہے، جس میں سفیر اور وزیر خارجہ شریک تھے۔\n"
    )


@pytest.fixture(scope="module", autouse=True)
def _few_entities(few_entities_folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digest.pipeline.FOLDER", few_entities_folder)
        yield


@pytest.fixture
def site(site_factory: SiteFactory) -> SiteFolder:
    """Return a site of fourteen articles with three on a page, so that pages are sealed."""
    made = site_factory({f"{number:02}.txt": seed(number) for number in range(14)}, per_page=3, latest=5)
    made.build_pages()
    return made


def _edit(site: SiteFolder) -> None:
    site.put({"03.txt": seed(3, 1), "08.txt": seed(8, 2)})


def _swap(site: SiteFolder) -> None:
    one, other = seed(5), seed(6)
    site.put({"05.txt": other, "06.txt": one})


def _rename_and_reuse(site: SiteFolder) -> None:
    site.rename("07.txt", "old-07.txt")
    site.build_pages()
    site.put({"07.txt": seed(70)})


def _remove_all(site: SiteFolder) -> None:
    for path in (site.root / "seeds").glob("*.txt"):
        path.unlink()


CHANGES: dict[str, Callable[[SiteFolder], None]] = {
    "add": lambda site: site.put({"20.txt": seed(20), "a/b.txt": seed(21)}),
    "edit": _edit,
    "remove": lambda site: site.remove("04.txt"),
    "rename": lambda site: site.rename("09.txt", "deep-09.txt"),
    "sidecar": lambda site: site.put({"02.yml": "headline: میری سرخی\npublished: 2020-01-01\ncountries: [FR]\n"}),
    "refused": lambda site: site.put({"11.txt": b"\xff", "12.txt": ""}),
    "swap": _swap,
    "rename and reuse": _rename_and_reuse,
    "remove all": _remove_all,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_the_pages_of_a_clean_build(change: str, site: SiteFolder, tmp_path: Path) -> None:
    CHANGES[change](site)
    site.build_pages()
    assert site.pages() == site.clean_build(tmp_path / "clean")
    again = site.build_pages()
    assert (again.analysed, again.written, again.removed) == (0, 0, 0)


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "remove", "rename", "sidecar", "retract", "build"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=200)
@example(steps=[("retract", 1, 3), ("build", 0, 0), ("rename", 4, 1)])  # another seed takes a withdrawn one's name
@given(steps=steps)
def test_any_sequence_of_changes_makes_the_pages_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("sequence")
    seeds = {f"{number}.txt": seed(number) for number in range(5)}
    site = make_site(folder / "site", seeds, url="https://example.org/", per_page=2, latest=3, cards="none", jobs=1)
    site.build_pages()
    for what, number, other in steps:
        path = site.root / f"seeds/{number}.txt"
        if what == "build":
            site.build_pages()
        elif what in ("add", "edit"):
            site.put({path.name: seed(number, other)})
        elif what == "sidecar":
            day = f"2021-{other + 1:02}-03" if other % 2 else "unknown"  # and one outlet by two names
            site.put({f"{number}.yml": f"published: {day}\noutlet: {('Day', 'DAY', 'C')[other % 3]}\n"})
        elif what == "retract":
            site.put({f"{number}.yml": f"retracted: {'ABC'[other % 3]}\n"})
        elif path.exists() and what == "remove":
            path.unlink()
        elif path.exists():
            path.rename(site.root / f"seeds/{other}.txt")
    site.build_pages()
    assert site.pages() == site.clean_build(folder / "clean")
    shutil.rmtree(folder)


def test_one_new_article_is_all_that_is_analysed_and_touches_only_its_pages(site: SiteFolder) -> None:
    before = site.pages()
    site.put({"16.txt": seed(16)})
    report = site.build_pages()
    assert (report.read, report.analysed, report.removed) == (15, 1, 0)
    changed = {path for path, page in site.pages().items() if before.get(path) != page}
    assert len(changed) == report.written
    assert not [path for path in changed if path.startswith("archive/2021")], "it has no date"
    assert {path for path in changed if path.startswith("articles/")} >= {site.articles()["16.txt"]}


def test_a_removed_article_leaves_a_tombstone_and_is_listed_nowhere(site: SiteFolder) -> None:
    path = site.articles()["04.txt"]
    site.remove("04.txt")
    site.build_pages()
    pages = site.pages()
    matter = front_matter(pages[path])
    assert (matter["kind"], matter["search"]) == ("tombstone", {"exclude": True})
    assert "خبر نمبر 4" not in pages[path].decode()
    assert not [other for other, page in pages.items() if other != path and Path(path).name in page.decode()]
    site.put({"04.txt": seed(4)})
    site.build_pages()
    assert site.articles()["04.txt"] == path


def test_a_renamed_or_edited_seed_keeps_its_address(site: SiteFolder) -> None:
    before = site.articles()
    site.rename("09.txt", "a-new-name.txt")
    site.put({"03.txt": f"بالکل نئی سرخی\n1 جنوری 2022\n{seed(3, 5)}"})
    site.build_pages()
    after = site.articles()
    assert after["a-new-name.txt"] == before["09.txt"]
    assert after["03.txt"] == before["03.txt"]
    assert len(after) == len(before)


def test_a_ledger_that_was_taken_back_is_brought_up_to_date(site: SiteFolder) -> None:
    before, ledger = site.articles(), site.root / "permalinks.tsv"
    committed = ledger.read_bytes()
    site.put({"03.txt": seed(3, 5)})
    site.build_pages()
    ledger.write_bytes(committed)
    site.build_pages()
    assert ledger.read_bytes() != committed
    site.rename("03.txt", "renamed.txt")
    site.build_pages()
    assert site.articles()["renamed.txt"] == before["03.txt"]


@pytest.mark.parametrize("edit", ["moved", "removed"])
def test_the_page_of_a_lost_article_follows_the_ledger(edit: str, site: SiteFolder, tmp_path: Path) -> None:
    address, ledger = site.articles()["04.txt"].removesuffix(".md"), site.root / "permalinks.tsv"
    site.remove("04.txt")
    site.build_pages()
    lines = ledger.read_text().splitlines(keepends=True)
    kept = [line.replace(address, "articles/moved") for line in lines if edit == "moved" or address not in line]
    ledger.write_text("".join(kept))
    site.build_pages()
    assert site.pages() == site.clean_build(tmp_path / "clean")
    assert f"{address}.md" not in site.pages()


def test_an_outlet_is_called_alike_on_all_its_pages(site: SiteFolder, tmp_path: Path) -> None:
    undated = {
        f"u{number}.txt": f"خبر {number}\nروس کے صدر نے کہا ہے کہ بات نمبر {number} ہوئی۔\n" for number in range(7)
    }
    site.put(undated | {name.replace(".txt", ".yml"): "outlet: My Daily\n" for name in undated})
    site.build_pages()
    site.put({"dated.txt": seed(40), "dated.yml": "outlet: MY DAILY\npublished: 2021-12-03\n"})
    site.build_pages()
    assert site.pages() == site.clean_build(tmp_path / "clean")
    assert "outlets/my-daily/undated-1.md" in site.pages()


def test_sitemaps_list_no_page_that_mkdocs_leaves_out(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"1.txt": seed(1)}, url="https://example.org/")
    for name in ("notes/own.md", "notes/.draft.md", "notes/.hidden/y.md", "templates/x.md"):
        (site.root / "site_src" / name).parent.mkdir(parents=True, exist_ok=True)
        (site.root / "site_src" / name).write_text("# ایک صفحہ\n", encoding="utf-8")
    site.build_pages()
    sitemap = site.pages()["sitemaps/pages.xml"].decode()
    assert "https://example.org/notes/own/" in sitemap
    assert not [name for name in ("draft", "hidden", "templates") if name in sitemap]


def test_a_name_may_hold_the_sign_that_stands_before_the_id_of_a_line(site: SiteFolder) -> None:
    line = '{"id": "17", "text": "چین کے صدر نے کہا ہے کہ وہ آئیں گے۔"}\n'
    site.put({"C#1.txt": "", "f#/bad.txt": b"\xff\xfe\xfa"})
    site.put({"f#/x.jsonl": line, "f#/x.jsonl.17.yml": "headline: سرخی\n"})
    report = site.build_pages()
    refused = {issue.where for issue in report.issues if issue.code in ("empty", "not-utf-8")}
    assert refused == {"seeds/C#1.txt", "seeds/f#/bad.txt:1"}
    assert "orphan-sidecar" not in [issue.code for issue in report.issues]
    assert front_matter(site.pages()[site.articles()["f#/x.jsonl#17"]])["title"] == "سرخی"


def test_redirects_that_are_not_utf_8_are_said_and_the_store_stays(site: SiteFolder) -> None:
    (site.root / "gazetteer").mkdir()
    (site.root / "gazetteer/redirects.tsv").write_bytes("kind\told\tnew\n# José\n".encode("latin-1"))
    store = (site.root / ".digest/store.sqlite").read_bytes()
    other = SiteFolder(site.root, {**site.options, "gazetteer": ("gazetteer",)}, site.url)
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        other.build_pages()
    assert (site.root / ".digest/store.sqlite").read_bytes() == store


@pytest.mark.parametrize("damage", ["deleted", "garbage", "truncated", "folder"])
def test_without_its_store_a_build_makes_the_same_pages(damage: str, site: SiteFolder) -> None:
    before = site.pages()
    store = site.root / ".digest/store.sqlite"
    content = store.read_bytes()
    store.unlink()
    if damage == "garbage":
        store.write_bytes(b"\x00garbage" * 1000)
    elif damage == "truncated":
        store.write_bytes(content[: len(content) // 3])
    elif damage == "folder":
        (site.root / ".digest").rename(site.root / "elsewhere")
    report = site.build_pages()
    assert (report.analysed, report.written, report.removed) == (14, 0, 0)
    assert site.pages() == before


def test_pages_of_a_build_that_failed_are_not_left_behind(site: SiteFolder, tmp_path: Path) -> None:
    home = site.root / "site_src/index.md"
    home.write_text("# ایک ہاتھ سے لکھا صفحہ")
    site.put({"30.txt": seed(30)})
    with pytest.raises(ConfigurationError, match="hand-written"):
        site.build_pages()
    home.unlink()
    site.remove("30.txt")
    site.build_pages()
    assert site.pages() == site.clean_build(tmp_path / "clean")


def test_what_comes_while_a_build_runs_is_no_harm(site: SiteFolder) -> None:
    site.put({"zz.jsonl": '{"id": "first", "text": "روس کے صدر نے کہا ہے۔"}\n'})

    lines = site.root / "seeds/zz.jsonl"
    first = lines.read_text()

    def appear(*_: object) -> None:
        lines.write_text(first + '{"id": "second", "text": "قازقستان کے صدر نے کہا ہے۔"}\n')

    build_pages(site.described(), appear)
    assert {"zz.jsonl#first", "zz.jsonl#second"} <= set(site.articles())
