"""What a person may do with a record. Each is an event, and nothing here is ever done by the machine.

States: a proposed record is approved, rejected, or merged into another; either may be undone by saying the other. An
edit keeps every earlier wording, and makes the record the person's: no later reading changes it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from extractor.embedding import Embedder
from extractor.errors import NoSuchRecordError, UsageError
from extractor.index.model import storable
from extractor.log import rows, tables, views
from extractor.log.canonical import storable_model
from extractor.log.views import MODELS, LogRecord
from extractor.matching.identity import settled

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import Record


def approve(tx: Transaction, record: str, comment: str | None = None) -> None:
    """A person says that the record is right: it enters the published log."""
    _decide(tx, record, "approved", "approve", comment)


def reject(tx: Transaction, record: str, comment: str | None = None) -> None:
    """A person says that the record is wrong: it never comes back as new, however often it is read again."""
    _decide(tx, record, "rejected", "reject", comment)


def merge(tx: Transaction, record: str, into: str, comment: str | None = None) -> None:
    """A person says that the record is the same as another one, which stays."""
    known, other = record_in(tx, record), record_in(tx, into)
    _person_only(tx)
    for one in (known, other):
        _refuse_erased(one)
    if known.id == other.id or other.merged_into is not None:
        raise UsageError(f"{record} cannot be merged into {into}.", "Name a record that is not merged itself.")
    if known.type != other.type:
        raise UsageError(f"{record} and {into} are of different types.", "Link them instead: `decisions link`.")
    _set(tx, known.id, state="merged", merged_into=other.id)
    _note(tx, known.id, tx.event("record.merged", known.id, into=other.id), "merge", comment)
    tx.mark("record", known.id)


def edit(tx: Transaction, record: str, changes: dict[str, Any], embedder: Embedder, comment: str | None = None) -> None:
    """A person words the record anew. ``changes`` are fields of the contract, evidence and id excepted.

    Raises UsageError for a field that there is not, or a value that does not fit it.
    """
    known = record_in(tx, record)
    _person_only(tx)
    _refuse_erased(known)
    changed = storable_model(_changed(known, changes))
    if changed == known.record:
        return
    number = _reword(tx, known, changed, known.engine, embedder, lost=known.lost_quotes, fields=sorted(changes))
    _note(tx, known.id, number, "edit", comment)


def accept_revision(tx: Transaction, revision: str, embedder: Embedder, comment: str | None = None) -> None:
    """A person takes over what a later reading suggested, with its quotes where they stand by now."""
    suggested = revision_in(tx, revision)
    known = record_in(tx, suggested.record)
    proposed, lost = _as_it_stands(tx, known, suggested.proposed)
    said: dict[str, Any] = {"kind": "revision.accepted", "revision": revision}
    number = _reword(tx, known, proposed, suggested.engine, embedder, lost=lost, **said)
    _close(tx, revision, "accepted")
    _note(tx, known.id, number, "accept revision", comment)


def dismiss_revision(tx: Transaction, revision: str, comment: str | None = None) -> None:
    """A person keeps the words that are there; the same is not suggested again."""
    suggested = revision_in(tx, revision)
    _person_only(tx)
    _close(tx, revision, "dismissed")
    _set(tx, suggested.record)
    number = tx.event("revision.dismissed", suggested.record, revision=revision)
    _note(tx, suggested.record, number, "dismiss revision", comment)


def record_in(tx: Transaction, record: str) -> LogRecord:
    """The record with this id; raises NoSuchRecordError."""
    found = views.records_by_id(tx.connection, [record]).get(record)
    if found is None:
        raise NoSuchRecordError(f"There is no record {record} in the log.", "List them with `decisions list`.")
    return found


def revision_in(tx: Transaction, revision: str) -> views.Revision:
    """The suggested revision with this id; raises NoSuchRecordError."""
    from sqlalchemy import select

    table = tables.revisions
    record = tx.connection.execute(select(table.c.record).where(table.c.id == revision)).scalar()
    open_ones = views.revisions_of(tx.connection, [record]) if record is not None else []
    found = next((one for one in open_ones if one.id == revision), None)
    if found is None:
        raise NoSuchRecordError(f"There is no open revision {revision}.", "See `decisions show` of its record.")
    return found


def _decide(tx: Transaction, record: str, state: str, verdict: str, comment: str | None) -> None:
    known = record_in(tx, record)
    _person_only(tx)
    _refuse_erased(known)
    if known.state == state:
        return
    _set(tx, known.id, state=state, merged_into=None)
    _note(tx, known.id, tx.event(f"record.{state}", known.id, before=known.state), verdict, comment)
    tx.mark("record", known.id)


def _as_it_stands(tx: Transaction, known: LogRecord, record: Record) -> tuple[Record, tuple[int, ...]]:
    """A record with its quotes where they stand now, and the numbers of those that stand nowhere any more.

    As it is where the log does not keep the conversation's words.
    """
    conversation = views.conversation_by_id(tx.connection, known.conversation)
    if conversation is None or not conversation.turns:
        return record, ()
    return settled(record, conversation)


def _reword(
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
    _person_only(tx)
    said = known.said_on.isoformat() if known.said_on else None
    wording = rows.Wording(record, said, known.people, engine)
    return rows.update_record(tx, known, wording, embedder, kind=kind, lost=lost, **payload)


def _changed(known: LogRecord, changes: dict[str, Any]) -> Record:
    from pydantic import ValidationError

    if "statement" in changes and changes["statement"] != known.text:
        changes = {"statement_source": "written", **changes}
    model = MODELS[known.type]
    unknown = sorted(set(changes) - (set(model.model_fields) - {"id", "evidence"}))
    if unknown:
        raise UsageError(f"A record of this type has no field {unknown[0]} that can be edited.", "Check its name.")
    try:
        return model.model_validate({**known.record.model_dump(), **changes})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{field}: {first['msg']}.", "Give a value of that kind.") from None


def _set(tx: Transaction, record: str, **values: Any) -> None:
    table = tables.records
    tx.connection.execute(
        table.update().where(table.c.id == record).values(touched=True, reviewed_at=tx.at, updated_at=tx.at, **values)
    )


def _close(tx: Transaction, revision: str, state: str) -> None:
    table = tables.revisions
    tx.connection.execute(table.update().where(table.c.id == revision).values(state=state, decided_at=tx.at))


def _note(tx: Transaction, record: str, number: int, verdict: str, comment: str | None) -> None:
    said = storable(comment) if comment is not None else None
    tx.connection.execute(
        tables.reviews.insert().values(
            seq=number, record=record, verdict=verdict, reviewer=tx.actor, at=tx.at, comment=said
        )
    )


def _person_only(tx: Transaction) -> None:
    if not tx.by_person:
        raise UsageError("Only a person may do that.", "Name who does it.")


def _refuse_erased(known: LogRecord) -> None:
    if known.erased_at is not None:
        raise UsageError(f"The words of {known.id} were erased.", "There is nothing left to decide on.")
