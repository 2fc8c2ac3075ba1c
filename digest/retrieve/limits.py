"""How much of a server's time, and of ours, a request may take."""

from __future__ import annotations

import dataclasses

from digest import __version__

PRODUCT = "Khabarnama"
"""What robots.txt may call us."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What every request keeps to. Times are in seconds, sizes in bytes."""

    contact: str = ""
    """Address of a page or mailbox of the maintainers, for the owners of the servers; part of the user agent."""
    private_hosts: frozenset[str] = frozenset()
    """`host` or `host:port` of servers that may be asked although their address is not public. Only a maintainer can
    name one: pages and feeds cannot, and a redirect to any other private address is refused all the same."""
    deadline: float = 30.0
    """For one answer, from the connection to the last byte: a server that drips does not hold us."""
    largest: int = 10_000_000
    """Of an answer, after decompression."""
    pause: float = 1.0
    """Between the end of one request and the start of the next to the same host; `Crawl-delay` may ask for more."""
    redirects: int = 5

    @property
    def user_agent(self) -> str:
        """What servers are told about us.

        >>> Limits(contact="https://news.example.org/about/").user_agent
        'Khabarnama/0.1.0 (+https://news.example.org/about/)'
        """
        contact = "".join(letter for letter in self.contact if " " < letter <= "~")
        return f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else " (news digest)")
