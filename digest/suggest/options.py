"""The options of `digest suggest`; apart from the command itself, so that the other commands load none of its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False)),
    click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="How many to show."),
    click.option("--kind", type=click.Choice(["person", "organisation", "place"]), help="Only these; or what it is."),
    click.option("--json", "as_json", is_flag=True, help="One JSON object per suggestion, on one line."),
    click.option("--accept", metavar="ID", help="Write the file of this one, or add the spelling where it belongs."),
    click.option("--id", "slug", metavar="SLUG", help="With --accept: the id, which is its address on the site."),
    click.option("--name-en", metavar="NAME", help="With --accept: the English name; the id is made of it."),
    click.option("--country", metavar="ID", help="With --accept: the country it belongs to."),
)


def suggest_options(function: F) -> F:
    """Give a command the arguments of `digest suggest`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
