"""What the commands have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from digest.settings import CONFIG_FILE, TECHNIQUES

F = TypeVar("F", bound=Callable[..., Any])
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def techniques(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Return the techniques of fast building that are named in a list with commas.

    Raises:
        click.BadParameter: there is no such technique.
    """
    if value is None:
        return None
    names = tuple(name.strip() for name in value.split(","))
    if unknown := [name for name in names if name not in TECHNIQUES]:
        raise click.BadParameter(f"no technique is called {', '.join(unknown)}; there are {', '.join(TECHNIQUES)}")
    return names


def config_option(function: F) -> F:
    """Give a command the option that names the site's settings."""
    return click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path(CONFIG_FILE),
        show_default=True,
        help="The site's settings.",
    )(function)
