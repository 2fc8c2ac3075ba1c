"""`digest add`: one seed and one sidecar an article, nothing twice, nothing outside the seeds folder."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from digest.intake.desk import Outcome, bring_in
from digest.model import Basis, RawArticle
from digest.pipeline import Analyst
from digest.report import Issue
from digest.settings import Settings
from digest.sources.folder import read_file, read_folder
from tests.conftest import SiteFactory
from tests.intake_samples import ENGLISH, HEADLINE, TEXT, json_lines, page, warc
from tests.sites import SiteFolder


@pytest.fixture
def site(site_factory: SiteFactory) -> SiteFolder:
    return site_factory({})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def _add(site: SiteFolder, *sources: Path | str, **options: Any) -> Outcome:
    (outcome,) = bring_in(site.root, Settings(), [str(source) for source in sources], **options)
    return outcome


def _seeds(site: SiteFolder) -> Mapping[str, str]:
    seeds = site.root / "seeds"
    return {path.relative_to(seeds).as_posix(): path.read_text() for path in sorted(seeds.rglob("*.txt"))}


def _sidecar(site: SiteFolder, name: str) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((site.root / "seeds" / name).with_suffix(".yml").read_text())
    return said


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_becomes_a_seed_with_its_provenance(site: SiteFolder, inbox: Path) -> None:
    body = TEXT.replace("ی", "ي").replace("۔", ".").encode("windows-1256")
    outcome = _add(site, _write(inbox / "My story.txt", body))
    ((name, text),) = _seeds(site).items()
    assert name.startswith("files/my-story-")
    assert text == TEXT.replace("ی", "ي").replace("۔", ".") + "\n"
    came = _sidecar(site, name)["provenance"]
    assert (came["address"], came["encoding"], came["media_type"]) == ("My story.txt", "windows-1256", "text/plain")
    assert came["sha256"] == hashlib.sha256(body).hexdigest()
    assert dt.datetime.fromisoformat(came["added"]) <= dt.datetime.now(dt.UTC)
    assert (outcome.came, outcome.listed[0][0]) == (1, f"seeds/{name}")


def test_metadata_is_believed_as_metadata_and_a_person_more(site: SiteFolder, inbox: Path, analyst: Analyst) -> None:
    _add(site, _write(inbox / "a.html", page()))
    (name,) = _seeds(site)
    sidecar = (site.root / "seeds" / name).with_suffix(".yml")

    def story() -> Any:
        (raw,) = read_folder(site.root / "seeds", 1_000_000)
        assert isinstance(raw, RawArticle)
        return analyst(raw, "x").story

    found = story()
    assert (found.headline.text, found.headline.basis) == (HEADLINE, Basis.METADATA)
    assert (found.published.value, found.published.basis) == (dt.date(2024, 11, 27), Basis.METADATA)
    assert HEADLINE not in found.blocks[0].text
    sidecar.write_text("headline: میری سرخی\n" + sidecar.read_text())
    assert (story().headline.text, story().headline.basis) == ("میری سرخی", Basis.SIDECAR)


def test_nothing_comes_twice_under_whatever_name_and_in_whatever_encoding(site: SiteFolder, inbox: Path) -> None:
    _add(site, _write(inbox / "a.txt", TEXT))
    before = _seeds(site)
    for name, body in [("a.txt", TEXT.encode()), ("b.txt", TEXT.encode("utf-16")), ("c.txt", f"\n{TEXT}\n\n".encode())]:
        outcome = _add(site, _write(inbox / "again" / name, body))
        assert (outcome.came, dict(outcome.left_out)) == (0, {"there-already": 1})
    assert _seeds(site) == before


def test_an_address_is_known_however_it_is_written(site: SiteFolder, inbox: Path) -> None:
    urls = ["https://www.example.org/1", "http://example.org/1/?utm_source=rss", "https://example.org/1#top"]
    rows = [{"text": f"{TEXT} {number}", "url": url} for number, url in enumerate(urls)]
    outcome = _add(site, _write(inbox / "a.jsonl", json_lines(rows)))
    assert (outcome.came, dict(outcome.left_out)) == (1, {"there-already": 2})


def test_seeds_that_people_wrote_are_known_too(site: SiteFolder, inbox: Path) -> None:
    site.put({"own.txt": TEXT, "other.txt": "کچھ اور", "other.yml": "url: https://example.org/2\n"})
    site.put({"lines.jsonl": json_lines([{"text": "تیسری", "url": "https://example.org/3"}])})
    rows = [{"text": TEXT}, {"text": f"{TEXT} ۲", "url": "https://example.org/2"}]
    rows += [{"text": f"{TEXT} ۳", "url": "https://example.org/3"}]
    assert dict(_add(site, _write(inbox / "a.jsonl", json_lines(rows))).left_out) == {"there-already": 3}


def test_what_was_deleted_does_not_come_back_in_bulk_but_by_itself(site: SiteFolder, inbox: Path) -> None:
    source = _write(inbox / "a.txt", TEXT)
    _add(site, source)
    ((name, _),) = _seeds(site).items()
    (site.root / "seeds" / name).unlink()
    assert dict(_add(site, inbox).left_out) == {"deleted-before": 1}
    assert not _seeds(site)
    assert _add(site, source).came == 1
    assert list(_seeds(site)) == [name]


def test_what_was_published_and_deleted_stays_out_even_if_the_cache_is_lost(site: SiteFolder, inbox: Path) -> None:
    _write(inbox / "a.txt", TEXT)
    _add(site, inbox)
    site.build_pages()
    ((name, _),) = _seeds(site).items()
    (site.root / "seeds" / name).unlink()
    (site.root / ".digest" / "intake.sqlite").unlink()
    assert dict(_add(site, inbox).left_out) == {"deleted-before": 1}


def test_a_renamed_seed_is_still_there(site: SiteFolder, inbox: Path) -> None:
    _add(site, _write(inbox / "a.html", page()))
    (name,) = _seeds(site)
    for suffix in (".txt", ".yml"):
        path = (site.root / "seeds" / name).with_suffix(suffix)
        path.rename(site.root / "seeds" / f"mine{suffix}")
    assert dict(_add(site, inbox).left_out) == {"there-already": 1}


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + b"x" * 5000])
def test_a_damaged_index_is_made_again(damage: bytes, site: SiteFolder, inbox: Path) -> None:
    _add(site, _write(inbox / "a.txt", TEXT))
    (site.root / ".digest" / "intake.sqlite").write_bytes(damage)
    assert dict(_add(site, inbox).left_out) == {"there-already": 1}


def test_a_folder_is_read_at_any_depth_and_says_what_it_cannot_read(site: SiteFolder, inbox: Path) -> None:
    _write(inbox / "1" / "a.txt", TEXT)
    _write(inbox / "2" / "b.html", page(f"{TEXT} دوسری خبر"))
    _write(inbox / "c.docx", "x")
    _write(inbox / ".hidden.txt", "x")
    _write(inbox / "empty.txt", "")
    _write(inbox / "boilerplate.txt", "تبصرہ (0)\n")
    (inbox / "out.txt").symlink_to("/etc/passwd")
    (inbox / "circle").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.txt")
    outcome = _add(site, inbox)
    assert outcome.came == 2
    assert dict(outcome.failed) == {"unknown-format": 1, "empty": 1, "no-story": 1, "outside": 1, "unreadable": 1}
    assert "root:" not in str(outcome)


def test_languages_are_asked_for_or_not(site: SiteFolder, inbox: Path) -> None:
    _write(inbox / "en.txt", ENGLISH)
    _write(inbox / "ur.txt", TEXT)
    outcome = _add(site, inbox, languages=["ur"])
    assert (outcome.came, dict(outcome.left_out)) == (1, {"other-language": 1})
    assert _add(site, inbox).came == 1, "a person who names an English file wants it"


@pytest.mark.parametrize(
    "title",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "a/b\\c",
        "..",
        "ن" * 300,
        "x" * 300,
        "con.txt",
        "a\n---\nb: c",
        "${HOME}",
        "-rf",
        " ",
    ],
)
def test_no_title_or_address_leads_out_of_the_seeds_folder(title: str, site: SiteFolder, inbox: Path) -> None:
    rows = [
        {"id": title, "text": f"{TEXT} 1", "title": title},
        {"id": "b", "text": f"{TEXT} 2", "url": f"https://example.org/{title}"},
        {"id": "c", "text": f"{TEXT} 3", "url": f"https://../{title}"},
        {"id": "d", "text": f"{TEXT} 4", "url": "https://..%2f..%2fetc/x"},
        {"id": "e", "text": f"{TEXT} 5", "url": f"https://{'a' * 250}.example/"},
    ]
    before = {path for path in site.root.parent.rglob("*") if site.root / "seeds" not in path.parents}
    outcome = _add(site, _write(inbox / "a.jsonl", json_lines(rows)))
    assert outcome.came == 5
    after = {path for path in site.root.parent.rglob("*") if site.root / "seeds" not in path.parents}
    assert {path.name for path in after - before} <= {"a.jsonl", "inbox", "intake.sqlite", "feeds.json", ".digest"}
    for name in _seeds(site):
        assert name.isascii()
        assert len(name) < 150
        assert ".." not in name


@pytest.mark.parametrize("length", [200, 255])
def test_a_file_name_of_255_bytes_is_shortened(length: int, site: SiteFolder, inbox: Path) -> None:
    assert _add(site, _write(inbox / ("x" * (length - 4) + ".txt"), TEXT)).came == 1
    (name,) = _seeds(site)
    assert len(name) < 100


def test_nothing_is_written_through_a_link_out_of_the_seeds_folder(
    site: SiteFolder, inbox: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site.root / "seeds" / "files").symlink_to(outside)
    outcome = _add(site, _write(inbox / "a.txt", TEXT))
    assert dict(outcome.failed) == {"outside": 1}
    assert not list(outside.iterdir())


def test_every_seed_and_sidecar_that_came_in_can_be_read_again(site: SiteFolder, inbox: Path) -> None:
    nasty = "'\"{{ x }} --- # & * ! | > % @ ` \u202e\x1b \ud800 \x00 : - ? [ ] , \\"
    rows = [{"text": f"{TEXT} {nasty}", "title": nasty, "outlet": nasty, "url": "https://example.org/1?a=[b]&c='d"}]
    body = json.dumps(rows[0]).encode()  # with its lone surrogate escaped
    _write(inbox / "a.jsonl", body)
    _write(
        inbox / "b.warc", warc([("https://example.org/2", page(headline="&quot;'--- #{{x}}&quot;"))], compressed=False)
    )
    _add(site, inbox)
    assert not [item for item in read_folder(site.root / "seeds", 1_000_000) if isinstance(item, Issue)]
    assert len(_seeds(site)) >= 1


def test_a_run_reads_only_the_seeds_that_changed(
    site: SiteFolder, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"text": f"{TEXT} {number}"} for number in range(20)]
    _add(site, _write(inbox / "a.jsonl", json_lines(rows)))
    read: list[str] = []

    def noted(path: Path, *rest: Any) -> Any:
        read.append(path.name)
        return read_file(path, *rest)

    monkeypatch.setattr("digest.intake.known.read_file", noted)
    _add(site, _write(inbox / "b.txt", f"{TEXT} اور"))
    assert read == [], "what it wrote itself it knows"
    edited = next((site.root / "seeds" / "files").glob("*.txt"))
    edited.write_text(f"{edited.read_text()} درست کیا")
    _add(site, inbox / "b.txt")
    assert read == [edited.name]


def test_a_dump_that_was_read_is_not_taken_apart_again(
    site: SiteFolder, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _write(inbox / "a.warc.gz", warc([("https://example.org/1", page())]))
    assert _add(site, source).came == 1
    monkeypatch.setattr("digest.intake.warc.read_page", None)
    assert dict(_add(site, source).left_out) == {"there-already": 1}


def test_a_missing_library_stops_no_folder(site: SiteFolder, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(inbox / "a.parquet", "x")
    _write(inbox / "b.txt", TEXT)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    outcome = _add(site, inbox)
    assert (outcome.came, dict(outcome.failed)) == (1, {"not-installed": 1})
    assert "khabarnama[parquet]" in str(outcome.issues[0])


def test_a_link_to_itself_ends_no_folder(site: SiteFolder, inbox: Path) -> None:
    (inbox / "a.txt").symlink_to("a.txt")
    _write(inbox / "b.txt", TEXT)
    outcome = _add(site, inbox)
    assert (outcome.came, outcome.failed) == (1, {"unreadable": 1})


def test_a_seed_whose_name_has_joiners_is_known(site: SiteFolder, inbox: Path) -> None:
    _write(site.root / "seeds/خبر\u200cنامه.txt", TEXT)
    assert _add(site, _write(inbox / "a.txt", TEXT)).left_out == {"there-already": 1}
