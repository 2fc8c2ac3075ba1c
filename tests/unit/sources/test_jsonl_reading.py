"""JSON Lines: an article a line; a bad line is said with its number, and the next one is read."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path

import pytest

from digest.model import Basis, RawArticle
from digest.report import Issue
from digest.sources.folder import read_file, read_folder
from digest.sources.jsonl import JsonLinesReader

NAME = hashlib.sha256("خبر".encode()).hexdigest()[:16]


def _read(tmp_path: Path, *lines: object) -> list[RawArticle | Issue]:
    path = tmp_path / "a.jsonl"
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"\n".join(written))
    return list(read_file(path, "seeds/a.jsonl", 1000))


def test_an_article_with_everything_that_is_known_of_it(tmp_path: Path) -> None:
    line = {
        "id": "x1",
        "text": "خبر",
        "title": "سرخی",
        "url": "https://example.org/1",
        "published": "2021-12-28",
        "outlet": "dawn",
        "language": "ur",
        "views": 12,
    }
    (article,) = _read(tmp_path, line)
    assert isinstance(article, RawArticle)
    assert (article.locator, article.body.decode()) == ("seeds/a.jsonl#x1", "خبر")
    hints = article.hints
    assert (hints.headline, hints.url, hints.published) == ("سرخی", "https://example.org/1", "2021-12-28")
    assert (hints.outlet, hints.language, hints.basis) == ("dawn", "ur", Basis.METADATA)


@pytest.mark.parametrize(
    ("line", "locator"),
    [
        ({"text": "خبر"}, f"seeds/a.jsonl#{NAME}"),
        ({"text": "خبر", "id": ""}, f"seeds/a.jsonl#{NAME}"),
        ({"text": "خبر", "id": None}, f"seeds/a.jsonl#{NAME}"),
        ({"text": "خبر", "id": 7}, "seeds/a.jsonl#7"),
        ({"text": "خبر", "id": 0}, "seeds/a.jsonl#0"),
        ({"text": "خبر", "id": "../../x"}, "seeds/a.jsonl#../../x"),
    ],
)
def test_the_locator_is_the_id_or_else_made_of_the_text(tmp_path: Path, line: object, locator: str) -> None:
    (article,) = _read(tmp_path, b"  ", line)
    assert isinstance(article, RawArticle)
    assert article.locator == locator


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"null",
        b"[1]",
        b'"text"',
        b'{"id": "a"}',
        b'{"text": 5}',
        b'{"text": "a", "title": []}',
        b'{"text": "\xff"}',
        b'{"text": "\\ud800"}',
        b'{"text": "a"} {"text": "b"}',
        b"\x00",
        b"[" * 5000,
    ],
)
def test_a_bad_line_is_an_issue_and_the_next_is_read(tmp_path: Path, bad: bytes) -> None:
    issue, article = _read(tmp_path, bad, {"text": "خبر", "id": "good"})
    assert isinstance(issue, Issue)
    assert (issue.code, issue.where) == ("bad-json-line", "seeds/a.jsonl:1")
    assert isinstance(article, RawArticle)
    assert article.locator == "seeds/a.jsonl#good"


def test_one_line_that_is_too_large_leaves_the_others(tmp_path: Path) -> None:
    large, article = _read(tmp_path, {"text": "x" * 1001, "id": "large"}, {"text": "خبر", "id": "small"})
    assert isinstance(large, Issue)
    assert (large.code, large.where) == ("too-large", "seeds/a.jsonl#large")
    assert isinstance(article, RawArticle)


@pytest.mark.parametrize("ident", ["a\tb", "a\nb", "a\rb", "a\u202eb"])
def test_an_id_that_the_ledger_cannot_hold_is_refused(tmp_path: Path, ident: str) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    lines = [{"text": "خبر", "id": ident}, {"text": "خبر", "id": "good"}]
    (seeds / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    issue, article = read_folder(seeds, 1000)
    assert isinstance(issue, Issue)
    assert issue.code == "bad-name"
    assert issue.where.isprintable()
    assert isinstance(article, RawArticle)


def _locators(tmp_path: Path, *lines: object) -> list[str]:
    return [item.locator for item in _read(tmp_path, *lines) if isinstance(item, RawArticle)]


def test_a_line_on_top_moves_no_address(tmp_path: Path) -> None:
    (before,) = _locators(tmp_path, {"text": "خبر"})
    assert _locators(tmp_path, {"text": "دوسری خبر"}, {"text": "خبر"})[1] == before


def test_the_same_text_again_has_a_name_of_its_own(tmp_path: Path) -> None:
    lines = [{"text": "خبر"}, {"text": "خبر", "title": "سرخی"}, {"text": "خبر", "id": "a"}, {"text": "خبر"}]
    names = [NAME, f"{NAME}-2", "a", f"{NAME}-3"]
    assert _locators(tmp_path, *lines) == [f"seeds/a.jsonl#{name}" for name in names]


def test_a_byte_order_mark_at_the_start_is_no_text(tmp_path: Path) -> None:
    line = codecs.BOM_UTF8 + b'{"text": "a", "id": "x"}'
    assert _locators(tmp_path, line) == ["seeds/a.jsonl#x"]
    assert not _read(tmp_path, codecs.BOM_UTF8)
    _, second = _read(tmp_path, line, line)
    assert isinstance(second, Issue)


def test_a_line_without_end_is_refused_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "' + b"x" * 25_000_000 + b'"}\n{"id": 1, "text": "next"}\n')
    issue, article = JsonLinesReader().read(path, "seeds/a.jsonl")
    assert isinstance(issue, Issue)
    assert (issue.code, issue.where) == ("too-large", "seeds/a.jsonl:1")
    assert isinstance(article, RawArticle)
    assert article.locator == "seeds/a.jsonl#1"


def test_a_line_nested_too_deeply_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": {"[" * 100_000}', encoding="utf-8")
    (issue,) = read_file(path, "seeds/a.jsonl", 1_000_000)
    assert isinstance(issue, Issue)
    assert issue.code == "bad-json-line"
