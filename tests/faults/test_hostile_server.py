"""Retrieval against a real server that is slow, lies, sends us in circles, answers 304, 429 and 500, and dies."""

from __future__ import annotations

import collections
import itertools
import time

import pytest

from digest.retrieve.client import Client, Retrieved
from digest.retrieve.failure import RetrievalError
from digest.retrieve.limits import Limits
from digest.retrieve.memory import Memory, Validators
from tests.faults.server import HostileServer, Talk, bomb

Tally = collections.Counter[str]
DEADLINE = 0.6
LARGEST = 1_000_000
HTML = "text/html"


def _client(
    server: HostileServer, memory: Memory | None = None, deadline: float = DEADLINE, pause: float = 0
) -> Client:
    hosts = frozenset({server.host})
    limits = Limits(private_hosts=hosts, deadline=deadline, largest=LARGEST, pause=pause)
    return Client(limits, memory)


def _refusal(client: Client, url: str, tally: Tally) -> RetrievalError:
    started = time.monotonic()
    with pytest.raises(RetrievalError) as refused:
        client.get(url)
    assert time.monotonic() - started < DEADLINE * 4
    assert str(refused.value).isprintable()
    tally["requests refused"] += 1
    return refused.value


def _get(client: Client, url: str, validators: Validators | None = None) -> Retrieved:
    found = client.get(url, validators)
    assert found is not None
    return found


def _start(talk: Talk, length: str = "100", **headers: str) -> None:
    named = {"content-length": length, "content-type": HTML, **headers}
    talk.say(b"HTTP/1.1 200 OK\r\n" + "".join(f"{n}: {v}\r\n" for n, v in named.items() if v).encode() + b"\r\n")


def _slow_body(talk: Talk) -> None:
    _start(talk, "100000")
    talk.drip(b"x" * 100_000)


def _slow_headers(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\n")
    talk.drip(b"".join(b"x-%d: y\r\n" % number for number in range(90)) * 100)


def _slow_without_length(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n")
    talk.drip(b"x" * 100_000)


def _silent(talk: Talk) -> None:
    talk.over.wait(10)


def _cut_off(talk: Talk) -> None:
    _start(talk, "1000")
    talk.say(b"ten bytes.")


def _reset(talk: Talk) -> None:
    _start(talk, "1000")
    talk.say(b"half")
    talk.reset()


def _cut_chunked(talk: Talk) -> None:
    _start(talk, "", **{"transfer-encoding": "chunked"})
    talk.say(b"ff\r\nnot two hundred and fifty-five bytes")


def _bad_chunks(talk: Talk) -> None:
    _start(talk, "", **{"transfer-encoding": "chunked"})
    talk.say(b"zz\r\nx\r\n0\r\n\r\n")


def _two_lengths(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\n12345")


def _no_gzip(talk: Talk) -> None:
    talk.answer(200, b"this is plain", content_encoding="gzip")


def _cut_gzip(talk: Talk) -> None:
    talk.answer(200, bomb(1)[:100] + b"rubbish" * 10, content_encoding="gzip")


def _nested_gzip(talk: Talk) -> None:
    talk.answer(200, bomb(1), content_encoding=", ".join(["gzip"] * 50))


def _two_gigabytes(talk: Talk) -> None:
    _start(talk, str(2 << 30))
    for _ in range(2048):
        talk.say(bytes(1 << 20))


def _endless_chunks(talk: Talk) -> None:
    _start(talk, "", **{"transfer-encoding": "chunked"})
    while not talk.over.is_set():
        talk.say(b"10000\r\n" + bytes(65_536) + b"\r\n")


def _understated_bomb(talk: Talk) -> None:
    talk.answer(200, bomb(300), content_encoding="gzip")


def _endless_header(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nx: ")
    for _ in range(100):
        talk.say(b"y" * 65_536)


def _many_headers(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 10_000 + b"\r\n")


def _garbage(talk: Talk) -> None:
    talk.say(b"\x00\xff\x16\x03\x01 SSH-2.0\r\n\r\n")


def _closed(talk: Talk) -> None:
    talk.reset()


@pytest.mark.parametrize(
    ("behaviour", "codes"),
    [
        (_slow_body, {"too-slow"}),
        (_slow_headers, {"too-slow"}),
        (_slow_without_length, {"too-slow"}),
        (_silent, {"too-slow"}),
        (_cut_off, {"cut-off"}),
        (_reset, {"cut-off", "bad-answer"}),
        (_cut_chunked, {"cut-off", "bad-answer"}),
        (_bad_chunks, {"bad-answer", "cut-off"}),
        (_two_lengths, {"bad-answer"}),
        (_no_gzip, {"bad-compression"}),
        (_cut_gzip, {"bad-compression"}),
        (_nested_gzip, {"bad-compression"}),
        (_two_gigabytes, {"too-large"}),
        (_endless_chunks, {"too-large"}),
        (_understated_bomb, {"too-large"}),
        (_endless_header, {"bad-answer"}),
        (_many_headers, {"bad-answer"}),
        (_garbage, {"bad-answer"}),
        (_closed, {"bad-answer", "unreachable"}),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_bad_answer_is_refused_in_time_and_in_words(
    behaviour: object, codes: set[str], server: HostileServer, tally: Tally
) -> None:
    assert callable(behaviour)
    url = server.behave("/a", behaviour)
    refusal = _refusal(_client(server), url, tally)
    assert refusal.issue.code in codes, refusal
    assert refusal.issue.where == url


def test_an_answer_of_just_the_largest_size_is_taken(server: HostileServer) -> None:
    assert len(_get(_client(server), server.page("/a", b"x" * LARGEST)).body) == LARGEST


def test_a_longer_body_than_stated_is_read_as_far_as_stated(server: HostileServer) -> None:
    def answer(talk: Talk) -> None:
        _start(talk, "5")
        talk.say(b"12345 and more")

    assert _get(_client(server), server.behave("/a", answer)).body == b"12345"


@pytest.mark.parametrize("length", ["-1", "abc", "9" * 40])
def test_a_senseless_length_does_no_harm(length: str, server: HostileServer, tally: Tally) -> None:
    url = server.behave("/a", lambda talk: _start(talk, length))
    try:
        assert _get(_client(server), url).body == b""
    except RetrievalError as error:
        assert error.issue.code in {"bad-answer", "cut-off", "too-large"}  # noqa: PT017 - either is right
        tally["requests refused"] += 1


def test_circles_and_endless_ways_end(server: HostileServer, tally: Tally) -> None:
    server.page("/a", "", 302, location="/b")
    server.page("/b", "", 301, location="/a")
    server.page("/self", "", 307, location="/self")
    server.page("/nowhere", "", 308)
    for number in range(50):
        server.page(f"/{number}", "", 302, location=f"/{number + 1}")
    codes = [
        _refusal(_client(server), server.url(path), tally).issue.code for path in ("/a", "/self", "/nowhere", "/0")
    ]
    assert codes == ["redirect-circle", "redirect-circle", "redirect-circle", "redirects"]
    assert len([request for request in server.requests if request["path"].strip("/").isdigit()]) <= 6


def test_a_redirect_is_followed_and_the_last_address_is_known(server: HostileServer) -> None:
    server.page("/a", "", 301, location="b?x=1")
    server.page("/b?x=1", "here")
    assert _get(_client(server), server.url("/a")).url == server.url("/b?x=1")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{other}/secret",
        "http://localhost:{other}/secret",
        "http://[::1]:{other}/secret",
        "http://2130706433:{other}/secret",
        "http://0x7f.1:{other}/secret",
        "http://0.0.0.0:{other}/secret",
        "http://[::ffff:127.0.0.1]:{other}/secret",
        "//127.0.0.1:{other}/secret",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
        "http://user:secret@127.0.0.1:{other}/",
        "file:///etc/passwd",
        "ftp://127.0.0.1:{other}/",
        "gopher://127.0.0.1:{other}/",
        "javascript:alert(1)",
        "http://a b/",
        "http://[::1/",
    ],
)
def test_a_redirect_to_a_private_or_senseless_address_is_refused_before_anybody_is_asked(
    target: str, server: HostileServer, tally: Tally
) -> None:
    with HostileServer() as private:
        private.page("/secret", "secret")
        location = target.format(other=private.host.rpartition(":")[2])
        refusal = _refusal(_client(server), server.page("/a", "", 302, location=location), tally)
        assert refusal.issue.code in {"private-address", "bad-address", "no-host"}, refusal
        assert "secret@" not in str(refusal)
        assert not private.requests
        assert private.most_at_once == 0


def test_loopback_is_refused_when_nobody_allowed_it(server: HostileServer, tally: Tally) -> None:
    url = server.page("/a", "hello")
    assert _refusal(Client(Limits(pause=0)), url, tally).issue.code == "private-address"
    assert not server.requests


def test_a_name_server_that_changes_its_mind_changes_nothing(server: HostileServer, tally: Tally) -> None:
    port = server.host.rpartition(":")[2]
    answers = itertools.chain([["127.0.0.1", "8.8.8.8"]], itertools.repeat(["127.0.0.1"]))
    asked = []

    def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return next(answers)

    client = Client(Limits(pause=0), resolver=resolver)
    assert _refusal(client, f"http://rebinding.example:{port}/", tally).issue.code == "private-address"
    assert not server.requests
    assert asked == ["rebinding.example"]


def test_the_connection_goes_to_the_address_that_was_looked_at(server: HostileServer) -> None:
    """The name does not exist: only the address that the resolver gave can have been connected to."""
    port = server.host.rpartition(":")[2]
    server.page("/a", "hello")
    name = f"no-such-host.invalid:{port}"
    lookups = []

    def resolver(host: str, _: int) -> list[str]:
        lookups.append(host)
        return ["127.0.0.1"]

    client = Client(Limits(pause=0, private_hosts=frozenset({name})), resolver=resolver)
    assert _get(client, f"http://{name}/a").body == b"hello"
    assert server.asked("/a")[0]["host"] == name
    assert lookups == ["no-such-host.invalid"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 502, 504, 999])
def test_other_statuses_are_said(status: int, server: HostileServer, tally: Tally) -> None:
    refusal = _refusal(_client(server), server.page("/a", "x", status), tally)
    assert refusal.issue.code == f"http-{status}"
    assert refusal.passing == (status >= 500)


@pytest.mark.parametrize(
    ("status", "retry_after", "at_least", "at_most"),
    [
        (429, "120", 100, 120),
        (503, "120", 100, 120),
        (429, "Fri, 01 Jan 2038 00:00:00 GMT", 6 * 86_400, 7 * 86_400),
        (503, "Fri, 01 Jan 1999 00:00:00 GMT", 0, 0),
        (429, "soon", 800, 900),
        (429, None, 800, 900),
        (429, "-5", 800, 900),
        (429, "9" * 500, 6 * 86_400, 7 * 86_400),
    ],
)
def test_who_asks_us_to_wait_is_left_alone(
    status: int, retry_after: str | None, at_least: float, at_most: float, server: HostileServer, tally: Tally
) -> None:
    memory = Memory()
    client = _client(server, memory)
    headers = {"retry_after": retry_after} if retry_after else {}
    url = server.page("/a", "", status, **headers)
    assert _refusal(client, url, tally).issue.code == "on-hold"
    assert at_least <= memory.held_for("127.0.0.1") <= at_most
    if at_most:
        server.page("/b", "hello")
        assert _refusal(client, server.url("/b"), tally).issue.code == "on-hold"
        assert not server.asked("/b")


def test_a_hold_is_kept_for_the_next_run(server: HostileServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("memory") / "feeds.json"
    memory = Memory(path)
    with pytest.raises(RetrievalError):
        _client(server, memory).get(server.page("/a", "", 429, retry_after="600"))
    memory.save()
    assert Memory(path).held_for("127.0.0.1") > 500


def test_304_means_nothing_new_and_only_where_it_was_asked_for(server: HostileServer, tally: Tally) -> None:
    def answer(talk: Talk) -> None:
        fresh = talk.request.get("if-none-match") == '"v1"'
        talk.answer(304 if fresh else 200, b"" if fresh else b"news", etag='"v1"', last_modified="Wed, 27 Nov 2024")

    client = _client(server)
    url = server.behave("/feed", answer)
    first = _get(client, url)
    assert first.validators == Validators('"v1"', "Wed, 27 Nov 2024")
    assert client.get(url, first.validators) is None
    assert _refusal(client, server.page("/b", "", 304), tally).issue.code == "http-304"


def test_headers_that_could_not_be_sent_back_are_not_kept(server: HostileServer) -> None:
    found = _get(_client(server), server.page("/a", "x", etag="caf\xe9", last_modified="y" * 1000))
    assert found.validators == Validators()


def test_a_host_that_fails_again_and_again_is_given_up(server: HostileServer, tally: Tally) -> None:
    client = _client(server)
    url = server.behave("/a", _closed)
    codes = [_refusal(client, url, tally).issue.code for _ in range(5)]
    assert codes[-2:] == ["given-up", "given-up"]
    assert len(server.asked("/a")) == 3
