"""What needs a human: found in the store of the last build, each with the command that puts it right."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterable, Iterator, Sequence

from digest.store.archive import Archive
from digest.store.entry import ENTRY_COLUMNS, Entry, entry_of
from digest.store.same_story_lookups import copies
from digest.suggest.rank import Suggestion

TITLES = {
    "date": "Unknown date",
    "headline": "Derived headline",
    "names": "Unlinked names",
    "copies": "Near-duplicates",
}
_WHY = {
    "date": "No date was found, and none is invented. Look it up at the source.",
    "headline": "The headline was made from the first sentence. Give the newspaper's own.",
    "names": "The gazetteer does not know these names, so nothing links to them.",
    "copies": "These texts are nearly the same. Both stay; retract the one that is not wanted.",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that needs a look."""

    kind: str
    where: str
    """Article id, or id of a suggestion."""
    text: str
    command: str
    """What to type next; what is in capitals is to be filled in."""


def findings(archive: Archive, names: Iterable[Suggestion]) -> Iterator[Finding]:
    """Yield everything that needs a human, in the order of the kinds, the newest article first."""
    for entry in _articles(archive, "a.published IS NULL"):
        yield _of_article("date", entry, f"digest edit {entry.id} published=YYYY-MM-DD")
    for entry in _articles(archive, "a.derived"):
        yield _of_article("headline", entry, f"digest edit {entry.id} headline=HEADLINE")
    for suggestion in names:
        found = f"{suggestion.name} ({suggestion.kind}, {suggestion.tally.articles} articles)"
        command = f"digest suggest --accept {suggestion.id}"
        yield Finding(kind="names", where=suggestion.id, text=found, command=command)
    for one, other in copies(archive):
        pair = f"{one.headline} [{one.outlet_name or '?'}] = {other.id} [{other.outlet_name or '?'}]"
        command = f"digest retract {other.id} --reason 'copy of {one.id}'"
        yield Finding(kind="copies", where=one.id, text=pair, command=command)


def listing(found: Sequence[Finding], limit: int) -> Iterator[str]:
    """Yield the findings for a terminal: at most `limit` of a kind, and how many there are."""
    if not found:
        yield "Nothing needs a look."
    for kind, title in TITLES.items():
        of_kind = [finding for finding in found if finding.kind == kind]
        if not of_kind:
            continue
        yield f"{title}: {len(of_kind)}. {_WHY[kind]}"
        for finding in of_kind[:limit]:
            yield f"  {finding.where}  {finding.text}"
            yield f"      {finding.command}"
        if len(of_kind) > limit:
            yield f"  … and {len(of_kind) - limit} more: digest review --limit {len(of_kind)}"
        yield ""


def page(found: Sequence[Finding], site_name: str) -> str:
    """Return the findings as an HTML page of its own, for maintainers; it is no part of the site."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>Review: {html.escape(site_name)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>Review: <bdi>{html.escape(site_name)}</bdi></h1>",
    ]
    if not found:
        parts.append("<p>Nothing needs a look.</p>")
    for kind, title in TITLES.items():
        of_kind = [finding for finding in found if finding.kind == kind]
        if of_kind:
            parts.append(f"<h2>{title} ({len(of_kind)})</h2><p>{html.escape(_WHY[kind])}</p><ul>")
            parts += [
                f'<li><bdi dir="auto">{html.escape(finding.text)}</bdi>'
                f'<code dir="ltr">{html.escape(finding.command)}</code></li>'
                for finding in of_kind
            ]
            parts.append("</ul>")
    return "\n".join([*parts, "</body></html>", ""])


_STYLE = (
    "body{font:16px/1.7 system-ui,Noto Naskh Arabic,Noto Sans Arabic,sans-serif;"
    "max-width:60rem;margin:auto;padding:1rem;color-scheme:light dark}"
    "li{margin-block:.8rem}li bdi{display:block}code{font-size:.85em;overflow-wrap:anywhere}"
)


def _of_article(kind: str, entry: Entry, command: str) -> Finding:
    return Finding(kind=kind, where=entry.id, text=entry.headline, command=command)


def _articles(archive: Archive, where: str) -> Iterator[Entry]:
    query = f"SELECT {ENTRY_COLUMNS} FROM articles a WHERE {where} ORDER BY a.published DESC, a.sequence DESC"  # noqa: S608 - constants
    yield from map(entry_of, archive.select(query))
