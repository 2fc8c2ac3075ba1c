"""Formats: text, saved pages, JSON Lines, feeds, Parquet and WARC all become the same kind of arrival."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path
from typing import Any

import pytest

from digest.errors import ConfigurationError
from digest.intake.importer import Importer, Wanted, importer_for, importers
from digest.report import Severity
from tests.intake_samples import ENGLISH, HEADLINE, TEXT, WANTED, feed, json_lines, page, parquet, read, warc

ROW: dict[str, Any] = {
    "id": "a1",
    "text": TEXT,
    "title": HEADLINE,
    "url": "https://example.org/1",
    "published": "2024-11-27T10:00:00Z",
    "outlet": "اخبار",
    "language": "ur",
}


def _file(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    "suffix", [".txt", ".html", ".htm", ".jsonl", ".xml", ".rss", ".atom", ".parquet", ".warc", ".warc.gz"]
)
def test_every_format_has_an_importer_whatever_the_case(suffix: str) -> None:
    assert isinstance(importer_for(Path(f"A{suffix.upper()}")), Importer)
    assert suffix in importers()


def test_a_text_file_keeps_its_text_and_name(tmp_path: Path) -> None:
    (arrival,), issues = read(_file(tmp_path, "My story.txt", TEXT.encode("utf-16")))
    assert not issues
    assert (arrival.text, arrival.name) == (TEXT, "My story")
    assert (arrival.origin.encoding, arrival.origin.retrieved) == ("utf-16-le", None)


def test_a_sidecar_beside_a_file_comes_with_it(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", TEXT.encode())
    path.with_suffix(".yml").write_text(
        "headline: میری\nurl: https://example.org/1\nmetadata: {published: 2024-11-27}\n"
    )
    (arrival,), _ = read(path)
    assert arrival.overrides is not None
    assert (arrival.overrides.headline, arrival.hints.published) == ("میری", "2024-11-27")
    assert arrival.addresses == ("https://example.org/1",)


@pytest.mark.parametrize(
    "sidecar",
    ["headlin: x", "a: &a [*a]", "&a [" * 5000, "url: javascript:x", "[" * 100_000, "\x00", "metadata: {url: 'x y'}"],
)
def test_a_bad_sidecar_is_said_and_only_that_file_stays_out(sidecar: str, tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", TEXT.encode())
    path.with_suffix(".yml").write_text(sidecar)
    arrivals, (issue,) = read(path)
    assert not arrivals
    assert issue.where.startswith("a.yml")


def test_a_saved_page_is_taken_apart(tmp_path: Path) -> None:
    (arrival,), issues = read(_file(tmp_path, "a.html", page()))
    assert not issues
    assert arrival.text == f"{HEADLINE}\n{TEXT}"
    assert (arrival.hints.headline, arrival.hints.published, arrival.hints.outlet) == (HEADLINE, "2024-11-27", "اخبار")


def test_json_lines_and_parquet_say_the_same(tmp_path: Path) -> None:
    (line,), _ = read(_file(tmp_path, "a.jsonl", json_lines([ROW])))
    (row,), _ = read(_file(tmp_path, "a.parquet", parquet([ROW])))
    assert (line.text, line.hints, line.addresses) == (row.text, row.hints, row.addresses)
    assert (line.origin.address, row.origin.address) == ("a.jsonl#a1", "a.parquet#a1")
    assert (line.hints.published, line.hints.url) == ("2024-11-27", "https://example.org/1")


def test_fields_of_rows_are_not_believed_blindly(tmp_path: Path) -> None:
    rows = [
        {**ROW, "url": "javascript:alert(1)", "published": "soon", "language": "xx", "title": "a\nb\x00"},
        {**ROW, "text": ""},
        {**ROW, "text": None},
        {**ROW, "text": "x" * 2_000},
    ]
    wanted = Wanted(languages=("ur",), max_bytes=1_500)
    (arrival,), issues = read(_file(tmp_path, "a.parquet", parquet(rows)), wanted)
    hints = arrival.hints
    assert (hints.url, hints.published, hints.language, hints.headline) == (None, None, None, "a b")
    assert [(issue.code, issue.where) for issue in issues] == [
        ("empty", "a.parquet:2"),
        ("empty", "a.parquet:3"),
        ("too-large", "a.parquet:4"),
    ]


def test_parquet_columns_have_many_names_and_types(tmp_path: Path) -> None:
    rows = [{"Content": TEXT, "LINK": "https://example.org/1", "Date": dt.datetime(2024, 11, 27, 12, tzinfo=dt.UTC)}]
    (arrival,), issues = read(_file(tmp_path, "a.parquet", parquet(rows)))
    assert not issues
    assert (arrival.text, arrival.hints.url, arrival.hints.published) == (TEXT, "https://example.org/1", "2024-11-27")


def test_parquet_without_text_names_its_columns(tmp_path: Path) -> None:
    _, (issue,) = read(_file(tmp_path, "a.parquet", parquet([{"a": 1, "b": 2}])))
    assert issue.code == "no-text-column"
    assert "a, b" in issue.message


@pytest.mark.parametrize(("name", "compressed"), [("a.warc.gz", True), ("a.warc", False)])
def test_a_warc_gives_the_pages_in_the_wanted_languages(name: str, compressed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    pages = [
        ("https://example.org/ur", page()),
        ("https://example.org/en", page(ENGLISH, "A treaty")),
        (
            "https://example.org/fa",
            page("رئیس جمهور گفت که این کشور با همسایگان خود روابط خوبی دارد و می‌خواهد آن را ادامه دهد.\n" * 9),
        ),
        ("https://example.org/empty", b"<html>" + "خبر ".encode() * 99 + b"</html>"),
    ]
    (arrival,), notes = read(_file(tmp_path, name, warc(pages, compressed=compressed)))
    assert arrival.addresses == ("https://example.org/ur",)
    assert arrival.origin.retrieved == dt.datetime(2024, 11, 28, 1, 2, 3, tzinfo=dt.UTC)
    assert arrival.hints.published == "2024-11-27"
    assert {note.severity for note in notes} == {Severity.NOTE}
    assert len(notes) == 3
    both, _ = read(tmp_path / name, Wanted(languages=("ur", "fa")))
    assert len(both) == 2


def test_a_saved_feed_gives_what_it_holds(tmp_path: Path) -> None:
    body = feed(("https://example.org/1", HEADLINE), content="".join(f"<p>{line}</p>" for line in TEXT.splitlines()))
    (arrival,), issues = read(_file(tmp_path, "a.xml", body))
    assert not issues
    assert arrival.text == f"{HEADLINE}\n\n{TEXT}"
    assert (arrival.hints.published, arrival.addresses) == ("2024-11-27", ("https://example.org/1",))
    _, (issue,) = read(_file(tmp_path, "b.xml", feed(("https://example.org/1", HEADLINE))))
    assert issue.code == "no-text"
    assert "digest add https://example.org/1" in issue.hint


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("a.parquet", "pyarrow.parquet", "[parquet]"),
        ("a.warc", "fastwarc.warc", "[warc]"),
        ("a.html", "lxml.html", "khabarnama"),
    ],
)
def test_a_missing_library_is_one_line_that_says_what_to_install(
    name: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def without(wanted: str) -> Any:
        if wanted == module:
            raise ImportError(f"No module named {wanted!r}")
        return real(wanted)

    monkeypatch.setattr("digest.intake.extras.importlib.import_module", without)
    with pytest.raises(ConfigurationError) as missing:
        read(_file(tmp_path, name, page()))
    assert extra in str(missing.value)
    assert "\n" not in str(missing.value)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte that takes no room
    _, (issue,) = read(path, WANTED)
    assert issue.code == "too-large"


def test_times_that_python_cannot_hold_cost_the_day_and_not_the_article(tmp_path: Path) -> None:
    pa = importlib.import_module("pyarrow")
    kinds = [pa.timestamp("s"), pa.timestamp("s", tz="Mars/Phobos"), pa.timestamp("ns"), pa.date64()]
    for number, kind in enumerate(kinds):
        table = pa.table({"text": [TEXT, TEXT], "date": pa.array([10**14 + 1] * 2, kind)})
        path = tmp_path / f"{number}.parquet"
        importlib.import_module("pyarrow.parquet").write_table(table, path)
        arrivals, issues = read(path)
        assert (len(arrivals), issues) == (2, [])


@pytest.mark.parametrize(("ended", "found"), [(b"0\r\n\r\n", 2), (b"", 1)])
def test_chunks_of_a_warc_are_joined_and_one_broken_page_ends_no_file(ended: bytes, found: int, tmp_path: Path) -> None:
    body = page(HEADLINE, TEXT)
    chunked = warc(
        [("https://example.org/1", b"%x\r\n%s\r\n%s" % (len(body), body, ended))], transfer_encoding="chunked"
    )
    joined = warc([("https://example.org/2", page(HEADLINE, f"{TEXT} 2"))], transfer_encoding="chunked")
    arrivals, issues = read(_file(tmp_path, "a.warc.gz", chunked + joined))
    assert len(arrivals) == found
    assert [issue.code for issue in issues] == ["cut-off"] * (2 - found)


def test_an_entry_without_text_and_link_is_not_to_be_retrieved(tmp_path: Path) -> None:
    _, (issue,) = read(
        _file(tmp_path, "a.rss", b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>")
    )
    assert "None" not in str(issue)
