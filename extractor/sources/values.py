"""Values of parsed JSON as what they should be, whatever an export puts there; nothing here raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from extractor.sources.decoding import whole_characters

MILLISECOND = 0.001
"""The unit of times that are counted in milliseconds, in seconds."""

_LATEST_S = 253402300799.0


def string(value: object) -> str:
    """A string with lone surrogates replaced; empty for anything that is no string."""
    return whole_characters(value) if isinstance(value, str) else ""


def strings(value: object) -> list[str]:
    """The strings of a list."""
    return [whole_characters(each) for each in value if isinstance(each, str)] if isinstance(value, list) else []


def id_of(value: object) -> str:
    """An id as a string, also where it was written as a number; empty for anything that is none."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else string(value).strip()


def mapping(value: object) -> dict[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects of a list; empty for anything that is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def by_id(rows: object) -> dict[str, dict[str, Any]]:
    """The objects of a list that have an ``id``, by it."""
    return {row_id: row for row in mappings(rows) if (row_id := id_of(row.get("id")))}


def number(value: object) -> float | None:
    """A finite number, also one that is written as a string."""
    if isinstance(value, bool):
        return None
    try:
        found = float(value) if isinstance(value, (int, float, str)) else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and abs(found) < float("inf") else None


def json_in(value: object) -> Any:
    """What a string says as JSON; None where it is none."""
    try:
        return json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return None


def moment(value: object) -> datetime | None:
    """An ISO 8601 time stamp; without a zone where it names none."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def epoch(value: object, unit: float = 1.0) -> datetime | None:
    """A count of units of ``unit`` seconds since 1970, as a number or a string, in UTC."""
    count = number(value)
    seconds = count * unit if count is not None else None
    if seconds is None or not 0 <= seconds <= _LATEST_S:
        return None
    return datetime.fromtimestamp(seconds, UTC)
