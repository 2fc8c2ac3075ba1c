"""A server gets the site beside the live one, and one rename makes it live; a daemon gets what changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish import deploy_rsync
from digest.publish.deploy_rsync import (
    Daemon,
    Server,
    daemon_command,
    deploy_to_daemon,
    deploy_to_server,
    server_command,
)
from digest.publish.deployment import Sent
from tests.small_site import FILES, changed, small_site, texts

LATER = {"index.html": "home, later", "articles/one/index.html": None, "articles/three/index.html": "three"}
needs_rsync = pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed: apt install rsync")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that is this machine: `ssh` takes the host away and runs the rest in a shell, as sshd does."""
    programs = tmp_path / "programs"
    programs.mkdir()
    ssh = programs / "ssh"
    ssh.write_text('#!/bin/sh\nwhile [ "${1##*example.org}" ]; do shift; done\nshift\nexec sh -c "$*"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    (tmp_path / "srv").mkdir()
    return Server(host="editor@example.org", path=f"{tmp_path}/srv/it's $news")


@needs_rsync
def test_the_live_link_leads_to_the_new_site(server: Server, tmp_path: Path) -> None:
    live = Path(server.path)
    sent = deploy_to_server(small_site(tmp_path / "site"), server)
    assert sent == Sent(changed=len(FILES), same=0, removed=None)
    assert live.is_symlink()
    assert texts(live) == FILES
    first = live.resolve()
    (tmp_path / "site/articles/one/index.html").unlink()
    sent = deploy_to_server(small_site(tmp_path / "site", {**LATER, "articles/two/index.html": None}), server)
    assert texts(live) == changed(**LATER)
    assert texts(first) == FILES, "the site before stays whole, to go back to"
    assert (live / "articles/two/index.html").samefile(first / "articles/two/index.html"), "not sent, and not stored"
    deploy_to_server(tmp_path / "site", server)
    assert len(list(live.parent.glob("*.releases/*"))) == 2, "only the live site and the one before it stay"


@needs_rsync
def test_what_a_killed_deployment_left_is_neither_live_nor_in_the_way(server: Server, tmp_path: Path) -> None:
    deploy_to_server(small_site(tmp_path / "site"), server)
    left = Path(f"{server.path}.releases/next")
    left.mkdir()
    (left / "half.html").write_text("half")
    deploy_to_server(tmp_path / "site", server)
    assert texts(Path(server.path)) == FILES


@needs_rsync
def test_when_sending_fails_the_live_site_stays(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy_to_server(small_site(tmp_path / "site"), server)
    monkeypatch.setattr(deploy_rsync, "_RSYNC", ("rsync", "--no-such-option"))
    with pytest.raises(PublishError, match="is as it was"):
        deploy_to_server(small_site(tmp_path / "site", LATER), server)
    assert texts(Path(server.path)) == FILES


@needs_rsync
@pytest.mark.parametrize("how", ["a folder", "a link"])
def test_a_folder_of_somebody_else_on_the_server_is_refused(server: Server, tmp_path: Path, how: str) -> None:
    theirs = tmp_path / "srv/theirs"
    theirs.mkdir()
    (theirs / "thesis.odt").write_text("mine")
    live = Path(server.path)
    live.symlink_to(theirs) if how == "a link" else theirs.rename(live)
    with pytest.raises(PublishError, match=r"not a link|something else than a site"):
        deploy_to_server(small_site(tmp_path / "site"), server)
    assert texts(live) == {"thesis.odt": "mine"}


@needs_rsync
def test_an_empty_folder_becomes_the_link(server: Server, tmp_path: Path) -> None:
    Path(server.path).mkdir()
    deploy_to_server(small_site(tmp_path / "site"), server)
    assert texts(Path(server.path)) == FILES


@needs_rsync
def test_a_daemons_folder_is_brought_up_to_date(tmp_path: Path) -> None:
    there = tmp_path / "there"  # rsync takes a path where it takes an address
    there.mkdir()
    daemon = Daemon(address=str(there))
    assert deploy_to_daemon(small_site(tmp_path / "site"), daemon).changed == len(FILES)
    (tmp_path / "site/articles/one/index.html").unlink()
    sent = deploy_to_daemon(small_site(tmp_path / "site", LATER), daemon)
    assert texts(there) == changed(**LATER)
    assert sent == Sent(changed=2, same=len(FILES) - 2, removed=1)


@needs_rsync
def test_a_daemons_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "a thesis.odt").write_text("mine")
    with pytest.raises(PublishError, match="something else than an older site"):
        deploy_to_daemon(small_site(tmp_path / "site"), Daemon(address=str(there)))
    assert texts(there) == {"a thesis.odt": "mine"}


def test_the_commands_delete_last_and_put_in_place_together() -> None:
    server = server_command(Path("/built/site"), Server(host="editor@example.org", path="/srv/news"))
    daemon = daemon_command(Path("/built/site"), Daemon(address="rsync://example.org/www/news"))
    for command in (server, daemon):
        assert {"--delete-after", "--delay-updates"} <= set(command)
        assert command[-2] == "/built/site/", "its content, and not the folder"
    assert server[-1] == "editor@example.org:/srv/news.releases/next/"
    assert "--link-dest=/srv/news/" in server
    assert daemon[-1] == "rsync://example.org/www/news/"


def test_missing_programs_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match="apt install rsync"):
        deploy_to_daemon(tmp_path, Daemon(address="rsync://example.org/www"))
