"""What the API shows, to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from fastapi.security import APIKeyCookie, HTTPBearer

from extractor.errors import NoSuchRecordError
from extractor.index.model import storable
from extractor.log import listing, views
from extractor.log.history import chain_of
from extractor.log.searching import by_words
from extractor.review import queue
from extractor.review.web import meeting as meetings_read
from extractor.review.web.api import asking, counting, gathering, models
from extractor.review.web.api.asking import ANSWERS, MISSING, Number
from extractor.review.web.cookies import SESSION
from extractor.review.web.site import Reader, TheSite

if TYPE_CHECKING:
    from sqlalchemy import Connection

COOKIE: Final = APIKeyCookie(
    name=SESSION, scheme_name="cookie", description="a signed-in browser's session", auto_error=False
)
BEARER: Final = HTTPBearer(scheme_name="bearer", description="a token of an account", auto_error=False)
KNOWN: Final = [Depends(COOKIE), Depends(BEARER)]
"""Says in the document how one is known; who asks is for the door to say."""

router = APIRouter(prefix="/api/v1", dependencies=KNOWN, responses=ANSWERS)
RecordId = Annotated[str, Path(min_length=1, max_length=100, examples=[models.RECORD])]


def _links(*operations: str, parameter: str, where: str) -> dict[int | str, dict[str, Any]]:
    """Links of the OpenAPI document: an answer's value is the parameter of other calls."""
    named = {name: {"operationId": name, "parameters": {f"path.{parameter}": where}} for name in operations}
    return {200: {"links": named}}


OF_RECORD: Final = ("get_record", "get_history", "get_versions")
FIRST_RECORD: Final = _links(*OF_RECORD, parameter="record", where="$response.body#/items/0/id")
FIRST_MEETING: Final = _links("get_meeting", parameter="number", where="$response.body#/items/0/number")


@router.get("/me", operation_id="get_me", tags=["people"])
def me(site: TheSite, visitor: Reader) -> models.Me:
    """Who the API takes you for, and what you may do."""
    return models.Me(
        name=visitor.name,
        number=visitor.person,
        role=visitor.role,
        by_token=visitor.by_token,
        approvals_needed=site.desk.rules.approvals,
    )


@router.get("/counts", operation_id="get_counts", tags=["records"])
def counts(site: TheSite, visitor: Reader) -> models.Counts:
    """What there is to do, each counted up to 1000."""
    with site.log_of(visitor).read() as connection:
        return counting.counts(connection, visitor.person, site.desk.log.clock().date())


@router.get("/waiting", operation_id="list_waiting", tags=["review"], responses=MISSING | FIRST_RECORD)
def waiting(site: TheSite, visitor: Reader, asked: Annotated[asking.WaitingAsked, Query()]) -> models.CountedRecords:
    """What waits for review, in the order of what a mistake in it would cost."""
    after = asking.place_in(asked.cursor, float, int)
    with site.log_of(visitor).read() as connection:
        wanted = queue.Waiting(
            who=_assignee(connection, asked.who, visitor.person),
            conversation=meetings_read.id_of(connection, asked.meeting) if asked.meeting is not None else None,
            types=asked.type,
            reasons=asked.reason,
            unassigned=asked.who == "nobody",
            unapproved_by=None if asked.mine_too else visitor.person,
        )
        place = (float(after[0]), int(after[1])) if after else None
        found = queue.waiting(connection, wanted, asked.limit + 1, place)
        items = found[: asked.limit]
        return models.CountedRecords(
            items=tuple(gathering.shown(connection, items).values()),
            next=asking.cursor_of(*items[-1].place) if len(found) > asked.limit else None,
            count=counting.capped(queue.count_waiting(connection, wanted)),
        )


def _assignee(connection: Connection, who: str | None, viewer: int) -> int | None:
    if who in (None, "", "nobody"):
        return None
    if who == "me":
        return viewer
    found = listing.find_people(connection, who or "")
    if len(found) != 1:
        what = "several people" if found else "nobody in the log"
        raise NoSuchRecordError(f"{who} is {what}.", "Give the whole name, as the people have it.")
    return found[0]


@router.get("/waiting/meetings", operation_id="list_waiting_meetings", tags=["review"], responses=FIRST_MEETING)
def waiting_meetings(
    site: TheSite, visitor: Reader, asked: Annotated[asking.OffsetAsked, Query()]
) -> models.MeetingsToReview:
    """Meetings in which something waits, that with the costliest record first."""
    with site.log_of(visitor).read() as connection:
        found = queue.meetings(connection, asked.limit, asked.offset)
    return models.MeetingsToReview(
        items=tuple(
            models.MeetingToReview(
                number=one.number,
                id=one.id,
                title=one.title,
                said_on=one.said_on or None,  # type: ignore[arg-type]
                waiting=one.waiting,
                weight=one.weight,
            )
            for one in found
        )
    )


@router.get("/suggestions", operation_id="list_suggestions", tags=["review"])
def suggestions(site: TheSite, visitor: Reader, asked: Annotated[asking.PageAsked, Query()]) -> models.Suggestions:
    """Standing records for which another wording or a link is suggested, the latest first."""
    after = asking.place_in(asked.cursor, int)
    with site.log_of(visitor).read() as connection:
        found = queue.suggestions(connection, asked.limit + 1, after[0] if after else None)
        items = found[: asked.limit]
        return models.Suggestions(
            items=gathering.suggestions_of(connection, items),
            next=asking.cursor_of(items[-1].place) if len(found) > asked.limit else None,
            count=counting.capped(queue.count_suggestions(connection)),
        )


@router.get("/records", operation_id="list_records", tags=["records"], responses=MISSING | FIRST_RECORD)
def records(
    site: TheSite, visitor: Reader, asked: Annotated[asking.RecordsPageAsked, Query()]
) -> models.CountedRecords:
    """Records that fit, newest first by the day they were said."""
    after = asking.place_in(asked.cursor, str, int)
    with site.log_of(visitor).read() as connection:
        wanted = asked.filter(connection, visitor, site.desk.log.clock().date())
        place = (str(after[0]), int(after[1])) if after else None
        found = listing.listed(connection, wanted, asked.limit + 1, after=place)
        items = found[: asked.limit]
        return models.CountedRecords(
            items=tuple(gathering.records_of(connection, {one.id: one for one in items}).values()),
            next=asking.cursor_of(*listing.place_of(items[-1])) if len(found) > asked.limit else None,
            count=counting.capped(listing.count(connection, wanted, queue.COUNTED + 1)),
        )


@router.get("/search", operation_id="search_records", tags=["records"], responses=FIRST_RECORD)
def search(site: TheSite, visitor: Reader, asked: Annotated[asking.SearchAsked, Query()]) -> models.Records:
    """Records that have these words, the best first: quick enough to ask while somebody types."""
    states = asked.state or queue.STANDING
    with site.log_of(visitor).read() as connection:
        ids = by_words(connection, asked.q, asking.AT_MOST, any_rank=True)
        found = [
            one
            for one in views.records_by_id(connection, ids).values()
            if one.state in states and one.erased_at is None and (not asked.type or one.type in asked.type)
        ]
        chosen = {one.id: one for one in found[: asked.limit]}
        return models.Records(items=tuple(gathering.records_of(connection, chosen).values()), next=None)


@router.get("/records/{record}", operation_id="get_record", tags=["records"], responses=MISSING)
def record(
    site: TheSite,
    visitor: Reader,
    record: RecordId,
    around: Annotated[int, Query(ge=0, le=50, description="turns before and after each that proves it")] = 2,
) -> models.RecordDetail:
    """One record: the words that prove it in their context, links, suggestions, and what people did with it."""
    with site.log_of(visitor).read() as connection:
        return gathering.detail_of(connection, record_in(connection, record), around)


def record_in(connection: Connection, record: str) -> views.LogRecord:
    """The record with this id; raises NoSuchRecordError, also where the viewer may not see it."""
    name = storable(record)
    known = views.records_by_id(connection, [name]).get(name)
    if known is None:
        raise NoSuchRecordError(f"There is no record {name} in the log.", "List them with `decisions list`.")
    return known


@router.get("/records/{record}/history", operation_id="get_history", tags=["records"], responses=MISSING)
def history(site: TheSite, visitor: Reader, record: RecordId) -> models.History:
    """What happened to a record and to those that it replaced or repeated, in order of time."""
    with site.log_of(visitor).read() as connection:
        chain = chain_of(connection, record_in(connection, record).id)
    return models.History(
        chain=tuple(one.id for one in chain.records),
        others=tuple(one.id for one in chain.others),
        steps=tuple(map(gathering.step_of, chain.steps)),
    )


@router.get("/records/{record}/versions", operation_id="get_versions", tags=["records"], responses=MISSING)
def versions(site: TheSite, visitor: Reader, record: RecordId) -> models.Versions:
    """Every wording that a record has had, the present one too."""
    with site.log_of(visitor).read() as connection:
        found = views.versions_of(connection, record_in(connection, record).id)
        names = gathering.names_of(connection, [one.actor for one in found])
    return models.Versions(
        items=tuple(
            models.VersionView(
                version=one.version,
                at=one.at,
                actor=names.get(one.actor, one.actor),
                engine=one.engine,
                record=one.record,
            )
            for one in found
        )
    )


@router.get("/meetings", operation_id="list_meetings", tags=["meetings"], responses=FIRST_MEETING)
def meetings(site: TheSite, visitor: Reader, asked: Annotated[asking.PageAsked, Query()]) -> models.Meetings:
    """All meetings, newest first."""
    after = asking.place_in(asked.cursor, str, int)
    with site.log_of(visitor).read() as connection:
        found = meetings_read.listed(connection, "{}.{}".format(*after) if after else None, asked.limit + 1)
    items = found[: asked.limit]
    return models.Meetings(
        items=tuple(
            models.MeetingListed(**{name: getattr(one, name) for name in models.MeetingListed.model_fields})
            for one in items
        ),
        next=asking.cursor_of(*_place(items[-1])) if len(found) > asked.limit else None,
    )


def _place(one: meetings_read.Listed) -> tuple[str, int]:
    return (one.said_on.isoformat() if one.said_on else ""), one.number


@router.get("/meetings/{number}", operation_id="get_meeting", tags=["meetings"], responses=MISSING)
def meeting(
    site: TheSite,
    visitor: Reader,
    number: Annotated[Number, Path(description="its permanent number")],
    turn: Annotated[int, Query(ge=0, le=asking.GREATEST, description="a turn of the page that is wanted")] = 0,
) -> models.MeetingView:
    """One meeting: a page of its transcript, all that was found in it, what was set aside, and why."""
    with site.log_of(visitor).read() as connection:
        found = meetings_read.meeting_at(connection, number, turn)
        return gathering.meeting_of(connection, found)


@router.get("/people", operation_id="list_people", tags=["people"])
def people(site: TheSite, visitor: Reader, asked: Annotated[asking.NamesAsked, Query()]) -> models.People:
    """People whose names have words that begin with what is asked for, by name."""
    with site.log_of(visitor).read() as connection:
        return models.People(items=tuple(counting.people(connection, asked.q, asked.limit)))


@router.get("/series", operation_id="list_series", tags=["meetings"])
def series(site: TheSite, visitor: Reader, asked: Annotated[asking.NamesAsked, Query()]) -> models.SeriesList:
    """Series of meetings whose titles have what is asked for, by title."""
    with site.log_of(visitor).read() as connection:
        return models.SeriesList(items=tuple(counting.series(connection, asked.q, asked.limit)))
