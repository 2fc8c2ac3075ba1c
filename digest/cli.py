"""The `digest` command: parse, call, print. No logic lives here, and MkDocs is imported only where it is needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from digest import __version__
from digest.commands.options import CONTEXT, config_option
from digest.commands.publishing import deploy
from digest.commands.upkeep import COMMANDS
from digest.errors import ArticleError
from digest.intake.options import intake_options
from digest.report import Issue, Severity
from digest.settings import Settings, load_settings
from digest.suggest.options import suggest_options
from digest.terminal import command_name, log_handler, print_issues, progress, reports_errors


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Khabarnama: a searchable static digest of news in right-to-left languages.

    \b
    Examples:
      digest new my-digest          start a site of your own
      digest add story.txt page.html https://example.org/feed.xml
      digest fetch                  bring in what is new in the feeds of mkdocs.yml
      digest build                  build the site into site/
      digest serve                  preview, rebuilt whenever you change something
      digest inspect seeds/*.txt    see what is understood of an article, and why
      digest suggest                list names that the gazetteer does not know
      digest check                  check settings, gazetteer, language packs and seeds
      digest review                 list what needs a human, and how to put it right
      digest deploy /srv/www/news   publish what was built: to a folder, a server, a git branch
    """


for command in (*COMMANDS, deploy):
    main.add_command(command)


@main.command(context_settings=CONTEXT)
@config_option
@click.option("--strict", is_flag=True, help="Fail when an article was refused or a link is broken.")
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Build there instead.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), help="Processes that work at once.  [default: all cores]")
@click.option("--scheduler", metavar="ADDRESS", help="Let the workers of a Dask scheduler analyse articles.")
@click.option("--plain", is_flag=True, help="Let MkDocs build every page itself: slower, and the same bytes.")
@reports_errors
def build(
    config_file: Path,
    strict: bool,
    site_dir: Path | None,
    quiet: bool,
    jobs: int | None,
    scheduler: str | None,
    plain: bool,
) -> None:
    """Build the site: analyse what is new, write the pages, publish them with MkDocs.

    The old site stays whole until the new one is complete. Only what changed is rendered again.

    \b
    Examples:
      digest build
      digest build --strict -d /srv/www/digest
      digest build --scheduler tcp://192.168.1.5:8786
    """
    with progress("building", enabled=not quiet) as show:
        from digest.publish.request import Request  # noqa: PLC0415 - the pipeline takes a tenth of a second
        from digest.publish.site_build import publish_site, show_log  # noqa: PLC0415

        show_log(log_handler(), quiet=True)
        chosen = {"jobs": jobs, "scheduler": scheduler}
        report, target = publish_site(
            Request(
                config_file=config_file, strict=strict, site_dir=site_dir, progress=show, plain=plain, chosen=chosen
            )
        )
    if not quiet:
        print_issues([issue for issue in report.issues if issue.severity is Severity.NOTE])
        click.echo(report.summary())
        click.echo(f"The site is in {target}. To look at it: {command_name()} serve")


@main.command(context_settings=CONTEXT)
@config_option
@click.option("-a", "--address", help="IP:PORT to listen on.  [default: 127.0.0.1:8000]")
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open a browser.")
@reports_errors
def serve(config_file: Path, address: str | None, open_in_browser: bool) -> None:
    """Preview the site; it is built again when a seed, sidecar, gazetteer entry or template changes.

    \b
    Example:
      digest serve --open
    """
    load_settings(config_file)
    from digest.publish.mkdocs_build import serve_site  # noqa: PLC0415
    from digest.publish.site_build import show_log  # noqa: PLC0415

    show_log(log_handler(), quiet=False)
    serve_site(config_file, address=address, open_in_browser=open_in_browser)


@main.command(context_settings=CONTEXT)
@config_option
@reports_errors
def check(config_file: Path) -> None:
    """Check settings, gazetteer, language packs, ledger, seeds and sidecars; build nothing.

    The exit status is 1 when there is an error.

    \b
    Example:
      digest check && git commit
    """
    from digest.check import check_site  # noqa: PLC0415

    with progress("checking"):
        issues = check_site(config_file)
    print_issues(issues)
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    click.echo(f"{errors} errors, {len(issues) - errors} other findings")
    sys.exit(1 if errors else 0)


@main.command(context_settings=CONTEXT)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the site.  [default: «news digest» in its language]")
@click.option("--language", default="ur", show_default=True, help="Language of the site.")
@reports_errors
def new(folder: Path, name: str | None, language: str) -> None:
    """Start a site of your own in FOLDER, with one example article.

    \b
    Example:
      digest new my-digest && cd my-digest && digest build
    """
    from digest.new_site import start_site  # noqa: PLC0415

    for path in start_site(folder, name, language):
        click.echo(f"wrote {path}")
    click.echo(f"\nNow: cd {folder} && digest build && digest serve")


@main.command(context_settings=CONTEXT)
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

    settings = load_settings(config_file) if config_file.exists() else Settings()
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


@main.command(context_settings=CONTEXT)
@suggest_options
@config_option
@reports_errors
def suggest(files: tuple[Path, ...], config_file: Path, **asked: Any) -> None:
    """List names in the seeds (or in FILES) that the gazetteer does not know, the most useful first; accept one.

    Example: digest suggest --accept rigs-chakaboa --name-en "Regis Chakabva" --country zimbabwe
    """
    from digest.pipeline import Analyst, Site  # noqa: PLC0415
    from digest.suggest.desk import Desk  # noqa: PLC0415

    settings = load_settings(config_file) if config_file.exists() or not files else Settings()
    site = Site(root=config_file.resolve().parent, docs=Path(), name="", settings=settings)
    known = site.gazetteer()
    analyst = Analyst(known, settings.all_languages())
    desk = Desk(root=site.root, settings=settings, files=files, gazetteer=known, analyst=analyst)
    click.echo("\n".join(desk.answer(**asked)))


@main.command(context_settings=CONTEXT)
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


@main.command(context_settings=CONTEXT)
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
