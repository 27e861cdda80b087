"""Records and labels as the one thing that both are where they are compared: a claim with people, dates and places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from extractor.records import ActionItem, Decision, Evidence, OpenQuestion, Status

_BESIDE: Final = frozenset({"rationale", "objected"})
"""Quotes of these roles say something about a record and not where it was made."""


@dataclass(frozen=True)
class Place:
    """Where a record was made: a turn, and the span of its quote in code points where it is known."""

    turn: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Item:
    """A record or a label. Fields that are None were not labelled; people are ids, or folded names of others."""

    id: str
    text: str
    places: tuple[Place, ...] = ()
    status: Status | None = None
    owners: frozenset[str] | None = None
    decided_by: frozenset[str] | None = None
    due: dt.date | None = None
    due_text: str | None = None
    due_labelled: bool = True
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def claim_of(record: Decision | ActionItem | OpenQuestion) -> str:
    """What a record says."""
    if isinstance(record, Decision):
        return record.statement
    return record.task if isinstance(record, ActionItem) else record.question


def places_of(evidence: Iterable[Evidence]) -> tuple[Place, ...]:
    """Where a record was made; quotes that give grounds or object count only where there are no others."""
    return tuple(Place(quote.turn, quote.start_char, quote.end_char) for quote in making(evidence))


def making(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The quotes that say where a record was made, or all where there are none of these."""
    quotes = list(evidence)
    return [quote for quote in quotes if quote.role not in _BESIDE] or quotes
