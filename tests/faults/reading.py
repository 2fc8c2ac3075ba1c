"""Everything that reads what others wrote, as functions of bytes: what they hold to whatever the bytes are.

Hypothesis calls them in `make test`, Atheris in `make fuzz`.
"""

from __future__ import annotations

import collections
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from digest.errors import ConfigurationError
from digest.intake.arrival import Arrival
from digest.intake.importer import Wanted, importer_for
from digest.model import RawArticle
from digest.publish.source_page import read_page
from digest.report import Issue
from digest.sources.folder import read_folder
from digest.store.ledger import read_ledger
from tests.intake_samples import HEADLINE, TEXT, feed, json_lines, page, parquet, warc

Tally = collections.Counter[str]
Reading = Callable[[bytes, Tally], None]
ROWS = [{"id": 1, "text": TEXT, "title": HEADLINE, "url": "https://example.org/1"}, {"id": 2, "text": f"{TEXT} ۲"}]
LIMITS = Wanted(languages=("ur",), max_bytes=50_000, max_page_bytes=100_000)
SIDECAR = f"""\
headline: {HEADLINE}   # looked up
published: 28 دسمبر 2021
countries: [KZ, RU]
url: https://example.org/1
retracted: ""
metadata: {{outlet: اخبار, published: 2021-12-28}}
provenance:
  address: https://example.org/1
  retrieved: 2024-11-27T10:00:00Z
"""
FRONT_MATTER = f"""\
---
title: "{HEADLINE}"
kind: "article"
countries: ["KZ"]
source: {{"name": "اخبار: ایک", "url": "https://example.org/1"}}
feeds: [{{"path": "feed.xml", "title": "x"}}]
published: null
derived: true
reading_time: 3
generated_by: digest
---

# {HEADLINE}
"""
LEDGER = f"id\tpermalink\tchecksum\tlocator\nabcdefghij\tarticles/2021/12/28/x-abcdefghij\t{'0' * 64}\tseeds/a.txt\n"
HONEST: Mapping[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.html": page(),
    "a.jsonl": json_lines(ROWS),
    "a.xml": feed(("https://example.org/1", HEADLINE), content="<p>خبر</p>" * 80),
    "a.parquet": parquet(ROWS),
    "a.warc": warc([("https://example.org/1", page())], compressed=False),
    "a.warc.gz": warc([("https://example.org/1", page()), ("https://example.org/2", page())]),
    "seeds/a.txt": TEXT.encode(),
    "seeds/a.jsonl": json_lines(ROWS),
    "seeds/sidecar.yml": SIDECAR.encode(),
    "front matter": FRONT_MATTER.encode(),
    "permalinks.tsv": LEDGER.encode(),
}
"""A sound example for each of the readers."""


def read(name: str, body: bytes, tally: Tally) -> None:
    """Let the reader for `name` read `body`; raise whatever breaks its promise."""
    if name.startswith("seeds/"):
        _seed(name.removeprefix("seeds/"), body, tally)
    else:
        {"front matter": _front_matter, "permalinks.tsv": _ledger}.get(name, _imported(name))(body, tally)
    tally["inputs tried on readers"] += 1


def _imported(name: str) -> Reading:
    def reading(body: bytes, tally: Tally) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(body)
            importer = importer_for(path)
            assert importer is not None
            for item in importer.read(path, name, LIMITS):
                assert isinstance(item, Arrival | Issue)
                if isinstance(item, Issue):
                    _said(item, tally)

    return reading


def _seed(name: str, body: bytes, tally: Tally) -> None:
    """Read a seed, or a sidecar of a seed and of a line, as a build does."""
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        good = {"good.txt": TEXT.encode()}
        if name == "sidecar.yml":
            good |= {
                "lines.jsonl": HONEST["seeds/a.jsonl"],
                "lines.jsonl.2.yml": body,
                "side.txt": b"x",
                "side.yml": body,
            }
        else:
            good |= {name: body}
        for file, content in good.items():
            (seeds / file).write_bytes(content)
        items = list(read_folder(seeds, 50_000, {}))
        locators = [item.locator for item in items if isinstance(item, RawArticle)]
        assert "seeds/good.txt" in locators, "a bad seed took a good one with it"
        assert name != "sidecar.yml" or "seeds/lines.jsonl#1" in locators, "a bad line took a good one with it"
        for item in items:
            if isinstance(item, Issue):
                _said(item, tally)


def _front_matter(body: bytes, tally: Tally) -> None:
    text = body.decode("utf-8", "replace")
    page_ = read_page(text.encode())
    if page_ is None:
        tally["bad inputs"] += 1
        return
    head = text[4:].partition("\n---\n")[0]
    assert page_.meta == yaml.safe_load(f"{head}\n"), "not what YAML says"


def _ledger(body: bytes, tally: Tally) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "permalinks.tsv"
        path.write_bytes(body)
        try:
            for entry in read_ledger(path):
                assert ".." not in entry.permalink
        except ConfigurationError as error:
            for issue in error.issues:
                _said(issue, tally)


def _said(issue: Issue, tally: Tally) -> None:
    assert "\n" not in str(issue)
    assert issue.code
    tally["bad inputs"] += 1
