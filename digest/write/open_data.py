"""The archive as open data: articles by month as JSON Lines, the terms, and a schema made of the types below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from digest.model import Asset, EntityKind, LinkedStory
from digest.store.archive import Archive, Entry
from digest.store.catalogue import some_entries
from digest.store.lookups import Texts, months_with_days, term_days
from digest.store.shelves import month_shelf
from digest.write.mark import MARK, MARK_FIELD
from digest.write.permalinks import SECTIONS, article_path, term_path
from digest.write.publication import Publication, is_shown_whole
from digest.write.term_pages import term_name

INDEX = "data/index.json"
TERMS = "data/terms.json"
SCHEMA = "data/schema.json"
PER_FILE = 100
"""Articles in one file, so that a new article rewrites little."""


class SourceRecord(msgspec.Struct, kw_only=True, frozen=True):
    """Where the article was first published."""

    outlet: str | None
    name: str | None
    url: str | None
    basis: str


class MentionRecord(msgspec.Struct, kw_only=True, frozen=True):
    """A name in `text`: `text[start:end] == surface`, counted in Unicode code points."""

    entity: str
    start: int
    end: int
    surface: str


class ArticleRecord(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """One article: a line of `articles-….jsonl`. What is not known is null; each guess has its basis beside it."""

    id: str
    path: str
    """Address below the site."""
    url: str | None
    language: str
    headline: str
    headline_basis: str
    summary: str
    byline: str | None
    published: str | None
    """Day (ISO 8601), never invented."""
    published_basis: str
    source: SourceRecord
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    words: int
    checksum: str
    text: str | None = None
    """The displayed text, a line a passage; left out where only standfirsts may be shown."""
    mentions: tuple[MentionRecord, ...] = ()


class TermRecord(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What articles are filed under."""

    id: str
    kind: str
    path: str
    name: str
    articles: int
    newest: str | None
    names: Mapping[str, str] = {}
    wikidata: str | None = None
    iso: str | None = None


class TermsFile(msgspec.Struct, kw_only=True, frozen=True):
    """`terms.json`."""

    generated_by: str
    terms: tuple[TermRecord, ...]


def data_file(month: str | None, number: int, archive: Archive, texts: Texts, publication: Publication) -> Asset | None:
    """Return some articles of a month, the `number`-th file of it, as JSON Lines; None when there are no more."""
    places = month_shelf(month).slice(archive, (number - 1) * PER_FILE, PER_FILE)
    entries = some_entries(archive, [place.id for place in places])
    if not entries or not publication.settings.data:
        return None
    records = (_article(entry, texts.of(entry.id), publication) for entry in entries)
    return Asset(path=data_path(month, number), content=msgspec.json.Encoder().encode_lines(records))


def data_path(month: str | None, number: int) -> str:
    """Return where a file of articles is."""
    return f"data/articles-{month or 'undated'}{'' if number == 1 else f'-{number}'}.jsonl"


def data_overview(archive: Archive, publication: Publication) -> Iterator[Asset]:
    """Yield what tells of the whole: the list of the files, the terms, the schema."""
    if not publication.settings.data:
        return
    index: list[dict[str, Any]] = []
    for month, count, _ in months_with_days(archive):
        for number, start in enumerate(range(0, count, PER_FILE), 1):
            name = data_path(month, number).removeprefix("data/")
            index.append({"file": name, "month": month, "articles": min(PER_FILE, count - start)})
    links = {"schema": "schema.json", "terms": "terms.json"}
    yield Asset(path=INDEX, content=_json({**MARK_FIELD, "site": publication.url, **links, "articles": index}))
    terms = tuple(term for kind in SECTIONS for term in _terms(kind, archive, publication))
    yield Asset(path=TERMS, content=_json(TermsFile(**MARK_FIELD, terms=terms)))
    yield Asset(path=SCHEMA, content=_json(schema()))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a line of articles; that of `terms.json` is `$defs/TermsFile`."""
    (reference, _), definitions = msgspec.json.schema_components(
        (ArticleRecord, TermsFile), ref_template="#/$defs/{name}"
    )
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": MARK}
    return {**dialect, **reference, "$defs": definitions}


def _article(entry: Entry, linked: LinkedStory, publication: Publication) -> ArticleRecord:
    story = linked.story
    whole = is_shown_whole(linked, publication)
    mentions = tuple(
        MentionRecord(entity=m.entity, start=m.span[0], end=m.span[1], surface=m.surface) for m in linked.mentions
    )
    path = article_path(entry.permalink)
    return ArticleRecord(
        id=entry.id,
        path=publication.path(path),
        url=publication.address(path),
        language=story.language,
        headline=story.headline.text,
        headline_basis=str(story.headline.basis),
        summary=story.summary,
        byline=story.byline,
        published=story.published.value.isoformat() if story.published.value else None,
        published_basis=str(story.published.basis),
        source=SourceRecord(
            outlet=story.source.outlet, name=story.source.name, url=story.source.url, basis=str(story.source.basis)
        ),
        countries=linked.term_ids(EntityKind.COUNTRY),
        topics=linked.term_ids(EntityKind.TOPIC),
        people=linked.term_ids(EntityKind.PERSON),
        organisations=linked.term_ids(EntityKind.ORGANISATION),
        words=story.words,
        checksum=story.checksum,
        text=story.text if whole else None,
        mentions=mentions if whole else (),
    )


def _terms(kind: str, archive: Archive, publication: Publication) -> Iterator[TermRecord]:
    for entity, count, newest in term_days(archive, kind):
        known = publication.entities.get(entity)
        yield TermRecord(
            id=entity,
            kind=str(kind),
            path=publication.path(term_path(kind, entity)),
            name=term_name(archive, publication.words, kind, entity),
            articles=count,
            newest=newest,
            names=known.names if known else {},
            wikidata=known.qid if known else None,
            iso=known.iso if known else None,
        )


def _json(content: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"
