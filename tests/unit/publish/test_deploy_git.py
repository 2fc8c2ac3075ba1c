"""A branch gets the site in one commit; the maintainer's own repository is never touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish import deploy_git
from digest.publish.deploy_git import Branch, deploy_to_branch
from digest.publish.deployment import Sent
from tests.small_site import FILES, changed, small_site, texts

PAGES = Branch(remote="origin", name="gh-pages")
LATER = {"index.html": "home, later", "articles/one/index.html": None, "articles/three/index.html": "three"}


def _git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
    done = subprocess.run(["git", "-C", folder, *who, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _published(remote: Path, name: str = "gh-pages") -> dict[str, str]:
    names = _git(remote, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", name).splitlines()
    return {path: _git(remote, "show", f"{name}:{path}") for path in names}


@pytest.fixture(autouse=True)
def _no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository, as hosts have them."""
    _git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    return tmp_path / "remote.git"


@pytest.fixture
def project(tmp_path: Path, remote: Path) -> Path:
    """A project in a repository of its own, with work that is not committed."""
    root = tmp_path / "project"
    _git(tmp_path, "init", "--quiet", "--initial-branch=main", "project")
    _git(root, "remote", "add", "origin", str(remote))
    (root / ".gitignore").write_text("/site/\n/.digest/\n*.html\n")
    (root / "mkdocs.yml").write_text("site_name: x\n")
    _git(root, "add", ".")
    _git(root, "commit", "--quiet", "-m", "Start")
    (root / "staged.txt").write_text("staged")
    _git(root, "add", "staged.txt")
    (root / "mkdocs.yml").write_text("site_name: changed\n")
    small_site(root / "site")
    return root


def test_the_branch_holds_the_site_and_nojekyll(project: Path, remote: Path) -> None:
    sent = deploy_to_branch(project / "site", PAGES, project)
    assert _published(remote) == {**FILES, ".nojekyll": ""}
    assert sent == Sent(changed=len(FILES) + 1, same=0, removed=0)
    assert _git(remote, "log", "-1", "--format=%an", "gh-pages") == "digest", "CI has no name"


def test_changes_are_one_commit_on_top(project: Path, remote: Path) -> None:
    deploy_to_branch(project / "site", PAGES, project)
    first = _git(remote, "rev-parse", "gh-pages")
    (project / "site/articles/one/index.html").unlink()
    sent = deploy_to_branch(small_site(project / "site", LATER), PAGES, project)
    assert sent == Sent(changed=2, same=len(FILES) - 1, removed=1)
    assert _published(remote) == {**changed(**LATER), ".nojekyll": ""}
    assert _git(remote, "rev-parse", "gh-pages^") == first


def test_nothing_new_is_no_commit(project: Path, remote: Path) -> None:
    deploy_to_branch(project / "site", PAGES, project)
    first = _git(remote, "rev-parse", "gh-pages")
    assert deploy_to_branch(project / "site", PAGES, project) == Sent(changed=0, same=len(FILES) + 1, removed=0)
    assert _git(remote, "rev-parse", "gh-pages") == first


def test_the_maintainers_repository_is_as_it_was(project: Path) -> None:
    def state() -> tuple[object, ...]:
        return _binary(project / ".git"), _git(project, "ls-files", "--stage"), texts(project / "site")

    _git(project, "status")  # it may write what it found to the index
    before = state()
    deploy_to_branch(project / "site", PAGES, project)
    assert state() == before


def _binary(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_the_host_keeps_in_the_branch_stays(project: Path, remote: Path, tmp_path: Path) -> None:
    _git(tmp_path, "clone", "--quiet", str(remote), "other")
    other = tmp_path / "other"
    _git(other, "checkout", "--quiet", "--orphan", "gh-pages")
    (other / "CNAME").write_text("news.example.org")
    (other / ".well-known").mkdir()
    (other / ".well-known/خط.txt").write_text("kept")
    _git(other, "add", ".")
    _git(other, "commit", "--quiet", "-m", "Name")
    _git(other, "push", "--quiet", "origin", "gh-pages")
    for changes in ({}, LATER):
        deploy_to_branch(small_site(project / "site", changes), PAGES, project)
        published = _published(remote)
        assert published["CNAME"] == "news.example.org"
        assert published[".well-known/خط.txt"] == "kept"
        assert published["index.html"] == changes.get("index.html", "home")


def test_a_branch_of_something_else_is_refused(project: Path, remote: Path) -> None:
    _git(project, "push", "--quiet", "origin", "main")
    before = _git(remote, "rev-parse", "main")
    with pytest.raises(PublishError, match="something else than an older site"):
        deploy_to_branch(project / "site", Branch(remote="origin", name="main"), project)
    assert _git(remote, "rev-parse", "main") == before


def test_somebody_who_was_faster_is_not_overwritten(
    project: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy_to_branch(project / "site", PAGES, project)
    commit = deploy_git._Git.commit  # noqa: SLF001 - the moment between looking and pushing

    def meanwhile(self: deploy_git._Git, tree: str, parent: str) -> str:
        theirs = _git(remote, "commit-tree", "gh-pages^{tree}", "-p", "gh-pages", "-m", "Theirs")
        _git(remote, "update-ref", "refs/heads/gh-pages", theirs)
        return commit(self, tree, parent)

    monkeypatch.setattr(deploy_git._Git, "commit", meanwhile)  # noqa: SLF001 - the same
    with pytest.raises(PublishError, match="deploy again"):
        deploy_to_branch(small_site(project / "site", LATER), PAGES, project)
    assert _git(remote, "log", "-1", "--format=%s", "gh-pages") == "Theirs"
    monkeypatch.undo()
    deploy_to_branch(project / "site", PAGES, project)
    assert _git(remote, "log", "--format=%s", "gh-pages").splitlines() == [
        "Publish the digest",
        "Theirs",
        "Publish the digest",
    ]


def test_a_lost_cache_and_a_lock_of_a_killed_deployment_cost_nothing(project: Path, remote: Path) -> None:
    deploy_to_branch(project / "site", PAGES, project)
    (project / ".digest/deploy.git/index.lock").touch()
    deploy_to_branch(small_site(project / "site", {"index.html": "2"}), PAGES, project)
    (project / ".digest/deploy.git").rename(project / "lost")
    deploy_to_branch(small_site(project / "site", {"index.html": "3"}), PAGES, project)
    assert _git(remote, "rev-list", "--count", "gh-pages") == "3"
    assert _published(remote)["index.html"] == "3"


@pytest.mark.parametrize("time", ["1700000000", "0"])
def test_the_time_of_the_commit_can_be_said(
    time: str, project: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", time)
    deploy_to_branch(project / "site", PAGES, project)
    assert _git(remote, "log", "-1", "--format=%at %ct", "gh-pages") == f"{time} {time}"


def test_filters_and_hooks_change_nothing(project: Path, remote: Path) -> None:
    _git(project, "config", "core.autocrlf", "input")
    hook = project / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    (project / "site/lines.txt").write_bytes(b"one\r\ntwo\r\n")
    (project / "site/.gitattributes").write_text("*.txt text eol=lf\n")
    (project / "site/.gitignore").write_text("*\n")
    deploy_to_branch(project / "site", PAGES, project)
    shown = subprocess.run(["git", "-C", remote, "show", "gh-pages:lines.txt"], capture_output=True, check=True)
    assert shown.stdout == b"one\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("branch", "words"),
    [
        (Branch(remote="nowhere", name="gh-pages"), "name a remote"),
        (Branch(remote="origin", name="a..b"), "no name for a branch"),
        (Branch(remote="--upload-pack=touch x", name="pages"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_said(project: Path, branch: Branch, words: str) -> None:
    with pytest.raises(PublishError, match=words):
        deploy_to_branch(project / "site", branch, project)
    assert not (project / "x").exists()


def test_a_project_outside_git_deploys_to_an_address(tmp_path: Path, remote: Path) -> None:
    root = tmp_path / "plain"
    deploy_to_branch(small_site(root / "site"), Branch(remote=str(remote), name="pages"), root)
    assert _published(remote, "pages").keys() == FILES.keys() | {".nojekyll"}


def test_a_remote_beside_the_repository_is_found_from_below_its_top(project: Path, remote: Path) -> None:
    _git(project, "remote", "set-url", "origin", f"../{remote.name}")
    (project / "digest").mkdir()
    deploy_to_branch(project / "site", PAGES, project / "digest")
    assert "index.html" in _published(remote)
