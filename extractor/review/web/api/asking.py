"""What callers of the API ask with: query parameters, cursors, and what an answer may be that is none."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from extractor.errors import UsageError
from extractor.index.model import storable
from extractor.records import RecordType, ReviewState, Status
from extractor.review.queue import Reason
from extractor.review.web.api.models import Conflict, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.listing import Filter
    from extractor.review.web.site import Visitor

GREATEST: Final = 2**31 - 1
"""The greatest number that a column of the log holds, in either database."""
PER_PAGE: Final = 50
AT_MOST: Final = 200
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written as 2026-03-04")
    return value


Words = Annotated[str, Field(max_length=500), AfterValidator(storable)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Number = Annotated[int, Field(ge=1, le=GREATEST)]
Limit = Annotated[int, Field(ge=1, le=AT_MOST, description="how many at most")]
Cursor = Annotated[str, Field(max_length=200, description="`next` of the page before")]


class Asked(BaseModel):
    """Base of query parameters; one that there is not is an error, and never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WaitingAsked(Asked):
    who: Annotated[Words | None, Field(description="`me`, `nobody`, or the name of who is to review it")] = None
    meeting: Annotated[Number | None, Field(description="number of a meeting")] = None
    type: tuple[RecordType, ...] = ()
    reason: tuple[Reason, ...] = ()
    mine_too: Annotated[bool, Field(description="also what you approved and others must too")] = False
    cursor: Cursor | None = None
    limit: Limit = PER_PAGE


class PageAsked(Asked):
    cursor: Cursor | None = None
    limit: Limit = PER_PAGE


class OffsetAsked(Asked):
    offset: Annotated[int, Field(ge=0, le=10_000, description="how many to leave out")] = 0
    limit: Limit = PER_PAGE


class RecordsAsked(Asked):
    type: tuple[RecordType, ...] = ()
    state: Annotated[tuple[ReviewState, ...], Field(description="proposed and approved where none is given")] = ()
    status: tuple[Status, ...] = ()
    owner: Annotated[Words | None, Field(description="a name or words of it, or `me`")] = None
    decider: Annotated[Words | None, Field(description="a name or words of it")] = None
    topic: Annotated[Words | None, Field(description="words of the topic")] = None
    since: Annotated[Day | None, Field(description="first day")] = None
    until: Annotated[Day | None, Field(description="last day")] = None
    open: Annotated[bool | None, Field(description="whether it is not done, answered or replaced")] = None
    overdue: Annotated[bool, Field(description="due before today, and nothing says that it is done")] = False
    unowned: Annotated[bool, Field(description="needs an owner, and has none")] = False
    mine: Annotated[bool, Field(description="you are an owner")] = False
    superseded: Annotated[bool | None, Field(description="whether another record replaces it")] = None
    meeting: Annotated[Number | None, Field(description="number of a meeting")] = None
    series: Annotated[Number | None, Field(description="number of a series")] = None

    def filter(self, connection: Connection, visitor: Visitor, today: dt.date) -> Filter:
        """What records must be like. Raises NoSuchRecordError for a meeting that there is not."""
        from extractor.log.listing import Filter
        from extractor.review.web.meeting import id_of

        me = self.mine or self.owner == "me"
        return Filter(
            types=self.type,
            states=self.state,
            statuses=self.status,
            owner=None if self.owner == "me" else self.owner,
            decider=self.decider,
            topic=self.topic,
            since=self.since,
            until=self.until,
            overdue_on=today if self.overdue else None,
            unowned=self.unowned,
            superseded=self.superseded,
            conversation=id_of(connection, self.meeting) if self.meeting is not None else None,
            series=self.series,
            open=self.open,
            person=visitor.person if me else None,
        )


class RecordsPageAsked(RecordsAsked):
    cursor: Cursor | None = None
    limit: Limit = PER_PAGE


class ExportAsked(RecordsAsked):
    format: Literal["jsonl", "csv"] = "jsonl"


class NamesAsked(Asked):
    q: Annotated[Words, Field(description="words, or their beginnings; nothing for the first by name")] = ""
    limit: Limit = PER_PAGE


class SearchAsked(Asked):
    q: Annotated[Words, Field(min_length=1, description="words to look for")]
    type: tuple[RecordType, ...] = ()
    state: Annotated[tuple[ReviewState, ...], Field(description="proposed and approved where none is given")] = ()
    limit: Limit = PER_PAGE


def cursor_of(*place: float | str) -> str:
    """A place in a list as an opaque word."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_in(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The place that a cursor means, as values of these kinds; raises UsageError for what is none of such a list."""
    if cursor is None:
        return None
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        fits = isinstance(place, list) and len(place) == len(kinds)
        if fits and all(_fits(value, kind) for value, kind in zip(place, kinds, strict=True)):
            return tuple(place)
    except (ValueError, RecursionError):
        pass
    raise UsageError("That cursor is none of this list.", "Take `next` of the page before, or leave it out.")


def _fits(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= GREATEST
    return isinstance(value, str) and storable(value) == value


def _answer(description: str, model: type[BaseModel] = Problem) -> dict[str, Any]:
    return {"model": model, "description": description}


ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    400: _answer("what was sent cannot be read"),
    401: _answer("nobody is signed in, or the token is not known"),
    403: _answer("that takes another role, or the request comes from another site"),
    422: _answer("a value does not fit"),
    429: _answer("too many requests"),
    503: _answer("others held the log too long, or it cannot be read"),
}
"""What any call may be answered instead."""
MISSING: Final[dict[int | str, dict[str, Any]]] = {404: _answer("there is no such thing that you may see")}
ACTING: Final[dict[int | str, dict[str, Any]]] = {
    404: _answer("there is no such record that you may see"),
    409: _answer("others changed the record since you saw it; nothing was done", Conflict),
    413: _answer("what was sent is too large"),
}
