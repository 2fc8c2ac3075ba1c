"""The day of publication: stated, read from a line of its own or the dateline, or unknown. Never invented."""

from __future__ import annotations

import datetime as dt

from digest.analyse.dateline import buried_date
from digest.languages.dates import FoundDate, date_reader, parse_stated
from digest.languages.pack import LanguagePack
from digest.model import Basis, BlockKind, CleanArticle, Dateline, PublishedAt

_FIRST = dt.date(1605, 1, 1)
"""When there were newspapers. What is said to be older has no date: 0001-01-01 is how .NET writes that, 1443-05-24
is a day of another calendar."""


def find_published(article: CleanArticle, dateline: Dateline | None, pack: LanguagePack) -> PublishedAt:
    """Return the day `article` was published, and what that rests on.

    A date in the running text is the date of an event and is not looked at. A dateline without a year needs a
    known day of retrieval: the year is then the latest in which that day was not yet to come.
    """
    for layer in article.origin.hint_layers():
        stated = parse_stated(layer.published, pack) if layer.published else None
        if stated and stated >= _FIRST:
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
    first = next((block for block in article.blocks if block.kind is BlockKind.PARAGRAPH), None)
    if not found and first and (buried := buried_date(first.text, pack)):
        found += reader.find(buried)[:1]
    for date in found:
        value = date.date_before(retrieved) if retrieved else date.date()
        if value and value >= _FIRST:
            return PublishedAt(value=value, basis=Basis.DATELINE)
    return PublishedAt(value=None, basis=Basis.UNKNOWN)
