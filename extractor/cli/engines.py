"""Which engine runs: ``--engine``, then ``DECISIONS_ENGINE`` or ``decisions.toml``, else ``local``."""

from __future__ import annotations

from extractor.cli.console import Voice
from extractor.drafts import Engine
from extractor.engines.choice import make_engine
from extractor.settings import Settings, load_settings, openai_key


def chosen_engine(flag: str | None) -> Engine:
    """The engine to run: the flag's, else the settings'."""
    settings = load_settings()
    return engine_from(flag or settings.engine, settings)


def announce(engine: Engine, voice: Voice) -> None:
    """Says which engine runs and, whatever ``--quiet`` says, where it sends the text; before anything is sent."""
    name = f"{engine.info.name} ({engine.info.model}, {engine.info.version})"
    if engine.info.leaves_machine:
        voice.insist(f"Engine: {name}. The text is sent to {engine.destination}.")
    else:
        voice.say(f"Engine: {name}. Nothing leaves this machine.")


def engine_from(spec: str, settings: Settings) -> Engine:
    """The engine that ``spec`` names, with the settings in force; a key chooses nothing by being there."""
    return make_engine(
        spec,
        base_url=settings.openai_base_url,
        api_key=openai_key(),
        timeout_s=settings.openai_timeout,
        max_retries=settings.openai_max_retries,
        max_input_tokens=settings.openai_max_input_tokens,
    )
