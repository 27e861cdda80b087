"""What a person writes as a record's fields: ``owners=Ana Li; Ben``, ``due=2026-06-12``; names of people for ids."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.log.views import LogRecord, Record

PEOPLE: Final = frozenset({"owners", "decided_by", "raised_by"})
LISTS: Final = frozenset({"conditions", "flags"})
_HOW: Final = "Write it as FIELD=VALUE, for example status=tentative."


def changes_of(known: LogRecord, written: Iterable[str]) -> dict[str, Any]:
    """The changes as ``reviewing.edit`` takes them; raises UsageError for what is no change of a field.

    A name becomes the id of the person in the record's conversation who bears it; one that nobody there bears stands
    for itself. A value that begins with a bracket or a brace is JSON.
    """
    return fields_of(known.people, written, known.record)


def fields_of(people: Mapping[str, str], written: Iterable[str], record: Record | None = None) -> dict[str, Any]:
    """As ``changes_of``, of a record that is still to be made; ``people`` are names by their ids in a conversation."""
    changes: dict[str, Any] = {}
    for part in written:
        name, mark, value = part.partition("=")
        name, value = name.strip().replace("-", "_"), value.strip()
        if not mark or not name:
            raise UsageError(f"{part} is no change of a field.", _HOW)
        if name in changes:
            raise UsageError(f"The field {name} is named twice.", "Name it once.")
        changes[name] = _value(people, record, name, value)
    return changes


def named(known: LogRecord, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with the ids of people in the place of their names; raises UsageError for a name that may be several's."""
    return with_ids(known.people, fields)


def with_ids(people: Mapping[str, str], fields: Mapping[str, Any]) -> dict[str, Any]:
    """As ``named``, where ``people`` are names by their ids in a conversation."""
    return {name: _with_ids(people, name, value) for name, value in fields.items()}


def _with_ids(people: Mapping[str, str], name: str, value: Any) -> Any:
    if name in PEOPLE and isinstance(value, list | tuple):
        return tuple(person_id(people, str(one)) for one in value if str(one).strip())
    if name == "roles" and isinstance(value, Mapping):
        return {
            role: [person_id(people, str(one)) for one in those] if isinstance(those, list | tuple) else those
            for role, those in value.items()
        }
    return value


def _value(people: Mapping[str, str], record: Record | None, name: str, value: str) -> Any:
    if value.startswith(("[", "{")):
        return _json(name, value)
    if name in PEOPLE:
        return tuple(person_id(people, one) for one in several(value))
    if name in LISTS:
        return tuple(several(value))
    if not value:
        return () if isinstance(getattr(record, name, None), tuple) else None
    return due_of(value) if name == "due" else value


def _json(name: str, value: str) -> Any:
    import json

    try:
        return json.loads(value)
    except ValueError as error:
        raise UsageError(f"{name} begins like JSON, but is none: {error}.", "Correct it.") from None


def several(value: str) -> list[str]:
    """The parts of what is separated by semicolons."""
    return [one.strip() for one in value.split(";") if one.strip()]


def person_id(people: Mapping[str, str], written: str) -> str:
    """The id of the person who is meant, among names by their ids; who is none of them stands for themself."""
    written = written.strip()
    key = written.casefold()
    exact = [one for one, name in people.items() if key in (one.casefold(), name.casefold())]
    part = exact or [one for one, name in people.items() if key in name.casefold().split()]
    if len(part) > 1:
        names = ", ".join(people[one] for one in part)
        raise UsageError(f"{written} may be any of {names}.", "Write more of the name.")
    return part[0] if part else written


def due_of(value: str) -> dict[str, Any]:
    """A due date as written, with the day where it is written as one: ``2026-06-12``."""
    with contextlib.suppress(ValueError):
        return {"text": value, "date": dt.date.fromisoformat(value)}
    return {"text": value, "date": None}
