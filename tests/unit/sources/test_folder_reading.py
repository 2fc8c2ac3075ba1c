"""The seeds folder: every article in the order of names; what cannot be read is said, nothing outside is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.model import Basis, RawArticle
from digest.refusals import seed_of
from digest.report import Issue, Severity
from digest.sources.folder import read_file, read_folder
from digest.sources.line_sidecars import line_sidecar_path


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def _read(folder: Path, max_bytes: int = 1000) -> tuple[list[str], list[Issue]]:
    items = list(read_folder(folder, max_bytes))
    articles = [item.locator for item in items if isinstance(item, RawArticle)]
    return articles, [item for item in items if isinstance(item, Issue)]


def test_articles_come_in_the_order_of_their_names_at_any_depth(seeds: Path) -> None:
    (seeds / "2021").mkdir()
    for name in ("b.txt", "2021/c.txt", "a.TXT"):
        (seeds / name).write_text("خبر")
    assert _read(seeds) == (["seeds/2021/c.txt", "seeds/a.TXT", "seeds/b.txt"], [])


def test_hidden_files_and_sidecars_are_no_articles(seeds: Path) -> None:
    (seeds / ".git").mkdir()
    for name in (".a.txt", ".git/b.txt", "c.yml"):
        (seeds / name).write_text("headline: x")
    articles, issues = _read(seeds)
    assert articles == []
    assert [(issue.where, issue.code) for issue in issues] == [("seeds/c.yml", "orphan-sidecar")]


def test_an_unknown_ending_is_a_warning_that_names_the_known_ones(seeds: Path) -> None:
    (seeds / "a.docx").write_text("x")
    articles, (issue,) = _read(seeds)
    assert not articles
    assert (issue.code, issue.where, issue.severity) == ("unknown-format", "seeds/a.docx", Severity.WARNING)
    assert ".txt" in issue.hint
    assert ".jsonl" in issue.hint


def test_a_link_out_of_the_folder_is_not_followed(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("راز")
    (seeds / "a.txt").symlink_to(tmp_path / "secret.txt")
    (seeds / "folder").symlink_to(tmp_path)
    articles, issues = _read(seeds)
    assert not articles
    assert {issue.code for issue in issues} <= {"outside"}
    assert [issue.where for issue in issues if issue.where == "seeds/a.txt"]
    assert "راز" not in str(issues)


def test_a_link_inside_the_folder_is_an_article(seeds: Path) -> None:
    (seeds / "a.txt").write_text("خبر")
    (seeds / "b.txt").symlink_to("a.txt")
    assert _read(seeds) == (["seeds/a.txt", "seeds/b.txt"], [])


def test_broken_links_circles_and_pipes_are_said_and_never_waited_for(seeds: Path) -> None:
    (seeds / "broken.txt").symlink_to("gone.txt")
    (seeds / "circle.txt").symlink_to("circle.txt")
    os.mkfifo(seeds / "pipe.txt")
    articles, issues = _read(seeds)
    assert not articles
    assert [issue.where for issue in issues] == ["seeds/broken.txt", "seeds/circle.txt", "seeds/pipe.txt"]
    assert {issue.code for issue in issues} == {"unreadable"}


@pytest.mark.parametrize("name", ["a\tb.txt", "a\nb.txt", "a\u202etxt.txt", b"caf\xe9.txt", "a\x1b[2J.txt"])
def test_a_name_that_the_ledger_cannot_hold_is_refused_in_printable_words(seeds: Path, name: str | bytes) -> None:
    path = os.fsencode(seeds) + b"/" + os.fsencode(name)
    Path(os.fsdecode(path)).write_text("خبر")
    articles, (issue,) = _read(seeds)
    assert not articles
    assert issue.code == "bad-name"
    assert str(issue).isprintable()


def test_a_file_that_is_too_large_is_refused(seeds: Path) -> None:
    (seeds / "a.txt").write_bytes(b"x" * 1001)
    (seeds / "b.txt").write_bytes(b"x" * 1000)
    articles, (issue,) = _read(seeds)
    assert articles == ["seeds/b.txt"]
    assert issue.code == "too-large"
    assert "1,001" in issue.message


def test_no_folder_is_said_with_what_to_do(tmp_path: Path) -> None:
    articles, (issue,) = _read(tmp_path / "seeds")
    assert not articles
    assert issue.code == "no-seeds"
    assert issue.hint


def test_a_sidecar_goes_with_its_seed_and_a_bad_one_concerns_only_that(seeds: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (seeds / name).write_text("خبر")
    (seeds / "a.yml").write_text("headline: میری سرخی\nretrieved: 2024-11-30\ncountries: [KZ]\n")
    (seeds / "b.yml").write_text("headlin: x\n")
    items = {item.locator: item for item in read_folder(seeds, 1000) if isinstance(item, RawArticle)}
    assert sorted(items) == ["seeds/a.txt", "seeds/c.txt"]
    overrides = items["seeds/a.txt"].overrides
    assert (overrides.headline, overrides.basis) == ("میری سرخی", Basis.SIDECAR)
    assert overrides.countries == ("KZ",)
    assert str(overrides.retrieved) == "2024-11-30"
    assert items["seeds/c.txt"].overrides.headline is None
    _, (issue,) = _read(seeds)
    assert issue.where == "seeds/b.yml:1"
    assert "headlin" in issue.message


def test_a_field_that_a_sidecar_does_not_have_is_refused_and_the_others_named(seeds: Path) -> None:
    (seeds / "a.txt").write_text("خبر")
    (seeds / "a.yml").write_text("title: x\n")
    articles, (issue,) = _read(seeds)
    assert not articles
    assert "`title`" in issue.message
    assert "headline, summary, byline, published" in issue.hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("published: yesterday", "2021-12-28"),
        ("published: 28 دسمبر", "2021-12-28"),
        ("published: 2021-02-30", "`unknown`"),
        ("published: ''", "`unknown`"),
        ("url: javascript:alert(1)", "https://"),
        ("url: example.org/a", "https://"),
        ("language: urdu", "ur"),
    ],
)
def test_a_value_that_could_not_be_used_is_said_with_its_line_and_what_it_may_be(
    line: str, hint: str, seeds: Path
) -> None:
    (seeds / "a.txt").write_text("خبر")
    (seeds / "a.yml").write_text(f"headline: میری سرخی\n{line}\n", encoding="utf-8")
    articles, (issue,) = _read(seeds)
    assert not articles
    assert (issue.code, issue.where) == ("bad-value", "seeds/a.yml:2")
    assert issue.message.startswith(f"`{line.partition(':')[0]}`")
    assert hint in issue.hint


@pytest.mark.parametrize("published", ["2021-12-28", "2021-12-28T10:00:00Z", "یکم دسمبر 2021ء", "unknown"])
def test_a_date_in_a_sidecar_may_be_written_in_any_way_that_is_understood(published: str, seeds: Path) -> None:
    (seeds / "a.txt").write_text("خبر")
    (seeds / "a.yml").write_text(f"published: {published}\nurl: https://example.org/a\n", encoding="utf-8")
    assert _read(seeds) == (["seeds/a.txt"], [])


def test_a_line_has_a_sidecar_of_its_own_that_beats_the_one_of_the_file(seeds: Path) -> None:
    (seeds / "l.jsonl").write_text(
        '{"id": "1", "text": "x"}\n{"id": "a/b", "text": "y", "url": "https://example.org/y"}\n'
    )
    (seeds / "l.yml").write_text("byline: b\noutlet: o\n")
    (seeds / "l.jsonl.a%2Fb.yml").write_text("byline: c\n")
    items = [item for item in read_folder(seeds, 1_000) if "l.jsonl" in str(item)]
    assert all(isinstance(item, RawArticle) for item in items), items
    told = {
        item.locator: (item.overrides.byline, item.overrides.outlet) for item in items if isinstance(item, RawArticle)
    }
    assert told == {"seeds/l.jsonl#1": ("b", "o"), "seeds/l.jsonl#a/b": ("c", "o")}


def test_a_bad_sidecar_of_a_line_concerns_that_line_and_one_of_no_line_is_said(seeds: Path) -> None:
    (seeds / "l.jsonl").write_text("".join(f'{{"id": "{n}", "text": "x"}}\n' for n in range(3)))
    (seeds / "l.jsonl.1.yml").write_text("no such field: c\n")
    (seeds / "l.jsonl.7.yml").write_text("byline: c\n")
    items = list(read_file(seeds / "l.jsonl", "seeds/l.jsonl", 1_000))
    assert [item.locator for item in items if isinstance(item, RawArticle)] == ["seeds/l.jsonl#0", "seeds/l.jsonl#2"]
    issues = [(item.where.partition(":")[0], item.code) for item in items if isinstance(item, Issue)]
    assert issues[0][0] == "seeds/l.jsonl.1.yml"
    assert issues[1:] == [("seeds/l.jsonl.7.yml", "orphan-sidecar")]
    assert seed_of("seeds/l.jsonl.1.yml:1") == seed_of("seeds/l.jsonl#1") == "seeds/l"


def test_ids_that_are_no_names_of_files_have_sidecars_in_the_folder(tmp_path: Path) -> None:
    for line in ("../../x", "ا" * 500, ".", "\ud800", "a\0b"):
        path = line_sidecar_path(tmp_path / "a.jsonl", line)
        assert path.parent == tmp_path
        assert len(path.name) < 150
        assert path.name.startswith("a.jsonl.")
