"""The inbox: what waits for a reviewer, and the chosen record with its transcript beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from extractor.records import ActionItem, Decision, OpenQuestion, RecordType
from extractor.review import queue
from extractor.review.web import forms, inbox
from extractor.review.web.api.asking import Number
from extractor.review.web.forms import Field
from extractor.review.web.pages.log import LINKS
from extractor.review.web.rendering import page
from extractor.review.web.site import Reader, TheSite

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.views import LogRecord

router = APIRouter()
REASONS: Final = (
    "nothing was decided",
    "it is only a proposal",
    "it was in force already",
    "the wrong people",
    "of no importance",
)
"""Why records are rejected most: one key each."""
EDITED: Final = frozenset(
    "statement task question status decided_by owners raised_by due significance rationale blocks".split()
)
"""Fields that are edited in the inbox."""


@router.get("/")
def index(
    request: Request,
    site: TheSite,
    visitor: Reader,
    who: Annotated[str, Query(max_length=500)] = "",
    meeting: Number | None = None,
    type: Annotated[list[RecordType], Query(max_length=3)] = [],  # noqa: B006
    reason: Annotated[list[queue.Reason], Query(max_length=4)] = [],  # noqa: B006
    by: str = "",
    after: Annotated[str, Query(max_length=60)] = "",
    record: Annotated[str, Query(max_length=100)] = "",
    find: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """What waits, in the order of what a mistake would cost, and one of it."""
    by = by if by in ("meeting", "suggested") else ""
    asked = inbox.Asked(who, meeting, tuple(type), tuple(reason), by, after, record, find)
    with site.log_of(visitor).read() as connection:
        waiting = inbox.waiting(connection, asked, visitor.person)
        pane = _pane(connection, asked, waiting)
        last = inbox.last_act(connection, visitor.person)
    previous, following = waiting.beside(pane.record.id) if pane else (None, None)
    follows = following or previous
    context = {
        "asked": asked,
        "waiting": waiting,
        "pane": pane,
        "last": last,
        "previous": asked.url(record=previous) if previous else None,
        "following": asked.url(record=following) if following else None,
        "next_url": asked.url(record=follows) if follows else asked.url(),
        "per_page": inbox.PER_PAGE,
        "may_review": visitor.may("reviewer"),
        "reject_reasons": REASONS,
        "link_kinds": LINKS,
        "edit_fields": fields_of(pane.record) if pane else (),
        "facts": tuple(facts_of(pane.record)) if pane else (),
        "linkable": _linkable(pane) if pane else (),
        "notice": None,
    }
    return page(request, visitor, "inbox/inbox.html", context)


def _pane(connection: Connection, asked: inbox.Asked, waiting: inbox.Waiting) -> inbox.Pane | None:
    """The record that was asked for, else the first that waits; raises NoSuchRecordError for one that is not there."""
    wanted = asked.record or (waiting.items[0].record.id if waiting.items else "")
    if not wanted:
        return None
    return inbox.pane_of(connection, wanted, asked.find)


def _linkable(pane: inbox.Pane) -> tuple[LogRecord, ...]:
    others = [related.other for related in pane.links] + list(pane.candidates)
    return tuple({one.id: one for one in others}.values())


def fields_of(record: LogRecord) -> tuple[Field, ...]:
    """The fields of a record that the form of the inbox has; its own page has all."""
    return tuple(field for field in forms.fields_of(record) if field.name in EDITED)


def facts_of(record: LogRecord) -> Iterator[tuple[str, str]]:
    """What is said of a record beside its claim, also that something is not."""
    said = record.record
    if isinstance(said, Decision):
        yield "Decided by", ", ".join(record.deciders)
    if isinstance(said, OpenQuestion):
        yield "Asked by", ", ".join(record.names(said.raised_by))
    yield "Owners", ", ".join(record.owners)
    if not isinstance(said, OpenQuestion):
        yield "Due", due_words(said)
    yield "Confidence", confidence_words(said.confidence)
    if isinstance(said, Decision):
        if said.significance:
            yield "Significance", said.significance
        if said.rationale:
            yield "Reasons", said.rationale
        if said.alternatives:
            yield "Instead of", "; ".join(one.option for one in said.alternatives)
        if said.conditions:
            yield "On condition", "; ".join(said.conditions)
    elif isinstance(said, OpenQuestion) and said.blocks:
        yield "Holds up", said.blocks


def due_words(said: Decision | ActionItem) -> str:
    """When something is due: the words as said, with the day they mean."""
    if said.due is None:
        return ""
    day = said.due.date.isoformat() if said.due.date else ""
    return said.due.text if not day or day == said.due.text else f"{said.due.text} ({day})"


def confidence_words(confidence: float | None) -> str:
    """A probability for people: the words, and the share of a hundred."""
    if confidence is None:
        return "the engine gives none"
    words = "low" if confidence < queue.LOW else "fair" if confidence < 0.8 else "high"
    return f"{words}: right in about {round(confidence * 100)} of 100 such cases"
