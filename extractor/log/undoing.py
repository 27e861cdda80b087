"""Taking an act back: the record is as it was before, and the log says that somebody did and undid something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.embedding import Embedder
from extractor.errors import UsageError
from extractor.log import acting, linked, tables, views, weighing
from extractor.log.reviewing import reword
from extractor.matching.identity import settled

if TYPE_CHECKING:
    from sqlalchemy import Row

    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord, Record


def undo(tx: Transaction, record: str, embedder: Embedder, act: int | None = None) -> list[str]:
    """A person takes back what they did last with a record, or the act with this number; returns the verdicts undone.

    What was done in one go (an edit and its approval) is undone in one go. An act that they took back already stays so.

    Raises UsageError where there is nothing of theirs to undo, or somebody has acted on the record since.
    """
    known = acting.for_act(tx, record)
    if act is not None and _is_undone(tx, known.id, act):
        return []
    standing = _standing(tx, known.id)
    target = _target(tx, known, standing, act)
    together = [row for row in standing if row.at == target.at and row.reviewer == tx.actor and _alike(row, target)]
    later = [row for row in standing if row.seq > max(one.seq for one in together) and _builds_on(row, target)]
    if later:
        raise UsageError(
            f"{known.id} has been acted on since: {later[0].verdict}.", "See `decisions history`; reopen or edit it."
        )
    number = tx.event("record.undone", known.id, undone=sorted(row.seq for row in together), **_states(together))
    for row in sorted(together, key=lambda row: -row.seq):
        _take_back(tx, acting.record_in(tx, known.id), json.loads(row.undo), embedder)
        tx.connection.execute(tables.reviews.update().where(tables.reviews.c.seq == row.seq).values(undone_by=number))
    left = acting.record_in(tx, known.id)
    acting.note(tx, known.id, number, "undo", None, version=left.version, undo=None)
    weighing.weigh_around(tx, known.id)
    tx.mark("record", known.id)
    return [row.verdict for row in together]


def _standing(tx: Transaction, record: str) -> list[Row[Any]]:
    table = tables.reviews
    wanted = select(table).where(table.c.record == record, table.c.undone_by.is_(None), table.c.verdict != "undo")
    return list(tx.connection.execute(wanted.order_by(table.c.seq)).all())


def _is_undone(tx: Transaction, record: str, act: int) -> bool:
    """Whether who acts has taken this act of theirs back already."""
    table = tables.reviews
    wanted = select(table.c.seq).where(
        table.c.seq == act, table.c.record == record, table.c.reviewer == tx.actor, table.c.undone_by.is_not(None)
    )
    return tx.connection.execute(wanted).first() is not None


def _builds_on(later: Row[Any], target: Row[Any]) -> bool:
    """Whether an act must be undone before the one that came before it can be."""
    if target.verdict in acting.ASIDE:
        return bool(later.verdict == target.verdict == "assign")
    return str(later.verdict) not in acting.ASIDE


def _target(tx: Transaction, known: LogRecord, standing: list[Row[Any]], act: int | None) -> Row[Any]:
    mine = [row for row in standing if row.reviewer == tx.actor and row.undo is not None]
    if act is not None:
        mine = [row for row in mine if row.seq == act]
    if not mine:
        raise UsageError(f"There is nothing of yours to undo on {known.id}.", "See what was done: `decisions history`.")
    return mine[-1]


def _alike(row: Row[Any], target: Row[Any]) -> bool:
    return bool((row.verdict in acting.ASIDE) == (target.verdict in acting.ASIDE)) and row.undo is not None


def _states(rows: list[Row[Any]]) -> dict[str, Any]:
    """What the event says of how the record stands from now on; nothing of what does not change."""
    said: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: -row.seq):
        taken = json.loads(row.undo)
        if "state" in taken:
            said |= {"state": taken["state"], "into": taken.get("into")}
        if "closed_at" in taken:
            said["closed"] = taken["closed_at"] is not None
    return said


def _take_back(tx: Transaction, known: LogRecord, undo: dict[str, Any], embedder: Embedder) -> None:
    if "version" in undo:
        _reworded(tx, known, undo["version"], embedder)
    if "state" in undo:
        acting.set_values(tx, known.id, state=undo["state"], merged_into=undo.get("into"))
    if "revision" in undo:
        table = tables.revisions
        newer = select(table.c.id).where(table.c.record == known.id, table.c.state == "suggested")
        open_again = tx.connection.execute(newer).first() is None
        values = {"state": "suggested", "decided_at": None} if open_again else {"state": "withdrawn"}
        tx.connection.execute(table.update().where(table.c.id == undo["revision"]).values(values))
    for column in ("closed_at", "assignee"):
        if column in undo:
            acting.set_values(tx, known.id, **{column: undo[column]})
    if "link" in undo:
        linked.restore(tx, undo["link"], undo["link_state"])
        weighing.weigh(tx, [known.id])
    for name in undo.get("created", ()):
        _rejoined(tx, name, known.id)


def _reworded(tx: Transaction, known: LogRecord, version: int, embedder: Embedder) -> None:
    before = next((one for one in views.versions_of(tx.connection, known.id) if one.version == version), None)
    if before is None:
        raise UsageError(f"The earlier wording of {known.id} is no longer kept.", "Edit the record instead.")
    record: Record = before.record
    lost: tuple[int, ...] = ()
    conversation = views.conversation_by_id(tx.connection, known.conversation)
    if conversation is not None and conversation.turns:
        record, lost = settled(record, conversation)
    reword(tx, known, record, before.engine, embedder, kind="record.reverted", lost=lost, to=version)


def _rejoined(tx: Transaction, part: str, whole: str) -> None:
    later = [row for row in _standing(tx, part) if row.verdict not in (*acting.ASIDE, "split off")]
    if later:
        what = f"{part}, which was split off, has been acted on since: {later[0].verdict}."
        raise UsageError(what, "Undo that first, or merge it.")
    acting.set_values(tx, part, state="merged", merged_into=whole)
    tx.event("record.merged", part, into=whole)
    tx.mark("record", part)
