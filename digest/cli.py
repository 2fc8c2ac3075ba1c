"""The `digest` command: parse, call, print. No logic lives here, and MkDocs is imported only where it is needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from digest import __version__
from digest.commands.news import add, fetch
from digest.commands.options import CONTEXT, config_option, techniques
from digest.commands.publishing import deploy
from digest.commands.reading import inspect, suggest
from digest.commands.upkeep import COMMANDS
from digest.report import Severity
from digest.settings import load_settings
from digest.terminal import Utf8Group, command_name, from_here, log_handler, print_issues, progress, reports_errors


@click.group(cls=Utf8Group, context_settings=CONTEXT)
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


for command in (add, fetch, inspect, suggest, *COMMANDS, deploy):
    main.add_command(command)


@main.command(context_settings=CONTEXT)
@config_option
@click.option("--strict", is_flag=True, help="Fail when an article was refused or a link is broken.")
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Build there instead.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), help="Processes that work at once.  [default: all cores]")
@click.option("--scheduler", metavar="ADDRESS", help="Let the workers of a Dask scheduler analyse articles.")
@click.option(
    "--changed", type=click.File("rb"), metavar="FILE", help="Look only at the seeds listed there (-: stdin)."
)
@click.option("--plain", is_flag=True, help="Let MkDocs build every page itself: slower, and the same bytes.")
@click.option("--without", metavar="NAMES", hidden=True, callback=techniques, help="Techniques that are not used.")
@reports_errors
def build(
    config_file: Path,
    strict: bool,
    site_dir: Path | None,
    quiet: bool,
    jobs: int | None,
    scheduler: str | None,
    changed: BinaryIO | None,
    plain: bool,
    without: tuple[str, ...] | None,
) -> None:
    """Build the site: analyse what is new, write the pages, publish them with MkDocs.

    The old site stays whole until the new one is complete. Only what changed is rendered again.

    \b
    Examples:
      digest build
      digest build --strict -d /srv/www/digest
      digest build --scheduler tcp://192.168.1.5:8786
      git diff --name-only --no-renames HEAD~1 | digest build --changed -
    """
    with progress("building", enabled=not quiet) as show:
        from digest.publish.request import Request  # noqa: PLC0415 - the pipeline takes a tenth of a second
        from digest.publish.site_build import publish_site, show_log  # noqa: PLC0415

        show_log(log_handler(), quiet=True)
        chosen = {"jobs": jobs, "scheduler": scheduler, "without": without}
        report, target = publish_site(
            Request(
                config_file=config_file,
                strict=strict,
                site_dir=site_dir,
                progress=show,
                plain=plain,
                chosen=chosen,
                changed=changed.read() if changed else None,
            )
        )
    if not quiet:
        print_issues([issue for issue in report.issues if issue.severity is Severity.NOTE])
        click.echo(report.summary())
        click.echo(f"The site is in {from_here(target)}. To look at it: {command_name()} serve")


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
