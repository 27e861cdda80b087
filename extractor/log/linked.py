"""Links in the log: suggested by the machine, made and refused by people."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.log import acting, tables, weighing
from extractor.log.acting import record_in
from extractor.log.views import Link
from extractor.records import LinkKind

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord


def link_id(from_record: str, to_record: str, kind: str) -> str:
    """The id of a link: the same two records and kind, the same id."""
    return "l-" + hashlib.sha256(f"{from_record}\x1f{to_record}\x1f{kind}".encode()).hexdigest()[:16]


def suggest(
    tx: Transaction,
    from_record: str,
    to_record: str,
    kind: LinkKind,
    *,
    confidence: float,
    judge: str,
    from_quote: int | None = None,
    to_quote: int | None = None,
) -> bool:
    """Suggests a link from a later record to an earlier one, unless it is there in any state; says whether it did.

    Nothing else changes: what a link means for a record is for a person to say.
    """
    name = link_id(from_record, to_record, kind)
    if tx.connection.execute(select(tables.links.c.id).where(tables.links.c.id == name)).scalar() is not None:
        return False
    tx.connection.execute(
        tables.links.insert().values(
            id=name,
            from_record=from_record,
            to_record=to_record,
            kind=kind,
            state="suggested",
            confidence=confidence,
            judge=judge,
            from_quote=from_quote,
            to_quote=to_quote,
            created_at=tx.at,
        )
    )
    tx.event("link.suggested", name, kind=kind, to=to_record, judge=judge, **{"from": from_record})
    if kind in weighing.CONFLICTING:
        weighing.weigh(tx, [from_record])
    return True


def confirm(tx: Transaction, from_record: str, to_record: str, kind: LinkKind) -> str:
    """A person says that a link holds, whether or not it was suggested; returns its id.

    Raises NoSuchRecordError for a record that is not there, UsageError where a record is linked to itself, two records
    supersede each other, or the machine tries.
    """
    if not tx.by_person:
        raise UsageError("Only a person confirms a link.", "Name who does it.")
    one, other = record_in(tx, from_record), record_in(tx, to_record)
    if one.id == other.id:
        raise UsageError("A record cannot be linked to itself.", "Name two records.")
    if kind == "supersedes" and one.id in _superseded_by(tx, other.id):
        raise UsageError(f"{to_record} already supersedes {from_record}.", "Unlink that first.")
    name = link_id(one.id, other.id, kind)
    before = tx.connection.execute(select(tables.links.c.state).where(tables.links.c.id == name)).scalar()
    if before == "confirmed":
        return name
    values = {"state": "confirmed", "decided_at": tx.at}
    if before is None:
        key = {"id": name, "from_record": one.id, "to_record": other.id, "kind": kind}
        tx.connection.execute(tables.links.insert().values(**key, **values, judge=tx.actor, created_at=tx.at))
    else:
        tx.connection.execute(tables.links.update().where(tables.links.c.id == name).values(values))
    number = tx.event("link.confirmed", name, kind=kind, to=other.id, before=before, **{"from": one.id})
    _noted(tx, one, number, "link", name, before)
    return name


def reject(tx: Transaction, name: str) -> Link:
    """A person says that a link does not hold; it is never suggested again.

    Raises NoSuchRecordError for an id that no link bears.
    """
    if not tx.by_person:
        raise UsageError("Only a person refuses a link.", "Name who does it.")
    row = tx.connection.execute(select(tables.links).where(tables.links.c.id == name)).first()
    if row is None:
        raise NoSuchRecordError(f"There is no link {name}.", "See `decisions show` of one of its records.")
    one, _ = record_in(tx, row.from_record), record_in(tx, row.to_record)
    if row.state != "rejected":
        tx.connection.execute(
            tables.links.update().where(tables.links.c.id == name).values(state="rejected", decided_at=tx.at)
        )
        number = tx.event("link.rejected", name, before=row.state)
        _noted(tx, one, number, "unlink", name, row.state)
    return Link.model_validate({**row._asdict(), "state": "rejected"})


def restore(tx: Transaction, name: str, state: str | None) -> None:
    """Brings a link back to the state it had before an act; one that was not there goes."""
    if state is None:
        tx.connection.execute(tables.links.delete().where(tables.links.c.id == name))
        tx.event("link.removed", name)
        return
    decided = None if state == "suggested" else tx.at
    tx.connection.execute(
        tables.links.update().where(tables.links.c.id == name).values(state=state, decided_at=decided)
    )
    tx.event("link.restored", name, state=state)


def _noted(tx: Transaction, one: LogRecord, number: int, verdict: str, link: str, before: str | None) -> None:
    undo = {"link": link, "link_state": before}
    acting.note(tx, one.id, number, verdict, None, version=one.version, undo=undo)
    weighing.weigh(tx, [one.id])


def _superseded_by(tx: Transaction, record: str) -> set[str]:
    """All that a record supersedes by confirmed links, however far back."""
    table, found, ahead = tables.links, set[str](), [record]
    while ahead:
        wanted = select(table.c.to_record).where(
            table.c.from_record == ahead.pop(), table.c.kind == "supersedes", table.c.state == "confirmed"
        )
        new = set(tx.connection.execute(wanted).scalars()) - found
        found |= new
        ahead += new
    return found
