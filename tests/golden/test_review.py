"""What `digest review` says, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.store.archive import Archive
from digest.upkeep.review import findings, listing, page
from tests.sites import SEEDS, make_site

EXPECTED = Path(__file__).parent / "expected"


@pytest.mark.parametrize("name", ["review.txt", "review.html"])
def test_the_review_of_the_given_articles(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    twice = {**SEEDS, "zz-again.txt": next(iter(SEEDS.values()))}
    site = make_site(tmp_path / "site", twice)
    site.build_pages()
    with Archive(site.root / ".digest/store.sqlite") as archive:
        found = list(findings(archive, []))
    text = page(found, "خبرنامہ") if name.endswith("html") else "\n".join(listing(found, 2)) + "\n"
    if request.config.getoption("--update-golden"):
        (EXPECTED / name).write_text(text, encoding="utf-8")
    assert text == (EXPECTED / name).read_text(encoding="utf-8")
