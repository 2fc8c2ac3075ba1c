"""What a web page says of itself in fields: JSON-LD first, then Open Graph and its relatives.

Read strictly: a day of publication is taken from the fields that mean it and is never guessed from a page.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import itertools
from collections.abc import Iterator
from typing import Any

import msgspec

from digest.intake.arrival import one_line
from digest.languages.pack import available_languages
from digest.model import Hints
from digest.sources.address import safe_url

_NEWS = ("", "News", "ReportageNews", "AnalysisNews", "OpinionNews", "BackgroundNews", "ReviewNews", "AskPublicNews")
_ARTICLES = frozenset({"Report", "BlogPosting", "LiveBlogPosting", *(f"{kind}Article" for kind in _NEWS)})
_DEEPEST = 6
_MOST = 1_000
"""Levels and objects of JSON-LD that are looked at: pages may nest it without end."""
_LARGEST = 200_000

_META = {
    "headline": ("og:title", "twitter:title", "dc.title", "title"),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publish-date",
        "parsely-pub-date",
        "dc.date.issued",
        "dcterms.created",
        "date",
    ),
    "byline": ("author", "article:author", "parsely-author", "dc.creator"),
    "outlet": ("og:site_name", "publisher", "dc.publisher"),
    "url": ("og:url",),
    "language": ("og:locale", "language", "content-language"),
}
"""Our field → names or properties of `<meta>`, best first."""


def read_metadata(tree: Any) -> Hints:
    """Return what the page whose root is `tree` states; fields that hold nothing usable are None."""
    stated = _json_ld(tree)
    meta = _meta(tree)
    for field, names in _META.items():
        values = (value for name in names if (value := meta.get(name)))
        stated[field] += [one_line(value) for value in values]
    stated["url"] += [one_line(link.get("href")) for link in tree.xpath("//link[@rel='canonical'][@href]")[:1]]
    stated["language"] += [one_line(tree.get("lang"))]
    bylines = [value for value in stated["byline"] if value and "://" not in value]  # article:author is often a profile
    return Hints(
        headline=next(filter(None, stated["headline"]), None),
        published=next(filter(None, map(day_of, stated["published"])), None),
        byline=next(iter(bylines), None),
        outlet=next(filter(None, stated["outlet"]), None),
        url=next((value for value in stated["url"] if value and safe_url(value)), None),
        language=next(filter(None, map(language_tag, stated["language"])), None),
    )


def day_of(stated: str | None) -> str | None:
    """Return the day that a stated time is on, as its author's calendar has it: no zone is converted.

    >>> day_of("2024-11-27T23:30:00-05:00"), day_of("Wed, 27 Nov 2024 23:30:00 -0500"), day_of("yesterday")
    ('2024-11-27', '2024-11-27', None)
    """
    text = (stated or "").strip()
    with contextlib.suppress(ValueError):
        return dt.datetime.fromisoformat(text).date().isoformat()
    with contextlib.suppress(ValueError):  # a time that Python cannot read, after a day that it can
        return dt.date.fromisoformat(text.partition("T")[0].partition(" ")[0]).isoformat()
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return email.utils.parsedate_to_datetime(text).date().isoformat()
    return None


def language_tag(stated: str | None) -> str | None:
    """Return the pack that a stated language means, if there is one.

    >>> language_tag("ur_PK"), language_tag("de-DE")
    ('ur', None)
    """
    tag = (stated or "").replace("_", "-").partition("-")[0].strip().lower()
    return tag if tag and tag in available_languages() else None


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in itertools.islice(tree.iter("meta"), _MOST):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and (content := element.get("content")):
            found.setdefault(name.strip().lower(), content)
    return found


def _json_ld(tree: Any) -> dict[str, list[str | None]]:
    stated: dict[str, list[str | None]] = {field: [] for field in _META}
    for script in itertools.islice(tree.iter("script"), _MOST):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _LARGEST:
            continue
        with contextlib.suppress(msgspec.DecodeError, RecursionError, ValueError):
            for item in itertools.islice(_objects(msgspec.json.decode(text, strict=False), _DEEPEST), _MOST):
                if _is_article(item):
                    stated["headline"].append(one_line(item.get("headline")) or one_line(item.get("name")))
                    stated["published"].append(one_line(item.get("datePublished")))
                    stated["byline"].append(_names(item.get("author")))
                    stated["outlet"].append(_names(item.get("publisher")))
                    stated["url"].append(_id(item.get("mainEntityOfPage")) or one_line(item.get("url")))
                    stated["language"].append(_names(item.get("inLanguage")))
    return stated


def _objects(value: Any, levels: int) -> Iterator[dict[str, Any]]:
    """Yield the objects that stand in `value`, in lists and in `@graph`."""
    if isinstance(value, dict):
        yield value
        value = value.get("@graph")
    if isinstance(value, list) and levels:
        for item in value[:_MOST]:
            yield from _objects(item, levels - 1)


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))


def _names(value: Any) -> str | None:
    """Return the names in a field that may hold a name, an object with a name, or a list of them."""
    values = value[:10] if isinstance(value, list) else [value]
    names = [one_line(item.get("name") if isinstance(item, dict) else item) for item in values]
    return "، ".join(dict.fromkeys(filter(None, names))) or None


def _id(value: Any) -> str | None:
    return one_line(value.get("@id") if isinstance(value, dict) else value)
