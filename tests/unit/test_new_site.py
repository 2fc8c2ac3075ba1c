"""A new site: a folder that holds everything it needs, and nothing of anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from digest.check import check_site
from digest.errors import ConfigurationError
from digest.new_site import start_site
from digest.report import Severity
from digest.settings import load_settings
from tests.sites import read_tree


def test_it_is_checked_without_findings(tmp_path: Path) -> None:
    files = start_site(tmp_path / "mine", "میرا خبرنامہ", "ur")
    assert {path.relative_to(tmp_path / "mine").as_posix() for path in files} == set(read_tree(tmp_path / "mine"))
    issues = check_site(tmp_path / "mine/mkdocs.yml")
    assert [str(issue) for issue in issues if issue.severity is Severity.ERROR] == []
    assert load_settings(tmp_path / "mine/mkdocs.yml").language == "ur"


def test_accepted_names_have_a_folder_of_their_own(tmp_path: Path) -> None:
    start_site(tmp_path / "mine", "x", "ur")
    (folder,) = load_settings(tmp_path / "mine/mkdocs.yml").gazetteer
    assert (tmp_path / "mine" / folder).is_dir()
    assert not check_site(tmp_path / "mine/mkdocs.yml")


@pytest.mark.parametrize("name", ["a: b", "{{ x }}", "'\"", "<b>", "# x", "خبر\nنامہ", "!!python/name:os.system"])
def test_any_name_is_written_by_a_yaml_library(name: str, tmp_path: Path) -> None:
    start_site(tmp_path / "mine", name, "ur")

    class Loader(yaml.SafeLoader):
        """Reads over MkDocs' tags."""

    Loader.add_multi_constructor("", lambda *_: None)
    config = yaml.load((tmp_path / "mine/mkdocs.yml").read_text(), Loader=Loader)  # noqa: S506 - derived from SafeLoader
    assert config["site_name"] == name


def test_what_is_there_already_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ConfigurationError, match="not empty"):
        start_site(tmp_path, "x", "ur")
    assert read_tree(tmp_path) == {"mine.txt": b"x"}


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()  # `git init` comes first for many
    assert start_site(tmp_path, "x", "ur")


@pytest.mark.parametrize("language", ["xx", "../ur", "", "en"])
def test_an_unknown_language_is_refused_before_anything_is_written(language: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="language pack"):
        start_site(tmp_path / "mine", "x", language)
    assert not (tmp_path / "mine").exists()


def test_what_is_generated_is_not_committed(tmp_path: Path) -> None:
    start_site(tmp_path / "mine", "x", "ur")
    ignored = (tmp_path / "mine/.gitignore").read_text().split()
    assert {"/site/", "/.digest/", "/site_src/articles/", "/site_src/index.md"} <= set(ignored)
    assert "permalinks.tsv" not in " ".join(ignored), "the ledger must be committed"
