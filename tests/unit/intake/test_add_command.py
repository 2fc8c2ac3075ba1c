"""The commands `digest add` and `digest fetch`: what they print, and their exit statuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from tests.conftest import SiteFactory
from tests.intake_samples import HEADLINE, TEXT, page
from tests.sites import SiteFolder


@pytest.fixture
def site(site_factory: SiteFactory) -> SiteFolder:
    return site_factory({})


def _run(site: SiteFolder, command: str, *arguments: str | Path) -> Result:
    config = str(site.root / "mkdocs.yml")
    result = CliRunner(env={"COLUMNS": "200"}).invoke(main, [command, "-f", config, *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _write(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def test_a_table_says_what_came_in_and_what_was_left_out(site: SiteFolder, tmp_path: Path) -> None:
    first, second = _write(tmp_path / "a.html", page()), _write(tmp_path / "b.txt", TEXT.encode("latin-1", "replace"))
    result = _run(site, "add", first, second)
    assert result.exit_code == 0
    assert HEADLINE in result.stdout
    assert "seeds/files/a-" in result.stdout
    again = _run(site, "add", first)
    assert again.exit_code == 0
    assert "1 there already" in again.stdout


def test_failures_are_lines_and_fail_only_under_strict(site: SiteFolder, tmp_path: Path) -> None:
    bad = _write(tmp_path / "a.html", b"<html></html>")
    result = _run(site, "add", bad)
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "[no-article]" in result.stderr
    assert _run(site, "add", "--strict", bad).exit_code == 1
    assert _run(site, "add", "--strict", _write(tmp_path / "b.html", page())).exit_code == 0


def test_quiet_says_only_what_went_wrong(site: SiteFolder, tmp_path: Path) -> None:
    result = _run(site, "add", "-q", _write(tmp_path / "a.html", page()), _write(tmp_path / "b.html", b""))
    assert not result.stdout
    assert "[no-article]" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such-file.txt"], "no such file"),
        (["--language", "xx", "."], "no language pack"),
    ],
)
def test_wrong_arguments_are_said_before_anything_is_done(arguments: list[str], words: str, site: SiteFolder) -> None:
    result = _run(site, "add", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not list((site.root / "seeds").iterdir())


def test_without_a_site_or_sources_there_is_advice(site: SiteFolder, tmp_path: Path) -> None:
    result = _run(site, "fetch")
    assert result.exit_code == 2
    assert "sources:" in result.stderr
    result = CliRunner().invoke(main, ["add", "-f", str(tmp_path / "mkdocs.yml"), "."])
    assert result.exit_code == 2
    assert "digest new" in result.stderr


def test_a_source_that_is_not_public_is_refused_without_permission(site: SiteFolder) -> None:
    result = _run(site, "add", "--strict", "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert "private_hosts" in result.stderr


def test_markup_in_headlines_is_printed_as_it_is(site: SiteFolder, tmp_path: Path) -> None:
    result = _run(site, "add", _write(tmp_path / "a.html", page(headline="[red]سرخی[/red] [link=x]")))
    assert "[red]سرخی[/red] [link=x]" in result.stdout


def test_the_other_commands_load_none_of_it() -> None:
    program = (
        "import sys, digest.cli\n"
        "print(sorted({'trafilatura', 'lxml', 'feedparser', 'urllib3', 'pyarrow', 'fastwarc'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
