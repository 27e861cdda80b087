"""Pages of meetings: the list, one whole transcript with all that was found in it, and the form to add what was not."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from extractor.errors import UsageError
from extractor.records import RecordType
from extractor.review import acts
from extractor.review.web import adding, meeting
from extractor.review.web.api.asking import Number
from extractor.review.web.rendering import page
from extractor.review.web.site import Reader, Reviewer, TheSite

router = APIRouter()
MANY: Final = 50
"""Passages of one record."""
Several = Annotated[list[str], Form()]
Word = Annotated[str, Form()]


@router.get("/meetings")
def meetings(request: Request, site: TheSite, visitor: Reader, before: str | None = None) -> Response:
    """All meetings, newest first."""
    with site.log_of(visitor).read() as connection:
        found = meeting.listed(connection, before, meeting.PER_PAGE + 1)
    more = len(found) > meeting.PER_PAGE
    shown = found[: meeting.PER_PAGE]
    context = {"meetings": shown, "next": shown[-1].place if more else None, "first": before is None}
    return page(request, visitor, "meetings/list.html", context)


@router.get("/meetings/{number}")
def one_meeting(
    request: Request, site: TheSite, visitor: Reader, number: Number, turn: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """One meeting: the page of its transcript that has ``turn``, with all that was found in it."""
    with site.log_of(visitor).read() as connection:
        found = meeting.meeting_at(connection, number, turn)
    return page(request, visitor, "meetings/meeting.html", {"meeting": found})


@router.get("/meetings/{number}/add")
def add_form(
    request: Request,
    site: TheSite,
    visitor: Reviewer,
    number: Number,
    at: Annotated[list[str], Query(max_length=MANY)] = [],  # noqa: B006
    type: RecordType = "decision",
) -> Response:
    """The form for a record that the engine missed, from passages such as ``12:5:40`` or ``12``."""
    with site.log_of(visitor).read() as connection:
        found = adding.draft_of(connection, number, at)
    return page(request, visitor, "meetings/add.html", _form(found.of_type(type)))


@router.post("/meetings/{number}/add")
def add(
    request: Request,
    site: TheSite,
    visitor: Reviewer,
    number: Number,
    type: Annotated[RecordType, Form()],
    claim: Word = "",
    status: Word = "decided",
    owners: Word = "",
    due: Word = "",
    comment: Word = "",
    at: Several = [],  # noqa: B006
    words: Several = [],  # noqa: B006
    role: Several = [],  # noqa: B006
) -> Response:
    """Adds the record; where it cannot be, the form comes back with what is wrong and all that was typed."""
    typed = adding.Typed(type, claim, status, owners, due, comment, tuple(words), tuple(role))
    with site.log_of(visitor).read() as connection:
        draft = adding.draft_of(connection, number, at).with_typed(typed)
    try:
        done = site.desk.do(visitor.name, draft.act())
    except UsageError as error:
        return page(request, visitor, "meetings/add.html", _form(draft, error), status=422)
    first = min((passage.turn for passage in draft.passages), default=0)
    return RedirectResponse(f"/meetings/{number}?turn={first}#note-{done.records[0]}", 303)


def _form(draft: adding.Draft, problem: UsageError | None = None) -> dict[str, Any]:
    return {"draft": draft, "problem": problem, "roles": adding.ROLES}


@router.post("/meetings/{number}/restrict")
def restrict(site: TheSite, visitor: Reviewer, number: Number, people: Word = "") -> Response:
    """Lets only the people named, one a line, see the meeting; nobody named, everybody does."""
    with site.log_of(visitor).read() as connection:
        name = meeting.id_of(connection, number)
    named = tuple(one.strip() for one in people.replace(";", "\n").splitlines() if one.strip())
    try:
        asked = acts.Restrict(conversation=name, people=named)
    except ValidationError:
        raise UsageError("Those are no names of people.", "Write one name a line.") from None
    site.desk.do(visitor.name, asked)
    return RedirectResponse(f"/meetings/{number}#who-may-see", 303)
