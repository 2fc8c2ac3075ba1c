"""The client: robots.txt first, one request at a time to a host, pauses between them, and what servers ask for."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email.utils
import threading
import time
from collections.abc import Callable

from digest.retrieve.exchange import Answer, exchange
from digest.retrieve.failure import RetrievalError, failure
from digest.retrieve.limits import Limits
from digest.retrieve.memory import Memory, Validators
from digest.retrieve.robots import LARGEST, Robots, robots_of
from digest.retrieve.target import Resolver, Target, resolve, target_of
from digest.sources.address import absolute

_MOVED = (301, 302, 303, 307, 308)
_WAIT = (429, 503)
_DEFAULT_HOLD = 900.0
"""Seconds that a host is left alone after a 429 or 503 that does not say how long."""
_PATIENCE = 3
"""Failures in a row after which a host is not asked again in the same run."""
_OK, _NOT_MODIFIED, _FAILED = 200, 304, 500


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """What stands at an address."""

    url: str
    """Where it was found in the end, after redirects."""
    body: bytes
    media_type: str
    """In lower case, without parameters; empty when the server does not say."""
    charset: str | None
    validators: Validators
    at: dt.datetime
    """When, in UTC, to the second."""


class Client:
    """Retrieves addresses; safe to use from several threads."""

    def __init__(
        self,
        limits: Limits,
        memory: Memory | None = None,
        *,
        resolver: Resolver = resolve,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Start a client that has asked nobody yet.

        Args:
            limits: what every request keeps to.
            memory: what earlier runs learnt.
            resolver: gives the addresses of a host.
            wait: sleeps for some seconds.
        """
        self._limits = limits
        self._memory = memory or Memory()
        self._resolver = resolver
        self._wait = wait
        self._robots: dict[str, Robots] = {}
        self._readings: dict[str, threading.Lock] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._failures: dict[str, int] = {}

    def get(self, url: str, validators: Validators | None = None) -> Retrieved | None:
        """Return what stands at `url`; None if it has not changed since the answer that `validators` came with.

        Raises:
            RetrievalError: the address may not be asked, or gave nothing; with what to do.
        """
        conditions = validators.headers() if validators else {}
        at, seen = url, {url}
        for _ in range(self._limits.redirects + 1):
            target = target_of(at, self._limits.private_hosts, self._resolver)
            robots = self._robots_for(target)
            if not robots.allows(at):
                raise _refused(at, robots)
            answer = self._ask(target, conditions, robots.delay)
            if answer.status not in _MOVED:
                return self._read(answer, conditional=bool(conditions))
            at = absolute(at, answer.headers.get("location", ""))
            if at in seen:
                raise failure("redirect-circle", url, f"the server sends us in a circle, back to {at}")
            seen.add(at)
        raise failure("redirects", url, f"the server sent us on more than {self._limits.redirects} times")

    def _ask(self, target: Target, headers: dict[str, str], delay: float = 0.0, *, robots: bool = False) -> Answer:
        """Make one request, when it is our turn and the host has had its pause."""
        host = target.host
        with self._turns.setdefault(host, threading.Lock()):
            if held := self._memory.held_for(host):
                message = f"{host} asked us to wait; it is left alone for another {_minutes(held)} min"
                raise failure("on-hold", target.url, message, passing=True)
            if self._failures.get(host, 0) >= _PATIENCE:
                message = f"{host} failed {_PATIENCE} times in a row and is not asked again in this run"
                raise failure("given-up", target.url, message, "Try again later", passing=True)
            self._wait(max(0.0, self._free_at.get(host, 0.0) + max(self._limits.pause, delay) - time.monotonic()))
            limits = dataclasses.replace(self._limits, largest=LARGEST) if robots else self._limits
            said = {"User-Agent": limits.user_agent, "Accept-Encoding": "gzip, deflate", **headers}
            try:
                answer = exchange(target, said, limits, may_cut=robots)
            except RetrievalError as error:
                self._failures[host] = self._failures.get(host, 0) + error.passing
                raise
            finally:
                self._free_at[host] = time.monotonic()
            self._failures.pop(host, None)
            if answer.status in _WAIT:
                self._memory.hold(host, _seconds(answer.headers.get("retry-after")))
            return answer

    def _robots_for(self, target: Target) -> Robots:
        """Return the rules of the target's origin, asked for once."""
        with self._readings.setdefault(target.origin, threading.Lock()):  # never held while waiting for another of them
            if target.origin not in self._robots:
                self._robots[target.origin] = self._ask_for_robots(target)
            return self._robots[target.origin]

    def _ask_for_robots(self, target: Target) -> Robots:
        asked = dataclasses.replace(target, url=f"{target.origin}/robots.txt", path="/robots.txt")
        for _ in range(self._limits.redirects + 1):
            answer = self._ask(asked, {}, robots=True)
            if answer.status not in _MOVED:
                return robots_of(answer.status, answer.body)
            there = absolute(asked.url, answer.headers.get("location", ""))
            asked = target_of(there, self._limits.private_hosts, self._resolver)
        return robots_of(404, b"")  # RFC 9309, 2.3.1.2: after five redirects it may be taken for missing

    def _read(self, answer: Answer, *, conditional: bool) -> Retrieved | None:
        if answer.status == _NOT_MODIFIED and conditional:
            return None
        if answer.status in _WAIT:
            seconds = _seconds(answer.headers.get("retry-after"))
            message = f"the server answered {answer.status} and is left alone for {_minutes(seconds)} min"
            raise failure("on-hold", answer.url, message, "Try again later", passing=True)
        if answer.status != _OK:
            passing = answer.status >= _FAILED
            raise failure(f"http-{answer.status}", answer.url, f"the server answered {answer.status}", passing=passing)
        media_type, charset = _content_type(answer.headers.get("content-type", ""))
        return Retrieved(
            url=answer.url,
            body=answer.body,
            media_type=media_type,
            charset=charset,
            validators=Validators(_header(answer, "etag"), _header(answer, "last-modified")),
            at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        )


def _refused(url: str, robots: Robots) -> RetrievalError:
    if robots.rules is None:
        message = "robots.txt of this server could not be read, so nothing is asked"
        return failure("no-robots", url, message, "Try again later", passing=True)
    return failure("robots", url, "robots.txt of this server asks not to read this page", "Ask its owners")


def _seconds(retry_after: str | None) -> float:
    """Return the seconds that a `Retry-After` header means: a number, or a date."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return _DEFAULT_HOLD


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))


def _content_type(stated: str) -> tuple[str, str | None]:
    media_type, _, rest = stated.partition(";")
    charset = next(
        (part.partition("=")[2] for part in rest.split(";") if part.strip().lower().startswith("charset=")), ""
    )
    return media_type.strip().lower(), charset.strip(" \"'").lower() or None


def _header(answer: Answer, name: str) -> str | None:
    """Return a header that can be sent back: printable and of a sane length."""
    value = answer.headers.get(name, "")
    return value if 0 < len(value) < 500 and value.isascii() and value.isprintable() else None  # noqa: PLR2004
