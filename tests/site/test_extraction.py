"""Programs that take articles out of web pages get out what went in: headline, day, outlet, text."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
import trafilatura
from trafilatura.settings import Document

from tests.conftest import SiteFactory
from tests.site.conftest import ADDRESS
from tests.sites import SEEDS

_ENOUGH = 0.95


@pytest.mark.site
def test_trafilatura_gives_back_the_article(site_factory: SiteFactory) -> None:
    name = next(name for name in SEEDS if name.startswith("001"))
    sidecar = "published: 2024-11-27\noutlet: bbc-urdu\nurl: https://www.bbc.com/urdu/1\n"
    site = site_factory({**SEEDS, name.replace(".txt", ".yml"): sidecar}, url=ADDRESS)
    assert site.run("digest", "build", "--quiet").returncode == 0
    built = site.site()
    records = [json.loads(line) for path in built if path.endswith(".jsonl") for line in built[path].splitlines()]
    assert len(records) == 3
    for record in records:
        # Of an article without a date it may only ask what the page states: else it takes that of a related article.
        found = trafilatura.bare_extraction(
            built[f"{record['path']}index.html"].decode(),
            url=record["url"],
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True, "url": None},
        )
        assert isinstance(found, Document)
        assert found.title == record["headline"]
        assert found.date == record["published"]
        if record["source"]["name"]:
            assert found.sitename == record["source"]["name"]
        assert _share(record["text"], found.text or "") >= _ENOUGH


def _share(whole: str, part: str) -> float:
    """Return how much of a text's words came back."""
    wanted, got = (Counter(re.findall(r"\w+", text)) for text in (whole, part))
    return sum((wanted & got).values()) / sum(wanted.values())
