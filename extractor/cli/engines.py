"""Which engine runs: ``--engine``, then ``DECISIONS_ENGINE`` or ``decisions.toml``, else ``local``."""

from __future__ import annotations

from typing import Protocol

from extractor.cli.console import Voice
from extractor.drafts import Engine
from extractor.engines.choice import engine_from
from extractor.records import EngineInfo
from extractor.settings import load_settings


def chosen_engine(flag: str | None) -> Engine:
    """The engine to run: the flag's, else the settings'."""
    settings = load_settings()
    return engine_from(flag or settings.engine, settings)


class Announced(Protocol):
    """What says of itself where it sends the text: an engine, and what runs one elsewhere."""

    @property
    def info(self) -> EngineInfo: ...

    @property
    def destination(self) -> str | None: ...


def announce(engine: Announced, voice: Voice) -> None:
    """Says which engine runs and, whatever ``--quiet`` says, where it sends the text; before anything is sent."""
    name = f"{engine.info.name} ({engine.info.model}, {engine.info.version})"
    if engine.info.leaves_machine or engine.destination is not None:
        voice.insist(f"Engine: {name}. The text is sent to {engine.destination}.")
    else:
        voice.say(f"Engine: {name}. Nothing leaves this machine.")
