"""HTTPS: the connection goes to an address, but the certificate must be that of the name."""

from __future__ import annotations

import collections
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from digest.retrieve.client import Client
from digest.retrieve.failure import RetrievalError
from digest.retrieve.limits import Limits
from tests.faults.server import HostileServer

NAME = "news.example"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Return an authority that is trusted in this test."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setattr("certifi.where", lambda: str(tmp_path / "ca.pem"))
    return authority


@pytest.fixture
def secure() -> Iterator[HostileServer]:
    """Return a server that waits for its certificate."""
    with HostileServer() as server:
        server.page("/a", "hello")
        yield server


def _present(server: HostileServer, authority: trustme.CA, name: str) -> None:
    """Let `server` speak TLS with a certificate for `name`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    plain = server.handle

    def handle(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as wrapped:
                plain(wrapped)
        except OSError:
            return  # the other side does not like the certificate

    server.handle = handle  # type: ignore[method-assign]


def _client(server: HostileServer) -> tuple[Client, str]:
    port = server.host.rpartition(":")[2]
    limits = Limits(private_hosts=frozenset({NAME}), pause=0, deadline=5)
    return Client(limits, resolver=lambda *_: ["127.0.0.1"]), f"https://{NAME}:{port}/a"


def test_the_certificate_of_the_name_is_accepted_at_its_address(secure: HostileServer, authority: trustme.CA) -> None:
    _present(secure, authority, NAME)
    client, url = _client(secure)
    found = client.get(url)
    assert found is not None
    assert found.body == b"hello"


@pytest.mark.parametrize("name", ["other.example", "127.0.0.1"])
def test_another_certificate_is_refused_even_that_of_the_address(
    name: str, secure: HostileServer, authority: trustme.CA, tally: collections.Counter[str]
) -> None:
    _present(secure, authority, name)
    client, url = _client(secure)
    with pytest.raises(RetrievalError, match="bad-certificate"):
        client.get(url)
    tally["requests refused"] += 1


def test_an_authority_that_nobody_knows_is_refused(
    secure: HostileServer, authority: trustme.CA, tally: collections.Counter[str]
) -> None:
    assert authority
    _present(secure, trustme.CA(), NAME)
    client, url = _client(secure)
    with pytest.raises(RetrievalError, match="bad-certificate"):
        client.get(url)
    tally["requests refused"] += 1
