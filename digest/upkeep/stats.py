"""What an archive holds, in figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from digest.store.archive import Archive

_SHOWN = 10
_GROUPS = {"outlets": "outlet", "countries": "country", "topics": "topic", "people": "person"}


def stats(archive: Archive, unlinked: int | None) -> dict[str, Any]:
    """Return the figures of an archive; `unlinked` is how many names are suggested, None when nobody looked."""
    total = archive.count()
    ((undated, derived, nameless),) = archive.select(
        "SELECT coalesce(sum(published IS NULL), 0), coalesce(sum(derived), 0), coalesce(sum(NOT EXISTS ("
        "SELECT 1 FROM terms t WHERE t.article = articles.id AND t.kind != 'outlet')), 0) FROM articles"
    )
    ((stories,),) = archive.select("SELECT count(DISTINCT article) FROM same_stories")
    languages = archive.select("SELECT language, count(*) FROM articles GROUP BY language ORDER BY 2 DESC, 1")
    return {
        "articles": total,
        "unknown_date": _share(undated, total),
        "derived_headline": _share(derived, total),
        "without_terms": _share(nameless, total),
        "same_story_elsewhere": _share(stories, total),
        "unlinked_names": unlinked,
        "languages": {row[0]: row[1] for row in languages},
        "months": dict(archive.months()),
        **{group: dict(archive.term_counts(kind)) for group, kind in _GROUPS.items()},
    }


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures for a terminal: of long lists, the first."""
    yield f"{found['articles']} articles"
    for key in ("unknown_date", "derived_headline", "without_terms", "same_story_elsewhere"):
        share = found[key]
        yield f"  {key.replace('_', ' ')}: {share['articles']} ({share['share']:.1%})"
    if found["unlinked_names"] is not None:
        yield f"  names that the gazetteer does not know: {found['unlinked_names']} (digest suggest)"
    for group in ("languages", "months", *_GROUPS):
        counts = found[group]
        more = f", … {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else ""
        told = ", ".join(f"{name} {count}" for name, count in list(counts.items())[:_SHOWN])
        yield f"{group}: {told or 'none'}{more}"


def _share(count: int, total: int) -> dict[str, float]:
    return {"articles": count, "share": round(count / total, 4) if total else 0.0}
