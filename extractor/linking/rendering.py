"""Records as text for a language model: a head, what is known of it, and its quotes, each on a line of its own.

All of it is made by code from fields that are put on one line, so that no words of a record can pass for another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from extractor.engines.rendering import one_line
from extractor.linking.sides import Quote, Side

TEXT_CHARACTERS: Final = 1_000
QUOTE_CHARACTERS: Final = 600
NAMES: Final = {"decision": "decision", "action_item": "action item", "open_question": "open question"}


def record_lines(side: Side) -> list[str]:
    """A record without the line that names it: its text, what is known of it, its quotes numbered from 1."""
    lines = [f"  text: {one_line(side.text, TEXT_CHARACTERS)}", *facts(side)]
    return lines + quote_lines(side.quotes)


def facts(side: Side) -> list[str]:
    """What is known of a record, a line for each fact that there is."""
    known = (
        ("said on", side.said_on.isoformat() if side.said_on else ""),
        ("in", _where(side)),
        ("status", side.status or ""),
        ("topic", side.topic or ""),
        ("decided by", _names(side.decided_by)),
        ("owners", _names(side.owners)),
        ("due", side.due.isoformat() if side.due else ""),
    )
    return [f"  {name}: {one_line(value, QUOTE_CHARACTERS)}" for name, value in known if value]


def quote_lines(quotes: Iterable[Quote]) -> list[str]:
    """``  quote 1 (accepted, Anna): text``"""
    lines = []
    for number, quote in enumerate(quotes, 1):
        who = f", {one_line(quote.speaker)}" if quote.speaker else ""
        lines.append(f"  quote {number} ({quote.role}{who}): {one_line(quote.text, QUOTE_CHARACTERS)}")
    return lines


def _where(side: Side) -> str:
    series = f" (series {one_line(side.series)})" if side.series else ""
    return f"{one_line(side.title)}{series}".strip()


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(one_line, names))
