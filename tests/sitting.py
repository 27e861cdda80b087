"""A log to sit down to: a decision that would replace an approved one, two more, an action, a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kept import EMBEDDER, action, decision, found, keep, question, quote, talk

from extractor.conversation import Conversation
from extractor.log import linked, tables, views
from extractor.log.store import Log
from extractor.log.views import LogRecord
from extractor.plan import ReviewPlan
from extractor.review import acts, queue
from extractor.review.service import Desk
from extractor.review.terminal.session import Session

ME, BEN = "Ana Li", "Ben Orr"
LINES = (
    "Ana Li: We should settle the roof today, it has been open since the autumn and the rain does not wait for us.",
    "Ben Orr: Slate is nice but it costs twice as much, and nobody here has ever laid it.",
    "Ana Li: Then we roof the shed with tin. I order the sheets on Monday.",
    "Ben Orr: Fine by me, tin it is.",
    "Cleo Paz: I would still like to know who pays for the gutters.",
    "Ben Orr: That we do not know yet.",
    "Ana Li: Cleo, will you ask the council about the gutters by Friday?",
    "Cleo Paz: Yes, I will ask them.",
    "Ben Orr: And the door stays green, as it was.",
    "Ana Li: Agreed. Let us look at the fence now, it leans more every week.",
    "Cleo Paz: We could paint it first.",
)


@dataclass
class Shed:
    """The log, the desk, and the ids of what is in it; ``roof``, ``ask``, ``fence``, ``gutters``, ``door`` wait, in
    this order; ``slate`` is approved.
    """

    log: Log
    desk: Desk
    said: Conversation
    folder: Path
    ids: dict[str, str] = field(default_factory=dict)

    def sit(self, by: str = ME, **wanted: Any) -> Session:
        """A session at the beginning, or where this person stopped."""
        state = self.folder / "review.json"
        session = Session(self.desk, by, self.log.seen_by(by), queue.Waiting(**wanted), state)
        session.begin()
        return session

    def record(self, name: str) -> LogRecord:
        with self.log.read() as connection:
            return views.records_by_id(connection, [self.ids.get(name, name)])[self.ids.get(name, name)]

    def states(self) -> dict[str, str]:
        return {name: self.record(name).state for name in self.ids}

    def all(self) -> list[LogRecord]:
        """Every record there is, the latest last."""
        with self.log.read() as connection:
            ids = list(connection.execute(tables.records.select()).scalars())
            return sorted(views.records_by_id(connection, ids).values(), key=lambda one: one.seq)

    def links(self, name: str, **more: Any) -> dict[tuple[str, str], str]:
        """The links of a record: kind and other end to state."""
        with self.log.read() as connection:
            found_ = views.links_of(connection, [self.ids[name]], rejected=True)
        return {(one.kind, one.to_record): one.state for one in found_}

    def comments(self, name: str) -> list[str]:
        """What was said with acts on a record, oldest first."""
        table = tables.reviews
        with self.log.read() as connection:
            rows = connection.execute(table.select().order_by(table.c.seq)).all()
        return [row.comment for row in rows if row.record == self.ids[name] and row.comment]


def shed(log: Log, folder: Path, *, approvals: int = 1) -> Shed:
    """The log, filled."""
    said = talk(*LINES, name="m-2", title="Shed steering, spring")
    old = talk("Ana Li: The roof will be slate, we all agreed on that.", name="m-1", title="Shed steering, autumn")
    slate = decision(old, "The shed gets a slate roof.", quote(old, 0, "The roof will be slate"), significance="high")
    keep(log, old, found(old, slate))
    Desk(log, lambda: EMBEDDER).do(BEN, acts.Approve(record=slate.id))
    names = {person.name: person.id for person in said.participants}
    roof = decision(
        said,
        "The shed is roofed with tin instead of slate.",
        quote(said, 2, "we roof the shed with tin"),
        quote(said, 3, "tin it is", "accepted"),
        significance="high",
        owners=(names["Ana Li"],),
        decided_by=(names["Ana Li"], names["Ben Orr"]),
        rationale="Slate costs twice as much and nobody can lay it.",
        confidence=0.4,
    )
    ask = action(
        said,
        "Ask the council about the gutters.",
        quote(said, 6, "will you ask the council about the gutters"),
        owners=(names["Cleo Paz"],),
        due={"text": "Friday", "date": "2026-03-06"},
    )
    fence = decision(
        said,
        "The fence is painted first.",
        quote(said, 10, "We could paint it first"),
        significance="low",
        confidence=0.3,
    )
    gutters = question(said, "Who pays for the gutters?", quote(said, 4, "who pays for the gutters"))
    door = decision(said, "The door stays green.", quote(said, 8, "the door stays green"), confidence=0.9)
    keep(log, said, found(said, roof, ask, fence, gutters, door))
    with log.write() as tx:
        linked.suggest(tx, roof.id, slate.id, "supersedes", confidence=0.8, judge="features")
    desk = Desk(log, lambda: EMBEDDER, ReviewPlan(approvals=approvals))
    ids = {"roof": roof.id, "ask": ask.id, "fence": fence.id, "gutters": gutters.id, "door": door.id, "slate": slate.id}
    return Shed(log, desk, said, folder, ids)
