"""One exchange with an OpenAI-compatible server: messages out, a plain answer back, every fault a typed error.

Built on LangChain's ``ChatOpenAI``. The schema goes out in ``extra_body``, so that the client neither parses nor raises
on its own: refusals, cut-off answers and broken JSON all come back as messages with their usage. Importing this module
imports langchain and openai, about a second; nothing imports it before a model is used.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import httpx2
import openai
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langsmith import tracing_context
from pydantic import SecretStr

from extractor.engines.faults import Server, answer_fault
from extractor.errors import EngineError, EngineSetupError
from extractor.records import Usage

_MESSAGES: Final[dict[str, type[BaseMessage]]] = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
# What the client and LangChain raise on an answer that is none; no code of ours runs where these are caught.
_FAULTS: Final = (openai.OpenAIError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
T = TypeVar("T")


@dataclass(frozen=True)
class Message:
    """``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    text: str


@dataclass(frozen=True)
class Reply:
    """An answer and what it cost. ``fault`` is what is wrong with it before its text is read, or None."""

    text: str
    usage: Usage
    fault: EngineError | None


@dataclass(frozen=True)
class Exchange:
    """Where and how to ask.

    ``timeout_s`` is the time limit of one attempt from connecting to the last byte, in seconds: a server that keeps
    sending a byte now and then does not get around it. ``max_retries`` attempts follow a rate limit, a server's
    failure or a lost connection; the waits between them are the server's ``Retry-After`` (two minutes at most) or
    half a second, doubling. Redirects are not followed, LangSmith's tracing and gateway are not used, and proxies are
    those of the environment.
    """

    model: str
    base_url: str
    destination: str
    api_key: SecretStr
    response_format: dict[str, Any]
    timeout_s: float
    max_retries: int
    max_output_tokens: int | None
    temperature: float | None

    def ask(self, messages: Sequence[Message]) -> Reply:
        """The model's answer; raises EngineError where there is none."""
        began = time.monotonic()
        answer = _run(self._answer([_MESSAGES[one.role](one.text) for one in messages]))
        usage = _usage(answer, time.monotonic() - began)
        text = str(answer.text)
        reason = answer.response_metadata.get("finish_reason")
        refusal = answer.additional_kwargs.get("refusal")
        calls = bool(answer.tool_calls or answer.invalid_tool_calls)
        return Reply(text, usage, answer_fault(reason, refusal, text, calls))

    @property
    def limits(self) -> tuple[int | None, int]:
        """The most tokens of input that LangChain's profile of the model names (None if it has none), and of output."""
        profile = self._chat(self._client()).profile or {}
        return profile.get("max_input_tokens"), profile.get("max_output_tokens") or 0

    async def _answer(self, messages: list[BaseMessage]) -> AIMessage:
        server = Server(self.destination, self.model, self.timeout_s, self.api_key.get_secret_value())
        async with self._client() as client:
            chat = self._chat(client)
            try:
                with tracing_context(enabled=False):
                    answer = await chat.ainvoke(messages)
            except _FAULTS as fault:
                raise server.error(fault) from None
        if not isinstance(answer, AIMessage):
            raise server.error(TypeError("no message came back"))
        return answer

    def _client(self) -> httpx2.AsyncClient:
        try:
            proxy = os.environ.get("OPENAI_PROXY") or None
            return _Client(self.timeout_s, follow_redirects=False, proxy=proxy)
        except (ValueError, ImportError, httpx2.InvalidURL):
            what = "The proxy that the environment names cannot be used."
            raise EngineSetupError(what, "Correct OPENAI_PROXY, HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.") from None

    def _chat(self, client: httpx2.AsyncClient) -> BaseChatModel:
        """The chat model. Address and key are always given, so that no variable in the environment replaces them."""
        given: dict[str, Any] = {"temperature": self.temperature, "max_tokens": self.max_output_tokens}
        chat: BaseChatModel = init_chat_model(
            self.model,
            model_provider="openai",
            base_url=self.base_url,
            api_key=self.api_key,
            timeout=self.timeout_s,
            max_retries=self.max_retries,
            http_async_client=client,
            openai_proxy=None,
            http_socket_options=(),
            use_responses_api=False,
            output_version="v0",
            streaming=False,
            cache=False,
            extra_body={"response_format": self.response_format},
            **{name: value for name, value in given.items() if value is not None},
        )
        return chat


class _Client(openai.DefaultAsyncHttpxClient):
    """A client that bounds each attempt as a whole; the library's own limits are for each single read."""

    def __init__(self, limit_s: float, **options: Any) -> None:
        super().__init__(**options)
        self._limit_s = limit_s

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        try:
            async with asyncio.timeout(self._limit_s):
                response = await super().send(request, **options)
                await response.aread()
                return response
        except TimeoutError:
            raise httpx2.ReadTimeout("the time limit has passed", request=request) from None


def _run(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine, also where the calling thread already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def _usage(answer: AIMessage, seconds: float) -> Usage:
    """The server's own token counts, zero where it gives none."""
    counts = answer.usage_metadata
    if counts is None:
        return Usage(calls=1, seconds=seconds)
    return Usage(
        calls=1,
        input_tokens=counts["input_tokens"],
        cached_tokens=counts.get("input_token_details", {}).get("cache_read") or 0,
        output_tokens=counts["output_tokens"],
        seconds=seconds,
    )
