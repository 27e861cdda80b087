"""A record's fields as a person writes them in one line each, and back."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

from extractor.records import Due, RecordType, Significance, Status
from extractor.review.fields import PEOPLE, due_of, person_id, several
from extractor.review.terminal.words import shown

if TYPE_CHECKING:
    from extractor.log.views import LogRecord, Record

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "decision": ("statement", "status", "decided_by", "owners", "due", "significance", "topic", "rationale"),
    "action_item": ("task", "owners", "due"),
    "open_question": ("question", "raised_by", "owners", "blocks", "missing_information"),
}
LABELS: Final = {
    "statement": "Statement",
    "task": "Task",
    "question": "Question",
    "status": "Status",
    "decided_by": "Decided by",
    "raised_by": "Raised by",
    "owners": "Owners",
    "due": "Due",
    "significance": "Significance",
    "topic": "Topic",
    "rationale": "Why",
    "blocks": "Blocks",
    "missing_information": "Not known",
}
HINTS: Final = {
    "status": ", ".join(get_args(Status)),
    "significance": ", ".join(get_args(Significance)),
    "decided_by": "names, parted by ;",
    "raised_by": "names, parted by ;",
    "owners": "names, parted by ;",
    "due": "2026-06-12, or words",
}
_DATED: Final = re.compile(r"(?P<text>.*\S)\s*\((?P<day>\d{4}-\d{2}-\d{2})\)", re.DOTALL)


def written(record: Record, people: Mapping[str, str], field: str) -> str:
    """The value of a field as a person writes it; nothing for what is not given."""
    value = getattr(record, field, None)
    if value is None:
        return ""
    if isinstance(value, Due):
        day = value.date.isoformat() if value.date else None
        return shown(value.text if day in (None, value.text) else f"{value.text} ({day})")
    if field in PEOPLE:
        return "; ".join(shown(people.get(one, one)) for one in value)
    return shown("; ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def values_of(known: LogRecord) -> dict[str, str]:
    """All fields of a record that the form has, as a person writes them."""
    return {field: written(known.record, known.people, field) for field in FIELDS[known.type]}


def parsed(people: Mapping[str, str], field: str, text: str) -> Any:
    """What a person wrote in a field, as an act takes it; raises UsageError for a name that may be several people's."""
    text = text.strip()
    if field in PEOPLE:
        return tuple(person_id(people, one) for one in several(text))
    if not text:
        return None
    if field != "due":
        return text
    dated = _DATED.fullmatch(text)
    with contextlib.suppress(ValueError):
        if dated is not None:
            return {"text": dated["text"], "date": dt.date.fromisoformat(dated["day"])}
    return due_of(text)


def changed(known: LogRecord, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a person wrote otherwise; what they left alone stays as it is, to the letter."""
    return {
        field: parsed(known.people, field, text)
        for field, text in after.items()
        if text.strip() != before[field].strip()
    }


def made(kind: RecordType, people: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a record that a person adds; empty ones are left out."""
    return {
        field: parsed(people, field, text) for field, text in typed.items() if text.strip() and field in FIELDS[kind]
    }


def differences(before: Record, after: Record, people: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Label, old and new value of each field of the form in which two wordings differ."""
    fields = [field for field in LABELS if hasattr(before, field) and hasattr(after, field)]
    pairs = [(LABELS[field], written(before, people, field), written(after, people, field)) for field in fields]
    return [(label, old, new) for label, old, new in pairs if old != new]
