"""Recorded answers served to the language-model engine on loopback, which runs as it always does.

A request without an answer in the folder is asked of the ``upstream`` where there is one. Otherwise the reply is 501
with ``x-should-retry: false``: to the engine that is a server's failure, which costs this conversation and no other,
where a 404 would end the whole run.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from extractor.errors import DatasetError, UsageError
from extractor.scoring.answer_store import AnswerStore, Recorded, is_request, request_id, take_over

if TYPE_CHECKING:
    import httpx2

__all__ = ["REPLAY_KEY", "AnswerStore", "serving", "take_over"]

REPLAY_KEY: Final = SecretStr("recorded")
"""A key for engines that are answered from a folder: they do not start without one, and nobody looks at it."""

UPSTREAM_TIMEOUT_S: Final = 600.0
"""The default of OpenAI's own client: longer than engines wait, so that what was paid for is still kept."""

_PATH: Final = "/chat/completions"
_HANDED_ON: Final = ("Content-Type", "Retry-After", "Retry-After-Ms", "X-Should-Retry")
_NO_RETRY: Final = {"X-Should-Retry": "false"}


@contextmanager
def serving(
    answers: Path | AnswerStore,
    upstream: str | None = None,
    api_key: SecretStr | None = None,
) -> Iterator[str]:
    """Serves recorded answers on 127.0.0.1 while the context lasts; gives the base URL for an engine.

    A request that is not recorded goes to ``upstream`` (a base URL of the API) with ``api_key``, once however many ask
    it at the same time; what comes back with status 200 is kept, a refusal too, and anything else is handed on as it
    is. Where nobody answers there, the engine is not answered either. The URL holds a secret, so that nobody else on
    this machine can spend the key. Meanwhile this process goes past the proxies of its environment for 127.0.0.1;
    ``upstream`` is reached through them.

    Raises DatasetError for a folder with a damaged file, or, without ``upstream``, for one that is not there; and
    UsageError where ``upstream`` is no web address.
    """
    store = answers if isinstance(answers, AnswerStore) else AnswerStore(answers)
    if upstream is None or store.folder.exists():
        store.check()
    with ExitStack() as stack:
        asked = stack.enter_context(_asking(upstream, api_key)) if upstream is not None else None
        stack.enter_context(_past_proxies())
        prefix = f"/{secrets.token_urlsafe(9)}/v1"
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(_Relay(store, asked), prefix + _PATH))
        stack.callback(server.server_close)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        stack.callback(server.shutdown)
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"


@dataclass(frozen=True)
class _Response:
    """What goes back to the engine; a status of 0 drops the connection, as where nobody answers."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Upstream:
    """A client that carries the key, and the address it asks."""

    client: httpx2.Client
    url: httpx2.URL

    def ask(self, body: bytes) -> _Response:
        import httpx2

        try:
            reply = self.client.post(self.url, content=body, headers={"Content-Type": "application/json"})
        except httpx2.TimeoutException:
            return _failure(504, "upstream gave no answer in time")
        except httpx2.HTTPError:
            return _Response(0)
        headers = {name: reply.headers[name] for name in _HANDED_ON if name in reply.headers}
        return _Response(reply.status_code, reply.content, headers)


class _Relay:
    """Answers requests from the store, else from upstream; the same request is asked there by one thread at a time."""

    def __init__(self, store: AnswerStore, upstream: _Upstream | None) -> None:
        self._store = store
        self._upstream = upstream
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def answer(self, data: bytes) -> _Response:
        try:
            body = json.loads(data)
        except (ValueError, RecursionError):
            body = None
        if not is_request(body):
            return _failure(400, "this is no chat-completion request")
        name = request_id(body)
        with self._lock:
            turn = self._turns[name]
        with turn:
            try:
                recorded = self._store.get(name)
            except DatasetError as error:
                self._store.note_problem(str(error))
                return _failure(500, f"the recorded answer {name} is damaged", _NO_RETRY)
            if recorded is not None:
                return _completion(name, recorded, body.get("model"))
            if self._upstream is not None:
                return self._recorded(name, self._upstream.ask(data))
        self._store.note_missing(name)
        return _failure(501, f"no answer is recorded for request {name}", _NO_RETRY)

    def _recorded(self, name: str, reply: _Response) -> _Response:
        """The reply itself, kept where it is an answer."""
        if reply.status == 200:
            try:
                self._store.put(name, _answer_in(reply.body))
            except DatasetError as error:
                self._store.note_problem(str(error))
        return reply


def _answer_in(data: bytes) -> Recorded:
    """What is kept of a completion; raises DatasetError where the reply is none."""
    try:
        body = json.loads(data.decode("utf-8", "replace"))
        choice = body["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        if content is not None and not isinstance(content, str):
            raise TypeError("an answer in parts")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        what = "What came from upstream as an answer is no chat completion with a text, so it was not kept."
        raise DatasetError(what, "Check the address and the model.") from None
    usage = body.get("usage")
    return Recorded(
        answer=_text(content),
        model=_text(body.get("model")),
        usage=usage if isinstance(usage, dict) else None,
        finish_reason=_text(choice.get("finish_reason")),
        refusal=_text(refusal) or None,
    )


def _text(value: Any) -> str | None:
    """A text with a question mark for each lone surrogate, which no file can hold; None for what is no text."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else None


def _completion(name: str, recorded: Recorded, model: Any) -> _Response:
    message = {"role": "assistant", "content": recorded.answer, "refusal": recorded.refusal}
    choice = {"index": 0, "message": message, "finish_reason": recorded.finish_reason, "logprobs": None}
    body: dict[str, Any] = {
        "id": f"chatcmpl-{name}",
        "object": "chat.completion",
        "created": 0,
        "model": recorded.model or model,
        "choices": [choice],
        "usage": recorded.usage,
    }
    return _Response(200, json.dumps(body).encode(), {"Content-Type": "application/json"})


def _failure(status: int, message: str, headers: Mapping[str, str] | None = None) -> _Response:
    error = {"message": message, "type": "recorded_answers", "param": None, "code": None}
    given = {"Content-Type": "application/json", **(headers or {})}
    return _Response(status, json.dumps({"error": error}).encode(), given)


def _handler(relay: _Relay, path: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._send(relay.answer(data) if self.path == path else _failure(404, "there is nothing here"))

        def _send(self, response: _Response) -> None:
            if not response.status:
                self.close_connection = True
                return
            try:
                self.send_response(response.status)
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(response.body)))
                self.end_headers()
                self.wfile.write(response.body)
            except OSError:
                self.close_connection = True  # The engine has stopped waiting.

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def _asking(base_url: str, api_key: SecretStr | None) -> Iterator[_Upstream]:
    import httpx2

    remedy = "Write it like https://api.openai.com/v1; the key and OPENAI_PROXY must be plain too."
    unusable = UsageError("What is to be asked for new answers is no address that can be used.", remedy)
    headers = {"Authorization": f"Bearer {api_key.get_secret_value()}"} if api_key is not None else {}
    proxy = os.environ.get("OPENAI_PROXY") or None
    try:
        web = urlsplit(base_url.strip())
        fine = web.scheme in ("http", "https") and bool(web.hostname)
        address = httpx2.URL(base_url.strip())
        url = address.copy_with(path=address.path.rstrip("/") + _PATH)
        client = httpx2.Client(headers=headers, timeout=UPSTREAM_TIMEOUT_S, proxy=proxy)
    except (ValueError, ImportError, httpx2.InvalidURL):
        raise unusable from None
    if not fine:
        raise unusable
    with client:
        yield _Upstream(client, url)


@contextmanager
def _past_proxies() -> Iterator[None]:
    """While this lasts, the environment names no proxy for 127.0.0.1."""
    before = {name: os.environ.get(name) for name in ("NO_PROXY", "no_proxy", "OPENAI_PROXY")}
    exempt = ",".join(filter(None, (before["no_proxy"] or before["NO_PROXY"], "127.0.0.1")))
    os.environ.update(NO_PROXY=exempt, no_proxy=exempt)
    os.environ.pop("OPENAI_PROXY", None)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
