"""Deploys a site to a branch of a git repository, as one commit, without a work tree of that branch.

Objects, index and configuration are in a repository of their own in `.digest`, whose work tree is the built site and
is only read: the maintainer's work tree, index and branches are never touched, and git's own index knows which files
changed since the last time. The maintainer's configuration is included, for remotes and credentials.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from digest.errors import PublishError
from digest.publish.deploy_folder import is_ours
from digest.publish.deployment import Sent

_REPOSITORY = "deploy.git"
_MESSAGE = "Publish the digest"
_SETTINGS = {
    "core.autocrlf": "false",
    "core.fileMode": "false",
    "core.hooksPath": os.devnull,
    "core.bare": "false",
    "gc.autoDetach": "false",
}
_NO_FILTERS = "* -text -eol -ident -filter -working-tree-encoding\n"
_NAME, _EMAIL = "digest", "digest@localhost"
"""Who makes the commit, when git is not told; as in CI."""
_OF_ANOTHER_REPOSITORY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
)
"""Set where this is called from a hook."""
_KEPT = ("CNAME",)
"""Files of the branch that stay, beside all whose names begin with a dot: hosts keep their settings there."""
_NO_JEKYLL = ".nojekyll"
"""GitHub Pages leaves out names with underscores unless this file is there."""
_PLAIN_FILE = "100644"
_SMALL_TALK = frozenset({"README.md", "README", "LICENSE"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch of a remote repository."""

    remote: str
    """Name of a remote, address or path."""
    name: str

    def __str__(self) -> str:
        return f"the branch {self.name} of {self.remote}"


def deploy_to_branch(site: Path, branch: Branch, root: Path) -> Sent:
    """Make the site the content of the branch, in one commit on top of what is there.

    Raises:
        PublishError: git is missing, the remote cannot be reached or refuses, somebody else wrote to the branch
            meanwhile, or the branch holds something else than an older site.
    """
    git = _Git(root)
    git.prepare()
    git.stand_where_git_does(branch.remote)
    ref = f"refs/heads/{branch.name}"
    git.run("check-ref-format", ref, told=f"{branch.name!r} is no name for a branch")
    unread = f"{branch} cannot be read; name a remote of this repository, or an address as in git:ADDRESS#BRANCH"
    old = git.run("ls-remote", "--", branch.remote, ref, told=unread).partition("\t")[0]
    if old and not git.has(old):
        git.run("fetch", "--quiet", "--no-tags", "--depth=1", "--", branch.remote, ref, told=unread)
    before = git.files(old) if old else {}
    if not is_ours([name for name in before if not _stays(name) and name not in _SMALL_TALK]):
        raise PublishError(f"{branch} holds something else than an older site, which would be lost; name another")
    tree = git.tree(site, before)
    sent = _compare(before, git.files(tree))
    if old and not (sent.changed or sent.removed):
        return sent
    commit = git.commit(tree, old)
    lease = f"--force-with-lease={ref}:{old}"
    refused = f"{branch} is as it was; if somebody else wrote to it just now, deploy again"
    git.run("push", "--quiet", lease, "--", branch.remote, f"{commit}:{ref}", told=refused)
    with contextlib.suppress(PublishError):  # it is deployed; this only keeps the cache small
        git.tidy(branch.name, commit)
    return sent


def _stays(name: str) -> bool:
    return name in _KEPT or name.startswith(".")


def _compare(before: Mapping[str, str], after: Mapping[str, str]) -> Sent:
    same = sum(before.get(name) == entry for name, entry in after.items())
    return Sent(changed=len(after) - same, same=same, removed=len(before.keys() - after.keys()))


class _Git:
    """Runs git on the repository of deployments."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / ".digest" / _REPOSITORY
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY},
            "LC_ALL": "C",
        }

    def prepare(self) -> None:
        """Make the repository, or clear away what a killed deployment left in it."""
        if not (self._folder / "HEAD").is_file():
            self._call("init", "--quiet", "--bare", "--template=", str(self._folder), told="git cannot work here")
        for lock in self._folder.rglob("*.lock"):  # only one deployment runs: whose they are, is gone
            lock.unlink()
        info = self._folder / "info"
        info.mkdir(exist_ok=True)
        (info / "attributes").write_text(_NO_FILTERS, encoding="ascii")
        (info / "exclude").write_text("", encoding="ascii")
        theirs = self._theirs()
        self.run(
            "config", "--replace-all", "include.path", str(theirs) if theirs else os.devnull, told="git cannot work"
        )

    def _theirs(self) -> Path | None:
        """Return the configuration of the maintainer's repository, if the project is in one."""
        folder = self._ask("rev-parse", "--path-format=absolute", "--git-common-dir")
        return Path(folder, "config") if folder else None

    def stand_where_git_does(self, remote: str) -> None:
        """Go to the top of the maintainer's work tree: the address of a remote with a name may be relative to it."""
        if self._ask("config", "--get", f"remote.{remote}.url"):
            self._root = Path(self._ask("rev-parse", "--show-toplevel") or self._root)

    def _ask(self, *arguments: str) -> str:
        """Ask the maintainer's repository; empty when it does not know, or there is none."""
        command = ["git", "-C", str(self._root), *arguments]
        found = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        return found.stdout.strip() if found.returncode == 0 else ""

    def has(self, commit: str) -> bool:
        """Return whether a commit and its files are here already."""
        try:
            self.run("cat-file", "-e", f"{commit}^{{tree}}", told="")
        except PublishError:
            return False
        return True

    def files(self, tree: str) -> dict[str, str]:
        """Return mode and object of every file of a tree or commit, by its path."""
        listed = self.run("ls-tree", "-r", "-z", "--full-tree", tree, told="the branch cannot be read")
        entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
        return {name: entry.replace(" blob ", " ") for entry, _, name in entries}

    def tree(self, site: Path, before: Mapping[str, str]) -> str:
        """Write the site as a tree, with what stays of the branch; return its name."""
        told = "the site could not be read into git"
        self.run("add", "--all", "--force", "--", ".", told=told, site=site)
        kept = {name: entry for name, entry in before.items() if _stays(name)}
        if _NO_JEKYLL not in kept:
            kept[_NO_JEKYLL] = f"{_PLAIN_FILE} {self.run('hash-object', '-w', '--stdin', told=told)}"
        lines = [f"{entry}\t{name}\0" for name, entry in kept.items() if not (site / name).exists()]
        self.run("update-index", "-z", "--index-info", told=told, given="".join(lines))
        return self.run("write-tree", told=told)

    def commit(self, tree: str, parent: str) -> str:
        """Write a commit, at the time that SOURCE_DATE_EPOCH says, or now; return its name."""
        who = {"NAME": _NAME, "EMAIL": _EMAIL} if not self._knows_who() else {}
        if when := os.environ.get("SOURCE_DATE_EPOCH"):
            who |= {"DATE": f"@{when} +0000"}
        given = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
        self._environment |= given
        parents = ["-p", parent] if parent else []
        return self.run("commit-tree", tree, *parents, "-m", _MESSAGE, told="no commit could be made")

    def _knows_who(self) -> bool:
        if "GIT_COMMITTER_EMAIL" in self._environment:
            return True
        return bool(self.run("config", "--default", "", "--get", "user.email", told="git cannot say who you are"))

    def tidy(self, name: str, commit: str) -> None:
        """Remember what was deployed, and pack it when it is much."""
        self.run("update-ref", f"refs/deployed/{name}", commit, told="")
        self.run("gc", "--auto", "--quiet", told="")

    def run(self, *arguments: str, told: str, site: Path | None = None, given: str = "") -> str:
        """Run git and return what it prints.

        Raises:
            PublishError: it failed; `told` says what that means.
        """
        settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        places = [f"--git-dir={self._folder}", f"--work-tree={site or self._folder}"]
        return self._call(*settings, *places, *arguments, told=told, folder=site, given=given)

    def _call(self, *arguments: str, told: str, folder: Path | None = None, given: str = "") -> str:
        try:
            done = subprocess.run(
                ["git", *arguments],
                cwd=folder or self._root,
                env=self._environment,
                input=given,
                capture_output=True,
                text=True,
                errors="surrogateescape",
                check=False,
            )
        except FileNotFoundError as error:
            raise PublishError("git is not installed; without it no branch can be deployed to") from error
        if done.returncode:
            raise PublishError(f"{told}. git says: {done.stderr.strip()}")
        return done.stdout.strip("\n")
