"""`digest fetch` against a server: what is new comes in, what failed is asked for again, nothing is asked for twice."""

from __future__ import annotations

import collections
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from digest.cli import main
from tests.conftest import SiteFactory
from tests.faults.server import HostileServer, Talk, article_page, bomb, rss
from tests.intake_samples import HEADLINE, TEXT
from tests.sites import SiteFolder

Tally = collections.Counter[str]


class Newsroom:
    """A server with a feed, and a site that reads it."""

    def __init__(self, server: HostileServer, site: SiteFolder) -> None:
        self.server = server
        self.site = site
        self.items: list[tuple[str, str]] = []
        self.content = ""
        self.feed = server.behave("/feed.xml", self._answer)

    def _answer(self, talk: Talk) -> None:
        body = rss(self.items, self.content).encode()
        tag = f'"{abs(hash(body))}"'
        fresh = talk.request.get("if-none-match") == tag
        talk.answer(304 if fresh else 200, b"" if fresh else body, etag=tag, content_type="application/rss+xml")

    def publish(self, number: int, status: int = 200, **headers: str) -> str:
        """Publish an article, or something in its place."""
        url = self.server.page(
            f"/{number}", article_page(f"{HEADLINE} {number}", f"{TEXT} {number}"), status, **headers
        )
        if (url, HEADLINE) not in self.items:
            self.items.append((url, HEADLINE))
        return url

    def run(self, *arguments: str) -> Result:
        """Run `digest` in the site, and forget what the server was asked before."""
        self.server.requests.clear()
        runner = CliRunner(env={"COLUMNS": "200"})
        config = str(self.site.root / "mkdocs.yml")
        result = runner.invoke(main, [arguments[0], "-f", config, *arguments[1:]])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    def asked(self) -> list[str]:
        """Return the paths that were asked for in the last run."""
        return [request["path"] for request in self.server.asked()]

    def seeds(self) -> list[Path]:
        """Return the seeds that came in."""
        return sorted((self.site.root / "seeds").rglob("*.txt"))


@pytest.fixture
def newsroom(server: HostileServer, site_factory: SiteFactory) -> Newsroom:
    site = site_factory(
        {},
        sources=f"['{server.url('/feed.xml')}']",
        private_hosts=f"['{server.host}']",
        request_pause=0,
        request_deadline=2,
    )
    return Newsroom(server, site)


def test_new_articles_come_in_once(newsroom: Newsroom) -> None:
    for number in (1, 2):
        newsroom.publish(number)
    assert newsroom.run("fetch").exit_code == 0
    assert newsroom.asked() == ["/feed.xml", "/1", "/2"]
    assert len(newsroom.seeds()) == 2
    newsroom.publish(3)
    newsroom.run("fetch")
    assert newsroom.asked() == ["/feed.xml", "/3"]
    newsroom.run("fetch")
    assert newsroom.asked() == ["/feed.xml"]
    assert newsroom.server.asked()[0]["if-none-match"]
    assert len(newsroom.seeds()) == 3


def test_the_sidecar_says_where_and_when_and_from_which_feed(newsroom: Newsroom) -> None:
    url = newsroom.publish(1)
    newsroom.run("fetch")
    said = yaml.safe_load(newsroom.seeds()[0].with_suffix(".yml").read_text())
    came = said["provenance"]
    assert (came["address"], came["feed"], came["encoding"]) == (url, newsroom.feed, "utf-8")
    assert came["retrieved"].endswith("Z")
    assert len(came["sha256"]) == 64
    assert said["metadata"] == {"headline": f"{HEADLINE} 1", "published": "2024-11-27", "url": url, "language": "ur"}


def test_what_failed_for_now_is_asked_for_again_although_the_feed_is_the_same(newsroom: Newsroom) -> None:
    newsroom.publish(1)
    newsroom.publish(2, 500)
    newsroom.publish(3, 404)
    result = newsroom.run("fetch")
    assert "http-500" in result.output
    assert newsroom.run("fetch", "--strict").exit_code == 1
    assert newsroom.asked() == ["/feed.xml", "/2", "/3"]
    newsroom.publish(2)
    newsroom.run("fetch")
    newsroom.run("fetch")
    assert newsroom.asked() == ["/feed.xml"], "what is gone for good is not asked for until the feed changes"
    assert len(newsroom.seeds()) == 2


def test_losing_the_memory_costs_requests_and_nothing_else(newsroom: Newsroom) -> None:
    newsroom.publish(1)
    newsroom.run("fetch")
    for damage in (None, b"", b"{", b"\xff\x00", b'{"feeds": 7}', b"[" * 100_000):
        path = newsroom.site.root / ".digest" / "feeds.json"
        path.unlink() if damage is None else path.write_bytes(damage)
        assert newsroom.run("fetch").exit_code == 0
        assert newsroom.asked() == ["/feed.xml"]
    assert len(newsroom.seeds()) == 1


def test_a_server_that_says_wait_ends_its_turn_and_is_left_alone_tomorrow(newsroom: Newsroom) -> None:
    newsroom.publish(1, 429, retry_after="3600")
    newsroom.publish(2)
    result = newsroom.run("fetch")
    assert newsroom.asked() == ["/feed.xml", "/1"]
    assert "60 min" in result.output
    newsroom.run("fetch")
    assert newsroom.asked() == []
    assert newsroom.run("fetch", "--strict").exit_code == 1


def test_a_feed_cannot_lead_us_to_private_addresses(newsroom: Newsroom, tally: Tally) -> None:
    with HostileServer() as private:
        private.page("/secret", article_page(HEADLINE, TEXT))
        port = private.host.rpartition(":")[2]
        links = [
            f"http://127.0.0.1:{port}/secret",
            f"http://localhost:{port}/secret",
            "http://169.254.169.254/",
            "file:///etc/passwd",
        ]
        newsroom.items = [(link, HEADLINE) for link in links]
        newsroom.server.page("/moved", "", 302, location=links[0])
        newsroom.items.append((newsroom.server.url("/moved"), HEADLINE))
        result = newsroom.run("fetch")
        assert not private.requests
    assert not newsroom.seeds()
    assert result.output.count("private-address") >= 3
    tally["requests refused"] += len(newsroom.items)


def test_the_feed_itself_stands_in_for_a_page_that_cannot_be_had(newsroom: Newsroom) -> None:
    newsroom.content = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    newsroom.publish(1, 500)
    assert newsroom.run("fetch", "--strict").exit_code == 0
    (seed,) = newsroom.seeds()
    assert seed.read_text() == f"{HEADLINE}\n\n{TEXT}\n"
    assert yaml.safe_load(seed.with_suffix(".yml").read_text())["provenance"]["media_type"] == "application/rss+xml"


def test_pages_in_the_way_of_articles_are_said(newsroom: Newsroom, tally: Tally) -> None:
    newsroom.publish(1, content_type="application/pdf")
    newsroom.server.page("/2", "<html><body><p>مختصر</p></body></html>" + "<div>" * 10_000)
    newsroom.server.page("/3", bomb(100), content_encoding="gzip")
    newsroom.server.page("/4", "x" * 1_000, content_type="image/png")
    newsroom.items += [(newsroom.server.url(f"/{number}"), HEADLINE) for number in (2, 3, 4)]
    result = newsroom.run("fetch")
    for code in ("unknown-media-type", "too-large"):
        assert code in result.output
    assert result.exit_code == 0
    tally["bad inputs"] += 4


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not a feed",
        "<rss",
        "<rss><channel>" + "<a>" * 200_000,
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
        '<rss version="2.0"><channel><item><link>javascript:alert(1)</link></item></channel></rss>',
        '<rss version="2.0"><channel><item><link>http://[::1/</link><title>&#0;</title></item></channel></rss>',
        "<feed><entry><link href='" + "x" * 100_000 + "'/></entry></feed>",
        "http://127.0.0.1/",
        "/etc/passwd",
    ],
    ids=range(11),
)
def test_a_bad_feed_is_a_line_and_no_more(body: str, newsroom: Newsroom, tally: Tally) -> None:
    newsroom.server.behave(
        "/feed.xml", lambda talk: talk.answer(200, body.encode(), content_type="application/rss+xml")
    )
    result = newsroom.run("fetch", "--strict")
    assert result.exit_code == 1
    assert not newsroom.seeds()
    assert "root:" not in result.output
    tally["bad inputs"] += 1


def test_an_atom_feed_in_utf_16_with_relative_links_is_read(newsroom: Newsroom) -> None:
    newsroom.publish(1)
    feed = (
        '<?xml version="1.0" encoding="utf-16"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>'
        f'<entry><title>{HEADLINE}</title><link href="/1"/><published>2024-11-26T00:00:00Z</published></entry></feed>'
    )
    newsroom.server.page("/feed.xml", feed.encode("utf-16"), content_type="text/xml")
    newsroom.server.behaviours.clear()
    newsroom.run("fetch", "--strict")
    assert len(newsroom.seeds()) == 1
    assert newsroom.seeds()[0].name.startswith("2024-11-26-")


def test_a_page_can_be_added_by_its_address(newsroom: Newsroom) -> None:
    url = newsroom.publish(1)
    assert newsroom.run("add", url, newsroom.feed).exit_code == 0
    assert newsroom.run("add", url, "--strict").exit_code == 0
    assert len(newsroom.seeds()) == 1


def test_pages_on_several_servers_are_added_in_one_run(newsroom: Newsroom) -> None:
    with HostileServer() as other:
        addresses = [
            server.page(f"/{number}", article_page(HEADLINE, f"{TEXT} {server.host} {number}"))
            for server in (newsroom.server, other)
            for number in range(3)
        ]
        config = newsroom.site.root / "mkdocs.yml"
        config.write_text(
            config.read_text().replace(newsroom.server.host + "'", newsroom.server.host + f"', '{other.host}'")
        )
        newsroom.run("add", *addresses)
        assert len(newsroom.seeds()) == 6
        assert newsroom.server.most_at_once == other.most_at_once == 1


def test_what_one_run_left_out_another_that_wants_it_brings_in(newsroom: Newsroom) -> None:
    newsroom.publish(1)
    newsroom.run("add", "--language", "fa", newsroom.feed)
    assert not newsroom.seeds()
    newsroom.run("add", newsroom.feed)
    assert len(newsroom.seeds()) == 1
