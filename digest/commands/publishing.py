"""The command that deploys the site: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click

from digest.commands.options import CONTEXT, config_option
from digest.settings import load_settings
from digest.terminal import print_issues, reports_errors


@click.command(context_settings=CONTEXT)
@click.argument("target", required=False)
@config_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="The site was built there (`build -d`).")
@click.option("--headers", type=click.Choice(["nginx", "netlify"]), help="Print security headers; deploy nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
@reports_errors
def deploy(target: str | None, config_file: Path, site_dir: Path | None, headers: str | None, quiet: bool) -> None:
    """Deploy the site that was built last to TARGET; readers see the old one or the new one, never a mixture.

    Only what changed is sent. A site whose build failed is not deployed, and nothing but an older site is replaced;
    of what else was put into that, only hidden files stay.

    \b
    Examples:
      digest deploy /srv/www/news                    a folder that a web server shows
      digest deploy editor@example.org:/srv/www/news    a server, by rsync and ssh
      digest deploy rsync://example.org/www/news     an rsync daemon
      digest deploy gh-pages                         that branch of the remote «origin»
      digest deploy git:../pages.git#main            a branch of any repository
      digest deploy --headers nginx > headers.conf   what a server is to send with it
    """
    from digest.publish.deploy import deploy_site, site_to_deploy  # noqa: PLC0415 - other commands need nothing of it
    from digest.publish.security_headers import headers_file, nginx_snippet  # noqa: PLC0415

    load_settings(config_file)
    root = config_file.resolve().parent
    if headers:
        site = site_to_deploy(root, site_dir)
        click.echo(nginx_snippet(site) if headers == "nginx" else headers_file(site), nl=False)
        return
    if target is None:
        raise click.UsageError("Name a TARGET to deploy to, as in: digest deploy /srv/www/news")
    deployed = deploy_site(root, target, site_dir)
    if not quiet:
        print_issues(deployed.notes)
        click.echo(deployed.summary())
