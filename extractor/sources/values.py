"""Values of parsed JSON as what they should be, whatever an export puts there; nothing here raises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from extractor.sources.decoding import whole_characters

_LATEST_S = 253402300799.0


def string(value: object) -> str:
    """A string with lone surrogates replaced; empty for anything that is no string."""
    return whole_characters(value) if isinstance(value, str) else ""


def strings(value: object) -> list[str]:
    """The strings of a list."""
    return [whole_characters(each) for each in value if isinstance(each, str)] if isinstance(value, list) else []


def mapping(value: object) -> dict[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects of a list; empty for anything that is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def number(value: object) -> float | None:
    """A finite number, also one that is written as a string."""
    if isinstance(value, bool):
        return None
    try:
        found = float(value) if isinstance(value, (int, float, str)) else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and abs(found) < float("inf") else None


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
