"""The labels, and the articles they are about: our own, and those of the COUNTER corpus."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import msgspec

from digest.model import Hints, RawArticle
from digest.reviewed_yaml import load_typed

HERE = Path(__file__).parent
SPLITS = ("dev", "test")


class Named(msgspec.Struct):
    """A labelled person or organisation."""

    id: str
    surfaces: list[str] = []


class Topics(msgspec.Struct):
    """The main topic, and others that are right too."""

    main: str
    also: list[str] = []


class Trap(msgspec.Struct, rename={"wrong": "not"}):
    """A look-alike, and what it must not become."""

    surface: str
    wrong: str


class DatelineLabel(msgspec.Struct):
    """The dateline as printed."""

    place: str | None = None
    agency: str | None = None
    date: str | None = None


class CaptionLabel(msgspec.Struct):
    """A line with a caption: the caption itself, and who is credited."""

    line: str
    text: str
    credit: str | None = None


class Label(msgspec.Struct):
    """What a careful reader says is in an article."""

    article: str
    split: str
    countries: list[str]
    topics: Topics
    people: list[Named] = []
    organisations: list[Named] = []
    countries_optional: list[str] = []
    people_optional: list[Named] = []
    organisations_optional: list[Named] = []
    dateline: DatelineLabel | None = None
    boilerplate: list[str] = []
    traps: list[Trap] = []


class OwnLabel(Label, kw_only=True):
    """What a careful reader says of the page that a scraper delivered, beside what the article is about."""

    headline: str
    headline_basis: str
    published: str | None
    published_basis: str
    source_outlet: str | None = None
    retrieved: str | None = None
    date_lines: list[str] = []
    byline_lines: list[str] = []
    captions: list[CaptionLabel] = []
    headings: list[str] = []


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sample:
    """A labelled article, ready to be analysed."""

    name: str
    label: Label
    raw: RawArticle
    published: dt.date | None
    """The day that must be found."""

    def without_retrieval(self) -> RawArticle:
        """Return the article as it would be if nobody knew when it was fetched."""
        return dataclasses.replace(self.raw, hints=dataclasses.replace(self.raw.hints, retrieved=None))


def own_samples() -> Iterator[Sample]:
    """Yield the articles that we wrote ourselves."""
    for path in sorted((HERE / "articles").glob("*.yml")):
        label = load_typed(path, OwnLabel)
        retrieved = dt.date.fromisoformat(label.retrieved) if label.retrieved else None
        raw = RawArticle(
            locator=f"articles/{path.stem}",
            media_type="text/plain",
            body=path.with_suffix(".txt").read_bytes(),
            hints=Hints(retrieved=retrieved),
        )
        published = dt.date.fromisoformat(label.published) if label.published else None
        yield Sample(name=f"articles/{path.stem}", label=label, raw=raw, published=published)


def counter_samples(corpus: Path) -> Iterator[Sample]:
    """Yield the labelled articles of a copy of COUNTER."""
    for path in sorted((HERE / "labels").glob("*.yml")):
        label = load_typed(path, Label)
        headline, body, retrieved = read_counter(corpus / f"{path.stem}.xml")
        raw = RawArticle(
            locator=f"counter/{path.stem}",
            media_type="text/plain",
            body=unicodedata.normalize("NFC", body).encode(),
            hints=Hints(headline=unicodedata.normalize("NFC", headline) or None, retrieved=retrieved),
        )
        date = label.dateline.date if label.dateline else None
        published = dt.date.fromisoformat(date) if date else None
        yield Sample(name=f"counter/{path.stem}", label=label, raw=raw, published=published)


def read_counter(path: Path) -> tuple[str, str, dt.date | None]:
    """Return headline, body and newspaper date of a COUNTER file."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - a corpus the maintainer names
    try:
        date = dt.datetime.strptime(root.get("newsdate", ""), "%d.%m.%y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        date = None
    return (root.findtext("headline") or "").strip(), (root.findtext("body") or "").strip(), date
