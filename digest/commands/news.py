"""The commands that bring news in: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from digest.commands.options import CONTEXT, config_option
from digest.intake.options import intake_options
from digest.settings import load_settings
from digest.terminal import reports_errors


@click.command(context_settings=CONTEXT)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@intake_options
@config_option
@reports_errors
def add(sources: tuple[str, ...], config_file: Path, **asked: Any) -> None:
    """Bring news in: files (.txt, .html, .jsonl, .parquet, .warc.gz), folders of them, pages and feeds.

    Each article becomes a seed with a sidecar that says where it came from. What is there is left alone.

    \b
    Examples:
      digest add story.txt saved-page.html folder/
      digest add https://www.dawnnews.tv/feeds/home
      digest add --language ur CC-NEWS-20240101.warc.gz
    """
    from digest.intake.counter import take_in  # noqa: PLC0415 - nothing of it is needed to build

    sys.exit(take_in(sources, config_file, load_settings(config_file), **asked))


@click.command(context_settings=CONTEXT)
@intake_options
@config_option
@reports_errors
def fetch(config_file: Path, **asked: Any) -> None:
    """Bring in what is new in the feeds that mkdocs.yml lists under `sources:`; for cron and CI.

    \b
    Example:
      digest fetch --quiet && digest build
    """
    from digest.intake.counter import take_in  # noqa: PLC0415

    settings = load_settings(config_file)
    sys.exit(take_in(settings.sources, config_file, settings, **asked))
