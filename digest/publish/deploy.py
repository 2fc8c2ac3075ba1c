"""Deploys the built site: to a folder, to a server, to a branch. What readers see changes at once, or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from digest.errors import PublishError
from digest.publish.build_record import built_site, extent_of, limits_passed
from digest.publish.deploy_folder import deploy_to_folder
from digest.publish.deploy_git import Branch, deploy_to_branch
from digest.publish.deploy_rsync import Daemon, Server, deploy_to_daemon, deploy_to_server
from digest.publish.deployment import Deployment
from digest.publish.site_tree import build_lock

FORMS = "a folder, user@host:/folder, rsync://host/module/folder, gh-pages, or git:REMOTE#BRANCH"
_SERVER = re.compile(r"(?P<host>(?:[\w.+-]+@)?(?:[\w][\w.-]*|\[[0-9A-Fa-f:.]+\])):(?P<path>/.*)")
_BRANCH = re.compile(r"git:(?P<remote>[^#]+)#(?P<name>[^#]+)")
_STRANGE = re.compile(r"git:|[A-Za-z][\w+.-]*://|[^/]+@[^/]+:(?!/)")
"""Begins like an address, and is none that can be deployed to."""
_PAGES = Branch(remote="origin", name="gh-pages")


def parse_target(text: str) -> Path | Server | Daemon | Branch:
    """Return where to deploy to, told by the form of its name; a folder called like a branch is written `./gh-pages`.

    >>> parse_target("git:https://example.org/news.git#pages")
    Branch(remote='https://example.org/news.git', name='pages')

    Raises:
        PublishError: it has no such form.
    """
    if text == "gh-pages":
        return _PAGES
    if found := _BRANCH.fullmatch(text):
        return Branch(remote=found["remote"], name=found["name"])
    if text.startswith("rsync://"):
        return Daemon(address=text.rstrip("/"))
    found = _SERVER.fullmatch(text)
    if not text or text.startswith("-") or _STRANGE.match(text) or (found and not found["path"].strip("/")):
        raise PublishError(f"{text!r} is no place to deploy to; name {FORMS}")
    if found:
        return Server(host=found["host"], path=found["path"].rstrip("/"))
    return Path(text)


def site_to_deploy(root: Path, site_dir: Path | None) -> Path:
    """Return the folder of the site that the last `digest build` left whole.

    Raises:
        PublishError: there is none.
    """
    return built_site(root / ".digest", site_dir)


def deploy_site(root: Path, target: str, site_dir: Path | None = None) -> Deployment:
    """Deploy the site that was built last.

    Args:
        root: folder of `mkdocs.yml`.
        target: where to, in one of `FORMS`.
        site_dir: where it was built, unless that is what `mkdocs.yml` says.

    Raises:
        PublishError: there is no whole site, the target is something else than an older site, or cannot be reached.
            What readers see is as it was.
    """
    place = parse_target(target)
    with build_lock(root / ".digest"):
        site = site_to_deploy(root, site_dir)
        notes = tuple(limits_passed(extent_of(site)))
        match place:
            case Branch():
                sent = deploy_to_branch(site, place, root)
            case Server():
                sent = deploy_to_server(site, place)
            case Daemon():
                sent = deploy_to_daemon(site, place)
            case Path():
                sent = deploy_to_folder(site, place, root)
    return Deployment(where=str(place), sent=sent, notes=notes)
