"""What a reviewer must know of a record, in labelled lines: the same on the screen and in plain text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from extractor.records import Decision, OpenQuestion
from extractor.review.terminal.form import LABELS, differences, written
from extractor.review.terminal.words import KINDS, STATES, TYPES, short, whole

if TYPE_CHECKING:
    from extractor.log.views import LogRecord
    from extractor.review.queue import Item
    from extractor.review.terminal.session import Suggested

Labelled = tuple[str, str]
UNSAID: Final = "not said"
BRIEF: Final = frozenset({"Status", "Owners", "Decided by", "Raised by", "Due", "Significance", "Topic", "Assigned to"})
"""Labels of what is mostly said in a word or two: on a screen several stand in one line."""


def kind_of(record: LogRecord) -> str:
    return TYPES[record.type]


def state_of(item: Item, said: str | None) -> str:
    """Where the record stands: ``waits for review``, ``approved by you``, ``rejected``."""
    if said:
        return f"{said} by you"
    record = item.record
    if record.closed_at is not None:
        return "done" if record.type == "action_item" else "answered"
    if record.state == "proposed" and item.approvals:
        return f"approved by {', '.join(short(one, 60) for one in item.approvals)}, another reviewer is needed"
    return STATES[record.state]


def lines_of(item: Item, suggested: Suggested, conflicts: Sequence[LogRecord]) -> list[Labelled]:
    """The lines of a record after its sentence, label and text, in a fixed order."""
    record = item.record
    at_odds = {other.id for other in conflicts}
    lines = [*_facts(record), *_queue(item, conflicts), *_suggestions(record, suggested, at_odds)]
    lines.append(("Meeting", _meeting(record)))
    return [(label, whole(text)) for label, text in lines]


def _facts(record: LogRecord) -> Iterator[Labelled]:
    body, people = record.record, record.people
    if isinstance(body, Decision):
        yield "Status", body.status
        yield "Owners", written(body, people, "owners") or UNSAID
        yield "Decided by", written(body, people, "decided_by") or UNSAID
        yield "Due", written(body, people, "due") or UNSAID
        yield from _given(record, "significance", "topic", "rationale")
        if body.conditions:
            yield "On condition", "; ".join(body.conditions)
        if body.alternatives:
            yield "Instead of", "; ".join(one.option for one in body.alternatives)
        objected = [one.person for one in body.agreement if one.stance == "objected"]
        if objected:
            yield "Objected", "; ".join(record.names(objected))
        return
    if isinstance(body, OpenQuestion):
        yield from _given(record, "raised_by")
    yield "Owners", written(body, people, "owners") or UNSAID
    if isinstance(body, OpenQuestion):
        yield from _given(record, "blocks", "missing_information")
    else:
        yield "Due", written(body, people, "due") or UNSAID


def _given(record: LogRecord, *fields: str) -> Iterator[Labelled]:
    for field in fields:
        if value := written(record.record, record.people, field):
            yield LABELS[field], value


def _queue(item: Item, conflicts: Sequence[LogRecord]) -> Iterator[Labelled]:
    if item.reasons:
        yield "Look closely", "; ".join(item.reasons)
    for other in conflicts:
        yield "Conflicts with", f"{other.text} ({day_of(other)}, {STATES[other.state]}, {other.id})"
    if item.assignee:
        yield "Assigned to", item.assignee


def _suggestions(record: LogRecord, suggested: Suggested, told: Collection[str]) -> Iterator[Labelled]:
    for link, other in suggested.links:
        what = "that one" if other.id in told else f"{other.text} ({day_of(other)})"
        yield "Perhaps", f"it {KINDS[link.kind]} {what}; s says so"
    for revision in suggested.revisions:
        changed = differences(record.record, revision.proposed, record.people)
        what = "; ".join(f"{label}: {new or 'nothing'}" for label, _, new in changed) or "other words as proof"
        yield "Read again as", f"{what} ; v decides"


def _meeting(record: LogRecord) -> str:
    return ", ".join(part for part in (whole(record.title, 300), day_of(record)) if part)


def day_of(record: LogRecord) -> str:
    """The day it was said, in words."""
    return record.said_on.isoformat() if record.said_on else "no date"
