"""The command: exit statuses, words instead of tracebacks, and JSON with exactly the keys that were promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from tests.conftest import SiteFactory
from tests.sites import SEEDS, SiteFolder

KEYS = (
    "id headline headline_basis published published_basis source language countries topics people organisations "
    "summary mentions removed fixes"
)


def _digest(*arguments: str | Path) -> Result:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def _seeds(site: SiteFolder) -> list[Path]:
    return sorted((site.root / "seeds").iterdir())


def _inspect(site: SiteFolder, *arguments: str) -> list[dict[str, Any]]:
    result = _digest("inspect", "--json", *arguments, *_seeds(site))
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "command", ["", "add", "fetch", "build", "serve", "check", "new", "inspect", "suggest", "deploy"]
)
def test_help_has_examples(command: str) -> None:
    result = _digest(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert "digest " in result.output


def test_a_site_that_is_named_must_be_there(site_factory: SiteFactory) -> None:
    result = _digest("inspect", "-f", "no-such/mkdocs.yml", *_seeds(site_factory()))
    assert result.exit_code == 2
    assert "there is no site here" in result.output


def test_inspect_prints_one_object_a_line_with_the_promised_keys(site_factory: SiteFactory) -> None:
    objects = _inspect(site_factory())
    assert [found["id"] for found in objects] == [name.removesuffix(".txt") for name in SEEDS]
    for found in objects:
        assert list(found) == KEYS.split()
        assert set(found["source"]) >= {"outlet", "name", "url", "basis"}
        for mention in found["mentions"]:
            assert {"entity", "surface", "start", "end"} <= set(mention)
        for removed in found["removed"]:
            assert {"rule", "line", "text"} <= set(removed)
        assert all(isinstance(count, int) for count in found["fixes"].values())


def test_offsets_point_into_the_displayed_text(site_factory: SiteFactory) -> None:
    for found in _inspect(site_factory(), "--with-text"):
        assert found["mentions"]
        for mention in found["mentions"]:
            assert found["text"][mention["start"] : mention["end"]] == mention["surface"]


def test_inspect_reads_json_lines_and_keeps_their_ids(site_factory: SiteFactory) -> None:
    lines = [
        {
            "id": "a#b",
            "text": "روس کے صدر نے آج قازقستان کا دورہ کیا۔",
            "published": "2021-12-28",
            "url": "https://example.org/1",
        },
        {"id": 7, "text": "روس کے صدر نے کہا۔", "title": "میری سرخی"},
    ]
    site = site_factory({"a.jsonl": "\n".join(map(json.dumps, lines))})
    first, second = _inspect(site)
    assert (first["id"], first["published"], first["published_basis"]) == ("a#b", "2021-12-28", "metadata")
    assert first["countries"] == ["RU", "KZ"]
    assert first["source"]["url"] == "https://example.org/1"
    assert (second["id"], second["headline"], second["headline_basis"]) == ("7", "میری سرخی", "metadata")


def test_the_id_of_a_text_file_is_its_name(site_factory: SiteFactory) -> None:
    assert _inspect(site_factory({"a#b.txt": "روس کے صدر نے کہا۔"}))[0]["id"] == "a#b"


def test_inspect_shows_the_good_and_says_the_bad(site_factory: SiteFactory) -> None:
    site = site_factory({"a.txt": "روس کے صدر نے کہا۔", "b.txt": "", "c.txt": b"\xff", "d.pdf": b"x", "e.jsonl": "{\n"})
    result = _digest("inspect", "--json", *_seeds(site))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert [line.rpartition("[")[2].partition("]")[0] for line in result.stderr.splitlines()] == [
        "empty",
        "not-utf-8",
        "unknown-format",
        "bad-json-line",
    ]


def test_inspect_for_people_gives_every_field_its_basis_and_every_name_its_reason(site_factory: SiteFactory) -> None:
    site = site_factory({"a.txt": "روس کے صدر نے سو امریکی ڈالر کا کہا [b]۔\nتبصرہ (0)\n"})
    result = _digest("inspect", *_seeds(site))
    assert result.exit_code == 0
    for shown in ("derived", "unknown", "russia", "strong alias", "a phrase that is no name", "comment-count"):
        assert shown in result.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["inspect"], 2, "FILES"),
        (["inspect", "gone.txt"], 2, "gone.txt"),
        (["inspect", "."], 2, "directory"),
        (["build", "-f", "gone.yml"], 2, "digest new DIR"),
        (["check", "-f", "gone.yml"], 1, "no-site"),
        (["serve", "-f", "gone.yml"], 2, "no-site"),
        (["new"], 2, "FOLDER"),
        (["frobnicate"], 2, "No such command"),
        (["build", "--frobnicate"], 2, "No such option"),
        (["build", "--jobs", "-1"], 2, "--jobs"),
    ],
)
def test_bad_calls_end_in_words(
    arguments: list[str], status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _digest(*arguments)
    assert result.exit_code == status
    assert said in result.output
    assert not list(tmp_path.iterdir())


def test_a_scheduler_without_a_port_is_refused_before_anything_is_done(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_factory()
    monkeypatch.chdir(site.root)
    result = _digest("build", "--scheduler", "cluster.example.org")
    assert result.exit_code == 2
    assert "command line" in result.stderr
    assert "tcp://192.168.1.5:8786" in result.stderr
    assert not (site.root / ".digest").exists()


@pytest.mark.parametrize("command", ["build", "serve", "inspect"])
@pytest.mark.parametrize(
    "config", ["plugins: [", "plugins:\n  - digest: {per_pages: 5}\n", "plugins:\n  - digest: {language: xx}\n"]
)
def test_a_wrong_configuration_stops_everything_with_status_2(
    command: str, config: str, site_factory: SiteFactory
) -> None:
    site = site_factory()
    (site.root / "mkdocs.yml").write_text(config)
    files = _seeds(site) if command == "inspect" else []
    result = _digest(command, "-f", site.root / "mkdocs.yml", *files)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert not result.stdout
    assert not (site.root / "site_src/index.md").exists()


def test_a_site_without_the_plugin_says_what_to_add(site_factory: SiteFactory) -> None:
    site = site_factory()
    (site.root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: site_src\nplugins: []\n")
    result = _digest("build", "-f", site.root / "mkdocs.yml")
    assert result.exit_code == 1
    assert "add `digest` to `plugins:`" in result.stderr


def test_check_of_a_good_site_ends_well(site_factory: SiteFactory) -> None:
    result = _digest("check", "-f", site_factory().root / "mkdocs.yml")
    assert result.exit_code == 0
    assert result.stdout.startswith("0 errors")


@pytest.mark.usefixtures("few_entities")
def test_check_of_a_bad_site_counts_and_fails(site_factory: SiteFactory) -> None:
    result = _digest("check", "-f", site_factory({"a.txt": ""}).root / "mkdocs.yml")
    assert result.exit_code == 1
    assert "seeds/a.txt: the article has no text [empty]" in result.stderr
    assert not result.stdout.startswith("0 errors")


def test_new_lists_what_it_wrote_and_refuses_a_full_folder(tmp_path: Path) -> None:
    result = _digest("new", tmp_path / "mine")
    assert result.exit_code == 0
    assert "mkdocs.yml" in result.stdout
    assert _digest("new", tmp_path / "mine").exit_code == 2
    assert _digest("new", tmp_path / "mine/mkdocs.yml").exit_code == 1
    assert _digest("new", tmp_path / "other", "--language", "xx").exit_code == 2
    assert not (tmp_path / "other").exists()
