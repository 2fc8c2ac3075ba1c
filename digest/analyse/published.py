"""The day of publication: stated, read from a line of its own or the dateline, or unknown. Never invented."""

from __future__ import annotations

import datetime as dt

from digest.languages.dates import FoundDate, date_reader
from digest.languages.pack import LanguagePack
from digest.model import Basis, CleanArticle, Dateline, PublishedAt


def find_published(article: CleanArticle, dateline: Dateline | None, pack: LanguagePack) -> PublishedAt:
    """Return the day `article` was published, and what that rests on.

    A date in the running text is the date of an event and is not looked at. A dateline without a year needs a
    known day of retrieval: the year is then the latest in which that day was not yet to come.
    """
    for layer in article.origin.hint_layers():
        stated = parse_stated(layer.published, pack) if layer.published else None
        if stated:
            return PublishedAt(value=stated, basis=layer.basis)
        if layer.published and layer.basis is Basis.SIDECAR:  # `unknown`: somebody looked, and there is no date
            return PublishedAt(value=None, basis=Basis.UNKNOWN)
    retrieved = next((layer.retrieved for layer in article.origin.hint_layers() if layer.retrieved), None)
    reader = date_reader(pack)
    found: list[FoundDate] = []
    if article.dateline_text and (line := reader.line_date(article.dateline_text)):
        found.append(line)
    if dateline and dateline.date_text:
        found += reader.find(dateline.date_text)[:1]
    for date in found:
        value = date.date_before(retrieved) if retrieved else date.date()
        if value:
            return PublishedAt(value=value, basis=Basis.DATELINE)
    return PublishedAt(value=None, basis=Basis.UNKNOWN)


def parse_stated(text: str, pack: LanguagePack) -> dt.date | None:
    """Read a date that somebody stated: ISO 8601, with or without a time, or as the language writes it.

    >>> from digest.languages.pack import load_pack
    >>> parse_stated("2021-12-28T10:00:00Z", load_pack("ur"))
    datetime.date(2021, 12, 28)
    >>> parse_stated("unknown", load_pack("ur"))
    """
    text = text.strip()
    for parse in (dt.date.fromisoformat, lambda value: dt.datetime.fromisoformat(value).date()):
        try:
            return parse(text)
        except ValueError:
            continue
    return next((day for found in date_reader(pack).find(text) if (day := found.date())), None)
