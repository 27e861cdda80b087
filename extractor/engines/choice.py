"""From an engine's name to the engine. Only the name chooses: nothing in the environment does."""

from __future__ import annotations

from typing import Final

from pydantic import SecretStr

from extractor.drafts import Engine
from extractor.errors import UsageError
from extractor.settings import Settings, openai_key

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
) -> Engine:
    """The engine that ``spec`` names: ``local``, ``openai:MODEL``, or ``openai`` for the default model.

    The keyword arguments are for language models; ``local`` needs none. Raises UsageError for any other name and
    EngineSetupError where the engine cannot start.
    """
    provider, colon, model = spec.strip().partition(":")
    if provider == "local" and not colon:
        from extractor.engines.local.engine import LocalEngine

        return LocalEngine()
    if provider == "openai" and (model.strip() or not colon):
        from extractor.engines.llm import LanguageModelEngine

        return LanguageModelEngine(
            model.strip() or DEFAULT_OPENAI_MODEL,
            base_url=base_url,
            api_key=api_key,
            timeout_s=timeout_s,
            max_retries=max_retries,
            max_input_tokens=max_input_tokens,
            max_output_tokens=max_output_tokens,
            temperature=temperature,
            prompt=prompt,
        )
    raise UsageError(f"There is no engine {spec!r}.", "Choose local, openai, or openai:MODEL.")


def engine_from(spec: str, settings: Settings, *, prompt: str = "extraction") -> Engine:
    """The engine that ``spec`` names, with the settings in force; a key chooses nothing by being there.

    ``prompt`` names the prompt file of a language model.
    """
    return make_engine(
        spec,
        base_url=settings.openai_base_url,
        api_key=openai_key(),
        timeout_s=settings.openai_timeout,
        max_retries=settings.openai_max_retries,
        max_input_tokens=settings.openai_max_input_tokens,
        prompt=prompt,
    )
