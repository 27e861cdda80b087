"""The digest by HTTP POST: Slack's incoming webhook, or the digest's own JSON to any server.

Redirects are not followed: an address that moved is to be changed by a person, and what is sent goes to no other host
than the one that was named. Proxies are those of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), as elsewhere;
certificates are checked against the system's, or against SSL_CERT_FILE.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import time
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2

from extractor import __version__
from extractor.delivery.targets import Patience, secret
from extractor.errors import DeliveryError, SettingsError
from extractor.plan import WebhookTarget
from extractor.reports.digest.model import Digest
from extractor.reports.digest.page import cut
from extractor.reports.digest.slack import as_slack
from extractor.reports.digest.written import as_json

_AGAIN: Final = frozenset({408, 425, 429})
_READ_BYTES: Final = 4_096
_QUOTED_CHARACTERS: Final = 80


@dataclass(frozen=True)
class _Answer:
    """``retry_after_s`` is None where the server does not say."""

    status: int
    retry_after_s: float | None
    text: str


def post(digest: Digest, hook: WebhookTarget, key: str, patience: Patience) -> None:
    """Sends the digest; ``key`` is the Idempotency-Key. Raises DeliveryError where no attempt was answered with 2xx.

    Not for a thread that runs an event loop.
    """
    url = address_of(hook)
    text = as_json(digest) if hook.kind == "json" else json.dumps(as_slack(digest))
    headers = {
        "Accept-Encoding": "identity",
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"decisions/{__version__}",
    }
    if hook.kind == "json":
        headers["Idempotency-Key"] = key
    request = _Request(url, text.encode("utf-8"), headers, repeatable=hook.kind == "json")
    for number in range(1, patience.attempts + 1):
        wait = request.attempt(patience, number)
        if wait is None:
            return
        time.sleep(wait)


def address_of(hook: WebhookTarget) -> httpx2.URL:
    """The webhook's address; raises SettingsError where its variable is not set or holds none."""
    where = hook.url_env or "digest.webhooks.url in decisions.toml"
    text = secret(hook.url_env, "the address of a webhook") if hook.url_env is not None else (hook.url or "")
    try:
        url = httpx2.URL(text)
        fine = url.scheme in ("http", "https") and bool(url.host)
    except (httpx2.InvalidURL, ValueError, TypeError):
        fine = False
    if not fine:
        raise SettingsError(f"{where} holds no web address.", "Copy it again; it begins with https://.")
    return url


def place_of(url: httpx2.URL) -> str:
    """Scheme, host and port: what may be shown of an address whose path is a secret."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}" + (f":{url.port}" if url.port is not None else "")


@dataclass(frozen=True)
class _Request:
    """``repeatable`` is whether the server can tell a repeat: then an answer that did not come is asked for again."""

    url: httpx2.URL
    body: bytes
    headers: dict[str, str]
    repeatable: bool

    def attempt(self, patience: Patience, number: int) -> float | None:
        """Seconds to wait before the next attempt, None where this one was taken. Raises DeliveryError."""
        backoff = patience.first_wait_s * 2.0 ** (number - 1)
        last = number >= patience.attempts
        try:
            answer = asyncio.run(self._ask(patience.limit_s))
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as fault:
            error = self._unreachable(fault)
            if last or not error.transient:
                raise error from None
            return backoff
        except (httpx2.TransportError, TimeoutError):
            if last or not self.repeatable:
                raise self._unanswered(patience.limit_s) from None
            return backoff
        if 200 <= answer.status < 300:
            return None
        wait = backoff if answer.retry_after_s is None else answer.retry_after_s
        if last or wait > patience.longest_wait_s or not _may_change(answer.status):
            raise self._refused(answer)
        return wait

    async def _ask(self, limit_s: float) -> _Answer:
        try:
            client = httpx2.AsyncClient(follow_redirects=False, timeout=limit_s)
        except (ValueError, ImportError, httpx2.InvalidURL):
            what = "The proxy that the environment names cannot be used."
            raise SettingsError(what, "Correct HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.") from None
        sent = client.stream("POST", self.url, content=self.body, headers=self.headers)
        async with asyncio.timeout(limit_s), client, sent as response:
            after = _seconds(response.headers.get("Retry-After"))
            if response.status_code < 300:
                return _Answer(response.status_code, after, "")
            async with aclosing(response.aiter_raw(_READ_BYTES)) as parts:
                head = await anext(parts, b"")
            return _Answer(response.status_code, after, head.decode("utf-8", "replace"))

    def _unreachable(self, fault: Exception) -> DeliveryError:
        cause: BaseException | None = fault
        while cause is not None and not isinstance(cause, ssl.SSLError):
            cause = cause.__cause__ or cause.__context__
        if cause is not None:
            what = f"The certificate or encryption of {place_of(self.url)} is not to be trusted."
            return DeliveryError(what, "Check the address, and name your own authority with SSL_CERT_FILE.")
        what = f"Nobody answers at {place_of(self.url)}."
        return DeliveryError(what, "Check the address, the connection and the proxy.", transient=True)

    def _unanswered(self, limit_s: float) -> DeliveryError:
        what = f"{place_of(self.url)} gave no complete answer within {limit_s:g} seconds."
        return DeliveryError(what, "The digest may have arrived; the next run sends it again.", transient=True)

    def _refused(self, answer: _Answer) -> DeliveryError:
        place, status = place_of(self.url), answer.status
        if 300 <= status < 400:
            return DeliveryError(
                f"{place} answered with a redirect ({status}), which is not followed.", "Give the address it moved to."
            )
        if _may_change(status):
            what = f"{place} would not take the digest now ({status})."
            return DeliveryError(what, "The next run sends it again.", transient=True)
        said = self._said(answer.text)
        return DeliveryError(f"{place} refused the digest ({status}{said}).", "Check the webhook's address and rights.")

    def _said(self, text: str) -> str:
        """A server's own short word, as Slack's ``no_service``; nothing where it might repeat the address."""
        word = cut(text, _QUOTED_CHARACTERS)
        parts = re.split(r"[/?&=]", self.url.raw_path.decode("ascii", "replace"))
        known = any(part in text for part in parts if len(part) > 3)
        return "" if known or not word or "<" in word else f", {word}"


def _may_change(status: int) -> bool:
    return status in _AGAIN or status >= 500


def _seconds(text: str | None) -> float | None:
    """A ``Retry-After`` in seconds, from a number or a date (RFC 9110, 10.2.3)."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)
