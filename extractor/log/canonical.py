"""One way to write JSON and moments, so that equal values are equal bytes in every log."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final, TypeVar

from extractor.conversation import Model
from extractor.index.model import storable

M = TypeVar("M", bound=Model)
_NUL: Final = "\\u0000"


def to_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no blanks, characters as they are; what no database holds becomes U+FFFD."""
    text = _dumped(value)
    return storable(_dumped(storable_value(value)) if _NUL in text else text)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def storable_value(value: Any) -> Any:
    """A value with all texts in it as a database can hold them; NUL too, which comes back out of JSON."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable_value(key): storable_value(one) for key, one in value.items()}
    return type(value)(map(storable_value, value)) if isinstance(value, list | tuple) else value


def storable_model(model: M) -> M:
    """A model with all texts in it as a database can hold them; none changes its length."""
    value = model.model_dump()
    changed = storable_value(value)
    return model if changed == value else type(model).model_validate(changed)


def moment(at: dt.datetime) -> str:
    """``2026-03-04T09:00:00.000000Z``; a moment without a zone is taken as UTC."""
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parsed_moment(text: str) -> dt.datetime:
    """The moment that ``moment`` wrote, in UTC."""
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def day_of(when: dt.datetime | dt.date | None) -> str | None:
    """The day of a moment as people there count days, or of a date; None for None."""
    if when is None:
        return None
    return (when.date() if isinstance(when, dt.datetime) else when).isoformat()
