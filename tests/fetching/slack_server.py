"""Slack's Web API on loopback, as far as channels are read with it: pages, rate limits, scopes, edits, threads.

with SlackServer() as slack:
    general = slack.channel("C0GENERAL", "general")
    root = slack.say("C0GENERAL", "UANA", "Shall we take the night train?", at=stamp)
    slack.reply("C0GENERAL", root, "UBEN", "Yes.")
    source = SlackSource(type="slack", name="team", base_url=slack.url, channels=("general",))

The token that it takes is ``slack.token``. What it was asked is in ``slack.requests``.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl

Message = dict[str, Any]

SCOPES = frozenset(("channels:read", "channels:history", "groups:read", "groups:history", "users:read"))


@dataclass(frozen=True)
class Request:
    """One request: the method of the API and its parameters."""

    method: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """An answer that is no answer: a status, headers, a body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class SlackServer:
    """``page`` is the most entries of an answer, whatever is asked for."""

    def __init__(self, page: int = 3, token: str = "xoxb-loopback") -> None:
        self.page = page
        self.token = token
        self.error: str | None = None
        """What every request is refused with, such as ``token_expired``."""
        self.scopes = set(SCOPES)
        self.users: dict[str, Message] = {}
        self.channels: dict[str, Message] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.requests: list[Request] = []
        self.faults: deque[Fault] = deque()
        """Given instead of the next answers, one each."""
        self.limited = 0
        """How many requests were refused as too many."""
        self._busy_until = 0.0
        self._last = 0
        self._lock = threading.RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """What ``base_url`` is."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/api/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    # What is in the workspace

    def user(self, user_id: str, name: str) -> None:
        profile = {"real_name": name, "display_name": ""}
        self.users[user_id] = {"id": user_id, "name": user_id.lower(), "profile": profile}

    def channel(self, channel_id: str, name: str, *, member: bool = True, private: bool = False) -> str:
        self.channels[channel_id] = {"id": channel_id, "name": name, "is_member": member, "is_private": private}
        self.messages[channel_id] = {}
        return channel_id

    def say(self, channel: str, user: str, text: str, *, at: float | None = None, **more: Any) -> str:
        """Post a message at a time in seconds since 1970; returns its time stamp, which no other message has."""
        with self._lock:
            self._last += 1
            stamp = f"{int(time.time() if at is None else at)}.{self._last:06}"
            self.messages[channel][stamp] = {"type": "message", "user": user, "text": text, "ts": stamp, **more}
            return stamp

    def reply(self, channel: str, root: str, user: str, text: str, *, at: float | None = None, **more: Any) -> str:
        """Answer in the thread of ``root``."""
        with self._lock:
            stamp = self.say(channel, user, text, at=at, thread_ts=root, **more)
            answers = [each for each in self.messages[channel].values() if _is_answer(each, root)]
            first = self.messages[channel].get(root)
            if first is not None:
                first |= {"thread_ts": root, "reply_count": len(answers), "latest_reply": stamp}
            return stamp

    def edit(self, channel: str, stamp: str, text: str) -> None:
        message = self.messages[channel][stamp]
        message |= {"text": text, "edited": {"user": message["user"], "ts": f"{int(time.time())}.000000"}}

    def react(self, channel: str, stamp: str, user: str, name: str) -> None:
        self.messages[channel][stamp].setdefault("reactions", []).append({"name": name, "users": [user], "count": 1})

    def delete(self, channel: str, stamp: str) -> None:
        del self.messages[channel][stamp]

    def limit(self, seconds: int) -> None:
        """Refuse every request with 429 until ``seconds`` have passed."""
        self._busy_until = time.monotonic() + seconds

    def asked(self, method: str) -> list[Mapping[str, str]]:
        """The parameters of every request for ``method``."""
        return [request.parameters for request in self.requests if request.method == method]

    # What it answers

    def answer(self, method: str, parameters: Mapping[str, str], token: str) -> Message | Fault:
        with self._lock:
            self.requests.append(Request(method, dict(parameters)))
            wait = self._busy_until - time.monotonic()
            if wait > 0:
                self.limited += 1
                return Fault(429, {"Retry-After": str(math.ceil(wait))}, b'{"ok": false, "error": "ratelimited"}')
            if self.faults:
                return self.faults.popleft()
            if self.error is not None or token != f"Bearer {self.token}":
                return {"ok": False, "error": self.error or "invalid_auth"}
            answer = getattr(self, "_" + method.replace(".", "_"), None)
            return answer(parameters) if answer is not None else {"ok": False, "error": "unknown_method"}

    def _users_list(self, parameters: Mapping[str, str]) -> Message:
        return self._lacks("users:read") or self._page("members", list(self.users.values()), parameters)

    def _conversations_list(self, parameters: Mapping[str, str]) -> Message:
        types = parameters.get("types", "public_channel").split(",")
        for kind, scope in (("public_channel", "channels:read"), ("private_channel", "groups:read")):
            if kind in types and (refusal := self._lacks(scope)):
                return refusal
        found = [
            channel
            for channel in self.channels.values()
            if ("private_channel" if channel["is_private"] else "public_channel") in types
            and (channel["is_member"] or not channel["is_private"])
        ]
        return self._page("channels", found, parameters)

    def _conversations_info(self, parameters: Mapping[str, str]) -> Message:
        channel = self.channels.get(parameters["channel"])
        return {"ok": True, "channel": channel} if channel is not None else {"ok": False, "error": "channel_not_found"}

    def _conversations_history(self, parameters: Mapping[str, str]) -> Message:
        refusal = self._closed(parameters)
        if refusal is not None:
            return refusal
        oldest, latest = float(parameters.get("oldest", "0")), float(parameters.get("latest", "inf"))
        found = [
            message
            for stamp, message in sorted(self.messages[parameters["channel"]].items(), reverse=True)
            if oldest < float(stamp) < latest and (not _is_answer(message) or message.get("subtype"))
        ]
        return self._page("messages", found, parameters)

    def _conversations_replies(self, parameters: Mapping[str, str]) -> Message:
        refusal = self._closed(parameters)
        if refusal is not None:
            return refusal
        root, messages = parameters["ts"], self.messages[parameters["channel"]]
        answers = [message for _, message in sorted(messages.items()) if _is_answer(message, root)]
        if root not in messages and not answers:
            return {"ok": False, "error": "thread_not_found"}
        return self._page("messages", [*([messages[root]] if root in messages else []), *answers], parameters)

    def _closed(self, parameters: Mapping[str, str]) -> Message | None:
        channel = self.channels.get(parameters["channel"])
        if channel is None:
            return {"ok": False, "error": "channel_not_found"}
        if not channel["is_member"]:
            return {"ok": False, "error": "not_in_channel"}
        return self._lacks("groups:history" if channel["is_private"] else "channels:history")

    def _lacks(self, scope: str) -> Message | None:
        if scope in self.scopes:
            return None
        return {"ok": False, "error": "missing_scope", "needed": scope, "provided": ",".join(sorted(self.scopes))}

    def _page(self, key: str, entries: list[Message], parameters: Mapping[str, str]) -> Message:
        start = int(parameters.get("cursor", "at:0").removeprefix("at:"))
        end = start + min(self.page, int(parameters.get("limit", "100")))
        more = end < len(entries)
        metadata = {"next_cursor": f"at:{end}" if more else ""}
        return {"ok": True, key: entries[start:end], "has_more": more, "response_metadata": metadata}


def _is_answer(message: Message, root: str | None = None) -> bool:
    thread = message.get("thread_ts", message["ts"])
    return thread != message["ts"] and (root is None or thread == root)


def _handler(server: SlackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            method = self.path.removeprefix("/api/")
            answer = server.answer(method, dict(parse_qsl(body)), self.headers.get("Authorization", ""))
            fault = answer if isinstance(answer, Fault) else Fault(200, {}, json.dumps(answer).encode())
            self.send_response(fault.status)
            for name, value in {"Content-Type": "application/json", **fault.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(fault.body)))
            self.end_headers()
            self.wfile.write(fault.body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
