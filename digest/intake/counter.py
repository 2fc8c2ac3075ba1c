"""The counter in front of the desk: shows how it goes on, and says what came in, what was left out and why."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from digest.errors import ConfigurationError
from digest.intake.desk import Outcome, Watch, bring_in
from digest.report import Issue
from digest.retrieve.failure import shown
from digest.settings import Settings
from digest.terminal import print_issues

_LISTED = 20
_WORDS: Mapping[str, str] = {
    "there-already": "there already",
    "deleted-before": "deleted before",
    "not-modified": "nothing new",
    "other-language": "in another language",
    "no-article": "without an article",
    "unknown-encoding": "in an unknown encoding",
}


def take_in(
    sources: Sequence[str],
    config_file: Path,
    settings: Settings,
    *,
    languages: Sequence[str] = (),
    strict: bool = False,
    quiet: bool = False,
) -> int:
    """Bring in `sources`, print what became of them, and return the exit status: 1 if something failed under `strict`.

    Raises:
        ConfigurationError: there are no sources, one is not there, or a library is missing.
    """
    if not sources:
        raise ConfigurationError([_no_sources(config_file)])
    with watching(len(sources), enabled=not quiet) as watch:
        outcomes = bring_in(config_file.resolve().parent, settings, sources, languages=languages, watch=watch)
    if not quiet:
        show(outcomes)
    for outcome in outcomes:
        print_issues(outcome.issues)
        if unsaid := outcome.failed.total() - len(outcome.issues):
            click.echo(f"{shown(outcome.source)}: and {unsaid:,} more that could not be brought in", err=True)
    return int(strict and any(outcome.failed for outcome in outcomes))


def show(outcomes: Sequence[Outcome]) -> None:
    """Print what became of each source, and the articles that came in."""
    console = Console()
    table = Table(Column("source", overflow="fold"), "came in", "left out", "failed", "why")
    for outcome in outcomes:
        why = [f"{count} {_WORDS.get(code, code)}" for code, count in outcome.left_out.most_common()]
        why += [f"{count} {code}" for code, count in outcome.failed.most_common()]
        numbers = (outcome.came, outcome.left_out.total(), outcome.failed.total())
        table.add_row(escape(shown(outcome.source)), *map(str, numbers), escape(", ".join(why)))
    console.print(table)
    listed = [line for outcome in outcomes for line in outcome.listed]
    for name, headline in listed[:_LISTED]:
        console.print(f"{escape(name)}  {escape(shown(headline, 80))}", soft_wrap=True, highlight=False)
    came = sum(outcome.came for outcome in outcomes)
    if came > min(len(listed), _LISTED):
        console.print(f"… and {came - min(len(listed), _LISTED)} more")


@contextlib.contextmanager
def watching(sources: int, *, enabled: bool) -> Iterator[Watch]:
    """Show how far a run through so many sources is, on a terminal only; of one source, only that it goes on."""
    if not (enabled and sys.stderr.isatty()):
        yield lambda *_: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking", total=sources if sources > 1 else None)
        yield lambda read, came, done: bar.update(
            task, completed=done, description=f"{read:,} looked at, {came:,} came in"
        )


def _no_sources(config_file: Path) -> Issue:
    """Say that there is nothing to fetch."""
    return Issue(
        code="no-sources",
        where=str(config_file),
        message="no feeds are listed",
        hint="List their addresses under `sources:` in the block of the `digest` plugin, or use `digest add ADDRESS`",
    )
