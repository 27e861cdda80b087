"""What a person says of a record. Each is an event, and nothing here is ever done by the machine.

States: a proposed record is approved, rejected, or merged into another, and may be reopened from each. An edit keeps
every earlier wording, and makes the record the person's: no later reading changes it. To do the same once more changes
nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.embedding import Embedder
from extractor.errors import NoSuchRecordError, UsageError
from extractor.log import acting, rows, tables, views, weighing
from extractor.log.acting import record_in
from extractor.log.canonical import storable_model
from extractor.log.views import MODELS, LogRecord
from extractor.matching.identity import settled
from extractor.records import RecordType

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import Record

__all__ = ["accept_revision", "approve", "dismiss_revision", "edit", "merge", "record_in", "reject", "reopen"]


def approve(tx: Transaction, record: str, comment: str | None = None, *, needed: int = 1, **payload: Any) -> bool:
    """A person says that the record is right; says whether it is in the published log now.

    That takes ``needed`` people, each of whom approves the same wording. ``payload`` goes into the event.

    Raises UsageError for a record that was rejected or merged: it must be reopened first.
    """
    known = acting.for_act(tx, record)
    _refuse(known, "rejected", "merged")
    before = acting.approvers(tx.connection, known)
    if known.state == "approved" or (tx.actor in before and len(before) < needed):
        return known.state == "approved"
    approved = len(before | {tx.actor}) >= needed
    kind = "record.approved" if approved else "record.endorsed"
    if approved:
        payload["before"] = known.state
        _set_state(tx, known, "approved")
    else:
        acting.set_values(tx, known.id)
    acting.acted(tx, known, kind, "approve", comment, undo={"state": known.state}, **payload)
    return approved


def reject(tx: Transaction, record: str, comment: str | None = None) -> None:
    """A person says that the record is wrong: it never comes back as new, however often it is read again."""
    known = acting.for_act(tx, record)
    _refuse(known, "merged")
    if known.state == "rejected":
        return
    _set_state(tx, known, "rejected")
    acting.acted(tx, known, "record.rejected", "reject", comment, undo={"state": known.state}, before=known.state)


def reopen(tx: Transaction, record: str, comment: str | None = None) -> None:
    """A person says that what was said of the record is open again: it waits for review, its question is unanswered."""
    known = acting.for_act(tx, record)
    if known.state == "proposed" and known.closed_at is None:
        return
    undo = {"state": known.state, "into": known.merged_into, "closed_at": known.closed_at}
    if known.closed_at is not None:
        acting.set_values(tx, known.id, closed_at=None)
        acting.acted(tx, known, "record.reopened", "reopen", comment, undo=undo, state=known.state)
        return
    _set_state(tx, known, "proposed")
    acting.acted(tx, known, "record.reopened", "reopen", comment, undo=undo, state="proposed", before=known.state)


def merge(tx: Transaction, record: str, into: str, comment: str | None = None) -> None:
    """A person says that the record is the same as another one, which stays."""
    known, other = acting.for_act(tx, record), acting.for_act(tx, into)
    if known.id == other.id or other.merged_into is not None:
        raise UsageError(f"{record} cannot be merged into {into}.", "Name a record that is not merged itself.")
    if known.type != other.type:
        raise UsageError(f"{record} and {into} are of different types.", "Link them instead: `decisions link`.")
    if known.merged_into == other.id:
        return
    _set_state(tx, known, "merged", into=other.id)
    undo = {"state": known.state, "into": known.merged_into}
    acting.acted(tx, known, "record.merged", "merge", comment, undo=undo, into=other.id)


def edit(
    tx: Transaction,
    record: str,
    changes: dict[str, Any],
    embedder: Embedder,
    comment: str | None = None,
    *,
    needed: int = 1,
) -> None:
    """A person words the record anew. ``changes`` are fields of the contract, evidence and id excepted.

    Where it takes ``needed`` people to approve a record, other words have to be approved again.

    Raises UsageError for a field that there is not, or a value that does not fit it.
    """
    known = acting.for_act(tx, record)
    changed = storable_model(changed_record(known, changes))
    if changed == known.record:
        return
    back = unapproved(known, needed)
    payload: dict[str, Any] = {"fields": sorted(changes), **back, **acting.said(tx, known.id, comment)}
    number = reword(tx, known, changed, known.engine, embedder, lost=known.lost_quotes, **payload)
    undo = {"version": known.version, **withdraw(tx, known, back)}
    acting.note(tx, known.id, number, "edit", comment, version=known.version + 1, undo=undo)


def unapproved(known: LogRecord, needed: int) -> dict[str, str]:
    """What the event of other words says of the state: an approved record waits again, where one person's word is not
    enough.
    """
    return {"state": "proposed"} if needed > 1 and known.state == "approved" else {}


def withdraw(tx: Transaction, known: LogRecord, back: dict[str, str]) -> dict[str, str]:
    """Puts a record back to the state that its event says; returns how to undo that."""
    if not back:
        return {}
    _set_state(tx, known, back["state"])
    return {"state": known.state}


def accept_revision(
    tx: Transaction, revision: str, embedder: Embedder, comment: str | None = None, *, needed: int = 1
) -> None:
    """A person takes over what a later reading suggested, with its quotes where they stand by now."""
    if _is_decided(tx, revision, "accepted"):
        return
    suggested = revision_in(tx, revision)
    known = acting.for_act(tx, suggested.record)
    _refuse(known, "rejected", "merged")
    proposed, lost = as_it_stands(tx, known, suggested.proposed)
    back = unapproved(known, needed)
    payload: dict[str, Any] = {"revision": revision, **back, **acting.said(tx, known.id, comment)}
    number = reword(tx, known, proposed, suggested.engine, embedder, kind="revision.accepted", lost=lost, **payload)
    _close(tx, revision, "accepted")
    undo = {"version": known.version, "revision": revision, **withdraw(tx, known, back)}
    acting.note(tx, known.id, number, "accept revision", comment, version=known.version + 1, undo=undo)


def dismiss_revision(tx: Transaction, revision: str, comment: str | None = None) -> None:
    """A person keeps the words that are there; the same is not suggested again."""
    if _is_decided(tx, revision, "dismissed"):
        return
    suggested = revision_in(tx, revision)
    known = acting.for_act(tx, suggested.record)
    _close(tx, revision, "dismissed")
    acting.set_values(tx, known.id)
    said = {"revision": revision}
    acting.acted(tx, known, "revision.dismissed", "dismiss revision", comment, undo=said, **said)


def revision_in(tx: Transaction, revision: str) -> views.Revision:
    """The suggested revision with this id; raises NoSuchRecordError."""
    table = tables.revisions
    record = tx.connection.execute(select(table.c.record).where(table.c.id == revision)).scalar()
    open_ones = views.revisions_of(tx.connection, [record]) if record is not None else []
    found = next((one for one in open_ones if one.id == revision), None)
    if found is None:
        raise NoSuchRecordError(f"There is no open revision {revision}.", "See `decisions show` of its record.")
    return found


def _is_decided(tx: Transaction, revision: str, state: str) -> bool:
    """Whether a person has decided so on a revision already, of a record that who acts may see."""
    table = tables.revisions
    row = tx.connection.execute(select(table.c.record, table.c.state).where(table.c.id == revision)).first()
    if row is None or row.state != state:
        return False
    acting.for_act(tx, row.record)
    return True


def as_it_stands(tx: Transaction, known: LogRecord, record: Record) -> tuple[Record, tuple[int, ...]]:
    """A record with its quotes where they stand now, and the numbers of those that stand nowhere any more.

    As it is where the log does not keep the conversation's words.
    """
    conversation = views.conversation_by_id(tx.connection, known.conversation)
    if conversation is None or not conversation.turns:
        return record, ()
    return settled(record, conversation)


def reword(
    tx: Transaction,
    known: LogRecord,
    record: Record,
    engine: str,
    embedder: Embedder,
    *,
    kind: str = "record.edited",
    lost: Collection[int],
    **payload: Any,
) -> int:
    """Gives a record another wording; returns the number of the event."""
    said = known.said_on.isoformat() if known.said_on else None
    wording = rows.Wording(record, said, known.people, engine)
    return rows.update_record(tx, known, wording, embedder, kind=kind, lost=lost, **payload)


def changed_record(known: LogRecord, changes: dict[str, Any]) -> Record:
    """The record with some fields changed; raises UsageError for a field or a value that cannot be."""
    claim = views.CLAIM_FIELD[known.type]
    if claim in changes and not str(changes[claim] or "").strip():
        raise UsageError(f"A record needs its {claim}.", "Reject it where it is wrong as a whole.")
    if "statement" in changes and changes["statement"] != known.text:
        changes = {"statement_source": "written", **changes}
    return fitted(known.type, known.record.model_dump(), changes)


def fitted(kind: RecordType, record: dict[str, Any], fields: dict[str, Any]) -> Record:
    """A record with these fields written over those it has; raises UsageError for one that is none or does not fit.

    Neither its id nor its evidence is among them.
    """
    from pydantic import ValidationError

    known = set(MODELS[kind].model_fields) - {"id", "evidence"}
    unknown = sorted(set(fields) - known)
    if unknown:
        what = f"A record of this type has no field {unknown[0]} that can be edited."
        raise UsageError(what, f"It has {', '.join(sorted(known))}.")
    try:
        return MODELS[kind].model_validate({**record, **fields})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{field}: {first['msg']}.", "Give a value of that kind.") from None


def _set_state(tx: Transaction, known: LogRecord, state: str, into: str | None = None) -> None:
    acting.set_values(tx, known.id, state=state, merged_into=into)
    weighing.weigh_around(tx, known.id)
    tx.mark("record", known.id)


def _close(tx: Transaction, revision: str, state: str) -> None:
    table = tables.revisions
    tx.connection.execute(table.update().where(table.c.id == revision).values(state=state, decided_at=tx.at))


def _refuse(known: LogRecord, *states: str) -> None:
    if known.state in states:
        how = f"merged into {known.merged_into}" if known.state == "merged" else "rejected"
        raise UsageError(f"{known.id} is {how}.", f"Reopen it first: `decisions review reopen {known.id}`.")
