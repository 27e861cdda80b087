"""A real HTTP server on loopback that takes webhooks, keeps what it was sent and fails on demand.

    with HookServer() as server:
        server.queue(Reply(429, {"Retry-After": "0"}), Reply(500))
        plan = WebhookTarget(kind="json", url=server.url)

It honours ``Idempotency-Key``: ``taken`` has what had an effect, once a key, while ``requests`` has all that came.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

HOST = "127.0.0.1"
SECRET_PATH = "/services/T000/B000/xoxSECRETxox"


@dataclass(frozen=True)
class Request:
    """``headers`` have small letters in their names."""

    path: str
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        found = json.loads(self.raw)
        assert isinstance(found, dict)
        return found

    @property
    def key(self) -> str | None:
        return self.headers.get("idempotency-key")


@dataclass(frozen=True)
class Reply:
    """``lost`` takes the request and breaks the connection before any answer; ``hang`` does not answer, ``drip`` does
    so a byte at a time and comes to no end; both for ten seconds.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    lost: bool = False
    hang: bool = False
    drip: bool = False

    @property
    def takes(self) -> bool:
        return 200 <= self.status < 300


class HookServer:
    """Answers with the queued replies in turn, then with 200. ``cut`` is set when the other side breaks off a drip."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.taken: list[Request] = []
        self.cut = threading.Event()
        self._keys: set[str] = set()
        self._queue: list[Reply] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._scheme = "https" if context else "http"
        self._server = ThreadingHTTPServer((HOST, 0), self._handler())
        self._server.daemon_threads = True
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def origin(self) -> str:
        return f"{self._scheme}://{HOST}:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """An address with a secret in its path, as Slack's have."""
        return f"{self.origin}{SECRET_PATH}"

    def queue(self, *replies: Reply) -> None:
        self._queue += replies

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            reply = self._queue.pop(0) if self._queue else Reply()
            if reply.takes and (request.key is None or request.key not in self._keys):
                self.taken.append(request)
                if request.key is not None:
                    self._keys.add(request.key)
            return reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hooks = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = hooks._answer(Request(self.path, headers, raw))
                if reply.lost:
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()
                elif reply.hang:
                    hooks._stopped.wait(10)
                elif reply.drip:
                    self._drip()
                else:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)

            def _drip(self) -> None:
                try:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    ends = time.monotonic() + 10
                    while time.monotonic() < ends and not hooks._stopped.wait(0.02):
                        self.wfile.write(b"x")
                except OSError:
                    hooks.cut.set()

            def log_message(self, format: str, *args: Any) -> None:
                return

            def finish(self) -> None:
                try:
                    super().finish()
                except (OSError, ValueError):
                    return

        return Handler
