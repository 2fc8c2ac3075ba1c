"""With a list of what changed, nothing else is looked at, and the pages are those of a whole look."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.pipeline import build_pages
from digest.report import BuildReport
from digest.sources.change_list import ChangeList
from tests.site.test_incremental_builds import seed
from tests.sites import SiteFolder, make_site

OPTIONS: dict[str, Any] = {"per_page": 2, "latest": 3, "cards": "none", "jobs": 1}


@pytest.fixture(scope="module", autouse=True)
def _few_entities(few_entities_folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digest.pipeline.FOLDER", few_entities_folder)
        patch.setattr("digest.store.intake._FRESH_NS", 0)  # else what was just written is read again for that alone
        yield


def _build(site: SiteFolder, *names: str) -> BuildReport:
    return build_pages(dataclasses.replace(site.described(), only=ChangeList(names=names)))


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "edit", "remove", "rename", "sidecar", "no sidecar", "upper", "bad", "folder", "build"]
        ),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=8,
)


def _change(root: Path, what: str, number: int, other: int) -> list[str]:
    """Change seeds; return the names that git would list."""
    if what == "folder":
        return _change_folder(root / f"f{number % 2}", number, other)
    contents = {
        "add": (".txt", seed(number, other)),
        "edit": (".txt", seed(number, other)),
        "sidecar": (".yml", f"outlet: {'ABC'[other % 3]}\ntopics: [nothing-{other}]\n"),
        "upper": (".TXT", seed(number + 20, other)),
        "bad": (".doc", "x"),
    }
    ending, content = contents.get(what, (".yml" if what == "no sidecar" else ".txt", None))
    path = root / f"{number}{ending}"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    elif what == "rename" and path.exists():
        path.rename(root / f"{other}.txt")
    else:
        path.unlink(missing_ok=True)
    return [path.name, f"{other}.txt"] if what == "rename" else [path.name]


def _change_folder(within: Path, number: int, other: int) -> list[str]:
    """Make a folder with an article, or remove it; return what is in it, or it alone."""
    if there := within.exists():
        names = [f"{within.name}/{path.name}" for path in within.iterdir()]
        shutil.rmtree(within)
    else:
        names = [f"{within.name}/{other}.txt"]
        within.mkdir()
        (within / f"{other}.txt").write_text(seed(number + 10, other), encoding="utf-8")
    return names if (other + there) % 2 else [within.name]


@settings(max_examples=60)
@given(steps=steps)
def test_any_sequence_of_listed_changes_makes_what_a_whole_look_makes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("listed")
    seeds = {f"{number}.txt": seed(number) for number in range(4)}
    site = make_site(folder / "site", seeds, url="https://example.org/", **OPTIONS)
    site.build_pages()
    listed: set[str] = set()
    for what, number, other in [*steps, ("build", 0, 0)]:
        if what == "build":
            report = _build(site, *sorted(listed))
            listed.clear()
        else:
            listed.update(_change(site.root / "seeds", what, number, other))
    pages = site.pages()
    assert pages == site.clean_build(folder / "clean")
    whole = SiteFolder(folder / "clean", site.options, site.url).build_pages()
    assert (report.read, report.issues) == (whole.read, whole.issues)
    again = site.build_pages()
    assert (again.analysed, again.written, again.issues) == (0, 0, report.issues)
    shutil.rmtree(folder)


def test_what_is_not_listed_is_found_by_the_next_whole_look(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"1.txt": seed(1), "2.txt": seed(2)}, **OPTIONS)
    site.build_pages()
    site.put({"3.txt": seed(3), "4.txt": seed(4)})
    site.remove("1.txt")
    assert _build(site, "3.txt").analysed == 1
    assert set(site.articles()) == {"1.txt", "2.txt", "3.txt"}
    site.build_pages()
    assert set(site.articles()) == {"2.txt", "3.txt", "4.txt"}


def test_the_list_of_a_build_that_ended_is_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site", {"1.txt": seed(1), "2.txt": seed(2)}, **OPTIONS)
    site.build_pages()
    site.put({"1.txt": seed(1, 1)})

    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("digest.pipeline.update_index", end)
        with pytest.raises(KeyboardInterrupt):
            _build(site, "1.txt")
    site.put({"2.txt": seed(2, 1)})
    assert _build(site, "2.txt").analysed == 2
    assert site.pages() == site.clean_build(tmp_path / "clean")


def test_what_was_said_of_a_listed_place_is_looked_at_again(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"1.txt": seed(1), "x.jsonl.17.yml": "headline: سرخی\n"}, **OPTIONS)
    site.put({"f/nobody.yml": "headline: سرخی\n", "f/2.txt": seed(2)})
    assert [issue.code for issue in site.build_pages().issues].count("orphan-sidecar") == 2
    site.put({"x.jsonl": '{"id": "17", "text": "چین کے صدر نے کہا ہے کہ وہ آئیں گے۔"}\n'})
    shutil.rmtree(site.root / "seeds/f")
    report = _build(site, "x.jsonl", "f")
    assert "orphan-sidecar" not in [issue.code for issue in report.issues]
    assert report.issues == site.build_pages().issues


@pytest.mark.parametrize("articles", [10, 60])
def test_the_cost_of_a_list_does_not_grow_with_the_archive(
    articles: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = {f"{number % 5}/{number}.txt": seed(number) for number in range(articles)}
    site = make_site(tmp_path / "site", seeds, **OPTIONS)
    site.build_pages()
    for path in (site.root / "seeds").rglob("*.txt"):
        os.utime(path, ns=(10**18, 10**18))
    site.put({"0/0.txt": seed(0, 1), "new.txt": seed(90)})
    asked: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("stat", "lstat", "scandir", "listdir", "open"):
            original = getattr(os, name)

            def counted(path: str, *rest: object, _original: object = original, **more: object) -> object:
                asked.append(str(path))
                return _original(path, *rest, **more)  # type: ignore[operator]

            patch.setattr(os, name, counted)
        assert _build(site, "0/0.txt", "new.txt").analysed == 2
    of_seeds = [path for path in asked if path.startswith(str(site.root / "seeds"))]
    assert 0 < len(of_seeds) < 60
    assert {Path(path).stem for path in of_seeds} <= {"0", "new", "seeds"}


def test_other_settings_have_everything_looked_at(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"1.txt": seed(1), "2.txt": seed(2)}, **OPTIONS)
    site.build_pages()
    site.put({"3.txt": seed(3)})
    larger = SiteFolder(site.root, {**OPTIONS, "max_article_bytes": 2_000_000})
    assert _build(larger).analysed == 3
