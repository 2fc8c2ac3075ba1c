"""Parquet: a row an article, read in batches; only the columns that are known are looked at."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from digest.intake.arrival import Arrival, Origin, checksum
from digest.intake.extras import need
from digest.intake.files import record
from digest.intake.importer import Wanted
from digest.model import Hints
from digest.report import Issue
from digest.retrieve.failure import shown as printable

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext"),
    "id": ("id", "doc_id", "uuid"),
    "headline": ("headline", "title"),
    "byline": ("byline", "author"),
    "published": ("published", "date", "date_publish", "published_at", "publish_date"),
    "url": ("url", "link", "source_url"),
    "outlet": ("outlet", "source", "publisher", "site_name"),
    "language": ("language", "lang"),
}
"""Our field → names of columns, in lower case, best first."""
_BATCH = 256


class ParquetImporter:
    """Reads `.parquet` files."""

    suffixes = (".parquet",)

    def read(self, path: Path, shown: str, wanted: Wanted) -> Iterator[Arrival | Issue]:
        """Yield the articles of the file, row by row."""
        parquet = need("pyarrow.parquet", "parquet")
        errors = (need("pyarrow", "parquet").ArrowException, OSError, ValueError, MemoryError)
        try:
            file = parquet.ParquetFile(path)
            columns = _columns(file.schema_arrow.names)
            if "text" not in columns:
                yield _no_text(shown, file.schema_arrow.names)
                return
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH, columns=list(columns.values())):
                names = batch.schema.names
                values = [_values(batch.column(names.index(name))) for name in columns.values()]
                for row in zip(*values, strict=True):
                    number += 1
                    yield _arrival(dict(zip(columns, row, strict=True)), number, path, shown, wanted)
        except errors as error:
            yield Issue(
                code="bad-parquet",
                where=shown,
                message=f"this is no Parquet file, or it is damaged: {printable(str(error))}",
                hint="Articles before the damage were taken",
            )


def _columns(names: list[str]) -> dict[str, str]:
    """Return our field → the name of its column in this file."""
    there = {name.lower(): name for name in reversed(names)}
    wanted = {field: next((there[name] for name in known if name in there), None) for field, known in _COLUMNS.items()}
    return {field: name for field, name in wanted.items() if name}


def _values(column: Any) -> list[Any]:
    """Return the values of a column; None for what Python cannot hold: a day in the year 33,658, a zone on Mars."""
    try:
        values: list[Any] = column.to_pylist()
    except (ArithmeticError, LookupError, ValueError):
        return [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    with contextlib.suppress(ArithmeticError, LookupError, ValueError):
        return scalar.as_py()
    with contextlib.suppress(ArithmeticError, LookupError, ValueError):  # nanoseconds, which Python does not count
        return scalar.cast("timestamp[s]", safe=False).as_py()
    return None


def _arrival(row: Mapping[str, Any], number: int, path: Path, shown: str, wanted: Wanted) -> Arrival | Issue:
    text = row["text"]
    if not isinstance(text, str) or not text.strip():
        return Issue(code="empty", where=f"{shown}:{number}", message="this row has no text")
    if len(text) > wanted.max_bytes:
        message = f"{len(text):,} characters are more than an article has"
        return Issue(code="too-large", where=f"{shown}:{number}", message=message)
    name = row.get("id")
    published = row.get("published")
    origin = Origin(
        address=f"{path.name}#{name if isinstance(name, str | int) else number}",
        retrieved=None,
        sha256=checksum(text.encode("utf-8", "replace")),
        media_type="application/vnd.apache.parquet",
        encoding="utf-8",
    )
    stated = Hints(
        headline=row.get("headline"),
        byline=row.get("byline"),
        published=published.isoformat() if isinstance(published, dt.date) else published,
        url=row.get("url"),
        outlet=row.get("outlet"),
        language=row.get("language") if isinstance(row.get("language"), str) else None,
    )
    return record(text, origin, stated)


def _no_text(shown: str, names: list[str]) -> Issue:
    return Issue(
        code="no-text-column",
        where=shown,
        message=f"no column holds the text; there are: {printable(', '.join(names))}",
        hint=f"Call it one of: {', '.join(_COLUMNS['text'])}",
    )
