"""What the API does, for reviewers: the acts of ``extractor/review/acts.py``, one or several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from extractor.errors import ConflictError
from extractor.log import views
from extractor.review import acts
from extractor.review.web.api import gathering, models
from extractor.review.web.api.asking import ACTING, ANSWERS
from extractor.review.web.api.read import KNOWN, OF_RECORD
from extractor.review.web.site import Reviewer, Site, TheSite, Visitor

if TYPE_CHECKING:
    from extractor.review.service import Done

router = APIRouter(prefix="/api/v1", tags=["review"], dependencies=KNOWN, responses=ANSWERS | ACTING)
TOGETHER: Final = 100
"""Acts of one batch."""
EXAMPLES: Final[dict[str, Any]] = {
    "approve": {"value": {"act": "approve", "record": models.RECORD, "seen": 41}},
    "edit and approve": {
        "value": {"act": "approve", "record": models.RECORD, "seen": 41, "fields": {"owners": ["Ana Li"]}}
    },
    "reject": {"value": {"act": "reject", "record": models.RECORD, "comment": "Nobody agreed to that."}},
    "merge": {"value": {"act": "merge", "record": models.RECORD, "into": "d-0a1b2c3d4e5f6071"}},
    "add what was missed": {
        "value": {
            "act": "add",
            "conversation": "m-1",
            "type": "decision",
            "passages": [{"turn": 3, "start_char": 0, "end_char": 40, "role": "accepted"}],
            "fields": {"statement": "The shed is painted green.", "status": "decided"},
        }
    },
    "undo": {"value": {"act": "undo", "record": models.RECORD}},
}
_LINKS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "links": {
            name: {"operationId": name, "parameters": {"path.record": "$response.body#/records/0"}}
            for name in OF_RECORD
        }
    }
}


class Batch(BaseModel):
    """Acts that are done in their order, all of them or none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    acts: Annotated[tuple[acts.Act, ...], Field(min_length=1, max_length=TOGETHER)]


@router.post("/acts", operation_id="act", responses=_LINKS, response_model=models.DoneView)
def act(
    site: TheSite, visitor: Reviewer, act: Annotated[acts.Act, Body(openapi_examples=EXAMPLES)]
) -> models.DoneView | Response:
    """Does one act. Where others changed the record after ``seen``, nothing is done, and the answer says what they
    did; to do the same once more changes nothing.
    """
    try:
        return _told(site, visitor, site.desk.do_all(visitor.name, [act]))[0]
    except ConflictError as error:
        return _conflict(site, visitor, error, [act])


@router.post("/acts/batch", operation_id="act_together", response_model=models.AllDone)
def act_together(site: TheSite, visitor: Reviewer, batch: Batch) -> models.AllDone | Response:
    """Does several acts in their order, all of them or, where one of them cannot be done, none."""
    try:
        return models.AllDone(items=tuple(_told(site, visitor, site.desk.do_all(visitor.name, list(batch.acts)))))
    except ConflictError as error:
        return _conflict(site, visitor, error, batch.acts)


def _told(site: Site, visitor: Visitor, done: list[Done]) -> list[models.DoneView]:
    """What was done, with the records as they are now."""
    with site.log_of(visitor).read() as connection:
        ids = [name for one in done for name in one.records]
        now = gathering.records_of(connection, views.records_by_id(connection, ids))
    return [
        models.DoneView(
            records=one.records,
            event=one.event,
            waits=one.waits,
            now=tuple(now[name] for name in dict.fromkeys(one.records) if name in now),
        )
        for one in done
    ]


def _conflict(
    site: Site,
    visitor: Visitor,
    error: ConflictError,
    asked: Iterable[acts.OnRecord | acts.Add | acts.Restrict],
) -> Response:
    """What others did to the record since the visitor saw it."""
    seen = [
        one.seen
        for one in asked
        if not isinstance(one, acts.Add | acts.Restrict) and one.record == error.record and one.seen is not None
    ]
    with site.log_of(visitor).read() as connection:
        known = views.records_by_id(connection, [error.record])
        answer = models.Conflict(
            error=error.what,
            remedy=error.remedy,
            record=gathering.records_of(connection, known)[error.record],
            since=tuple(gathering.since(connection, error.record, min(seen, default=0))),
        )
    return JSONResponse(answer.model_dump(mode="json"), 409)
