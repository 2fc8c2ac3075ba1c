"""The commands that keep a digest right: parse, call, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from digest.commands.options import CONTEXT, config_option
from digest.settings import Settings, load_settings
from digest.terminal import command_name, fail, reports_errors

if TYPE_CHECKING:
    from digest.pipeline import Site
    from digest.store.archive import Archive
    from digest.suggest.rank import Suggestion


@click.command(context_settings=CONTEXT)
@click.argument("article")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@config_option
@reports_errors
def edit(article: str, assignments: tuple[str, ...], config_file: Path) -> None:
    """Correct fields of ARTICLE (its id, address or seed) in its sidecar; the seed is never touched.

    Lists take commas; FIELD= takes the field out again. Comments in the sidecar stay.

    \b
    Examples:
      digest edit kq3mzp2a7d published=2024-11-27
      digest edit seeds/summit.txt "headline=روس اور قازقستان کا سربراہی اجلاس" countries=KZ,RU
    """
    from digest.sources.sidecar import sidecar_path  # noqa: PLC0415
    from digest.upkeep.sidecars import edit_sidecar, find_seed, parse_assignments  # noqa: PLC0415

    settings = load_settings(config_file)
    seed = find_seed(config_file.resolve().parent, settings, article)
    for change in (changes := edit_sidecar(seed, parse_assignments(assignments))):
        click.echo(str(change))
    sidecar = sidecar_path(seed)
    where = sidecar.name if seed == sidecar else f"{sidecar.name} beside {seed.name}"
    click.echo(
        f"Written to {where}. Now: {command_name()} build" if changes else "Nothing to change: it says so already."
    )


@click.command(context_settings=CONTEXT)
@click.argument("article")
@click.option("--reason", default="", help="Why; it is shown on the page that stays in its place.")
@click.option("--undo", is_flag=True, help="Publish it again.")
@config_option
@reports_errors
def retract(article: str, reason: str, undo: bool, config_file: Path) -> None:
    """Withdraw ARTICLE: a page that says so stays at its address, and it leaves lists, feeds, search and data.

    \b
    Examples:
      digest retract kq3mzp2a7d --reason "The agency has withdrawn it"
      digest retract kq3mzp2a7d --undo
    """
    from digest.upkeep.sidecars import edit_sidecar, find_seed  # noqa: PLC0415

    settings = load_settings(config_file)
    seed = find_seed(config_file.resolve().parent, settings, article)
    changes = edit_sidecar(seed, {"retracted": None if undo else reason})
    for change in changes:
        click.echo(str(change))
    click.echo(f"Now: {command_name()} build" if changes else "Nothing to change: it says so already.")


@click.command(context_settings=CONTEXT)
@click.argument("entity")
@click.argument("new")
@config_option
@reports_errors
def rename(entity: str, new: str, config_file: Path) -> None:
    """Give ENTITY the id NEW, which is its address too; the old address leads there.

    \b
    Example:
      digest rename rigs-chakaboa regis-chakabva
    """
    from digest.upkeep.renaming import rename_entity  # noqa: PLC0415

    site = _site(config_file)
    for line in rename_entity(site.root, site.settings, site.gazetteer(), entity, new):
        click.echo(line)
    click.echo(f"Commit these files. Now: {command_name()} build")


@click.command(context_settings=CONTEXT)
@click.argument("entity")
@click.argument("into")
@config_option
@reports_errors
def merge(entity: str, into: str, config_file: Path) -> None:
    """Make ENTITY a part of INTO: names and aliases go there, and the old address leads there.

    \b
    Example:
      digest merge regis-chakabwa regis-chakabva
    """
    from digest.upkeep.renaming import merge_entities  # noqa: PLC0415

    site = _site(config_file)
    for line in merge_entities(site.root, site.settings, site.gazetteer(), entity, into):
        click.echo(line)
    click.echo(f"Commit these files. Now: {command_name()} build")


@click.command(context_settings=CONTEXT)
@config_option
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many of a kind.")
@click.option("--names/--no-names", default=True, help="Whether to look for unlinked names: it reads all seeds.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per finding, on one line.")
@reports_errors
def review(config_file: Path, limit: int, names: bool, as_json: bool) -> None:
    """List what needs a human, with the command that puts it right; and write it as a page, .digest/review.html.

    Unknown dates, derived headlines, unlinked names, near-duplicates, as the last build found them.

    \b
    Example:
      digest build && digest review
    """
    from digest.store.files import write_if_changed  # noqa: PLC0415
    from digest.upkeep.review import findings, listing, page  # noqa: PLC0415

    site = _site(config_file)
    suggested = _suggested(site) if names else []
    with _archive(site) as archive:
        found = list(findings(archive, suggested))
    target = (site.root / site.settings.store).parent / "review.html"
    write_if_changed(target, page(found, site.name).encode())
    lines = (msgspec.json.encode(finding).decode() for finding in found) if as_json else listing(found, limit)
    click.echo("\n".join(lines))
    if not as_json:
        click.echo(f"As a page: {target}")


@click.command(context_settings=CONTEXT)
@config_option
@click.option("--names/--no-names", default=True, help="Whether to count unlinked names: it reads all seeds.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with everything.")
@reports_errors
def stats(config_file: Path, names: bool, as_json: bool) -> None:
    """Count articles by outlet, month, country and topic, and what is not known of them.

    \b
    Example:
      digest stats --json | jq .unknown_date
    """
    from digest.upkeep.stats import lines  # noqa: PLC0415
    from digest.upkeep.stats import stats as count  # noqa: PLC0415

    site = _site(config_file)
    unlinked = len(_suggested(site)) if names else None
    with _archive(site) as archive:
        found = count(archive, unlinked)
    click.echo(msgspec.json.encode(found).decode() if as_json else "\n".join(lines(found)))


COMMANDS = (review, stats, edit, retract, rename, merge)


def _site(config_file: Path) -> Site:
    from digest.pipeline import Site  # noqa: PLC0415

    settings: Settings = load_settings(config_file)
    root = config_file.resolve().parent
    return Site(root=root, docs=Path(), name=root.name, settings=settings)


def _archive(site: Site) -> Archive:
    from digest.store.archive import Archive  # noqa: PLC0415

    store = site.root / site.settings.store
    if not store.exists():
        fail(f"nothing was built yet, so there is nothing to look at. First: {command_name()} build")
    return Archive(store)


def _suggested(site: Site) -> list[Suggestion]:
    from digest.pipeline import Analyst  # noqa: PLC0415
    from digest.suggest.desk import Desk  # noqa: PLC0415

    known = site.gazetteer()
    analyst = Analyst(known, site.settings.all_languages())
    desk = Desk(root=site.root, settings=site.settings, files=(), gazetteer=known, analyst=analyst)
    return desk.suggestions()
