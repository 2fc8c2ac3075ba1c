"""The sidecar: a maintainer may say anything of an article; a bad one is said with its line and harms only its seed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.model import Basis, EntityKind, RawArticle
from digest.pipeline import Analyst
from digest.sources.folder import read_file
from digest.sources.sidecar import read_sidecar, sidecar_path

STORY = "صدر نے کہا کہ تعلقات اچھے ہیں اور مذاکرات جلد ہوں گے۔ وزیر نے اس کی تصدیق کی ہے۔"
FULL = """\
headline: میری سرخی
summary: میرا خلاصہ
byline: نامہ نگار
published: 2021-12-28
retrieved: 2021-12-30
url: https://www.dawn.com/news/1
language: ur
topics: [diplomacy]
countries: [KZ, russia]
people: [vladimir-putin]
organisations: []
"""


def test_every_field_overrides_what_was_found(tmp_path: Path, analyst: Analyst) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.yml").write_text(FULL)
    (raw,) = read_file(tmp_path / "a.txt", "seeds/a.txt", 10_000)
    assert isinstance(raw, RawArticle)
    linked = analyst(raw, "x")
    story = linked.story
    assert (story.headline.text, story.headline.basis) == ("میری سرخی", Basis.SIDECAR)
    assert (story.summary, story.byline) == ("میرا خلاصہ", "نامہ نگار")
    assert (story.published.value, story.published.basis) == (dt.date(2021, 12, 28), Basis.SIDECAR)
    assert (story.source.outlet, story.source.url) == ("dawn", "https://www.dawn.com/news/1")
    assert linked.term_ids(EntityKind.COUNTRY) == ("kazakhstan", "russia")
    assert linked.term_ids(EntityKind.PERSON) == ("vladimir-putin",)
    assert linked.term_ids(EntityKind.ORGANISATION) == ()
    assert linked.term_ids(EntityKind.TOPIC) == ("diplomacy",)
    assert raw.body.decode() == STORY, "the seed itself is never touched"


def test_it_stands_beside_its_seed() -> None:
    assert sidecar_path(Path("seeds/2021/a.b.txt")) == Path("seeds/2021/a.b.yml")


def test_an_empty_one_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("# nothing yet\n")
    hints = read_sidecar(tmp_path / "a.yml", "seeds/a.yml").overrides
    assert (hints.headline, hints.countries, hints.basis) == (None, None, Basis.SIDECAR)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("headline: x\ntitle: y\n", 1, "title"),
        ("headline: x\ncountries: KZ\n", 2, "array"),
        ("headline: x\npeople:\n- vladimir-putin\n- 7\n", 4, "str"),
        ("retrieved: yesterday\n", 1, "date"),
        ("headline: [a]\n", 1, "str"),
        ("headline: {{ x }}\n", 1, "text"),
        ("- headline\n", 1, "object"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(text: str, line: int, word: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        read_sidecar(tmp_path / "a.yml", "seeds/a.yml")
    (issue,) = refused.value.issues
    assert issue.where == f"seeds/a.yml:{line}"
    assert word in issue.message
