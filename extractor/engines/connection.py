"""Which language model is asked, where, and with which limits: checked once, before any text is sent."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from extractor.errors import EngineSetupError

if TYPE_CHECKING:
    from extractor.engines.exchange import Exchange

DEFAULT_BASE_URL: Final = "https://api.openai.com/v1"
DEFAULT_INPUT_TOKENS: Final = 100_000
LARGEST_INPUT_TOKENS: Final = 200_000


@dataclass(frozen=True)
class Connection:
    """A language model behind an OpenAI-compatible API.

    ``timeout_s`` bounds one attempt, ``max_retries`` the attempts after the first. ``max_input_tokens`` bounds one
    call's input, estimated at three bytes a token. No temperature is sent unless one is given, since reasoning models
    refuse it.
    """

    model: str
    base_url: str
    api_key: SecretStr
    timeout_s: float = 120.0
    max_retries: int = 2
    max_input_tokens: int | None = None
    max_output_tokens: int | None = None
    temperature: float | None = None

    @property
    def destination(self) -> str:
        """The base URL that the text is sent to, without any user name or password in it."""
        parts = urlsplit(self.base_url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()

    def exchange(self, response_format: dict[str, Any]) -> Exchange:
        """What asks for answers in this format; raises EngineSetupError where the client cannot be imported."""
        try:
            from extractor.engines.exchange import Exchange
        except ImportError as error:
            what = f"The package {error.name} cannot be imported."
            raise EngineSetupError(what, "Install decisions again, or choose --engine local.") from error
        return Exchange(
            model=self.model,
            base_url=self.base_url,
            destination=self.destination,
            api_key=self.api_key,
            response_format=response_format,
            timeout_s=self.timeout_s,
            max_retries=self.max_retries,
            max_output_tokens=self.max_output_tokens,
            temperature=self.temperature,
        )

    def input_limit(self, exchange: Exchange) -> int:
        """Estimated tokens that one call may send.

        Without ``max_input_tokens`` the model's published window less its longest answer counts, at most 200,000, and
        100,000 for a model that is not known.
        """
        if self.max_input_tokens is not None:
            return self.max_input_tokens
        known, answer = exchange.limits
        return min(max(known - answer, known // 2), LARGEST_INPUT_TOKENS) if known else DEFAULT_INPUT_TOKENS


def connect(
    model: str,
    *,
    base_url: str | None = None,
    api_key: SecretStr | None = None,
    timeout_s: float = 120.0,
    max_retries: int = 2,
    max_input_tokens: int | None = None,
    max_output_tokens: int | None = None,
    temperature: float | None = None,
) -> Connection:
    """A checked connection; nothing is sent yet.

    ``api_key`` and ``base_url`` fall back to OPENAI_API_KEY and to OPENAI_BASE_URL or OPENAI_API_BASE. Raises
    EngineSetupError without a key, with one that no header can carry, or with a base URL that is none.
    """
    address = base_url or _environment("OPENAI_BASE_URL", "OPENAI_API_BASE") or DEFAULT_BASE_URL
    return Connection(
        model=model,
        base_url=_checked_url(address),
        api_key=_checked_key(api_key.get_secret_value() if api_key else _environment("OPENAI_API_KEY")),
        timeout_s=timeout_s,
        max_retries=max_retries,
        max_input_tokens=max_input_tokens,
        max_output_tokens=max_output_tokens,
        temperature=temperature,
    )


def _environment(*names: str) -> str | None:
    return next((value for name in names if (value := os.environ.get(name, "").strip())), None)


def _checked_key(key: str | None) -> SecretStr:
    key = (key or "").strip()
    if not key:
        raise EngineSetupError("No key is set for openai.", "Set OPENAI_API_KEY, or choose --engine local.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise EngineSetupError("The key for openai holds characters that no key has.", "Copy it again, without quotes.")
    return SecretStr(key)


def _checked_url(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise EngineSetupError("The base URL for openai is not a web address.", f"Write it like {DEFAULT_BASE_URL}.")
    return url
