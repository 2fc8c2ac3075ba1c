"""`digest check` finds what is wrong in everything that maintainers write, and names files as they see them."""

from __future__ import annotations

import pytest

from digest.check import check_site
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
