"""What is remembered between runs: `ETag` and `Last-Modified` of feeds, and servers that asked us to wait.

A cache, `.digest/feeds.json`: when it is lost or damaged, a few requests are made that were not needed.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

import msgspec

from digest.store.files import write_if_changed

_LONGEST_HOLD = 7 * 86_400.0
"""Seconds. Nobody waits longer because of a header."""


class Validators(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a server told us to ask with next time, so that it can answer «304 Not Modified»."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


class _File(msgspec.Struct):
    feeds: dict[str, Validators] = {}
    holds: dict[str, float] = {}
    """Host → seconds since 1970 until which it is not asked."""


class Memory:
    """What is remembered; safe to use from several threads."""

    def __init__(self, path: Path | None = None, question: str = "") -> None:
        """Read what an earlier run left at `path`; None remembers nothing after this run.

        Args:
            path: the file.
            question: what is wanted of feeds; that nothing is new there is true for the same question only.
        """
        self._path = path
        self._question = question and f" {question}"
        self._lock = threading.Lock()
        self._file = _read(path)

    def validators(self, url: str) -> Validators:
        """Return what to ask for `url` with."""
        return self._file.feeds.get(f"{url}{self._question}", Validators())

    def keep_validators(self, url: str, validators: Validators) -> None:
        """Remember what to ask for `url` with; nothing, when the server gave nothing."""
        with self._lock:
            if validators.headers():
                self._file.feeds[f"{url}{self._question}"] = validators
            else:
                self._file.feeds.pop(f"{url}{self._question}", None)

    def hold(self, host: str, seconds: float) -> None:
        """Do not ask `host` for so many seconds."""
        with self._lock:
            until = time.time() + min(max(seconds, 0.0), _LONGEST_HOLD)
            self._file.holds[host] = max(self._file.holds.get(host, 0.0), until)

    def held_for(self, host: str) -> float:
        """Return for how many seconds `host` asked to be left alone, 0 if it did not."""
        left = self._file.holds.get(host, 0.0) - time.time()
        return left if 0 < left <= _LONGEST_HOLD else 0.0  # a clock set back must not make it years

    def save(self) -> None:
        """Write it down for the next run."""
        if self._path is None:
            return
        with self._lock:
            now = time.time()
            self._file.holds = {host: until for host, until in self._file.holds.items() if until > now}
            write_if_changed(self._path, msgspec.json.format(msgspec.json.encode(self._file, order="sorted"), indent=1))


def _read(path: Path | None) -> _File:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File) if path else _File()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return _File()
