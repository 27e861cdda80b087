"""What all acts of a person on a record share: who may act on what, the event, the note that says how to undo it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.index.model import storable
from extractor.log import tables, views, visibility
from extractor.log.canonical import to_json
from extractor.log.transaction import person_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord

ASIDE: Final = ("comment", "assign")
"""Verdicts that say nothing of whether a record is right: nobody's judgement is overwritten by them."""


def record_in(tx: Transaction, record: str) -> LogRecord:
    """The record with this id; raises NoSuchRecordError, also where the person who acts may not see it."""
    found = views.records_by_id(tx.connection, [record]).get(record)
    person = person_of(tx.actor)
    if found is None or (person is not None and not visibility.may_see(tx.connection, found.conversation, person)):
        raise NoSuchRecordError(f"There is no record {record} in the log.", "List them with `decisions list`.")
    return found


def for_act(tx: Transaction, record: str) -> LogRecord:
    """The record that a person is about to act on; raises UsageError for the machine, and where it was erased."""
    person_only(tx)
    known = record_in(tx, record)
    if known.erased_at is not None:
        raise UsageError(f"The words of {known.id} were erased.", "There is nothing left to decide on.")
    return known


def person_only(tx: Transaction) -> None:
    if not tx.by_person:
        raise UsageError("Only a person may do that.", "Name who does it.")


def set_values(tx: Transaction, record: str, **values: Any) -> None:
    """Changes columns of a record, which a person has touched from now on."""
    table = tables.records
    changed = {**values, "touched": True, "reviewed_at": tx.at, "updated_at": tx.at}
    tx.connection.execute(table.update().where(table.c.id == record).values(changed))


def acted(
    tx: Transaction,
    known: LogRecord,
    kind: str,
    verdict: str,
    comment: str | None = None,
    *,
    undo: dict[str, Any] | None,
    **payload: Any,
) -> int:
    """Writes the event of an act and the act itself; returns the event's number. One without ``undo`` stays done."""
    number = tx.event(kind, known.id, **payload, **said(tx, known.id, comment))
    note(tx, known.id, number, verdict, comment, version=known.version, undo=undo)
    return number


def said(tx: Transaction, record: str, comment: str | None) -> dict[str, str]:
    """What an event holds of a comment: its digest."""
    return {} if comment is None else {"comment": tx.digest(record, storable(comment))}


def note(
    tx: Transaction,
    record: str,
    number: int,
    verdict: str,
    comment: str | None,
    *,
    version: int,
    undo: dict[str, Any] | None,
) -> None:
    """Notes an act whose event has this number; ``version`` is the wording it leaves behind."""
    tx.connection.execute(
        tables.reviews.insert().values(
            seq=number,
            record=record,
            verdict=verdict,
            reviewer=tx.actor,
            at=tx.at,
            comment=storable(comment) if comment is not None else None,
            version=version,
            undo=to_json(undo) if undo is not None else None,
        )
    )


def has_said(tx: Transaction, record: str, comment: str) -> bool:
    """Whether what the person who acts did last with a record says just this."""
    table = tables.reviews
    mine = select(table.c.comment).where(
        table.c.record == record, table.c.reviewer == tx.actor, table.c.undone_by.is_(None), table.c.verdict != "undo"
    )
    last = tx.connection.execute(mine.order_by(table.c.seq.desc()).limit(1)).scalar()
    return last is not None and last.strip() == storable(comment).strip()


def approvers(connection: Connection, known: LogRecord) -> set[str]:
    """Who has approved the record as it is worded now, as actors; an approval that was taken back is none."""
    table, wordings = tables.reviews, tables.versions
    now = select(wordings.c.content).where(wordings.c.record == known.id, wordings.c.version == known.version)
    same = select(wordings.c.version).where(wordings.c.record == known.id, wordings.c.content == now.scalar_subquery())
    since = select(func.coalesce(func.max(table.c.seq), 0)).where(
        table.c.record == known.id, table.c.verdict == "reopen", table.c.undone_by.is_(None)
    )
    wanted = select(table.c.reviewer).where(
        table.c.record == known.id,
        table.c.verdict.in_(("approve", "add")),
        table.c.version.in_(same),
        table.c.undone_by.is_(None),
        table.c.seq > since.scalar_subquery(),
    )
    return set(connection.execute(wanted).scalars())


def stamps(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """For each record the number of the last act that judged or worded it, 0 where none has: what a reviewer has seen
    of others' work when they act.
    """
    table, found = tables.events, dict.fromkeys(ids, 0)
    for batch in views.batches(found):
        wanted = (
            select(table.c.subject, func.max(table.c.seq))
            .where(table.c.subject.in_(batch), table.c.kind.in_(JUDGING))
            .group_by(table.c.subject)
        )
        found.update({str(subject): int(seq) for subject, seq in connection.execute(wanted)})
    return found


JUDGING: Final = (
    "record.added",
    "record.updated",
    "record.edited",
    "record.redacted",
    "record.split",
    "record.endorsed",
    "record.approved",
    "record.rejected",
    "record.merged",
    "record.reopened",
    "record.closed",
    "record.undone",
    "revision.accepted",
)
"""Kinds of event that change what a record says or whether it holds."""
