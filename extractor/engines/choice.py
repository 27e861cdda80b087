"""From an engine's name to the engine. Only the name chooses: nothing in the environment does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from extractor.drafts import Engine
from extractor.errors import UsageError
from extractor.settings import Settings, openai_key

if TYPE_CHECKING:
    from extractor.engines.connection import Connection

# OpenAI's model pages name it as the one to start with where cost and speed count; it supports structured outputs.
DEFAULT_OPENAI_MODEL: Final = "gpt-6-luna"


def make_engine(
    spec: str,
    *,
    base_url: str | None = None,
    api_key: SecretStr | None = None,
    timeout_s: float = 120.0,
    max_retries: int = 2,
    max_input_tokens: int | None = None,
    max_output_tokens: int | None = None,
    temperature: float | None = None,
    prompt: str = "extraction",
    threads: int | None = None,
) -> Engine:
    """The engine that ``spec`` names: ``local``, ``openai:MODEL``, or ``openai`` for the default model.

    ``threads`` is for ``local``, see there; the other keyword arguments are for language models. Raises UsageError for
    any other name and EngineSetupError where the engine cannot start.
    """
    model = language_model(spec)
    if model is None:
        from extractor.engines.local.engine import LocalEngine

        return LocalEngine(threads)
    from extractor.engines.llm import LanguageModelEngine

    return LanguageModelEngine(
        model,
        base_url=base_url,
        api_key=api_key,
        timeout_s=timeout_s,
        max_retries=max_retries,
        max_input_tokens=max_input_tokens,
        max_output_tokens=max_output_tokens,
        temperature=temperature,
        prompt=prompt,
    )


def engine_from(
    spec: str,
    settings: Settings,
    *,
    prompt: str = "extraction",
    api_key: SecretStr | None = None,
    threads: int | None = None,
) -> Engine:
    """The engine that ``spec`` names, with the settings in force; a key chooses nothing by being there.

    ``prompt`` names the prompt file of a language model; without ``api_key`` its key is that of the environment.
    """
    return make_engine(
        spec,
        base_url=settings.openai_base_url,
        api_key=api_key or openai_key(),
        timeout_s=settings.openai_timeout,
        max_retries=settings.openai_max_retries,
        max_input_tokens=settings.openai_max_input_tokens,
        prompt=prompt,
        threads=threads,
    )


def language_model(spec: str) -> str | None:
    """The model that ``spec`` names, None for ``local``; raises UsageError for any other name."""
    provider, colon, model = spec.strip().partition(":")
    if provider == "local" and not colon:
        return None
    if provider == "openai" and (model.strip() or not colon):
        return model.strip() or DEFAULT_OPENAI_MODEL
    raise UsageError(f"There is no engine {spec!r}.", "Choose local, openai, or openai:MODEL.")


def connection_from(spec: str, settings: Settings) -> Connection | None:
    """A connection to the model that ``spec`` names, with the settings in force; None for ``local``, which has none.

    Raises UsageError for a name that is no engine's and EngineSetupError where the connection cannot be made.
    """
    model = language_model(spec)
    if model is None:
        return None
    from extractor.engines.connection import connect

    return connect(
        model,
        base_url=settings.openai_base_url,
        api_key=openai_key(),
        timeout_s=settings.openai_timeout,
        max_retries=settings.openai_max_retries,
        max_input_tokens=settings.openai_max_input_tokens,
    )
