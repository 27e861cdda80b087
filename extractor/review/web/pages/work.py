"""What is still to be done: questions that nobody has answered, and actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from extractor.log.listing import Filter
from extractor.records import RecordType
from extractor.review.web import browsing, sheet
from extractor.review.web.rendering import page
from extractor.review.web.site import Reader, Site, TheSite, Visitor

router = APIRouter()


@dataclass(frozen=True)
class Kind:
    """What a page lists. ``tabs`` are the values of ``show`` with their names, the first of them the default."""

    type: RecordType
    path: str
    title: str
    tabs: dict[str, str]
    empty: dict[str, str]


QUESTIONS: Final = Kind(
    "open_question",
    "/questions",
    "Questions",
    {"open": "Open", "mine": "Mine", "unowned": "Without owner", "done": "Answered", "all": "All"},
    {
        "open": "No question is open.",
        "mine": "No open question is yours.",
        "unowned": "Every open question has an owner.",
        "done": "No question is answered yet.",
        "all": "There are no questions.",
    },
)
ACTIONS: Final = Kind(
    "action_item",
    "/actions",
    "Actions",
    {
        "open": "Open",
        "overdue": "Overdue",
        "mine": "Mine",
        "unowned": "Without owner",
        "done": "Done",
        "all": "All",
    },
    {
        "open": "No action is open.",
        "overdue": "Nothing is overdue.",
        "mine": "No open action is yours.",
        "unowned": "Every open action has an owner.",
        "done": "No action is done yet.",
        "all": "There are no actions.",
    },
)


@router.get("/questions")
def questions(request: Request, site: TheSite, visitor: Reader) -> Response:
    """Questions: open, mine, without an owner, answered."""
    return _listed(request, site, visitor, QUESTIONS)


@router.get("/actions")
def actions(request: Request, site: TheSite, visitor: Reader) -> Response:
    """Actions: open, overdue, mine, without an owner, done."""
    return _listed(request, site, visitor, ACTIONS)


def _listed(request: Request, site: Site, visitor: Visitor, kind: Kind) -> Response:
    given = request.query_params
    show = given.get("show", "")
    show = show if show in kind.tabs else "open"
    proposed = given.get("state") == "both"
    today = site.desk.log.clock().date()
    wanted = replace(
        filter_of(show, visitor.person, today),
        types=(kind.type,),
        states=browsing.SHOWN["both" if proposed else "approved"],
    )
    with site.log_of(visitor).read() as connection:
        found = browsing.newest(connection, wanted, browsing.place_in(given.get("before", "")))
    context = {
        "kind": kind,
        "show": show,
        "proposed": proposed,
        "first": not given.get("before"),
        "found": found,
        "today": today,
        "may_review": visitor.may("reviewer"),
        "names": sheet.names_of([row.entry.record for row in found.rows]),
    }
    return page(request, visitor, "work/list.html", context)


def filter_of(show: str, person: int, today: dt.date) -> Filter:
    """What a tab lists."""
    return Filter(
        open={"done": False, "all": None}.get(show, True),
        person=person if show == "mine" else None,
        without_owner=show == "unowned",
        overdue_on=today if show == "overdue" else None,
    )
