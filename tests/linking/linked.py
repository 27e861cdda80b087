"""Records for the tests of linking: invented, small, and easy to change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from extractor.linking.sides import Quote, Side
from extractor.records import RecordType

DAY = dt.date(2026, 3, 2)


def side(text: str, *, number: int = 1, type: RecordType = "decision", **changes: Any) -> Side:
    """A record of conversation ``number``, held a week after the one before it."""
    given: dict[str, Any] = {
        "id": f"{type[0]}-{number:016}",
        "conversation": f"c{number}",
        "status": "decided" if type == "decision" else None,
        "said_on": DAY + dt.timedelta(days=7 * number),
        "quotes": (Quote("accepted", "Anna Berg", text),),
        "title": f"Tile round {number}",
        "series": "Tile round",
    }
    return Side(type=type, text=text, **{**given, **changes})


def decision(text: str, number: int = 1, **changes: Any) -> Side:
    return side(text, number=number, **changes)


def task(text: str, number: int = 1, **changes: Any) -> Side:
    return side(text, number=number, type="action_item", **changes)


def question(text: str, number: int = 1, **changes: Any) -> Side:
    return side(text, number=number, type="open_question", **changes)
