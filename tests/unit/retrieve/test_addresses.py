"""Which addresses may be asked: public ones, whatever they are written as, and those that a maintainer names."""

from __future__ import annotations

import ipaddress

import pytest

from digest.retrieve.failure import RetrievalError
from digest.retrieve.target import is_public, target_of


@pytest.mark.parametrize(
    "address",
    [
        "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.31.255.255",
        "192.0.0.1", "192.168.0.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "fc00::1",
        "fd12::1", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "64:ff9b:1::a00:1",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(RetrievalError, match="private-address"):
        target_of("https://example.org/", resolver=lambda *_: ["8.8.8.8", "10.0.0.1"])


@pytest.mark.parametrize(
    ("url", "scheme", "host", "port", "path", "authority"),
    [
        ("https://example.org", "https", "example.org", 443, "/", "example.org"),
        ("http://example.org:8080/a?b=c#d", "http", "example.org", 8080, "/a?b=c", "example.org:8080"),
        ("https://خبر.example/س?س", "https", "xn--ngblk.example", 443, "/%D8%B3?%D8%B3", "xn--ngblk.example"),
        ("https://example.org/a%20b", "https", "example.org", 443, "/a%20b", "example.org"),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(url: str, scheme: str, host: str, port: int, path: str, authority: str) -> None:
    target = target_of(url, resolver=lambda *_: ["8.8.8.8"])
    assert (target.scheme, target.host, target.port, target.path, target.authority) == (
        scheme,
        host,
        port,
        path,
        authority,
    )
    assert target.ip == "8.8.8.8"


@pytest.mark.parametrize(
    ("allowed", "url", "may"),
    [
        ("intranet.example", "http://intranet.example:8000/", True),
        ("intranet.example:8000", "http://intranet.example:8000/", True),
        ("intranet.example:8000", "http://intranet.example:9000/", False),
        ("intranet.example", "http://other.example/", False),
        ("10.0.0.1", "http://intranet.example/", False),
    ],
)
def test_a_permission_is_for_one_host_and_perhaps_one_port(allowed: str, url: str, may: bool) -> None:  # noqa: FBT001
    if may:
        assert target_of(url, {allowed}, resolver=lambda *_: ["10.0.0.1"]).ip == "10.0.0.1"
    else:
        with pytest.raises(RetrievalError, match="private-address"):
            target_of(url, {allowed}, resolver=lambda *_: ["10.0.0.1"])


@pytest.mark.parametrize("found", [[], ["no address"], ["999.1.1.1"]])
def test_a_name_without_an_address_is_said(found: list[str]) -> None:
    with pytest.raises(RetrievalError, match="no-host") as refused:
        target_of("https://example.org/", resolver=lambda *_: found)
    assert refused.value.passing
