"""A log to review: two people, a meeting with a decision, an action and a question, and an earlier meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kept import EMBEDDER, action, decision, found, keep, question, quote, talk
from sqlalchemy import select

from extractor.conversation import Conversation
from extractor.log import acting, events, tables, views
from extractor.log.store import Log
from extractor.log.views import LogRecord
from extractor.plan import ReviewPlan
from extractor.review import acts
from extractor.review.service import Desk, Done

ADA, BEN = "Ada Lund", "Ben Ito"
LINES = (
    "Ada Lund: We paint the shed green, and the door stays blue.",
    "Ben Ito: I buy the paint by Friday.",
    "Ada Lund: Who knows what the paint costs?",
    "Ben Ito: The ladder goes to the school.",
)


class Ticking:
    """A clock that goes on by a second each time it is looked at: each transaction has its own moment."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


@dataclass
class World:
    """A log, where reviewers work, and the ids of what waits: ``old`` is a decision of an earlier meeting."""

    log: Log
    desk: Desk
    said: Conversation
    decision: str
    action: str
    question: str
    old: str

    def do(self, by: str, act: str, record: str | None = None, **more: Any) -> Done:
        """Does an act as JSON would ask for it."""
        written = {"act": act, **({"record": record} if record is not None else {}), **more}
        return self.desk.do(by, acts.ACTS.validate_python(written))

    def record(self, name: str) -> LogRecord:
        with self.log.read() as connection:
            return views.records_by_id(connection, [name])[name]

    def stamp(self, name: str) -> int:
        with self.log.read() as connection:
            return acting.stamps(connection, [name])[name]

    def head(self) -> int:
        with self.log.read() as connection:
            return events.head(connection).seq

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that stands in the log about records, but for counters and moments: what undoing must bring back."""
        tables_ = {
            "records": "id conversation type state status text topic said_on due_on confidence body merged_into weight "
            "assignee closed_at",
            "evidence": "record number role turn start_char end_char quote speaker time located",
            "record_people": "record role person",
            "links": "id from_record to_record kind state",
            "revisions": "id record content fields state",
        }
        found: dict[str, list[tuple[Any, ...]]] = {}
        with self.log.read() as connection:
            for name, columns in tables_.items():
                table = tables.metadata.tables[name]
                rows = connection.execute(select(*(table.c[column] for column in columns.split())))
                found[name] = sorted((tuple(row) for row in rows), key=repr)
        return found

    def read_again(self, *records: Any, said: Conversation | None = None) -> Any:
        said = said or self.said
        return keep(self.log, said, found(said, *records), "folder:m-2.vtt")


def proposals(said: Conversation) -> list[Any]:
    """What an engine finds in the meeting: a decision with two quotes, an action, a question."""
    return [
        decision(
            said,
            "Paint the shed green and leave the door blue.",
            quote(said, 0, "paint the shed green"),
            quote(said, 0, "the door stays blue"),
            topic="shed",
            confidence=0.8,
            decided_by=("ada-lund",),
        ),
        action(said, "Buy the paint.", quote(said, 1, "buy the paint"), owners=("ben-ito",)),
        question(said, "What does the paint cost?", quote(said, 2, "Who knows what the paint costs")),
    ]


def world_in(log: Log, rules: ReviewPlan | None = None, embedder: Callable[[], Any] = lambda: EMBEDDER) -> World:
    """Fills an empty log; its clock ticks from now on."""
    log.clock = Ticking()
    old = talk("Ada Lund: We paint the shed white.", name="m-1", title="Shed, first")
    first = keep(log, old, found(old, decision(old, "Paint the shed white.", quote(old, 0, "paint the shed white"))))
    said = talk(*LINES, name="m-2", title="Shed, second")
    outcome = keep(log, said, found(said, *proposals(said)), "folder:m-2.vtt")
    one, two, three = outcome.new
    return World(log, Desk(log, embedder, rules or ReviewPlan()), said, one, two, three, first.new[0])
