"""What tests of fetching share: the items of a source by key, and what is said in one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from extractor.conversation import Conversation
from extractor.fetching import Item, Unlisted, items
from extractor.plan import PlannedSource

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n<v Ana Li>{}\n\n00:00:20.000 --> 00:00:25.000\n<v Ben Ode>Agreed.\n"
CHAT = "00:00:10\tMira Sol:\tI am for it.\n"

_PLANNED: TypeAdapter[Any] = TypeAdapter(PlannedSource)


def planned(**settings: Any) -> PlannedSource:
    """A source as ``decisions.toml`` would give it."""
    source: PlannedSource = _PLANNED.validate_python(settings)
    return source


def listed(base: Path, **settings: Any) -> list[Item | Unlisted]:
    return list(items(planned(**settings), base))


def found(base: Path, **settings: Any) -> dict[str, Item]:
    """The items by key, none of which may be unlisted."""
    everything = listed(base, **settings)
    unlisted = [each for each in everything if isinstance(each, Unlisted)]
    assert unlisted == []
    return {each.origin: each for each in everything if isinstance(each, Item)}


def unlisted(base: Path, **settings: Any) -> list[Unlisted]:
    return [each for each in listed(base, **settings) if isinstance(each, Unlisted)]


def versions(items: dict[str, Item]) -> dict[str, str]:
    return {origin: item.version for origin, item in items.items()}


def conversations(item: Item) -> list[Conversation]:
    readings = item.read()
    assert [reading.error for reading in readings if reading.error] == []
    return [conversation for reading in readings for conversation in reading.conversations]


def conversation(item: Item) -> Conversation:
    (only,) = conversations(item)
    return only


def said(item: Item) -> list[str]:
    return [turn.text for each in conversations(item) for turn in each.turns]
