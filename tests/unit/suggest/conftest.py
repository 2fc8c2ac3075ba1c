"""A small archive and a small gazetteer for the suggester, and a function that surveys it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.model import RawArticle
from digest.pipeline import Analyst
from digest.suggest.rank import Suggestion
from digest.suggest.survey import survey

KNOWN: Mapping[str, object] = {
    "countries/zimbabwe": {"names": {"ur": "زمبابوے"}, "iso": "ZW"},
    "countries/pakistan": {"names": {"ur": "پاکستان"}, "iso": "PK"},
    "people/ricky-ponting": {"names": {"ur": "رکی پونٹنگ"}},
    "people/hamilton-masakadza": {"names": {"ur": "ہیملٹن مساکڈزا"}},
    "people/umar-akmal": {"names": {"ur": "عمر اکمل"}, "aliases": {"ur": [{"text": "اکمل", "strength": "weak"}]}},
    "people/vusi-sibanda": {"names": {"ur": "ووسی سبانڈا"}},
    "people/mehmood-khan": {"names": {"ur": "محمود خان"}},
    "people/kashif-ali": {"names": {"ur": "کاشف علی"}},
}

GazetteerFolder = Callable[[Mapping[str, object]], Path]
Survey = Callable[..., list[Suggestion]]


def article(text: str, number: int = 0) -> RawArticle:
    return RawArticle(locator=f"a{number}", media_type="text/plain", body=text.encode())


@pytest.fixture
def known(gazetteer_folder: GazetteerFolder) -> Gazetteer:
    return load_gazetteer([gazetteer_folder(KNOWN)])


@pytest.fixture
def look(known: Gazetteer) -> Survey:
    """Return a function that surveys some texts, with the small gazetteer or another one."""

    def look(*texts: str, gazetteer: Gazetteer = known) -> list[Suggestion]:
        articles = [article(text, number) for number, text in enumerate(texts)]
        return survey(lambda: articles, Analyst(gazetteer, ("ur",)), gazetteer, "ur")

    return look


@pytest.fixture
def names(look: Survey) -> Callable[..., dict[str, str]]:
    """Return a function that gives the suggested names of some texts, with their kinds."""
    return lambda *texts: {suggestion.name: str(suggestion.kind) for suggestion in look(*texts)}
