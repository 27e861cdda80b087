"""What a person writes on the command line as a record's fields: ``owners=Ana Li; Ben``, ``due=2026-06-12``."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.log.views import LogRecord

PEOPLE: Final = frozenset({"owners", "decided_by", "raised_by"})
LISTS: Final = frozenset({"conditions", "flags"})
_HOW: Final = "Write it as FIELD=VALUE, for example status=tentative."


def changes_of(known: LogRecord, written: Iterable[str]) -> dict[str, Any]:
    """The changes as ``reviewing.edit`` takes them; raises UsageError for what is no change of a field.

    A name becomes the id of the person in the record's conversation who bears it; one that nobody there bears stands
    for itself. A value that begins with a bracket or a brace is JSON.
    """
    changes: dict[str, Any] = {}
    for part in written:
        name, mark, value = part.partition("=")
        name, value = name.strip().replace("-", "_"), value.strip()
        if not mark or not name:
            raise UsageError(f"{part} is no change of a field.", _HOW)
        if name in changes:
            raise UsageError(f"The field {name} is named twice.", "Name it once.")
        changes[name] = _value(known, name, value)
    return changes


def _value(known: LogRecord, name: str, value: str) -> Any:
    if value.startswith(("[", "{")):
        return _json(name, value)
    if name in PEOPLE:
        return tuple(_person(known, one) for one in _several(value))
    if name in LISTS:
        return tuple(_several(value))
    if not value:
        return () if isinstance(getattr(known.record, name, None), tuple) else None
    return _due(value) if name == "due" else value


def _json(name: str, value: str) -> Any:
    import json

    try:
        return json.loads(value)
    except ValueError as error:
        raise UsageError(f"{name} begins like JSON, but is none: {error}.", "Correct it.") from None


def _several(value: str) -> list[str]:
    return [one.strip() for one in value.split(";") if one.strip()]


def _person(known: LogRecord, written: str) -> str:
    key = written.casefold()
    exact = [one for one, name in known.people.items() if key in (one.casefold(), name.casefold())]
    part = exact or [one for one, name in known.people.items() if key in name.casefold().split()]
    if len(part) > 1:
        names = ", ".join(known.people[one] for one in part)
        raise UsageError(f"{written} may be any of {names}.", "Write more of the name.")
    return part[0] if part else written


def _due(value: str) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        return {"text": value, "date": dt.date.fromisoformat(value)}
    return {"text": value, "date": None}
