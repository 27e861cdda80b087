"""What the API answers. ``/api/openapi.json`` describes all of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.log.views import LinkState
from extractor.records import (
    ActionItem,
    Decision,
    Due,
    EvidenceRole,
    LinkKind,
    OpenQuestion,
    RecordType,
    ReviewState,
    Status,
)
from extractor.review.web.site import Role

Moment = Field(description="moment in UTC, ISO 8601", examples=["2026-03-04T09:00:00.000000Z"])
RECORD = "d-1f0c8a9b7e6d5c43"


class View(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(View):
    """What is wrong and what to do about it, one sentence each."""

    error: str = Field(examples=["There is no record d-0 in the log."])
    remedy: str = Field(examples=["List them with `decisions list`."])


class Me(View):
    """Who the API takes you for."""

    name: str
    number: int = Field(description="number of the person in the log")
    role: Role
    by_token: bool
    approvals_needed: int = Field(description="people who must approve a record before it is published")


class Count(View):
    """How many; counted no further than 1000, and ``more`` where there are more than that."""

    number: int = Field(ge=0, le=1000)
    more: bool = False


class Counts(View):
    """What there is to do."""

    waiting: Count
    waiting_for_me: Count
    suggestions: Count
    open_questions: Count
    open_actions: Count
    overdue: Count
    unowned: Count
    mine: Count = Field(description="open actions, questions and decisions that you own")


class MeetingRef(View):
    """The conversation that a record is from."""

    number: int = Field(description="its permanent number: `/meetings/{number}`", examples=[12])
    id: str
    title: str
    said_on: dt.date | None


class RecordView(View):
    """A record as it stands. People are names, but in ``record``, which is the record of the contract, with ids."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"description": "A record as it stands."})

    id: str = Field(examples=[RECORD])
    type: RecordType
    state: ReviewState
    text: str = Field(description="statement, task or question")
    status: Status | None
    topic: str | None
    said_on: dt.date | None = Field(description="day it was said, where that is known")
    owners: tuple[str, ...]
    decided_by: tuple[str, ...]
    raised_by: tuple[str, ...]
    due: Due | None
    meeting: MeetingRef
    version: int = Field(description="number of its present wording")
    stamp: int = Field(description="what an act on it gives as `seen`")
    weight: float = Field(description="what a mistake in it would cost: the order of review")
    assignee: str | None = Field(description="who is to review it")
    approvals: tuple[str, ...] = Field(description="who has approved it as it is worded now")
    reasons: tuple[str, ...] = Field(description="why to look at it early", examples=[["high significance"]])
    conflicts: tuple[str, ...] = Field(description="approved records that it would replace or contradicts")
    found: bool = Field(description="whether the latest reading of the conversation found it")
    touched: bool = Field(description="whether a person has said anything of it")
    merged_into: str | None
    engine: str
    created_at: str = Moment
    updated_at: str = Moment
    reviewed_at: str | None = Moment
    closed_at: str | None = Field(description="when the action was done or the question answered")
    erased_at: str | None = Moment
    lost_quotes: tuple[int, ...] = Field(description="numbers of evidence that no longer stands in the conversation")
    people: dict[str, str] = Field(description="names by the ids that people have in the conversation")
    record: Decision | ActionItem | OpenQuestion


class Records(View):
    """A page of records. ``next`` is the cursor of the next page, null on the last one."""

    items: tuple[RecordView, ...]
    next: str | None


class CountedRecords(Records):
    """A page of records, and how many there are in all."""

    count: Count


class QuoteView(View):
    """Words of a turn that prove something: code points of its text, end exclusive."""

    record: str
    number: int = Field(description="number of the evidence in its record")
    type: RecordType
    state: ReviewState
    role: EvidenceRole
    start_char: int
    end_char: int


class TurnView(View):
    """A turn of a conversation, and the quotes in it."""

    number: int
    speaker: str
    when: str = Field(description="time of the message, or of the recording", examples=["1:02:03"])
    kind: str
    topic: str | None
    text: str
    quotes: tuple[QuoteView, ...]


class LinkView(View):
    """A link of a record; ``forward`` says that it goes from this record to the ``other``, earlier one."""

    id: str
    kind: LinkKind
    state: LinkState
    forward: bool
    confidence: float | None
    judge: str = Field(description="who or what said so")
    created_at: str = Moment
    other: RecordView


class Change(View):
    """A field that a later reading sees otherwise, in words."""

    field: str
    now: str | None
    suggested: str | None


class RevisionView(View):
    """What a later reading suggests that the record should say."""

    id: str
    engine: str
    created_at: str = Moment
    changes: tuple[Change, ...]
    record: Decision | ActionItem | OpenQuestion


class ReviewView(View):
    """An act of a person on a record."""

    number: int = Field(description="number of its event: what `undo` takes")
    verdict: str
    reviewer: str
    at: str = Moment
    comment: str | None
    version: int | None
    undone: bool


class RecordDetail(RecordView):
    """A record with all that belongs to it."""

    context: tuple[tuple[TurnView, ...], ...] = Field(description="stretches of the conversation around its evidence")
    turns_kept: bool = Field(description="whether the log still keeps the conversation's words")
    links: tuple[LinkView, ...]
    revisions: tuple[RevisionView, ...]
    reviews: tuple[ReviewView, ...]
    merged: tuple[str, ...] = Field(description="records that were merged into this one")


class SuggestionView(View):
    """A standing record for which something is suggested."""

    record: RecordView
    revisions: tuple[RevisionView, ...]
    links: tuple[LinkView, ...]


class Suggestions(View):
    """A page of suggestions."""

    items: tuple[SuggestionView, ...]
    next: str | None
    count: Count


class VersionView(View):
    """A wording that a record has or had."""

    version: int
    at: str = Moment
    actor: str = Field(description="who worded it; `machine` for an engine")
    engine: str
    record: Decision | ActionItem | OpenQuestion


class Versions(View):
    """Every wording of a record, oldest first."""

    items: tuple[VersionView, ...]


class StepView(View):
    """One thing that happened to a record or to one of those it is in a chain with."""

    at: str = Field(description="a moment, or a day where only that is known")
    record: str
    what: str = Field(description="a kind of event, or what happened in the conversation: raised, proposed, decided")
    who: str | None = Field(description="a name; null for the machine")
    detail: str
    said: bool = Field(description="whether it happened in the conversation itself")


class History(View):
    """The records that replaced or repeated one another, first to last, and what happened, in order of time."""

    chain: tuple[str, ...]
    others: tuple[str, ...] = Field(description="records linked to these in other ways")
    steps: tuple[StepView, ...]


class MeetingListed(View):
    """A meeting in the list."""

    number: int
    title: str
    kind: str
    said_on: dt.date | None
    turns: int
    waiting: int
    approved: int
    restricted: bool


class Meetings(View):
    """A page of meetings, newest first, those without a day last."""

    items: tuple[MeetingListed, ...]
    next: str | None


class MeetingToReview(View):
    """A meeting in which something waits; ``weight`` is what mistakes in all of that would cost."""

    number: int
    id: str
    title: str
    said_on: dt.date | None
    waiting: int
    weight: float


class MeetingsToReview(View):
    """Meetings in which something waits, the costliest first."""

    items: tuple[MeetingToReview, ...]


class GapView(View):
    """Turns that no engine saw through to an answer, both ends included, and why."""

    from_turn: int
    to_turn: int
    reason: str


class MeetingView(View):
    """A meeting: turns from ``from_turn`` on, and everything that was found in it and that was not."""

    number: int
    id: str
    title: str
    kind: str
    source: str
    engine: str
    said_on: dt.date | None
    gone: Literal["erased", "forgotten"] | None = Field(description="why its words are no longer kept")
    people: dict[str, str] = Field(description="names by the ids that people have in the conversation")
    viewers: tuple[str, ...] = Field(description="who alone may see it; empty where everybody may")
    coverage: dict[str, Any] = Field(description="what became of every character that was read")
    unprocessed: tuple[GapView, ...]
    warnings: tuple[str, ...]
    records: tuple[RecordView, ...]
    turn_count: int
    from_turn: int
    turns: tuple[TurnView, ...]
    next_turn: int | None = Field(description="`turn` of the next page of the transcript")


class PersonView(View):
    """Somebody whom the log knows."""

    number: int
    name: str


class People(View):
    """People whose names have what was asked for."""

    items: tuple[PersonView, ...]


class SeriesView(View):
    """Meetings that belong together."""

    number: int
    title: str


class SeriesList(View):
    """Series whose titles have what was asked for."""

    items: tuple[SeriesView, ...]


class DoneView(View):
    """What became of an act."""

    records: tuple[str, ...] = Field(description="those it was about or made, the first one first")
    event: int | None = Field(description="number of the last event it wrote; null where everything was so already")
    waits: bool = Field(description="another reviewer is needed before it is published")
    now: tuple[RecordView, ...] = Field(description="the records as they are now")


class AllDone(View):
    """What became of several acts, in their order."""

    items: tuple[DoneView, ...]


class Conflict(Problem):
    """Somebody else judged or worded the record after you saw it; nothing was done."""

    record: RecordView
    since: tuple[StepView, ...] = Field(description="what happened to it since")
