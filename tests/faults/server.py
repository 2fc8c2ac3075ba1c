"""A real HTTP server on loopback, as bad as servers get: it says exactly the bytes that a test wants, when it wants."""

from __future__ import annotations

import collections
import dataclasses
import socket
import socketserver
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self

Connection = socket.socket
Request = Mapping[str, str]
"""Headers of a request, names in lower case; `path` is what was asked for."""
Behaviour = Callable[["Talk"], None]
_ZEROS = bytes(1 << 20)


@dataclasses.dataclass(frozen=True)
class Talk:
    """One connection, and what was asked."""

    connection: Connection
    request: Request
    over: threading.Event
    """Set when the test has ended."""

    def say(self, content: bytes) -> None:
        """Send bytes as they are."""
        self.connection.sendall(content)

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """Send a whole, honest answer; `content_type` becomes `Content-Type`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"content-length": str(len(body)), "content-type": "text/html; charset=utf-8", **named}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in named.items()), "connection: close"]
        self.say("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def drip(self, content: bytes, every: float = 0.02) -> None:
        """Send byte after byte until the other side has enough of it."""
        for byte in content:
            if self.over.wait(every):
                return
            self.say(bytes([byte]))

    def reset(self) -> None:
        """End the connection as a crash does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class HostileServer:
    """Serves what `pages` and `behaviours` say, and notes what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, bytes, dict[str, str]]] = {"/robots.txt": (404, b"", {})}
        self.behaviours: dict[str, Behaviour] = {}
        self.requests: list[Request] = []
        self.busy = self.most_at_once = 0
        self.over = threading.Event()
        self._lock = threading.Lock()
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer.handle(self.request)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 64

            def handle_error(self, *_: Any) -> None:
                """Say nothing: that the other side hangs up is what tests want."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self) -> str:
        """Host and port, as `private_hosts` has them."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"

    def page(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Serve `body` at `path`, and return its address."""
        self.pages[path] = (status, body if isinstance(body, bytes) else body.encode(), headers)
        return self.url(path)

    def behave(self, path: str, behaviour: Behaviour) -> str:
        """Do something else at `path`, and return its address."""
        self.behaviours[path] = behaviour
        return self.url(path)

    def asked(self, path: str | None = None) -> list[Request]:
        """Return the requests for `path`, or all but those for robots.txt."""
        return [r for r in self.requests if (r["path"] == path if path else r["path"] != "/robots.txt")]

    def handle(self, connection: Connection) -> None:
        """Read one request and answer it."""
        with self._lock:
            self.busy += 1
            self.most_at_once = max(self.most_at_once, self.busy)
        counted = True
        try:
            request = _read_request(connection)
            if request is None:
                return
            self.requests.append(request)
            talk = Talk(connection, request, self.over)
            path = request["path"]
            if path in self.behaviours:
                self.behaviours[path](talk)
            else:
                status, body, headers = self.pages.get(path, (404, b"", {}))
                with self._lock:  # before the answer: who has its last byte may come again at once
                    self.busy -= 1
                counted = False
                talk.answer(status, body, **headers)
        finally:
            with self._lock:
                self.busy -= counted


def _read_request(connection: Connection) -> Request | None:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65_536)
        if not chunk:
            return None
        received += chunk
    first, *lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return {**headers, "path": first.split()[1]}


def bomb(megabytes: int) -> bytes:
    """Return so many megabytes of nothing, compressed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # means the same wherever it stands
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(_ZEROS, check)
    end = struct.pack("<II", check, (megabytes << 20) & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block * megabytes + packer.flush() + end


def article_page(headline: str, text: str, **meta: str) -> str:
    """Return a page as newspapers make them."""
    stated = collections.ChainMap(meta, {"og:title": headline})
    tags = "".join(f'<meta property="{name}" content="{value}">' for name, value in stated.items())
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return (
        f'<!doctype html><html lang="ur"><head><meta charset="utf-8"><title>{headline}</title>{tags}</head><body>'
        f'<nav><a href="/">صفحۂ اول</a></nav><article><h1>{headline}</h1>{body}</article></body></html>'
    )


def rss(items: Iterator[tuple[str, str]] | list[tuple[str, str]], content: str = "") -> str:
    """Return a feed of (address, headline)."""
    entries = "".join(
        f"<item><title>{headline}</title><link>{url}</link><pubDate>Wed, 27 Nov 2024 23:30:00 +0500</pubDate>"
        f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{content}]]>'
        "</content:encoded></item>"
        for url, headline in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>اخبار</title>{entries}</channel></rss>'
