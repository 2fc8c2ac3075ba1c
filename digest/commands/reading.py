"""The commands that show what the digest understands of articles, and what it does not know: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from digest.commands.options import CONTEXT, config_option
from digest.errors import ArticleError
from digest.report import Issue
from digest.settings import CONFIG_FILE, Settings, load_settings
from digest.suggest.options import suggest_options
from digest.terminal import print_issues, reports_errors


@click.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object per article, on one line.")
@click.option("--with-text", is_flag=True, help="With --json: add the displayed text, which offsets refer to.")
@reports_errors
def inspect(files: tuple[Path, ...], config_file: Path, as_json: bool, with_text: bool) -> None:
    """Show what the digest understands of articles, and why: .txt files, or .jsonl with an article a line.

    Every field comes with its basis, every name with the reason it was linked or not, every line that was taken
    out with the rule that did it.

    \b
    Examples:
      digest inspect seeds/*.txt
      digest inspect --json archive.jsonl | jq .countries
    """
    from digest.inspect import facts  # noqa: PLC0415
    from digest.pipeline import Analyst, Site  # noqa: PLC0415
    from digest.sources.folder import read_file  # noqa: PLC0415

    settings = _settings(config_file, needed=False)
    site = Site(root=config_file.resolve().parent, docs=Path(), name="", settings=settings)
    gazetteer = site.gazetteer()
    analyst = Analyst(gazetteer, settings.all_languages())
    refused: list[Issue] = []
    for path in files:
        for raw in read_file(path, str(path), settings.max_article_bytes):
            if isinstance(raw, Issue):
                refused.append(raw)
                continue
            try:
                linked = analyst(raw, "inspected")
            except ArticleError as error:
                refused.append(error.issue)
                continue
            story_id = path.stem if raw.locator == str(path) else raw.locator.removeprefix(f"{path}#")
            shown = facts(linked, gazetteer.entities, story_id)
            if as_json:
                shown |= {"text": linked.story.text} if with_text else {}
                click.echo(msgspec.json.encode(shown).decode())
            else:
                from digest.inspect_table import show  # noqa: PLC0415 - rich is not needed for JSON

                show(linked, shown)
    print_issues(refused)
    sys.exit(1 if refused else 0)


@click.command(context_settings=CONTEXT)
@suggest_options
@config_option
@reports_errors
def suggest(files: tuple[Path, ...], config_file: Path, **asked: Any) -> None:
    """List names in the seeds (or in FILES) that the gazetteer does not know, the most useful first; accept one.

    Example: digest suggest --accept rigs-chakaboa --name-en "Regis Chakabva" --country zimbabwe
    """
    from digest.pipeline import Analyst, Site  # noqa: PLC0415
    from digest.suggest.desk import Desk  # noqa: PLC0415

    settings = _settings(config_file, needed=not files)
    site = Site(root=config_file.resolve().parent, docs=Path(), name="", settings=settings)
    known = site.gazetteer()
    analyst = Analyst(known, settings.all_languages())
    desk = Desk(root=site.root, settings=settings, files=files, gazetteer=known, analyst=analyst)
    click.echo("\n".join(desk.answer(**asked)))


def _settings(config_file: Path, *, needed: bool) -> Settings:
    """Return the settings of a site; those of none, where nobody named one and none is needed."""
    named = needed or config_file != Path(CONFIG_FILE)
    return load_settings(config_file) if named or config_file.exists() else Settings()
