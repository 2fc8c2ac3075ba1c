"""Which addresses may be asked at all, and which machine stands behind them.

A page, a feed or a redirect may name any address, so a name is resolved here, once, and every address it has must be
public. The connection is then made to the resolved address and not to the name: a name server that answers
differently the second time (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from digest.retrieve.failure import failure
from digest.sources.address import safe_url

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]
"""Gives the addresses of a host name."""

_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~?"
_EMBEDDING = {
    ipaddress.IPv6Network("::/96"): 0,
    ipaddress.IPv6Network("::ffff:0:0/96"): 0,
    ipaddress.IPv6Network("64:ff9b::/96"): 0,
    ipaddress.IPv6Network("2002::/16"): 80,
}
"""Networks whose addresses hold an IPv4 address, and how many bits stand after it: compatible, mapped, NAT64, 6to4."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A machine to connect to, and what to ask it for."""

    url: str
    scheme: str
    host: str
    port: int
    ip: str
    """The address to connect to; it was looked at, and is not looked up again."""
    path: str

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt is valid for."""
        return f"{self.scheme}://{self.authority}"


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of `host`, as the system knows them.

    Raises:
        OSError: it has none.
        UnicodeError: it can be no name of a host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def target_of(url: str, private_hosts: Iterable[str] = (), resolver: Resolver = resolve) -> Target:
    """Return what to connect to for `url`.

    Args:
        url: address that a maintainer, a feed, a page or a redirect named.
        private_hosts: `host` or `host:port` that a maintainer allowed although they are not public.
        resolver: gives the addresses of a host.

    Raises:
        RetrievalError: it is no web address, has no host, or leads to an address that is not public.
    """
    scheme, host, port, path = _parts(url)
    allowed = host in private_hosts or f"{host}:{port}" in private_hosts
    try:
        addresses = [_address(text) for text in resolver(host, port)]
    except (OSError, UnicodeError, ValueError) as error:
        raise failure("no-host", url, f"no address is known for {host}: {_words(error)}", passing=True) from error
    if not addresses:
        raise failure("no-host", url, f"no address is known for {host}", passing=True)
    if not allowed and (private := [address for address in addresses if not is_public(address)]):
        raise failure(
            "private-address",
            url,
            f"{host} is {private[0]}, which is not a public address, and is not asked",
            "If this is a server of your own, name it under `private_hosts:` in mkdocs.yml",
        )
    return Target(url=url, scheme=scheme, host=host, port=port, ip=str(addresses[0]), path=path)


def is_public(address: Address) -> bool:
    """Return whether anybody on the internet means the same machine by `address`.

    >>> is_public(ipaddress.ip_address("8.8.8.8")), is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    (True, False)
    """
    if isinstance(address, ipaddress.IPv6Address):
        for network, after in _EMBEDDING.items():
            if address in network:
                return is_public(ipaddress.IPv4Address(int(address) >> after & 0xFFFFFFFF))
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _parts(url: str) -> tuple[str, str, int, str]:
    if not safe_url(url):
        raise failure("bad-address", url, "this is no address of the web (http or https)")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise failure("bad-address", url, f"this is no address of the web: {error}") from error
    if parts.username is not None or parts.password is not None:
        raise failure("bad-address", url.partition("//")[0] + "//…", "names and passwords in addresses are not used")
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise failure("bad-address", url, f"{host} can be no name of a host") from error
    path = quote(parts.path or "/", safe=_SAFE)
    query = "?" + quote(parts.query, safe=_SAFE) if parts.query else ""
    return parts.scheme, host, port, path + query


def _address(text: str) -> Address:
    return ipaddress.ip_address(text.partition("%")[0])


def _words(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
