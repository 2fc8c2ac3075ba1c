"""Small files that grow: WARC bodies, Parquet pages, sidecars, feeds. Memory stays small, and each is a line."""

from __future__ import annotations

import collections
import gzip
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from digest.intake.importer import Wanted
from tests.faults.server import bomb
from tests.intake_samples import TEXT, page, read, warc

Tally = collections.Counter[str]
SMALL = Wanted(languages=("ur",), max_bytes=100_000, max_page_bytes=1_000_000)


def _codes(path: Path) -> list[str]:
    arrivals, issues = read(path, SMALL)
    assert not arrivals
    for issue in issues:
        assert str(issue).isprintable()
    return [issue.code for issue in issues]


def test_a_record_that_grows_is_left_after_a_megabyte_and_the_next_one_is_read(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "a.warc.gz"
    grown = warc([("https://example.org/bomb", bomb(50))], Content_Encoding="gzip")
    path.write_bytes(grown + warc([("https://example.org/1", page())]))
    arrivals, issues = read(path, SMALL)
    assert [issue.code for issue in issues] == ["too-large"]
    assert [arrival.addresses[0] for arrival in arrivals] == ["https://example.org/1"]
    tally["bad inputs"] += 1


def test_a_gzip_that_is_all_bomb_is_no_warc(tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(bomb(200))
    assert _codes(path) in (["bad-warc"], [])
    tally["bad inputs"] += 1


def test_a_warc_bomb_stays_within_half_a_gigabyte_of_memory(tmp_path: Path, tally: Tally) -> None:
    """In a process of its own, whose memory is limited: a gigabyte of zeros behind an honest record.

    Its peak is the kernel's of this program: `ru_maxrss` also counts what the process was before, a fork of ours.
    """
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([("https://example.org/bomb", bomb(1_000))], Content_Encoding="gzip") + bomb(1_000))
    program = rf"""
import re, resource
from pathlib import Path
from digest.intake.importer import Wanted
from digest.intake.warc import WarcImporter
resource.setrlimit(resource.RLIMIT_AS, ({1 << 30}, {1 << 30}))
print([item.code for item in WarcImporter().read(Path({str(path)!r}), "a", Wanted(languages=("ur",)))])
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    codes, megabytes = done.stdout.splitlines()
    assert "too-large" in codes
    assert int(megabytes) < 512
    tally["bad inputs"] += 1


@pytest.mark.parametrize("cut", [10, 200, 500, -20, -5])
def test_a_warc_that_is_cut_off_gives_what_came_before(cut: int, tmp_path: Path, tally: Tally) -> None:
    whole = warc([("https://example.org/1", page()), ("https://example.org/2", page(f"{TEXT} دوسری"))])
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[:cut])
    arrivals, issues = read(path, SMALL)
    assert len(arrivals) in ((1, 2) if cut < 0 else (0,))  # at the very end only a checksum is missing
    assert {issue.code for issue in issues} <= {"bad-warc", "no-article"}
    tally["bad inputs"] += 1


def test_a_parquet_of_one_huge_repeated_text_is_refused_row_by_row(tmp_path: Path, tally: Tally) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = tmp_path / "a.parquet"
    huge = pa.array(["x" * 5_000_000] * 20).dictionary_encode()
    pq.write_table(pa.table({"text": huge}), path, compression="zstd")
    assert path.stat().st_size < 100_000
    assert _codes(path) == ["too-large"] * 20
    tally["bad inputs"] += 1


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.txt", zlib.compress(bytes(100_000))),
        ("a.txt", gzip.compress(TEXT.encode())),
        ("a.html", bomb(1)),
        ("a.html", b"<html>" + b"<div>" * 100_000 + b"</html>"),
        ("a.html", b"<" * 500_000),
        ("a.html", b"<a " + b"b=c " * 100_000),
        ("a.html", b"<!--" * 100_000),
        ("a.html", b"<p>" + b"&amp;" * 100_000),
        ("a.html", b"<table>" * 30_000),
        ("a.html", b"<script>" * 30_000),
        ("a.xml", b"<rss>" + b"<![CDATA[" * 50_000),
        ("a.xml", b"<rss><channel>" + b"<item><title>x</title></item>" * 20_000 + b"</channel></rss>"),
        ("a.parquet", b"PAR1" + bytes(1_000) + b"PAR1"),
        ("a.parquet", b"PAR1\xff\xff\xff\x7fPAR1"),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\n"),
        ("a.warc", b"WARC/1.0\r\nContent-Length: -5\r\nWARC-Type: response\r\n\r\n"),
        ("a.warc", b"WARC/1.0\r\n" + b"x: y\r\n" * 100_000),
        ("a.jsonl", b"[" * 1_000_000),
        ("a.jsonl", b'{"text": ' * 100_000),
        ("a.jsonl", b'{"text": "\\ud800"}\n{"text": 7}\nnull\n'),
    ],
    ids=range(20),
)
def test_a_hostile_file_is_a_line(name: str, body: bytes, tmp_path: Path, tally: Tally) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    _, issues = read(path, SMALL)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 20
    assert all(str(issue).isprintable() for issue in issues)
    tally["bad inputs"] += 1
