"""Manners: robots.txt, a name of our own, pauses, and one request at a time to a host."""

from __future__ import annotations

import collections
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.retrieve.client import Client
from digest.retrieve.failure import RetrievalError
from digest.retrieve.limits import Limits
from tests.faults.server import HostileServer, Talk

Tally = collections.Counter[str]


def _client(server: HostileServer) -> Client:
    return Client(Limits(private_hosts=frozenset({server.host}), contact="https://me.example/", pause=0))


def _code(client: Client, url: str) -> str:
    try:
        assert client.get(url)
    except RetrievalError as error:
        return error.issue.code
    return "ok"


def test_we_say_who_we_are_everywhere(server: HostileServer) -> None:
    assert _code(_client(server), server.page("/a", "x")) == "ok"
    assert {request["user-agent"] for request in server.requests} == {"Khabarnama/0.1.0 (+https://me.example/)"}
    assert [request["path"] for request in server.requests] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ("User-agent: *\nDisallow: /", "robots robots"),
        ("User-agent: *\nDisallow: /private", "ok robots"),
        ("User-agent: Khabarnama\nDisallow:\n\nUser-agent: *\nDisallow: /", "ok ok"),
        ("User-agent: khabarnama\nDisallow: /*/b$", "ok robots"),
        ("User-agent: *\nDisallow: /\nAllow: /a", "ok robots"),
        ("<html>not found</html>", "ok ok"),
        ("", "ok ok"),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "robots robots"),
    ],
)
def test_robots_txt_is_kept_to(rules: str, codes: str, server: HostileServer, tally: Tally) -> None:
    server.page("/robots.txt", rules, content_type="text/plain")
    client = _client(server)
    found = [_code(client, server.page(path, "x")) for path in ("/a", "/private/b")]
    assert found == codes.split()
    tally["requests not made, for robots.txt"] += found.count("robots")
    assert len(server.asked("/robots.txt")) == 1
    assert len(server.asked()) == found.count("ok")


@pytest.mark.parametrize(("status", "code"), [(404, "ok"), (403, "ok"), (500, "no-robots"), (503, "no-robots")])
def test_rules_that_cannot_be_read_forbid_all_and_missing_ones_nothing(
    status: int, code: str, server: HostileServer
) -> None:
    server.page("/robots.txt", "", status)
    assert _code(_client(server), server.page("/a", "x")) == code
    assert len(server.asked()) == (code == "ok")


def test_only_the_start_of_endless_rules_is_read(server: HostileServer) -> None:
    rules = b"User-agent: *\nDisallow: /private\n" + b"# x\n" * 500_000
    server.page("/robots.txt", rules)
    client = _client(server)
    assert [_code(client, server.page(path, "x")) for path in ("/a", "/private")] == ["ok", "robots"]


def test_rules_that_move_are_followed_but_not_to_a_private_address(server: HostileServer) -> None:
    server.page("/robots.txt", "", 301, location="/rules.txt")
    server.page("/rules.txt", "User-agent: *\nDisallow: /a")
    assert _code(_client(server), server.page("/a", "x")) == "robots"
    server.page("/robots.txt", "", 301, location="http://10.0.0.1/robots.txt")
    assert _code(_client(server), server.url("/a")) == "private-address"


def test_the_rules_of_where_a_redirect_leads_hold(server: HostileServer) -> None:
    server.page("/robots.txt", "User-agent: *\nDisallow: /private")
    server.page("/a", "", 302, location="/private")
    assert _code(_client(server), server.url("/a")) == "robots"
    assert not server.asked("/private")


@pytest.mark.parametrize(
    ("rules", "pause"), [("", 3.0), ("User-agent: *\nCrawl-delay: 7", 7.0), ("User-agent: *\nCrawl-delay: 9999", 60.0)]
)
def test_a_host_has_its_pause(rules: str, pause: float, server: HostileServer) -> None:
    waits: list[float] = []
    server.page("/robots.txt", rules)
    client = Client(Limits(private_hosts=frozenset({server.host}), pause=3.0), wait=waits.append)
    for path in ("/a", "/b"):
        assert _code(client, server.page(path, "x")) == "ok"
    assert waits[0] == 0
    assert waits[2] == pytest.approx(pause, abs=0.5)


def test_a_host_never_gets_two_requests_at_once(server: HostileServer) -> None:
    client = _client(server)
    start = threading.Barrier(6)

    def answer(talk: Talk) -> None:
        talk.over.wait(0.02)
        talk.answer(200, b"x")

    def ask(number: int) -> str:
        start.wait()
        return _code(client, server.behave(f"/{number}", answer))

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(6))) == {"ok"}
    assert len(server.asked()) == 6
    assert server.most_at_once == 1
