"""Prints what is understood of an article as tables for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from digest.model import LinkedStory


def show(linked: LinkedStory, facts: Mapping[str, Any]) -> None:
    """Print one article: its fields, its names, what was not linked, what was taken out, what was repaired."""
    console = Console()
    console.rule(escape(str(facts["id"])))
    fields = Table("field", "value", "basis", show_header=True)
    source = facts["source"]
    fields.add_row("headline", escape(facts["headline"]), facts["headline_basis"])
    fields.add_row("published", facts["published"] or "unknown", facts["published_basis"])
    fields.add_row("source", escape(f"{source['name'] or 'unknown'} {source['url'] or ''}".strip()), source["basis"])
    fields.add_row("language", facts["language"], "")
    for kind in ("countries", "topics", "people", "organisations"):
        fields.add_row(kind, ", ".join(facts[kind]) or "none", "")
    fields.add_row("summary", escape(facts["summary"]), "")
    console.print(fields)
    names = Table("name", "entity", "at", "why", title="names")
    for mention in facts["mentions"]:
        names.add_row(
            escape(mention["surface"]),
            mention["entity"],
            f"{mention['start']}–{mention['end']}",
            escape(mention["why"]),
        )
    for rejection in linked.rejections:
        where = f"{rejection.span[0]}–{rejection.span[1]}"
        names.add_row(escape(rejection.surface), f"not {rejection.entity or 'a name'}", where, escape(rejection.why))
    console.print(names)
    if facts["removed"] or facts["fixes"]:
        changes = Table("rule or fix", "where", "text", title="taken out and repaired")
        for removal in facts["removed"]:
            changes.add_row(removal["rule"], f"line {removal['line']}", escape(removal["text"]))
        for fix, count in facts["fixes"].items():
            changes.add_row(fix, f"{count} times", "")
        console.print(changes)
