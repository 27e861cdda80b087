"""Slack's API through ``slack_sdk``: pages, rate limits, retries, and refusals in words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from extractor.errors import FetchError, UsageError
from extractor.fetching.base import secret_of
from extractor.plan import SlackSource
from extractor.sources.values import mapping, mappings, string

if TYPE_CHECKING:
    from slack_sdk import WebClient

TIMEOUT_S = 30
MOST_RETRIES = 5
LONGEST_WAIT_S = 300
"""The longest ``Retry-After`` that is waited for; Slack's rate limits are counted by the minute."""

PAGE = 200
"""How many entries are asked for at once: what Slack recommends as the most."""

_WRONG_TOKEN = frozenset(
    """
    invalid_auth not_authed token_expired token_revoked account_inactive not_allowed_token_type
    org_login_required two_factor_setup_required ekm_access_denied access_denied
    """.split()
)
_PASSING = frozenset("ratelimited rate_limited internal_error fatal_error service_unavailable request_timeout".split())
_CODE = re.compile(r"[a-z_]+")
_REFUSALS = {
    "not_in_channel": ("the bot is not in it", "Invite the bot: write /invite @NAME in the channel."),
    "channel_not_found": ("there is none that the bot can see", "Correct the name or id, or invite the bot."),
}


class RefusedError(FetchError):
    """Slack refuses one request; others may be granted. ``reason`` is its own word for why."""

    reason: str = ""


class Api:
    """The requests to one workspace. Raises FetchError where Slack cannot be reached or the token is no good."""

    def __init__(self, source: SlackSource) -> None:
        self._source = source
        self._client = _client(source, secret_of(source, source.token_env, "a token"))

    def pages(self, method: str, key: str, **parameters: str) -> Iterator[dict[str, Any]]:
        """The entries under ``key`` of all pages of an answer.

        Raises RefusedError where Slack refuses this request, FetchError where it would refuse any.
        """
        seen: set[str] = set()
        cursor = ""
        while True:
            answer = self.ask(method, limit=str(PAGE), **parameters, **({"cursor": cursor} if cursor else {}))
            yield from mappings(answer.get(key))
            cursor = string(mapping(answer.get("response_metadata")).get("next_cursor"))
            if not cursor or cursor in seen:
                return
            seen.add(cursor)

    def ask(self, method: str, **parameters: str) -> dict[str, Any]:
        """One answer; raises as ``pages`` does."""
        from slack_sdk.errors import SlackApiError, SlackClientError

        try:
            return mapping(self._client.api_call(method, params=parameters).data)
        except SlackApiError as error:
            raise self._refusal(method, error) from None
        except (OSError, ValueError, HTTPException, SlackClientError) as error:
            what = f"Slack cannot be reached for the source {self._source.name} ({error})."
            raise FetchError(what, "Check the network and base_url.", transient=True) from None

    def _refusal(self, method: str, error: Any) -> FetchError:
        data = mapping(error.response.data)
        reason, status = string(data.get("error")), int(error.response.status_code)
        name, variable = self._source.name, self._source.token_env
        if reason in _WRONG_TOKEN:
            what = f"Slack refuses the token of the source {name} ({reason})."
            return FetchError(what, f"Put a valid bot token into {variable}.")
        if status == 429 or status >= 500 or reason in _PASSING or not _CODE.fullmatch(reason):
            what = f"Slack did not answer {method} for the source {name} (status {status}), nor when asked again."
            return FetchError(what, "Check base_url, and run it again later.", transient=True)
        if reason == "missing_scope":
            scope = string(data.get("needed")) or "another"
            what = f"The token in {variable} lacks the scope {scope}, which {method} needs."
            refused = RefusedError(what, "Add it under OAuth & Permissions, and install the app again.")
        else:
            why, remedy = _REFUSALS.get(reason, (reason, "See what Slack says of that error."))
            refused = RefusedError(f"Slack refuses {method}: {why}.", remedy)
        refused.reason = reason
        return refused


def _client(source: SlackSource, token: str) -> WebClient:
    try:
        from slack_sdk import WebClient
        from slack_sdk.http_retry import (
            ConnectionErrorRetryHandler,
            HttpResponse,
            RateLimitErrorRetryHandler,
            RetryHandler,
        )
    except ImportError:
        what = f"The source {source.name} needs a package that is not installed."
        raise UsageError(what, "Install it: pip install 'decisions[slack]'.") from None

    class BoundedRateLimit(RateLimitErrorRetryHandler):
        """Waits as Slack asks, unless it asks for longer than a night has."""

        def _can_retry(self, *, response: HttpResponse | None = None, **_: Any) -> bool:
            if response is None or response.status_code != 429:
                return False
            asked = next((value[0] for key, value in response.headers.items() if key.lower() == "retry-after"), "1")
            return asked.isdecimal() and int(asked) <= LONGEST_WAIT_S

    class ServerError(RetryHandler):
        """Tries again after every 5xx; the one of ``slack_sdk`` only after 500 and 503."""

        def _can_retry(self, *, response: HttpResponse | None = None, **_: Any) -> bool:
            return response is not None and 500 <= response.status_code < 600

    handlers = [
        BoundedRateLimit(max_retry_count=MOST_RETRIES),
        ServerError(max_retry_count=MOST_RETRIES),
        ConnectionErrorRetryHandler(max_retry_count=2, error_types=[OSError, HTTPException]),
    ]
    silent = logging.getLogger(__name__)
    silent.setLevel(logging.CRITICAL)
    return WebClient(token, source.base_url, timeout=TIMEOUT_S, retry_handlers=handlers, logger=silent)
