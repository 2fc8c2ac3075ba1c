"""Where to deploy to, what may be deployed, what hosts will not take, and the headers of a site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish import build_record
from digest.publish.build_record import Extent, begin_record, built_site, end_record, extent_of, limits_passed
from digest.publish.deploy import deploy_site, parse_target
from digest.publish.deploy_git import Branch
from digest.publish.deploy_rsync import Daemon, Server
from digest.publish.security_headers import headers_file, nginx_snippet, script_hashes, security_headers
from digest.report import Severity
from tests.small_site import FILES, small_site, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gh-pages", Branch(remote="origin", name="gh-pages")),
        ("git:upstream#pages", Branch(remote="upstream", name="pages")),
        ("git:git@example.org:me/news.git#main", Branch(remote="git@example.org:me/news.git", name="main")),
        ("editor@example.org:/srv/www/", Server(host="editor@example.org", path="/srv/www")),
        ("example.org:/srv/my site", Server(host="example.org", path="/srv/my site")),
        ("[2001:db8::1]:/srv", Server(host="[2001:db8::1]", path="/srv")),
        ("rsync://example.org/www/", Daemon(address="rsync://example.org/www")),
        ("./gh-pages", Path("gh-pages")),
        ("/srv/www/خبریں", Path("/srv/www/خبریں")),
    ],
)
def test_the_form_of_a_target_says_what_it_is(text: str, expected: object) -> None:
    assert parse_target(text) == expected


def test_ssh_gets_an_address_without_brackets() -> None:
    assert Server(host="me@[2001:db8::1]", path="/srv").login == "me@2001:db8::1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        "ftp://x/y",
        "git:origin",
        "git:#x",
        "-oProxyCommand=x",
        "me@example.org:news",
        "a.org:/",
    ],
)
def test_other_forms_are_refused_with_a_list_of_ours(text: str) -> None:
    with pytest.raises(PublishError, match="name a folder, user@host:/folder"):
        parse_target(text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose site was built."""
    root = tmp_path / "project"
    begin_record(root / ".digest", None)
    end_record(root / ".digest", None, small_site(root / "site"), 0)
    return root


def test_a_whole_site_is_deployed(project: Path, tmp_path: Path) -> None:
    deployed = deploy_site(project, str(tmp_path / "www"))
    assert texts(tmp_path / "www") == FILES
    assert deployed.summary() == f"Deployed to {tmp_path}/www: 6 files sent, 0 as they were, 0 removed."
    again = deploy_site(project, str(tmp_path / "www"))
    assert again.summary() == f"{tmp_path}/www has this site already: all 6 files are as they were."


def _never_built(project: Path) -> None:
    next((project / ".digest").glob("*.json")).unlink()


def _copied(project: Path) -> None:
    record = next((project / ".digest").glob("*.json"))
    record.write_text(record.read_text().replace(str(project), "/elsewhere"))


def _failed(project: Path) -> None:
    begin_record(project / ".digest", None)


def _gone(project: Path) -> None:
    (project / "site").rename(project / "moved")


def _changed(project: Path) -> None:
    (project / "site/index.html").write_text("by hand")


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (_never_built, "no site to deploy yet"),
        (_copied, "no site to deploy yet"),
        (_failed, "the last build failed"),
        (_gone, "not what the last build left"),
        (_changed, "not what the last build left"),
    ],
)
def test_anything_else_is_not(project: Path, tmp_path: Path, happens: object, words: str) -> None:
    assert callable(happens)
    happens(project)
    with pytest.raises(PublishError, match=f"{words}.*digest build"):
        deploy_site(project, str(tmp_path / "www"))
    assert not (tmp_path / "www").exists()


def test_sites_built_elsewhere_have_records_of_their_own(project: Path, tmp_path: Path) -> None:
    other = small_site(tmp_path / "other")
    begin_record(project / ".digest", other)
    with pytest.raises(PublishError, match="failed"):
        built_site(project / ".digest", other)
    assert built_site(project / ".digest", None) == project / "site"


def test_a_site_is_measured(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", {"a/b/large.pdf": "x" * 1000})
    size = sum(len(text.encode()) for text in FILES.values()) + 1000
    assert extent_of(site) == Extent(files=len(FILES) + 1, size=size, largest=1000, largest_file="a/b/large.pdf")


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        (Extent(files=20_001), "20,001 files"),
        (Extent(files=1, size=1_200_000_000), "1.2 GB"),
        (Extent(files=1, largest=26 * 1024**2, largest_file="a.pdf"), "a.pdf has 26 MiB"),
    ],
)
def test_what_hosts_will_not_take_is_noted(extent: Extent, words: str) -> None:
    (note,) = limits_passed(extent)
    assert words in note.message
    assert note.severity is Severity.NOTE
    assert "docs/how-to/publish.md" in note.hint


def test_a_site_within_all_limits_has_no_note() -> None:
    assert not limits_passed(Extent(files=20_000, size=1_000_000_000, largest=25 * 1024**2))


def test_limits_are_noted_when_deploying(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_record, "MOST_FILES", 5)
    assert [note.code for note in deploy_site(project, str(tmp_path / "www")).notes] == ["host-limit"]


def test_the_policy_names_the_scripts_of_the_theme_at_every_depth_and_no_others(tmp_path: Path) -> None:
    policy = security_headers(small_site(tmp_path / "site"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    for way in ("/", ".", "..", "../..", "/".join([".."] * 7)):
        (known,) = script_hashes(f'<script>__md_scope=new URL("{way}",location)</script>')[:1]
        assert known in policy, way
    injected = small_site(tmp_path / "hostile", {"articles/one/index.html": "<script>alert(1)</script>"})
    assert security_headers(injected)["Content-Security-Policy"] == policy


def test_the_hash_is_the_one_that_browsers_make() -> None:
    # The example of the specification: CSP 3, section 8.3
    page = "<script>alert('Hello, world.');</script>"
    assert script_hashes(page) == ["'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"]


def test_the_headers_are_written_as_hosts_read_them(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    headers = security_headers(site)
    lines = headers_file(site).splitlines()
    assert lines[0] == "/*"
    assert dict(line.strip().split(": ", 1) for line in lines[1:]) == headers
    assert max(map(len, lines)) < 2000, "Cloudflare reads no longer ones"
    found = re.findall(r'^add_header (\S+) "([^"]*)" always;$', nginx_snippet(site), re.MULTILINE)
    assert dict(found) == headers


def test_without_a_site_there_are_no_headers(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="build the site first"):
        security_headers(tmp_path)
