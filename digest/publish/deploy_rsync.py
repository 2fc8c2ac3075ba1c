"""Deploys a site to a server with rsync.

Over ssh the site goes to a new folder on the server, where unchanged files are second names of those that are live;
then one rename makes the link that the web server follows point to it. `/srv/www/news` is that link, and
`/srv/www/news.releases/` holds the live site and the one before it. An rsync daemon can rename nothing: there changed
files are put in place together at the end (`--delay-updates`), and old ones go last (`--delete-after`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from digest.errors import PublishError
from digest.publish.deploy_folder import is_ours
from digest.publish.deployment import Sent

_RSYNC = ("rsync", "--recursive", "--links", "--times", "--chmod=D755,F644", "--delete-after", "--delay-updates")
_COUNTING = ("--itemize-changes", "--stats", "--no-human-readable")
_ALL = re.compile(r"^Number of files: .*?reg: ([\d,]+)", re.MULTILINE)
_SENT = re.compile(r"^[<>c]f", re.MULTILINE)
_DELETED = re.compile(r"^\*deleting .*[^/\n]$", re.MULTILINE)

_PREPARE = """set -eu
if [ -e {live} ] && [ ! -L {live} ]; then
    rmdir {live} 2>/dev/null || {{ echo "it is a folder, and not a link to a site that was deployed" >&2; exit 3; }}
fi
if [ -L {live} ] && [ ! -e {live}/sitemap.xml ]; then echo "it leads to something else than a site" >&2; exit 3; fi
mkdir -p {releases}
rm -rf {next}
"""
_SWITCH = """set -eu
old=$(readlink {live} || true)
mv {next} {release}
ln -sfn {link} {live}.new
mv -T {live}.new {live}
for one in {releases}/*; do
    case "$one" in {release}|*/"${{old##*/}}") ;; *) rm -rf "$one" ;; esac
done
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A folder on a server that ssh leads to; `host` may begin with `user@`."""

    host: str
    path: str

    def __str__(self) -> str:
        return f"{self.host}:{self.path}"

    @property
    def login(self) -> str:
        """What ssh takes: unlike rsync, an IPv6 address without brackets."""
        return self.host.replace("[", "").replace("]", "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Daemon:
    """A folder that an rsync daemon offers."""

    address: str

    def __str__(self) -> str:
        return self.address


def deploy_to_server(site: Path, server: Server) -> Sent:
    """Send the site to a new folder on the server, and let the live link point to it.

    Raises:
        PublishError: rsync or ssh are missing, the server cannot be reached, or something else than our link is there.
    """
    places = _places(server.path)
    unchanged = f"{server} is as it was"
    _run(["ssh", server.login, _PREPARE.format(**places)], unchanged)
    said = _run(server_command(site, server), unchanged)
    _run(["ssh", server.login, _SWITCH.format(**places)], unchanged)
    return _count(said)


def server_command(site: Path, server: Server) -> list[str]:
    """Return the command that sends the site beside the live one."""
    there = f"{server.host}:{server.path}.releases/next/"
    return [*_RSYNC, *_COUNTING, "--protect-args", "--rsh=ssh", f"--link-dest={server.path}/", f"{site}/", there]


def daemon_command(site: Path, daemon: Daemon) -> list[str]:
    """Return the command that brings a daemon's folder up to date."""
    return [*_RSYNC, *_COUNTING, f"{site}/", f"{daemon.address}/"]


def deploy_to_daemon(site: Path, daemon: Daemon) -> Sent:
    """Bring the folder of an rsync daemon up to date.

    Raises:
        PublishError: rsync is missing, the daemon cannot be reached, or the folder holds something else than a site.
    """
    listed = _run(["rsync", "--list-only", f"{daemon.address}/"], f"{daemon} cannot be read")
    names = {line.split(maxsplit=4)[-1] for line in listed.splitlines() if line} - {"."}
    if "search" in names:
        names |= {"search/worker.js"}
    if not is_ours(names):
        raise PublishError(f"{daemon} holds something else than an older site, which would be lost; name another")
    said = _run(daemon_command(site, daemon), f"{daemon} may hold old and new files: deploy again")
    return _count(said, len(_DELETED.findall(said)))


def _places(path: str) -> dict[str, str]:
    releases = f"{path}.releases"
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    found = {
        "live": path,
        "releases": releases,
        "next": f"{releases}/next",
        "release": f"{releases}/{now}",
        "link": f"{releases.rpartition('/')[2]}/{now}",
    }
    return {name: shlex.quote(place) for name, place in found.items()}


def _count(said: str, removed: int | None = None) -> Sent:
    found = _ALL.search(said)
    every = int(found[1].replace(",", "")) if found else 0
    sent = len(_SENT.findall(said))
    return Sent(changed=sent, same=every - sent, removed=removed)


def _run(command: Sequence[str], told: str) -> str:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
    except FileNotFoundError as error:
        raise PublishError(f"{command[0]} is not installed; on Debian: apt install rsync openssh-client") from error
    if done.returncode:
        raise PublishError(f"{told}. {command[0]} says: {done.stderr.strip()}")
    return done.stdout
