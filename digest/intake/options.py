"""The options of `digest add` and `digest fetch`; apart, so that the other commands load none of their code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--language", "languages", multiple=True, metavar="TAG", help="Only articles in it (repeatable)."),
    click.option("--strict", is_flag=True, help="Fail when something could not be brought in."),
    click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong."),
)


def intake_options(function: F) -> F:
    """Give a command what `digest add` and `digest fetch` have in common."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
