"""`digest check` finds what is wrong in everything that maintainers write, and names files as they see them."""

from __future__ import annotations

import pytest

from digest.check import check_site
from digest.languages.name_cues import load_name_cues
from digest.report import Severity
from tests.conftest import SiteFactory
from tests.sites import read_tree


def test_our_own_seeds_have_no_findings_and_nothing_is_written(site_factory: SiteFactory) -> None:
    site = site_factory()
    before = read_tree(site.root)
    issues = check_site(site.root / "mkdocs.yml")
    assert [str(issue) for issue in issues if issue.severity is Severity.ERROR] == []
    assert read_tree(site.root) == before


@pytest.mark.usefixtures("few_entities")
def test_every_bad_seed_sidecar_ledger_and_entity_is_found_at_once(site_factory: SiteFactory) -> None:
    site = site_factory(
        {
            "empty.txt": "",
            "latin.txt": "caf\xe9".encode("latin-1"),
            "good.txt": "روس کے صدر نے کہا ہے۔",
            "sidecar.txt": "روس کے صدر نے کہا ہے۔",
            "sidecar.yml": "title: x\n",
            "lines.jsonl": '{"text": "روس کے صدر نے کہا۔"}\n{\n',
            "picture.png": b"\x89PNG",
        }
    )
    (site.root / "permalinks.tsv").write_text("not a ledger\n")
    found = {(issue.where, issue.code) for issue in check_site(site.root / "mkdocs.yml")}
    assert found >= {
        ("seeds/empty.txt", "empty"),
        ("seeds/latin.txt:1", "not-utf-8"),
        ("seeds/sidecar.yml:1", "bad-value"),
        ("seeds/lines.jsonl:2", "bad-json-line"),
        ("seeds/picture.png", "unknown-format"),
        ("permalinks.tsv:1", "bad-ledger"),
    }
    assert not [where for where, _ in found if "good" in where]


@pytest.mark.usefixtures("few_entities")
@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("countries/kazakhstan.yml", "names: {ur: قازقستان}\niso: KZ\ncapital: x\n", "bad-value"),
        ("people/nobody.yml", "names: {ur: کوئی نہیں}\ncountry: nowhere\n", "no-such-entity"),
        ("people/another-putin.yml", "names: {ur: ولادیمیر پوتن}\n", "alias-collision"),
        ("people/Bad_Id.yml", "names: {ur: کوئی}\n", "bad-id"),
    ],
)
def test_a_gazetteer_of_ones_own_is_checked_with_ours(
    file: str, content: str, code: str, site_factory: SiteFactory
) -> None:
    site = site_factory(gazetteer="[mine]")
    path = site.root / "mine" / file
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    found = {(issue.where.partition(":")[0], issue.code) for issue in check_site(site.root / "mkdocs.yml")}
    assert (f"mine/{file}", code) in found


def test_a_wrong_setting_is_the_only_finding(site_factory: SiteFactory) -> None:
    (issue,) = check_site(site_factory(per_page=0).root / "mkdocs.yml")
    assert issue.code == "bad-setting"


@pytest.mark.usefixtures("few_entities")
def test_what_is_wrong_with_a_sidecar_and_not_with_its_form_is_said_too(site_factory: SiteFactory) -> None:
    story = "روس کے صدر نے کہا ہے۔"
    site = site_factory(
        {
            "a.txt": story,
            "a.yml": "countries: [XX, RU, russia]\npeople: [nobody, russia]\n",
            "alone.yml": "headline: x\n",
            "both.txt": story,
            "both.jsonl": '{"id": 1, "text": "روس کے صدر نے کہا ہے۔"}\n',
            "both.yml": "topics: []\n",
        }
    )
    found = sorted(issue for issue in check_site(site.root / "mkdocs.yml") if issue.where.endswith(".yml"))
    assert [(issue.where, issue.code) for issue in found] == [
        ("seeds/a.yml", "unknown-id"),
        ("seeds/a.yml", "unknown-id"),
        ("seeds/a.yml", "unknown-id"),
        ("seeds/alone.yml", "orphan-sidecar"),
        ("seeds/both.yml", "shared-sidecar"),
    ]
    assert ["'XX'" in found[0].message, "'nobody'" in found[1].message, "is a country" in found[2].message] == [
        True
    ] * 3
    assert "both.jsonl, both.txt" in found[-1].message
    assert {issue.severity for issue in found} == {Severity.WARNING}


@pytest.mark.usefixtures("few_entities")
def test_the_cues_of_the_suggester_are_read_too(site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_factory({"a.txt": "روس کے صدر نے کہا ہے۔"})
    folder = site.root / "languages"
    (folder / "ur").mkdir(parents=True)
    (folder / "ur" / "names.yml").write_text("rolls: [صدر]\n")
    monkeypatch.setattr("digest.languages.name_cues.FOLDER", folder)
    load_name_cues.cache_clear()
    found = [(issue.where, issue.code) for issue in check_site(site.root / "mkdocs.yml")]
    load_name_cues.cache_clear()
    assert [where for where, _ in found if "names.yml" in where] == ["languages/ur/names.yml:1"]
