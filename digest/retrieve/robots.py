"""What robots.txt asks of us, as RFC 9309 reads it."""

from __future__ import annotations

import dataclasses

from protego import Protego

from digest.retrieve.limits import PRODUCT

LARGEST = 512_000
"""Bytes of a robots.txt that are read; the RFC asks for at least 500 KiB."""

_LONGEST_DELAY = 60.0


@dataclasses.dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin."""

    rules: Protego | None
    """None when nothing may be asked: the server could not say what its rules are."""

    def allows(self, url: str) -> bool:
        """Return whether `url` may be asked."""
        return self.rules is not None and self.rules.can_fetch(url, PRODUCT)

    @property
    def delay(self) -> float:
        """The seconds that `Crawl-delay` asks for between two requests, at most a minute."""
        stated = self.rules.crawl_delay(PRODUCT) if self.rules else None
        return min(float(stated), _LONGEST_DELAY) if stated and stated > 0 else 0.0


def robots_of(status: int, body: bytes) -> Robots:
    r"""Read the answer to a request for robots.txt.

    >>> robots_of(404, b"").allows("https://example.org/a")
    True
    >>> robots_of(200, b"User-agent: *\nDisallow: /a").allows("https://example.org/a")
    False
    >>> robots_of(503, b"").allows("https://example.org/a")
    False
    """
    if 400 <= status < 500 and status != 429:  # noqa: PLR2004 - RFC 9309, 2.3.1.3: there are no rules
        return Robots(Protego.parse(""))
    if status != 200:  # noqa: PLR2004 - RFC 9309, 2.3.1.4: the rules cannot be known, so nothing is asked
        return Robots(None)
    return Robots(Protego.parse(body.decode("utf-8", "replace").removeprefix("\ufeff")))
