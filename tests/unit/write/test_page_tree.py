"""Generated pages on disk: written only if changed, orphans removed, hand-written pages never touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.model import Page
from digest.write.tree import PageTree


def _page(path: str, body: str = "متن\n") -> Page:
    return Page(path=path, front_matter={"title": "x"}, body=body)


def _write(docs: Path, *paths: str) -> PageTree:
    tree = PageTree(docs)
    for path in paths:
        tree.write(_page(path))
    return tree


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "b/c.md")
    tree = PageTree(tmp_path)
    tree.write(_page("a.md"))
    tree.write(_page("b/c.md", "نیا متن\n"))
    assert tree.changed == {"b/c.md"}
    assert tree.paths == {"a.md", "b/c.md"}


def test_orphans_go_and_so_do_folders_that_they_leave_empty(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "b/c/d.md", "b/e.md")
    tree = _write(tmp_path, "a.md")
    assert tree.remove_orphans({"a.md", "b/c/d.md", "b/e.md", "gone.md"}) == {"b/c/d.md", "b/e.md"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_without_memory_every_page_is_looked_at(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "b/c.md")
    assert _write(tmp_path, "a.md").remove_orphans(None) == {"b/c.md"}
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("known", [None, {"about.md", "b/mine.md", "c.md"}])
def test_hand_written_pages_and_other_files_are_never_removed(known: set[str] | None, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("about.md", "b/mine.md", "b/picture.png"):
        (tmp_path / name).write_text("# میرا صفحہ")
    _write(tmp_path, "b/c.md")
    PageTree(tmp_path).remove_orphans(known)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} >= {"about.md", "mine.md", "picture.png"}


def test_a_hand_written_page_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# میرا صفحہ")
    with pytest.raises(ConfigurationError, match="hand-written page"):
        _write(tmp_path, "index.md")
    assert (tmp_path / "index.md").read_text() == "# میرا صفحہ"


def test_two_pages_never_share_a_path(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="two generated pages"):
        _write(tmp_path, "a.md", "a.md")


@pytest.mark.parametrize("path", ["../x.md", "a/../../x.md", "/tmp/x.md", "a/../b.md"])  # noqa: S108 - it must be refused
def test_a_path_that_leads_out_is_refused(path: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    with pytest.raises(ConfigurationError, match="leads out"):
        _write(docs, path)
    assert not list(tmp_path.rglob("*.md"))


def test_a_link_inside_the_docs_folder_does_not_lead_out(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "outside").mkdir()
    (docs / "articles").symlink_to(tmp_path / "outside")
    with pytest.raises(ConfigurationError, match="leads out"):
        _write(docs, "articles/x.md")
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.parametrize("kind", ["link", "file"])
def test_what_is_no_folder_is_named(kind: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    if kind == "link":
        (docs / "articles").symlink_to(tmp_path / "nowhere")
    else:
        (docs / "articles").write_text("mine")
    with pytest.raises(ConfigurationError, match="stands where a folder belongs"):
        _write(docs, "articles/x.md")


def test_a_page_with_a_headline_as_long_as_a_book_is_known_again(tmp_path: Path) -> None:
    page = Page(path="a.md", front_matter={"title": "ا" * 100_000}, body="متن\n")
    PageTree(tmp_path).write(page)
    PageTree(tmp_path).write(page)
    assert PageTree(tmp_path).remove_orphans({"a.md"}) == {"a.md"}
