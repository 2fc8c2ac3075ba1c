"""A folder gets the whole new site at once; what is the same is not copied, and nothing of others is replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish.deploy_folder import deploy_to_folder
from digest.publish.deployment import Sent
from tests.small_site import FILES, changed, small_site, texts

LATER = {"index.html": "home, later", "articles/one/index.html": None, "articles/three/index.html": "three"}


def _deploy(site: Path, target: Path) -> Sent:
    return deploy_to_folder(site, target, target.parent / "project")


def test_the_first_deployment_copies_all_and_makes_the_folders(tmp_path: Path) -> None:
    target = tmp_path / "srv" / "www" / "news"
    assert _deploy(small_site(tmp_path / "site"), target) == Sent(changed=len(FILES), same=0, removed=0)
    assert texts(target) == FILES
    assert target.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in target.parent.iterdir()] == ["news"]


def test_the_next_one_copies_what_changed_and_removes_what_is_gone(tmp_path: Path) -> None:
    target = tmp_path / "www"
    _deploy(small_site(tmp_path / "site"), target)
    before = {name: (target / name).stat() for name in FILES}
    os.utime(tmp_path / "site/404.html", (1, 1))  # built again, with the same content
    (tmp_path / "site/articles/one/index.html").unlink()
    sent = _deploy(small_site(tmp_path / "site", LATER), target)
    assert texts(target) == changed(**LATER)
    assert sent == Sent(changed=2, same=len(FILES) - 2, removed=1)
    for name in ("404.html", "search/worker.js", "articles/two/index.html"):
        now = (target / name).stat()
        assert (now.st_ino, now.st_mtime_ns) == (before[name].st_ino, before[name].st_mtime_ns), name


def test_a_file_of_the_same_size_and_another_content_is_copied(tmp_path: Path) -> None:
    _deploy(small_site(tmp_path / "site"), tmp_path / "www")
    small_site(tmp_path / "site", {"articles/one/index.html": "eno"})
    os.utime(tmp_path / "site/articles/one/index.html", (1, 1))
    assert _deploy(tmp_path / "site", tmp_path / "www").changed == 1
    assert (tmp_path / "www/articles/one/index.html").read_text() == "eno"


def test_the_built_site_and_the_deployed_one_share_no_file(tmp_path: Path) -> None:
    _deploy(small_site(tmp_path / "site"), tmp_path / "www")
    _deploy(tmp_path / "site", tmp_path / "www")
    for name in FILES:
        assert not (tmp_path / "www" / name).samefile(tmp_path / "site" / name)


def test_without_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "not permitted")

    _deploy(small_site(tmp_path / "site"), tmp_path / "www")
    monkeypatch.setattr(os, "link", refuse)
    assert _deploy(tmp_path / "site", tmp_path / "www").same == len(FILES)
    assert texts(tmp_path / "www") == FILES


def test_what_is_hidden_in_the_folder_stays(tmp_path: Path) -> None:
    target = tmp_path / "www"
    _deploy(small_site(tmp_path / "site"), target)
    (target / ".well-known").mkdir()
    (target / ".well-known/acme").write_text("token")
    assert _deploy(small_site(tmp_path / "site", LATER), target).removed == 0
    assert (target / ".well-known/acme").read_text() == "token"


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    _deploy(small_site(tmp_path / "site"), tmp_path / "real")
    (tmp_path / "www").symlink_to("real")
    _deploy(small_site(tmp_path / "site", LATER), tmp_path / "www")
    assert (tmp_path / "www").is_symlink()
    assert (tmp_path / "real/index.html").read_text() == "home, later"


@pytest.mark.parametrize("kept", [{"thesis.odt": "mine"}, {"sitemap.xml": "of another site", "index.html": "theirs"}])
def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path, kept: dict[str, str]) -> None:
    target = tmp_path / "www"
    target.mkdir()
    for name, text in kept.items():
        (target / name).write_text(text)
    with pytest.raises(PublishError, match="something else than an older site"):
        _deploy(small_site(tmp_path / "site"), target)
    assert texts(target) == kept


@pytest.mark.parametrize("target", [".", "project", "project/site", "project/site/www"])
def test_neither_the_project_nor_the_site_is_replaced(tmp_path: Path, target: str) -> None:
    site = small_site(tmp_path / "project/site")
    with pytest.raises(PublishError, match=r"itself|inside"):
        deploy_to_folder(site, tmp_path / target, tmp_path / "project")
    assert texts(tmp_path) == {f"project/site/{name}": text for name, text in FILES.items()}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "www").write_text("mine")
    with pytest.raises(PublishError, match="is a file"):
        _deploy(small_site(tmp_path / "site"), tmp_path / "www")


def test_the_folder_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "www"
    target.mkdir()
    target.chmod(0o2770)
    _deploy(small_site(tmp_path / "site"), target)
    assert target.stat().st_mode & 0o7777 == 0o2770


def test_a_home_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with pytest.raises(PublishError, match="home"):
        _deploy(small_site(tmp_path / "site"), tmp_path / "home")
