"""One request and its answer, over a connection to an address that was looked at, within a time and a size."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Self

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from digest.retrieve.failure import RetrievalError, failure
from digest.retrieve.limits import Limits
from digest.retrieve.target import Target

_CHUNK = 65_536
_READABLE = (200, 206)
"""Answers whose body is wanted."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. Names of headers are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False
    """Whether `body` is only the start of what the server sent."""


def exchange(target: Target, headers: Mapping[str, str], limits: Limits, *, may_cut: bool = False) -> Answer:
    """Ask `target` once, and follow nothing.

    Args:
        target: where to connect to.
        headers: what to say besides `Host`.
        limits: time and size; the size counts decompressed bytes, so that a small bomb does not become a large one.
        may_cut: take the first `limits.largest` bytes of a longer answer, instead of refusing it.

    Raises:
        RetrievalError: no connection, no answer in time, an answer that is too large, cut off or garbled.
    """
    with _Watch(limits.deadline) as watch, _pool(target, limits, watch) as pool:
        try:
            response = pool.urlopen(
                "GET",
                target.path,
                headers={**headers, "Host": target.authority},
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
            )
            with contextlib.closing(response):
                named = {name.lower(): value for name, value in response.headers.items()}
                body, cut = b"", False
                if response.status in _READABLE:
                    body, cut = _body(response, target.url, limits.largest, may_cut=may_cut)
        except RetrievalError as error:
            raise _too_slow(target, limits) if watch.over else error from None
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise _worded(error, target, limits, watch) from error
        if watch.over:  # a connection that we shut may look like the end of an answer without a length
            raise _too_slow(target, limits)
    return Answer(url=target.url, status=response.status, headers=named, body=body, cut=cut)


def _body(response: urllib3.BaseHTTPResponse, url: str, largest: int, *, may_cut: bool) -> tuple[bytes, bool]:
    stated = response.headers.get("Content-Length", "")
    if stated.isascii() and stated.isdigit() and int(stated) > largest and not may_cut:
        raise _too_large(url, largest)
    body = bytearray()
    try:
        for chunk in response.stream(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > largest:
                if not may_cut:
                    raise _too_large(url, largest)
                return bytes(body[:largest]), True
    except urllib3.exceptions.ProtocolError as error:  # fewer bytes than stated, a broken chunk, a connection reset
        raise failure("cut-off", url, "the connection ended in the middle of the answer", passing=True) from error
    return bytes(body), False


class _Watch:
    """Shuts the connection when the time is over, even while a server drips one header a second."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def watch(self, connection: HTTPConnection) -> None:
        with self._lock:
            self._socket = connection.sock
            if self.over:
                self._shut()

    def _end(self) -> None:
        with self._lock:
            self.over = True
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # under TLS too, without its farewell


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, watch: _Watch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watch = watch

    def connect(self) -> None:
        super().connect()
        self._watch.watch(self)


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, watch: _Watch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watch = watch

    def connect(self) -> None:
        super().connect()
        self._watch.watch(self)


@contextlib.contextmanager
def _pool(target: Target, limits: Limits, watch: _Watch) -> Iterator[urllib3.HTTPConnectionPool]:
    timeout = urllib3.Timeout(total=limits.deadline)
    pool: urllib3.HTTPConnectionPool
    if target.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            target.ip,
            target.port,
            timeout=timeout,
            ca_certs=certifi.where(),
            server_hostname=target.host,
            assert_hostname=target.host,
        )
        pool.ConnectionCls = functools.partial(_Secure, watch=watch)  # type: ignore[assignment]
    else:
        pool = urllib3.HTTPConnectionPool(target.ip, target.port, timeout=timeout)
        pool.ConnectionCls = functools.partial(_Plain, watch=watch)  # type: ignore[assignment]
    with contextlib.closing(pool):
        yield pool


def _worded(error: Exception, target: Target, limits: Limits, watch: _Watch) -> RetrievalError:
    url = target.url
    if watch.over or isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return _too_slow(target, limits)
    if isinstance(error, urllib3.exceptions.SSLError):
        return failure("bad-certificate", url, f"the connection is not safe: {error}", passing=True)
    if isinstance(error, urllib3.exceptions.DecodeError):
        return failure("bad-compression", url, "the answer is not compressed as it says", passing=True)
    if isinstance(error, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError | OSError):
        return failure("unreachable", url, f"no connection to {target.host} ({target.ip})", passing=True)
    return failure("bad-answer", url, f"the server does not speak HTTP as it should: {error}", passing=True)


def _too_slow(target: Target, limits: Limits) -> RetrievalError:
    message = f"the answer was not complete after {limits.deadline:g} seconds"
    return failure("too-slow", target.url, message, passing=True)


def _too_large(url: str, largest: int) -> RetrievalError:
    return failure(
        "too-large",
        url,
        f"the answer has more than {largest:,} bytes",
        "Raise `max_download_bytes` in mkdocs.yml if that is right",
    )
