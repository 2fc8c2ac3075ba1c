"""Settings: one truth for the plugin and the command; a wrong key or value is refused with the valid ones named."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from digest.errors import ConfigurationError
from digest.report import Issue
from digest.settings import Settings, load_settings, parse_settings
from tests.sites import ROOT


def _issue(block: dict[str, Any]) -> Issue:
    with pytest.raises(ConfigurationError) as refused:
        parse_settings(block, where="mkdocs.yml")
    (issue,) = refused.value.issues
    assert issue.where == "mkdocs.yml"
    return issue


def test_nothing_said_means_the_defaults() -> None:
    assert parse_settings(None, where="mkdocs.yml") == Settings() == parse_settings({}, where="mkdocs.yml")


def test_an_unknown_key_is_refused_and_every_valid_one_named() -> None:
    issue = _issue({"per_pages": 5, "per_page": 5, "colour": "red"})
    assert issue.code == "unknown-setting"
    assert "'per_pages', 'colour'" in issue.message
    for field in dataclasses.fields(Settings):
        assert field.name in issue.hint


@pytest.mark.parametrize(
    "block",
    [
        {"per_page": 0},
        {"per_page": "many"},
        {"per_page": -5},
        {"latest": 0},
        {"related": -1},
        {"max_article_bytes": 0},
        {"languages": "ur"},
        {"gazetteer": "mine"},
        {"seeds": ["a"]},
        {"language": None},
        {"store": "permalinks.tsv"},
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_the_key_named(block: dict[str, Any]) -> None:
    issue = _issue(block)
    assert issue.code == "bad-setting"
    assert next(iter(block)) in issue.message


@pytest.mark.parametrize("block", [{"language": "xx"}, {"languages": ["ur", "xx"]}, {"language": "../ur"}])
def test_an_unknown_language_is_refused_and_the_known_ones_named(block: dict[str, Any]) -> None:
    issue = _issue(block)
    assert issue.code == "unknown-language"
    assert "ur" in issue.hint


def test_the_language_of_the_site_comes_first_and_none_twice() -> None:
    assert Settings(language="ur", languages=("fa", "ur")).all_languages() == ("ur", "fa")


def _load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


@pytest.mark.parametrize(
    "text",
    [
        "plugins:\n  - search\n  - digest:\n      per_page: 7\n",
        "plugins:\n  search: {}\n  digest: {per_page: 7}\n",
        "INHERIT: base.yml\nplugins:\n  - digest: {per_page: 7}\n",
        "INHERIT: base.yml\nplugins:\n  digest: {per_page: 7}\n",
        "INHERIT: seven.yml\n",
    ],
)
def test_the_block_is_found_in_either_form(tmp_path: Path, text: str) -> None:
    (tmp_path / "base.yml").write_text("plugins: {digest: {per_page: 9, latest: 3}}\n")
    (tmp_path / "seven.yml").write_text("plugins: {digest: {per_page: 7}}\n")
    assert _load(tmp_path, text).per_page == 7


def test_mappings_of_an_inherited_file_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("plugins: {digest: {per_page: 9, seeds: articles}}\n")
    settings = _load(tmp_path, "INHERIT: base.yml\nplugins: {digest: {per_page: 7}}\n")
    assert (settings.per_page, settings.seeds) == (7, "articles")


@pytest.mark.parametrize("text", ["INHERIT: mkdocs.yml\n", "INHERIT: nowhere.yml\n", "5", "[a]"])
def test_what_holds_no_settings_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError):
        _load(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "plugins:\n",
        "plugins: 5\n",
        "plugins: true\n",
        "plugins: [search, digest]\n",
        "plugins:\n  - digest:\n",
    ],
)
def test_no_block_means_the_defaults(tmp_path: Path, text: str) -> None:
    assert _load(tmp_path, text) == Settings()


def test_tags_of_mkdocs_are_read_over_and_never_run(tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    text = (
        f"a: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [{proof}]]\n"
        "b: !ENV [HOME, x]\nc: !!python/name:os.system\nd: !unknown {x: 1}\n"
        "plugins:\n  - digest: {per_page: 7}\n"
    )
    assert _load(tmp_path, text).per_page == 7
    assert not proof.exists()


def test_our_own_mkdocs_yml_is_read() -> None:
    assert load_settings(ROOT / "mkdocs.yml").language == "ur"


@pytest.mark.parametrize(("content", "code"), [(None, "no-site"), (b"a: [", "not-yaml"), (b"a: \xff", "not-yaml")])
def test_what_is_no_site_is_said_with_what_to_do(content: bytes | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as refused:
        load_settings(path)
    assert refused.value.issues[0].code == code
    assert str(path) in refused.value.issues[0].where


@pytest.mark.parametrize("block", ["5", "[a]", "text", "false", "[]"])
def test_a_block_that_is_no_mapping_is_refused(block: str, tmp_path: Path) -> None:
    for text in (f"plugins:\n  - digest: {block}\n", f"plugins:\n  digest: {block}\n"):
        with pytest.raises(ConfigurationError) as refused:
            _load(tmp_path, text)
        (issue,) = refused.value.issues
        assert issue.code == "bad-setting"
        assert "must be a mapping" in issue.message


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("!ENV DIGEST_TEST", 7),
        ("!ENV [DIGEST_TEST, 9]", 7),
        ("!ENV [DIGEST_UNSET, DIGEST_TEST, 9]", 7),
        ("!ENV [DIGEST_UNSET, 9]", 9),
    ],
)
def test_a_setting_may_come_from_the_environment(
    setting: str, value: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_TEST", "7")
    monkeypatch.delenv("DIGEST_UNSET", raising=False)
    assert _load(tmp_path, f"plugins:\n  - digest:\n      per_page: {setting}\n").per_page == value


@pytest.mark.parametrize("setting", ["!ENV DIGEST_UNSET", "!ENV {a: b}", "!ENV [[a], b]", "!ENV []", "2021-02-30"])
def test_an_environment_that_says_nothing_is_refused(setting: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        _load(tmp_path, f"plugins:\n  - digest:\n      per_page: {setting}\n")
