"""What goes wrong between us and a server -> typed errors, each with what to do about it.

No error text holds the key or the conversation: a server's own words are quoted only where they say what is wrong with
a request, cut short and with the key struck out.
"""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import openai

from extractor.errors import (
    AnswerCutOffError,
    AnswerEmptyError,
    AnswerRefusedError,
    ContextOverflowError,
    EngineAuthError,
    EngineError,
    EngineRateLimitError,
    EngineRequestError,
    EngineServerError,
    EngineTimeoutError,
    EngineUnreachableError,
)

_OTHERWISE: Final = "or choose --engine local."
_SHORTER: Final = "Split the conversation, or choose a model with a larger window."
_OVERFLOW: Final = re.compile(
    r"context.?(length|window|size)|maximum context|too many (input )?tokens|prompt is too long|exceed\w* .{0,40}tokens"
    r"|input tokens exceed",
    re.IGNORECASE,
)
_FILTERED: Final = re.compile(r"content.?(filter|management|policy)", re.IGNORECASE)
_SECRET: Final = re.compile(r"\b(?:sk|key|lsv2)[-_][\w*.-]{6,}|\bBearer\s+\S+", re.IGNORECASE)
_QUOTED_CHARACTERS: Final = 160


@dataclass(frozen=True)
class Server:
    """Who was asked: what an error message may name. ``key`` is there to be struck out."""

    destination: str
    model: str
    timeout_s: float
    key: str

    def error(self, fault: Exception) -> EngineError:
        """The typed error for whatever the client raised; a fault of no known kind counts as no answer of the API."""
        if isinstance(fault, openai.APITimeoutError):
            what = f"{self.destination} gave no complete answer within {self.timeout_s:g} seconds."
            return EngineTimeoutError(what, "Try again later, or allow more time (openai_timeout).")
        if isinstance(fault, openai.APIConnectionError):
            return EngineUnreachableError(
                self._unreachable(fault), f"Check the address and the connection, {_OTHERWISE}"
            )
        if isinstance(fault, openai.APIStatusError):
            return self._status_error(fault.status_code, _body(fault))
        return EngineServerError(
            f"{self.destination} sent something that is no answer of its API.",
            f"Check the base URL (it usually ends in /v1), {_OTHERWISE}",
        )

    def _unreachable(self, fault: Exception) -> str:
        causes = _causes(fault)
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            return f"The certificate of {self.destination} cannot be verified."
        if any(isinstance(cause, httpx2.ConnectError) for cause in causes):
            return f"Nobody answers at {self.destination}."
        return f"The connection to {self.destination} was lost before an answer came."

    def _status_error(self, status: int, body: dict[str, Any]) -> EngineError:
        words = f"{body.get('code') or ''} {body.get('message') or ''}"
        if status in (401, 403):
            what = f"{self.destination} refused the key ({status})."
            return EngineAuthError(what, f"Check OPENAI_API_KEY and what it may be used for, {_OTHERWISE}")
        if status == 413 or (status in (400, 422) and _OVERFLOW.search(words)):
            return ContextOverflowError(f"The text does not fit the window of {self.model}.", _SHORTER)
        if status == 400 and _FILTERED.search(words):
            return refused("a content filter stopped the request")
        if status == 429:
            return self._rate_limit(words)
        if status == 408 or status == 504:
            what = f"{self.destination} ran out of time ({status})."
            return EngineTimeoutError(what, "Try again later.")
        if status >= 500:
            return EngineServerError(f"{self.destination} failed ({status}).", f"Try again later, {_OTHERWISE}")
        return self._request_error(status, body)

    def _rate_limit(self, words: str) -> EngineError:
        if "insufficient_quota" in words or "billing" in words:
            what = f"The account at {self.destination} has no quota left (429)."
            return EngineRateLimitError(what, f"Check its billing, {_OTHERWISE}")
        what = f"{self.destination} still says that there are too many requests (429)."
        return EngineRateLimitError(what, "Wait a few minutes and run again.")

    def _request_error(self, status: int, body: dict[str, Any]) -> EngineError:
        if 300 <= status < 400:
            what = f"{self.destination} redirects to another address ({status}), where no text is sent."
            return EngineRequestError(what, "Set the base URL to the address that answers itself.")
        if status == 404 or body.get("code") == "model_not_found":
            what = f"{self.destination} knows no model {self.model!r}, or no chat completions ({status})."
            return EngineRequestError(what, "Check the model's name and the base URL (it usually ends in /v1).")
        said = self._quoted(body.get("message"))
        what = f"{self.destination} does not accept the request ({status}){said}."
        return EngineRequestError(what, f"Choose a model that supports structured outputs, {_OTHERWISE}")

    def _quoted(self, message: object) -> str:
        """A server's own words in short, without the key and without anything that looks like one."""
        if not isinstance(message, str) or not message.strip():
            return ""
        text = " ".join("".join(c if c.isprintable() else " " for c in message).split())
        text = _SECRET.sub("[key]", text.replace(self.key, "[key]") if self.key else text)
        return f": {text[:_QUOTED_CHARACTERS].rstrip('. ')}"


def answer_fault(finish_reason: str | None, refusal: str | None, content: str, calls: bool) -> EngineError | None:
    """What is wrong with an answer before it is read, or None.

    ``refusal`` is the model's own refusal text, never quoted. ``calls`` is whether it asks for tools, which it has not.
    """
    if refusal:
        return refused("the model declined to answer")
    if finish_reason == "content_filter":
        return refused("a content filter stopped the answer")
    if finish_reason == "length":
        return AnswerCutOffError("The answer was cut off at its length limit.", "Allow longer answers.")
    if not content.strip():
        what = "The answer calls a tool and has no content." if calls else "The answer has no content."
        return AnswerEmptyError(what, "Run again, or choose another model.")
    return None


def refused(why: str) -> AnswerRefusedError:
    """The error of an answer that was declined, by the model or by a filter."""
    return AnswerRefusedError(f"There is no answer because {why}.", "Choose another model, or --engine local.")


def _causes(fault: BaseException) -> list[BaseException]:
    """The fault and everything that it came from, outermost first."""
    causes: list[BaseException] = []
    cause: BaseException | None = fault
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    return causes


def _body(fault: openai.APIStatusError) -> dict[str, Any]:
    """The error object of a response; the client has already taken it out of its ``error`` envelope."""
    return fault.body if isinstance(fault.body, dict) else {}
