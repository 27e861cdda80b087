"""An OpenAI-compatible server on loopback that answers what a test has queued, and keeps what it was asked.

with LoopbackServer() as server:
    server.queue(answer(decisions=[...]), failure(500))
    engine = LanguageModelEngine("m", base_url=server.url, api_key=SecretStr("k"))
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Request:
    """``headers`` have small letters in their names."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        """The message that carries the conversation."""
        return str(self.body["messages"][1]["content"])

    @property
    def last(self) -> str:
        return str(self.body["messages"][-1]["content"])


@dataclass(frozen=True)
class Reply:
    """``delay_s`` passes before anything is sent, ``drip_s`` before each byte of the body; ``reset`` sends nothing."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay_s: float = 0.0
    drip_s: float = 0.0
    reset: bool = False


def completion(message: dict[str, Any], finish_reason: str | None = "stop", **more: Any) -> Reply:
    """A chat completion with one choice."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish_reason}],
        "usage": {
            "prompt_tokens": 100,
            "completion_tokens": 20,
            "total_tokens": 120,
            "prompt_tokens_details": {"cached_tokens": 40},
        },
        **more,
    }
    return Reply(body=json.dumps(body).encode())


def content(text: str | None, finish_reason: str | None = "stop") -> Reply:
    return completion({"content": text}, finish_reason)


def answer(**lists: list[Any]) -> Reply:
    """An answer with these lists, the others empty."""
    return content(json.dumps({"decisions": [], "action_items": [], "open_questions": [], **lists}))


def failure(status: int, message: str = "it failed", code: str | None = None, **headers: str) -> Reply:
    error = {"error": {"message": message, "type": "some_error", "param": None, "code": code}}
    return Reply(status, json.dumps(error).encode(), {name.replace("_", "-"): value for name, value in headers.items()})


def page(status: int = 200) -> Reply:
    return Reply(status, b"<html><body>Welcome</body></html>", content_type="text/html")


class LoopbackServer:
    """Answers with the queued replies in turn, then with ``otherwise`` (an empty answer unless it is set)."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.otherwise: Callable[[Request], Reply] = lambda request: answer()
        self._queue: list[Reply] = []
        self._stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def queue(self, *replies: Reply) -> None:
        self._queue += replies

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.do_POST()

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                sent = self.rfile.read(length)
                is_json = headers.get("content-type", "").startswith("application/json")
                request = Request(self.path, headers, json.loads(sent) if is_json else {})
                outer.requests.append(request)
                reply = outer._queue.pop(0) if outer._queue else outer.otherwise(request)
                try:
                    self._send(reply)
                except OSError:
                    self.close_connection = True

            def _send(self, reply: Reply) -> None:
                outer._stopped.wait(reply.delay_s)
                if reply.reset:
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if not reply.drip_s:
                    self.wfile.write(reply.body)
                    return
                for byte in reply.body:
                    if outer._stopped.is_set():
                        return
                    time.sleep(reply.drip_s)
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
